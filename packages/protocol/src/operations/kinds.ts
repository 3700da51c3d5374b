import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import { copyOwn, isObject, type UnknownRecord } from '../core/own-members.ts';
import { checkBinary } from '../params/binary.ts';
import { checkChoice, checkPattern } from '../params/choice.ts';
import { isEmail } from '../params/email.ts';
import { checkComment } from '../params/message.ts';
import { checkNeeded } from '../params/needed.ts';
import { type Audience, checkRecipients } from '../params/recipients.ts';
import { checkWapPush } from '../params/wap-push.ts';
import type { Params } from '../exchange/wire.ts';
import type { ListFields, SendFields } from './message-members.ts';

/**
 * The table of message kinds. The input types and the run-time checks are both derived from this table.
 *
 * - `wire`: parameter that selects the kind. `audience`: type of recipients; default: phones.
 * - `needs`: required members. `oneOf`: members of which at least one is required. `takes`: optional members. Each of
 *   the three is a text with names separated by spaces.
 * - `list`: one request can carry many messages of the kind, each with its own text.
 *
 * Source: the gateway's page for sending. For some kinds, the page does not list the optional members. For these kinds,
 * the table contains the members that make sense: a call, for example, has no `maxParts`.
 */
const kinds = {
  sms: { needs: 'text', takes: 'comment translit shortenLinks maxParts validFor', list: true },
  flash: {
    wire: 'flash',
    needs: 'text',
    takes: 'comment translit shortenLinks maxParts validFor',
    list: true,
  },
  binary: { needs: 'data', takes: 'udh scheme encoding validFor' },
  'wap-push': { needs: 'url title', takes: 'validFor' },
  hlr: { wire: 'hlr' },
  ping: { wire: 'ping', takes: 'validFor' },
  mms: { wire: 'mms', oneOf: 'text subject', takes: 'comment files fileUrl translit shortenLinks validFor' },
  email: {
    wire: 'mail',
    audience: 'email',
    needs: 'subject text sender',
    takes: 'comment files fileUrl shortenLinks',
  },
  voice: { wire: 'call', oneOf: 'text files fileUrl', takes: 'comment voice dialing', list: true },
  viber: {
    wire: 'viber',
    needs: 'text',
    takes: 'comment files fileUrl translit shortenLinks validFor',
    list: true,
  },
  whatsapp: { wire: 'whatsapp', needs: 'text', takes: 'comment files fileUrl shortenLinks bot', list: true },
  'telegram-code': { wire: 'tg', audience: 'telegram', needs: 'text', takes: 'comment', list: true },
  'telegram-bot': {
    audience: 'telegram',
    needs: 'text bot',
    takes: 'comment files fileUrl shortenLinks',
    list: true,
  },
  social: { wire: 'soc', needs: 'text', takes: 'comment shortenLinks', list: true },
} as const;

/** Optional members of every kind. */
type Always =
  | 'id'
  | 'sender'
  | 'sendAt'
  | 'pacing'
  | 'visitor'
  | 'reconfirmAfterDays'
  | 'partnerId'
  | 'perRecipient'
  | 'listErrors';

type Kinds = typeof kinds;

/** A kind of message. */
export type Kind = keyof Kinds;

/** A kind that can be sent as a list, with a text for each message. */
export type ListKind = { [K in Kind]: Kinds[K] extends { readonly list: true } ? K : never }[Kind];

type KindMember<K extends Kind> = K extends 'sms'
  ? {
      /** Kind of message. Default: `sms`. */
      readonly kind?: K | undefined;
    }
  : {
      /** Kind of message. */
      readonly kind: K;
    };

/** Types of required, optional and forbidden members. `Needed` and `Allowed` keep the documentation of the members. */
type Needed<Name extends keyof SendFields> = Pick<SendFields, Name>;
type Allowed<T> = { readonly [P in keyof T]?: T[P] | undefined };
type Forbidden<Names extends string> = { readonly [P in Names]?: undefined };

/** The intersection of the members of a union. */
type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/**
 * Intersection of one type for each member. An editor shows the documentation of a member only if all kinds take it from
 * the same type.
 */
type EachNeeded<Names extends keyof SendFields> = Intersection<Names extends unknown ? Needed<Names> : never>;
type EachAllowed<Names extends keyof SendFields> = Intersection<
  Names extends unknown ? Allowed<Pick<SendFields, Names>> : never
>;

/**
 * Splits a text into a union of its words. A word that is not the name of a field makes `Names` empty, so that the type
 * tests fail.
 */
type Words<Text> = Text extends `${infer Word} ${infer More}` ? Word | Words<More> : Text;
type Names<Text> = Words<Text> extends infer Name extends keyof SendFields ? Name : never;

type Needs<K extends Kind> = Kinds[K] extends { readonly needs: infer Text } ? Names<Text> : never;
type OneOf<K extends Kind> = Kinds[K] extends { readonly oneOf: infer Text extends string } ? Text : '';
type Takes<K extends Kind> = Kinds[K] extends { readonly takes: infer Text } ? Names<Text> : never;
type Optional<K extends Kind> = Exclude<Takes<K> | Always, Needs<K>>;

/**
 * Requires at least one of several members. Each branch of this union requires one member, forbids the members before
 * that member, and allows the members after it.
 */
type Alternatives<Text extends string> = Text extends `${infer First extends keyof SendFields} ${infer More}`
  ? (Needed<First> & EachAllowed<Names<More>>) | (Forbidden<First> & Alternatives<More>)
  : Text extends keyof SendFields
    ? Needed<Text>
    : unknown;

/**
 * Members that a plain SMS does not accept. The compiler selects the branch of the union by `kind`, which a plain SMS
 * may omit. So the members of other kinds are excluded by name.
 */
type NotInSms<K extends Kind> = K extends 'sms'
  ? Forbidden<Exclude<keyof SendFields, 'to' | 'report' | Needs<K> | Optional<K>>>
  : unknown;

/** The input of `cost` for one kind. */
export type CostInputOf<K extends Kind> = K extends Kind
  ? KindMember<K> &
      EachNeeded<'to' | Needs<K>> &
      EachAllowed<Optional<K>> &
      NotInSms<K> &
      Alternatives<OneOf<K>>
  : never;

/** Input of `send` for one kind. */
export type SendInputOf<K extends Kind> = CostInputOf<K> & EachAllowed<'report'>;

/** Members that are set in each message of a list, or that a list does not accept. */
type Inner = 'text' | 'comment' | 'files';

/** The input of `costList` for one kind. */
export type CostListInputOf<K extends ListKind> = K extends ListKind
  ? KindMember<K> &
      Pick<ListFields, 'messages'> &
      Allowed<Pick<ListFields, 'lineBreaks'>> &
      EachNeeded<Exclude<Needs<K>, Inner>> &
      EachAllowed<Exclude<Optional<K> | Names<OneOf<K>>, Inner>> &
      NotInSms<K> &
      Forbidden<'to' | Inner>
  : never;

/** Input of `sendList` for one kind. */
export type SendListInputOf<K extends ListKind> = CostListInputOf<K> & EachAllowed<'report'>;

interface Row {
  readonly wire?: string;
  readonly audience?: Audience;
  readonly needs?: string;
  readonly oneOf?: string;
  readonly takes?: string;
  readonly list?: boolean;
}

const words = (text = ''): readonly string[] => text.match(/\S+/g) ?? [];

/** Returns the names of all members in a row of the table. */
const namesOf = ({ needs = '', oneOf = '', takes = '' }: Row): readonly string[] =>
  words(`${needs} ${oneOf} ${takes}`);

/** A row of the table with its texts split into names of members. */
interface ReadRow extends Row {
  /** Required members. */
  readonly needed: readonly string[];
  /** Members of which at least one is required. */
  readonly alternatives: readonly string[];
  /** Members that this kind does not accept, but other kinds do. */
  readonly forbidden: ReadonlySet<string>;
}

/** Rows of the table by kind. They contain only own members, so that a polluted `Object.prototype` has no effect. */
const rows: ReadonlyMap<unknown, ReadRow> = /* @__PURE__ */ (() => {
  const all = Object.entries<Row>(kinds).map(([name, row]) => [name, copyOwn(row)] as const);
  const named = all.flatMap(([, row]) => namesOf(row));
  return new Map(
    all.map(([name, row]) => {
      const taken = ['sender', ...namesOf(row)];
      const forbidden = new Set(named.filter((each) => !taken.includes(each)));
      return [
        name,
        Object.assign(row, {
          needed: ['to', ...words(row.needs)],
          alternatives: words(row.oneOf),
          forbidden,
        }),
      ];
    }),
  );
})();

/** Field of the kind. Writes the parameter that selects the kind. */
export const kind: Field<Kind> = {
  params: /* @__PURE__ */ Object.values<Row>(kinds).flatMap(({ wire }) => wire ?? []),
  check: /* @__PURE__ */ checkChoice(/* @__PURE__ */ Object.keys(kinds)),
  // A WhatsApp message has either the parameter `whatsapp` or a bot. Source: two pages of the gateway, one for each
  // form.
  encode: (value, { bot }): Params => {
    const { wire } = rows.get(value)!;
    return !wire || (wire === 'whatsapp' && bot) ? {} : { [wire]: 1 };
  },
};

/** Checks `sender` and `bot`, whose form depends on the kind. */
function checkNames({ sender, bot }: UnknownRecord, name: string, at: IssueContext): void {
  const fromAddress = name === 'email';
  if (typeof sender === 'string' && isEmail(sender, at) !== fromAddress)
    at.inside('sender').expect(false, sender, fromAddress ? 'an e-mail address' : 'a name or a phone number');
  if (bot === undefined) return;
  const check =
    name === 'whatsapp'
      ? checkPattern(/^\d{5,15}$/, '5 to 15 digits')
      : checkPattern(/^@\w{2,29}bot$/i, '@name_bot');
  check(bot, at.inside('bot'));
}

/** Adds an issue for each missing member and for each member that the kind does not accept. Returns the row of the kind, if it is known. */
function checkMembers(input: UnknownRecord, at: IssueContext): ReadRow | undefined {
  const { kind: name = 'sms' } = input as { kind?: string };
  const row = rows.get(name);
  if (!row) return undefined;
  const { needed, alternatives, forbidden } = row;
  const missing = (field: string): boolean => input[field] === undefined;
  checkNeeded(input, at, needed, name);
  if (alternatives.length && alternatives.every(missing))
    at.addIssue(`kind ${name} requires ${alternatives.join(' or ')}`);
  // A member that is in no row is either accepted by all kinds or unknown. `checkInput` checks such members.
  for (const field of Object.keys(input))
    if (forbidden.has(field) && !missing(field)) at.inside(field).addIssue(`is not accepted by kind ${name}`);
  checkNames(input, name, at);
  return row;
}

/** Checks the input of one message: members of its kind, recipients, and members that are sent together. */
export function checkKind(input: UnknownRecord, at: IssueContext): void {
  const row = checkMembers(input, at);
  const { to, text, comment, data, title } = input;
  if (row && to !== undefined) checkRecipients(to, at, 'to', row.audience);
  if (comment !== undefined) {
    checkComment(input, at);
    // A comment is sent as a part of the text, but kinds with `oneOf` do not always require a text.
    if (row?.oneOf && text === undefined) at.inside('comment').addIssue('requires text');
  }
  if (data !== undefined) checkBinary(input, at);
  if (title !== undefined) checkWapPush(input, at);
}

/**
 * Checks the input of a list: its kind, the members of the kind, and the recipients of each message.
 *
 * @param list the messages, as returned by `entries`
 */
export function checkListKind(input: UnknownRecord, list: ListEntries, at: IssueContext): void {
  if (!rows.get(input['kind'] ?? 'sms')?.list) return at.inside('kind').addIssue('cannot be sent as a list');
  // Marks `to` and `text` as present, because each message of the list has its own recipients and text.
  const row = checkMembers({ __proto__: null, to: '', text: '', ...input }, at);
  if (input['messages'] === undefined) at.inside('messages').addIssue('is required');
  for (const [index, entry] of list) {
    const path = `messages[${index}].to`;
    if (entry['to'] === undefined) at.inside(path).addIssue('is required');
    else checkRecipients(entry['to'], at, path, row?.audience);
  }
}

/** Messages of a list with their indexes. */
type ListEntries = readonly (readonly [index: number, entry: UnknownRecord])[];

/** Returns the messages of a list that are objects, with their indexes. Copies each message. */
export const entries = ({ messages }: UnknownRecord): ListEntries =>
  Array.isArray(messages)
    ? messages.flatMap((entry: unknown, index) => (isObject(entry) ? [[index, copyOwn(entry)] as const] : []))
    : [];
