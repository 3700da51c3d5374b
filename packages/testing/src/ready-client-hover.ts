/** Code that uses `createSmsc` of a transport package, for `createHover`. */
export const readyClientCode = `
import { createSmsc, send, sendList } from '../src/index.ts';

const smsc = createSmsc({ apiKey: 'key' });
const sent = await smsc.send({ to: '380501234567', text: 'Hello' });
sent.outcome;
sent.id;
if (sent.outcome === 'accepted') [sent.parts, sent.cost, sent.balance, sent.recipients, sent.extra];
if (sent.outcome === 'rejected') [sent.code, sent.fault, sent.meaning, sent.error];
if (sent.outcome === 'not-sent') sent.error.reason;
if (sent.outcome === 'unknown') {
  const settled = await sent.settle({ patienceMs: 1000 });
  if (settled.outcome === 'accepted') [settled.status, settled.result];
}
await smsc.cost({ to: '380501234567', text: 'Hello' });
await smsc.status({ id: '1', phone: '380501234567' });
await smsc.balance();
await smsc.call(send, { to: '380501234567', text: 'Hello' });
await smsc.recover();

const more = createSmsc({ apiKey: 'key' }, { sendList, other: sendList });
await more.sendList({ messages: [{ to: '380501234567', text: 'Hello' }] });
await more.other({ messages: [{ to: '380501234567', text: 'Hello' }] });
`;

/** Methods of every client, as they occur in the code. */
export const readyClientMethods = [
  'smsc.send',
  'smsc.cost',
  'smsc.status',
  'smsc.balance',
  'smsc.call',
  'smsc.recover',
] as const;

/** Members of outcomes, as they occur in the code. */
export const outcomeMembers = [
  'sent.outcome',
  'sent.id',
  'sent.parts',
  'sent.cost',
  'sent.balance',
  'sent.recipients',
  'sent.extra',
  'sent.code',
  'sent.fault',
  'sent.meaning',
  'sent.error',
  'sent.settle',
  'settled.status',
  'settled.result',
] as const;
