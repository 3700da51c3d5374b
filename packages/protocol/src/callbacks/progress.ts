import { sha1 } from '@noble/hashes/legacy.js';
import { encode } from '../charsets/encode.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { toHex } from '../exchange/form.ts';
import type { Callback } from './read-callback.ts';
import type { DeliveryReport, HlrReport } from './delivery-report.ts';

/** Writes an instant as the gateway sends it: whole seconds since 1970. */
const secondsOf = (instant: Date): string => String(instant.getTime() / 1000);

/** What a push is about, and how far it has come with it. */
interface ProgressStep {
  /** 40 hexadecimal digits: no text and no number can be read from it. */
  readonly key: string;
  /** The state, or a mark for what happens once. */
  readonly name: string;
  /** A step of a lower rank than another is an earlier one. */
  readonly rank: number;
}

/** A lone surrogate has no UTF-8; for a key it may as well be another character. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** Values as a key. The values of two keys never run together: each has its length before it. */
const keyOf = (...values: readonly string[]): string =>
  toHex(sha1(encode(wellFormed(values.map((each) => `${each.length}:${each}`).join('')), utf8)));

/** The lowest rank of those that are final. */
const finalRank = 2;

/** Waiting, passed to the operator, final; and what a message that was delivered can still become. */
function rankOf({ status, final }: DeliveryReport | HlrReport): number {
  if (!final) return status < 0 ? 0 : 1;
  if (status === 4) return finalRank + 2;
  return status === 2 ? finalRank + 1 : finalRank;
}

const ofReport = (report: DeliveryReport | HlrReport): ProgressStep => ({
  key: keyOf('status', report.id, report.phone),
  // The result of an HLR request can come with the state that it had before it was complete.
  name: report.status > 0 && !report.final ? `${report.status}?` : String(report.status),
  rank: rankOf(report),
});

/**
 * Which step a push is; `undefined` for an incoming message with neither an id nor a time, of which nobody can say whether
 * it is a repeat: people, and devices even more, write the same thing twice.
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

/** What is remembered: the highest rank, and the names of all steps that have been. Something else reads as nothing. */
const parse = (remembered: string | undefined): readonly [rank: number, names: readonly string[]] => {
  const [rank = '', ...names] = (remembered ?? '').split(' ');
  return /^\d$/.test(rank) ? [Number(rank), names] : [-1, []];
};

/**
 * What to remember once a step was taken; `undefined` for one that is not to be taken: it is a repeat, or it comes late, or
 * it would take a final state back.
 */
export function advance(remembered: string | undefined, { name, rank }: ProgressStep): string | undefined {
  const [reached, names] = parse(remembered);
  const late = reached >= finalRank ? rank <= reached : rank < reached;
  return late || names.includes(name) ? undefined : [rank, ...names, name].join(' ');
}
