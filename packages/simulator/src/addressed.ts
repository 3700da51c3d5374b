import type { Call } from './call.ts';
import type { Fate } from './fates.ts';
import type { Letter } from './letters.ts';
import { readRecipients } from './recipients.ts';

/** A letter to one recipient: with its price, or with the reason why it will not be sent. */
export interface Addressed {
  readonly letter: Letter;
  readonly phone: string;
  /** In millionths; 0 where nothing will be sent. */
  readonly cost: bigint;
  /** Set where nothing will be sent. */
  readonly refused: Fate | undefined;
  /** Its place among the recipients that are sent to. */
  readonly place: number;
}

/** Wrong number; «invalid number format». */
const wrongNumber: Fate = { status: 22, err: 249 };
/** Unavailable number; «no route». */
const noRoute: Fate = { status: 25, err: 248 };
/** Forbidden; «more than 50 messages, flood». That only these recipients are refused, and not the request, is assumed. */
const flood: Fate = { status: 23, err: 251 };

/** Virtual sending does not cover e-mail, which is billed as ever. Source: the official pages. */
export const isVirtual = ({ account }: Call, { kind }: Letter): boolean => account.testMode && kind !== 'mail';

/**
 * Every recipient of every letter.
 *
 * @param send whether it is really to be sent: a request of the cost floods nobody
 */
export function address(letters: readonly Letter[], call: Call, send: boolean): readonly Addressed[] {
  const { account, house, instant } = call;
  const all: Addressed[] = [];
  const before = new Map<string, number>();
  let place = 0;
  for (const letter of letters) {
    const { valid, wrong } = readRecipients(letter.phones, letter.kind, house.groups);
    for (const phone of valid) {
      const price = house.priceOf(letter.kind, phone);
      const earlier = before.get(phone) ?? 0;
      // An HLR request reaches no subscriber.
      const reaches = letter.kind !== 'hlr';
      const floods = send && reaches && !account.subscribers.allows(phone, instant, earlier);
      const refused = floods ? flood : price === undefined ? noRoute : undefined;
      const cost = refused || price === undefined || isVirtual(call, letter) ? 0n : price * BigInt(letter.parts);
      all.push({ letter, phone, cost, refused, place });
      if (refused) continue;
      place++;
      if (reaches) before.set(phone, earlier + 1);
    }
    for (const phone of wrong) all.push({ letter, phone, cost: 0n, refused: wrongNumber, place });
  }
  return all;
}

/** Whether the reason is that the number is none. */
export const isWrongNumber = ({ refused }: Addressed): boolean => refused === wrongNumber;
