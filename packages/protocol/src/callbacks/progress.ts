import { sha1 } from '@noble/hashes/legacy.js';
import { encode } from '../charsets/encode.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { toHex } from '../exchange/form.ts';
import type { Callback } from './read-callback.ts';
import type { DeliveryReport, HlrReport } from './delivery-report.ts';

/** Writes an instant as the gateway sends it: whole seconds since 1970. */
const secondsOf = (instant: Date): string => String(instant.getTime() / 1000);

/** Subject of a callback, and the progress that the callback reports. */
interface ProgressStep {
  /** Key of the subject: 40 hexadecimal digits that reveal no text or number. */
  readonly key: string;
  /** Name of the state, or of an event that happens once. */
  readonly name: string;
  /** Order of the steps: a lower rank is an earlier step. */
  readonly rank: number;
}

/** Replaces lone surrogates, which have no UTF-8 encoding. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * Creates a key from values. Each value is preceded by its length, so that different values cannot form the same key.
 */
const keyOf = (...values: readonly string[]): string =>
  toHex(sha1(encode(wellFormed(values.map((each) => `${each.length}:${each}`).join('')), utf8)));

/** Lowest rank of final states. */
const finalRank = 2;

/** Returns the rank of a state. In ascending order: waiting, passed to the operator, final, read, link clicked. */
function rankOf({ status, final }: DeliveryReport | HlrReport): number {
  if (!final) return status < 0 ? 0 : 1;
  if (status === 4) return finalRank + 2;
  return status === 2 ? finalRank + 1 : finalRank;
}

const ofReport = (report: DeliveryReport | HlrReport): ProgressStep => ({
  key: keyOf('status', report.id, report.phone),
  // Marks an incomplete result of an HLR request or ping with `?`: the complete result may have the same state.
  name: report.status > 0 && !report.final ? `${report.status}?` : String(report.status),
  rank: rankOf(report),
});

/**
 * Returns the step that a callback reports. Returns `undefined` for an incoming message without id and time: a second
 * message with the same text may be a duplicate or a new message.
 */
export function stepOf(callback: Callback): ProgressStep | undefined {
  const { event } = callback;
  if (event === 'status' || event === 'hlr') return ofReport(callback);
  if (event === 'call')
    return {
      key: keyOf(event, callback.phone, secondsOf(callback.calledAt)),
      name: 'called',
      rank: finalRank,
    };
  const { id, from, to, text, receivedAt, receivedAtLocal } = callback;
  const when = receivedAt === undefined ? receivedAtLocal : secondsOf(receivedAt);
  if (id !== undefined) return { key: keyOf(event, 'id', id, from), name: 'received', rank: finalRank };
  return when === undefined
    ? undefined
    : { key: keyOf(event, 'at', when, from, to, text), name: 'received', rank: finalRank };
}

/** Reads a stored value: the highest rank and the names of all steps so far. Treats an invalid value as missing. */
const parse = (remembered: string | undefined): readonly [rank: number, names: readonly string[]] => {
  const [rank = '', ...names] = (remembered ?? '').split(' ');
  return /^\d$/.test(rank) ? [Number(rank), names] : [-1, []];
};

/**
 * Returns the value to store after a step. Returns `undefined` if the callback has to be dropped: it is a duplicate, it is
 * late, or it would revert a final state.
 */
export function advance(remembered: string | undefined, { name, rank }: ProgressStep): string | undefined {
  const [reached, names] = parse(remembered);
  const late = reached >= finalRank ? rank <= reached : rank < reached;
  return late || names.includes(name) ? undefined : [rank, ...names, name].join(' ');
}
