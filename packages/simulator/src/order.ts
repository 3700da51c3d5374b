import type { Answer } from './answer.ts';
import { type Call, valueOf } from './call.ts';
import { kindOf } from './kinds.ts';
import { type Letter, readLetters } from './letters.ts';
import { withinRanges } from './ranges.ts';
import { refuse } from './refusal.ts';
import { isDate, readTime, readZone } from './schedule.ts';

/** What a request wants to have sent: its letters, and when each of them is due. */
export interface Order {
  readonly letters: readonly Letter[];
  readonly times: ReadonlyMap<Letter, number>;
}

/** The time zone in which a request means its time. */
export const zoneOf = (call: Call): number => readZone(valueOf(call, 'tz')) ?? call.account.utcOffset;

/** When each letter is due; `undefined` when its time is none. */
function readTimes(letters: readonly Letter[], call: Call): ReadonlyMap<Letter, number> | undefined {
  const time = valueOf(call, 'time');
  const zone = zoneOf(call);
  const times = new Map<Letter, number>();
  for (const letter of letters) {
    const at = readTime(time, isDate(time) ? (letter.zone ?? zone) : zone, call.instant);
    if (at === undefined) return undefined;
    times.set(letter, at);
  }
  return times;
}

/** Reads what is to be sent, or says why it cannot be read: error 1, or 5 for its time. */
export function readOrder(call: Call): Order | { readonly refused: Answer } {
  const { account, parameters } = call;
  const kind = kindOf(parameters.values);
  if (kind === undefined || !withinRanges(parameters.values)) return { refused: refuse('parameters') };
  const letters = readLetters(kind, parameters, account.login);
  if (!letters) return { refused: refuse('parameters') };
  const times = readTimes(letters, call);
  return times ? { letters, times } : { refused: refuse('date') };
}

/** Says whether a letter may not be sent: for a word in it, or for a sender that is not registered. */
export function isDenied({ original, sender, kind }: Letter, { account }: Call): boolean {
  const text = original.toLowerCase();
  if (account.denies.some((word) => text.includes(word))) return true;
  // An empty sender, or a dot, only switches the default off. An e-mail's sender is no registered name: assumed.
  return account.registeredOnly && kind !== 'mail' && sender !== undefined && sender !== '' && sender !== '.' && !account.senderNames.get(sender)?.approved;
}
