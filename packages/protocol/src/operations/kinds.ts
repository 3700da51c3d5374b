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
 * What each kind of message is on the wire, whom it can go to, and what it needs and takes. This table is the only place
 * that says so: the types of the inputs and the checks at run time are both made from it.
 *
 * - `wire`: the parameter that is its flag. `audience`: whom it goes to, if not to a phone.
 * - `needs`: has to be given. `oneOf`: at least one of these has to be given. `takes`: may be given.
 *   Names behind blanks.
 * - `list`: one request can carry many such messages, with a text for each.
 *
 * Source: the gateway's page for sending. Which extras a kind takes is not always said there; where it is not, what
 * makes no sense is left out (a `maxParts` of a call).
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

/** What every kind takes. */
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

/** A kind that can be sent as a list, with a text for each. */
export type ListKind = { [K in Kind]: Kinds[K] extends { readonly list: true } ? K : never }[Kind];

type KindMember<K extends Kind> = K extends 'sms'
  ? {
      /** What sort of message this is. Default: `sms`. */
      readonly kind?: K | undefined;
    }
  : {
      /** What sort of message this is. */
      readonly kind: K;
    };

/** A member that has to be given, one that may be given, and one that must not be. All keep the member's documentation. */
type Needed<Name extends keyof SendFields> = Pick<SendFields, Name>;
type Allowed<T> = { readonly [P in keyof T]?: T[P] | undefined };
type Refused<Names extends string> = { readonly [P in Names]?: undefined };

/** The intersection of the members of a union. */
type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/**
 * One type for each member, put together. An editor shows the documentation of a member only if all kinds that have it
 * have it from the same type.
 */
type EachNeeded<Names extends keyof SendFields> = Intersection<Names extends unknown ? Needed<Names> : never>;
type EachAllowed<Names extends keyof SendFields> = Intersection<
  Names extends unknown ? Allowed<Pick<SendFields, Names>> : never
>;

/** The words of a text. One that is no field would take all with it, which the tests of the types would notice. */
type Words<Text> = Text extends `${infer Word} ${infer More}` ? Word | Words<More> : Text;
type Names<Text> = Words<Text> extends infer Name extends keyof SendFields ? Name : never;

type Needs<K extends Kind> = Kinds[K] extends { readonly needs: infer Text } ? Names<Text> : never;
type OneOf<K extends Kind> = Kinds[K] extends { readonly oneOf: infer Text extends string } ? Text : '';
type Takes<K extends Kind> = Kinds[K] extends { readonly takes: infer Text } ? Names<Text> : never;
type Optional<K extends Kind> = Exclude<Takes<K> | Always, Needs<K>>;

/** Members of which at least one has to be there: the first and maybe the others, or not the first and one of the others. */
type Alternatives<Text extends string> = Text extends `${infer First extends keyof SendFields} ${infer More}`
  ? (Needed<First> & EachAllowed<Names<More>>) | (Refused<First> & Alternatives<More>)
  : Text extends keyof SendFields
    ? Needed<Text>
    : unknown;

/**
 * Without a `kind` there is nothing by which the compiler could tell what a member has no place in, so a plain SMS names
 * what it does not take.
 */
type NotOfSms<K extends Kind> = K extends 'sms'
  ? Refused<Exclude<keyof SendFields, 'to' | 'report' | Needs<K> | Optional<K>>>
  : unknown;

/** The input of one kind, to ask for its cost. */
export type CostInputOf<K extends Kind> = K extends Kind
  ? KindMember<K> &
      EachNeeded<'to' | Needs<K>> &
      EachAllowed<Optional<K>> &
      NotOfSms<K> &
      Alternatives<OneOf<K>>
  : never;

/** The input of one kind. */
export type SendInputOf<K extends Kind> = CostInputOf<K> & EachAllowed<'report'>;

/** What a list has in its messages, or cannot have. */
type Inner = 'text' | 'comment' | 'files';

/** The input of one kind as a list, to ask for its cost. */
export type CostListInputOf<K extends ListKind> = K extends ListKind
  ? KindMember<K> &
      Pick<ListFields, 'messages'> &
      Allowed<Pick<ListFields, 'lineBreaks'>> &
      EachNeeded<Exclude<Needs<K>, Inner>> &
      EachAllowed<Exclude<Optional<K> | Names<OneOf<K>>, Inner>> &
      NotOfSms<K> &
      Refused<'to' | Inner>
  : never;

/** The input of one kind as a list. */
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

/** Everything that a row names. */
const namesOf = ({ needs = '', oneOf = '', takes = '' }: Row): readonly string[] =>
  words(`${needs} ${oneOf} ${takes}`);

/** A row whose words are read. */
interface ReadRow extends Row {
  /** What has to be given, and of what at least one. */
  readonly needed: readonly string[];
  readonly alternatives: readonly string[];
  /** What other kinds name and this one does not. */
  readonly refused: ReadonlySet<string>;
}

/** The table as it is read, each row with its own members alone. */
const rows: ReadonlyMap<unknown, ReadRow> = /* @__PURE__ */ (() => {
  const all = Object.entries<Row>(kinds).map(([name, row]) => [name, copyOwn(row)] as const);
  const named = all.flatMap(([, row]) => namesOf(row));
  return new Map(
    all.map(([name, row]) => {
      const taken = ['sender', ...namesOf(row)];
      const refused = new Set(named.filter((each) => !taken.includes(each)));
      return [
        name,
        Object.assign(row, { needed: ['to', ...words(row.needs)], alternatives: words(row.oneOf), refused }),
      ];
    }),
  );
})();

/** The flags of the kinds. */
export const kind: Field<Kind> = {
  params: /* @__PURE__ */ Object.values<Row>(kinds).flatMap(({ wire }) => wire ?? []),
  check: /* @__PURE__ */ checkChoice(/* @__PURE__ */ Object.keys(kinds)),
  // A WhatsApp message goes out by the flag or through a bot; the page has the one, a later page the other.
  encode: (value, { bot }): Params => {
    const { wire } = rows.get(value)!;
    return !wire || (wire === 'whatsapp' && bot) ? {} : { [wire]: 1 };
  },
};

/** A sender and a bot, which look different from kind to kind. */
function checkNames({ sender, bot }: UnknownRecord, name: string, at: IssueContext): void {
  const fromAddress = name === 'email';
  if (typeof sender === 'string' && isEmail(sender, at) !== fromAddress)
    at.inside('sender').expect(false, sender, fromAddress ? 'an e-mail address' : 'a name or a number');
  if (bot === undefined) return;
  const check =
    name === 'whatsapp'
      ? checkPattern(/^\d{5,15}$/, '5 to 15 digits')
      : checkPattern(/^@\w{2,29}bot$/i, '@name_bot');
  check(bot, at.inside('bot'));
}

/** Complains of what a kind lacks and of what it does not take. The row of the kind, if there is one. */
function checkMembers(input: UnknownRecord, at: IssueContext): ReadRow | undefined {
  const { kind: name = 'sms' } = input as { kind?: string };
  const row = rows.get(name);
  if (!row) return undefined;
  const { needed, alternatives, refused } = row;
  const missing = (field: string): boolean => input[field] === undefined;
  checkNeeded(input, at, needed, name);
  if (alternatives.length && alternatives.every(missing))
    at.addIssue(`kind ${name} needs ${alternatives.join(' or ')}`);
  // Members that no kind names are taken by all, or by none, which the table of fields knows.
  for (const field of Object.keys(input))
    if (refused.has(field) && !missing(field)) at.inside(field).addIssue(`is not taken by kind ${name}`);
  checkNames(input, name, at);
  return row;
}

/** The rules of a single text: what the kind needs and takes, whom it goes to, what goes together. */
export function checkKind(input: UnknownRecord, at: IssueContext): void {
  const row = checkMembers(input, at);
  const { to, text, comment, data, title } = input;
  if (row && to !== undefined) checkRecipients(to, at, 'to', row.audience);
  if (comment !== undefined) {
    checkComment(input, at);
    // Where the text is only one of the alternatives nothing else carries a comment.
    if (row?.oneOf && text === undefined) at.inside('comment').addIssue('needs a text beside it');
  }
  if (data !== undefined) checkBinary(input, at);
  if (title !== undefined) checkWapPush(input, at);
}

/** The rules of a list. */
export function checkListKind(input: UnknownRecord, at: IssueContext): void {
  if (!rows.get(input['kind'] ?? 'sms')?.list) return at.inside('kind').addIssue('cannot be sent as a list');
  // Recipients and texts stand in the messages.
  const row = checkMembers({ __proto__: null, to: '', text: '', ...input }, at);
  if (input['messages'] === undefined) at.inside('messages').addIssue('is needed');
  for (const [index, entry] of entries(input))
    checkRecipients(entry['to'] ?? [], at, `messages[${index}].to`, row?.audience);
}

/** The messages of a list, as far as they are objects. */
export const entries = ({
  messages,
}: UnknownRecord): readonly (readonly [index: number, entry: UnknownRecord])[] =>
  Array.isArray(messages)
    ? messages.flatMap((entry: unknown, index) => (isObject(entry) ? [[index, copyOwn(entry)] as const] : []))
    : [];
