import { check, estimate, InputError, isPlain, type Issue, type Loose, type PriceTable, type SendInput } from '@smsc/protocol';
import type { Call } from './unpack.ts';
import type { Offer } from './options.ts';
import { Refused } from './refused.ts';

/** What pages make up: the platform's random UUIDs. */
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Short names that look like names can be told; others may be a text by mistake. */
const shown = (name: string): string => (/^[A-Za-z]\w{0,39}$/.test(name) ? name : 'a member');

/** The messages of a list, as far as they are any. */
const messagesOf = ({ messages }: Loose): readonly Loose[] => (Array.isArray(messages) ? messages.filter(isPlain) : []);

/** What each message of a list is made of: whoever lists `messages` has listed these. */
const ofMessages: readonly string[] = ['to', 'text', 'id', 'phone'];

/**
 * What a page gave, if it gave nothing but what is listed. A message of a list may have a sender of its own, and more:
 * that has to be listed as well, and what the relay sets nobody else can.
 */
export function pick({ members = [], set = {} }: Offer, { input }: Call): Loose {
  const names: readonly string[] = members;
  const refuse = (name: string): Refused => new Refused('not-listed', `${shown(name)} is not among what a page may give`);
  for (const name of Object.keys(input)) if (!names.includes(name)) throw refuse(name);
  for (const message of messagesOf(input)) {
    for (const name of Object.keys(message)) if (Object.hasOwn(set, name) || !(names.includes(name) || ofMessages.includes(name))) throw refuse(name);
  }
  return input;
}

/** The message's id, of what spends. */
export function readId({ operation, members = [] }: Offer, { id }: Call): string | undefined {
  if (operation.effect !== 'spends') return undefined;
  if (id === undefined || !((members as readonly string[]).includes('id') || uuid.test(id))) throw new Refused('not-listed', 'the id is none that a page may give');
  return id;
}

/** The whole input: what the page gave, what the relay sets, and the id where there is one. */
export const compose = ({ operation, set }: Offer, given: Loose, id: string | undefined): Loose => ({
  __proto__: null,
  ...given,
  ...set,
  ...(id !== undefined && Object.hasOwn(operation.fields, 'id') ? { id } : {}),
});

/** What the protocol has to say of an input, before anything else is asked about it. */
export const issuesOf = ({ operation }: Offer, input: Loose): readonly Issue[] => check(operation, input as never);

const recipientsOf = (input: Loose): readonly unknown[] => [input, ...messagesOf(input)].flatMap(({ to }) => to).filter((each) => each !== undefined);

/** Everything at no price: what is asked of it is the number of parts. */
const free: PriceTable = {
  currency: undefined,
  rows: [{ prefix: '', prices: Object.fromEntries(['sms', 'hlr', 'ping', 'mms', 'email', 'voice', 'viber', 'whatsapp', 'telegram-code', 'telegram-bot', 'social'].map((kind) => [kind, '0'])) }],
  unknownColumns: [],
  zonesWithoutPrefixes: [],
};

/** The parts of what is to be sent, as the gateway would count them, or nothing where that cannot be known. */
function partsOf(input: Loose): number | undefined {
  try {
    return estimate(input as unknown as SendInput, free).parts;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Refuses groups that are not allowed, too many recipients, and too many parts. Of an input that is valid. */
export function checkSize({ groups = false, maxRecipients = 1, maxParts }: Offer, input: Loose): void {
  const recipients = recipientsOf(input);
  if (!groups && recipients.some(isPlain)) throw new Refused('not-listed', 'groups are not among what a page may give');
  if (recipients.length > maxRecipients) throw new Refused('too-large', `more than ${maxRecipients} recipients`);
  if (maxParts !== undefined && !((partsOf(input) ?? Infinity) <= maxParts)) throw new Refused('too-large', `more than ${maxParts} parts`);
}
