import { check, compareAmounts, estimate, type Field, InputError, isPlain, type Issue, type Loose, type PriceTable } from '@smsc/protocol';
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

/** Whether it asks about messages by their ids, and by the numbers that they went to. */
export const asksAboutMessages = ({ path }: Offer['operation']): boolean => path === 'sys/status.php';

/** Refuses to ask about ids that can be guessed: whoever knows a number and counts could follow what others are sent. */
export function checkAsked({ operation, anyId = false }: Offer, input: Loose): void {
  if (anyId || !asksAboutMessages(operation)) return;
  const ids = [input, ...messagesOf(input)].map(({ id }) => id).filter((id) => id !== undefined);
  if (!ids.every((id) => typeof id === 'string' && uuid.test(id))) throw new Refused('not-listed', 'the id is none that a page may ask about');
}

/** The whole input: what the page gave, what the relay sets, and the id where there is one. */
export const compose = ({ operation, set }: Offer, given: Loose, id: string | undefined): Loose => ({
  __proto__: null,
  ...given,
  ...set,
  ...(id !== undefined && Object.hasOwn(operation.fields, 'id') ? { id } : {}),
});

const recipientsOf = (input: Loose): readonly unknown[] => [input, ...messagesOf(input)].flatMap(({ to }) => to).filter((each) => each !== undefined);

/** Everything at one a part, so that a bound of the cost is one of the parts. */
const one: PriceTable = {
  currency: undefined,
  rows: [{ prefix: '', prices: Object.fromEntries(['sms', 'hlr', 'ping', 'mms', 'email', 'voice', 'viber', 'whatsapp', 'telegram-code', 'telegram-bot', 'social'].map((kind) => [kind, '1'])) }],
  unknownColumns: [],
  zonesWithoutPrefixes: [],
};

/** What something has added to `Object.prototype` is no part of an input, and no option. */
const bare = (members: Loose = {}): never => ({ __proto__: null, ...members }) as never;

/** Recipients, each list with its place in the input. A `to` that is a day is none. */
function* placesOf({ fields }: Offer['operation'], input: Loose): Iterable<readonly [path: string, recipients: unknown]> {
  for (const [at, { to }] of messagesOf(input).entries()) if (to !== undefined) yield [`messages[${at}].to`, to];
  for (const [name, { params }] of Object.entries(fields as Readonly<Record<string, Field<unknown>>>)) {
    if (params.some((param) => /^phones?$/.test(param)) && input[name] !== undefined && name !== 'messages') yield [name, input[name]];
  }
}

/** Most complaints, as in the protocol. */
const mostIssues = 100;

/** Of the kinds of messages those that go to more than numbers. */
const kindOf = (recipients: unknown, kind: unknown): string => (kind === undefined && typeof recipients === 'string' && recipients.includes('@') ? 'email' : /^(?:email|telegram-\w+)$/.test(String(kind)) ? String(kind) : 'sms');

/**
 * Numbers that look like numbers and are none. The gateway would refuse them; but after a few the client stops for a while,
 * for everyone, since whoever errs often is shut out.
 */
function wrongNumbersOf(operation: Offer['operation'], input: Loose): readonly Issue[] {
  const issues: Issue[] = [];
  for (const [path, to] of placesOf(operation, input)) {
    const { unpriced } = estimate(bare({ kind: kindOf(to, input['kind']), to, text: '1' }), one, bare());
    for (const { index, reason } of unpriced) {
      if (reason === 'wrong-number') issues.push({ path: Array.isArray(to) ? `${path}[${index}]` : path, message: 'is no number that there can be' });
    }
    if (issues.length >= mostIssues) break;
  }
  return issues.slice(0, mostIssues);
}

/** What there is to say of an input, before anything else is asked about it. */
export function issuesOf({ operation }: Offer, input: Loose): readonly Issue[] {
  const issues = check(operation, input as never);
  return issues.length > 0 ? issues : wrongNumbersOf(operation, input);
}

/** Whether a send surely has no more parts. Of a call that plays a file nobody knows; nor of what is no message. */
function fits(input: Loose, maxParts: number): boolean {
  try {
    const { upper, unpricedCount } = estimate(bare(input), one, bare());
    return unpricedCount === 0 && compareAmounts(upper, String(maxParts)) <= 0;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** Refuses groups that are not allowed, too many recipients, and too many parts. Of an input that is valid. */
export function checkSize({ groups = false, maxRecipients = 1, maxParts }: Offer, input: Loose): void {
  const recipients = recipientsOf(input);
  if (!groups && recipients.some(isPlain)) throw new Refused('not-listed', 'groups are not among what a page may give');
  if (recipients.length > maxRecipients) throw new Refused('too-large', `more than ${maxRecipients} recipients`);
  if (maxParts !== undefined && !fits(input, maxParts)) throw new Refused('too-large', `it may have more than ${maxParts} parts`);
}
