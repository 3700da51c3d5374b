import { createHover } from '@smsc/testing/hover';
import { describe, expect, it } from 'vitest';

const hover = createHover(
  import.meta.dirname,
  `
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
`,
);

describe('on hover, an editor shows documentation', () => {
  it('of each exported name', () => {
    expect(hover.exported.length).toBeGreaterThan(100);
    expect(hover.exported.filter((name) => hover.ofExport(name) === '')).toEqual([]);
  });

  it.each(['send', 'cost', 'status', 'balance', 'call', 'recover'])('of the method %s', (name) => {
    expect(hover.errors).toEqual([]);
    expect(hover.ofMember(`smsc.${name}`)).not.toBe('');
  });

  it('of a further operation that is bound by its own name', () => {
    expect(hover.errors).toEqual([]);
    expect(hover.ofMember('more.sendList')).toContain('Sends a list of messages');
  });

  // TypeScript does not link a method to its operation, so only a method with the operation's own name has documentation.
  it('but not of one that is bound by another name', () => {
    expect(hover.ofMember('more.other')).toBe('');
  });

  it.each([
    ['outcome', 'sent.outcome'],
    ['id', 'sent.id'],
    ['parts', 'sent.parts'],
    ['cost', 'sent.cost'],
    ['balance', 'sent.balance'],
    ['recipients', 'sent.recipients'],
    ['extra', 'sent.extra'],
    ['code', 'sent.code'],
    ['fault', 'sent.fault'],
    ['meaning', 'sent.meaning'],
    ['error', 'sent.error'],
    ['settle', 'sent.settle'],
    ['status', 'settled.status'],
    ['result', 'settled.result'],
  ])('of the member %s of an outcome', (_, expression) => {
    expect(hover.ofMember(expression)).not.toBe('');
  });
});
