import type { Issue } from '../errors.ts';
import { complain, type Field, isObject, type Loose } from '../fields.ts';
import { checkBinary } from '../format/binary.ts';
import { isEmail } from '../format/email.ts';
import { checkTogether } from '../format/message.ts';
import { type Audience, checkRecipients } from '../format/recipients.ts';
import { checkWapPush } from '../format/wap-push.ts';
import type { ListFields, SendFields } from './send-fields.ts';

/**
 * What each kind of message is on the wire, whom it can go to, and what it needs and takes. This table is the only place
 * that says so: the types of the inputs and the checks at run time are both made from it.
 *
 * - `needs`: has to be given. `oneOf`: at least one of these has to be given. `takes`: may be given.
 * - `list`: whether one request can carry many such messages with a text each.
 *
 * Source: the gateway's page for sending. Which extras a kind takes is not always said there; where it is not, what
 * makes no sense is left out (a `maxParts` of a call).
 */
const kinds = {
  sms: {
    wire: {},
    audience: 'phone',
    needs: ['text'],
    oneOf: [],
    takes: ['comment', 'translit', 'shortenLinks', 'maxParts', 'validFor'],
    list: true,
  },
  flash: {
    wire: { flash: 1 },
    audience: 'phone',
    needs: ['text'],
    oneOf: [],
    takes: ['comment', 'translit', 'shortenLinks', 'maxParts', 'validFor'],
    list: true,
  },
  binary: {
    wire: {},
    audience: 'phone',
    needs: ['data'],
    oneOf: [],
    takes: ['udh', 'scheme', 'as', 'validFor'],
    list: false,
  },
  'wap-push': {
    wire: {},
    audience: 'phone',
    needs: ['url', 'title'],
    oneOf: [],
    takes: ['form', 'validFor'],
    list: false,
  },
  hlr: {
    wire: { hlr: 1 },
    audience: 'phone',
    needs: [],
    oneOf: [],
    takes: [],
    list: false,
  },
  ping: {
    wire: { ping: 1 },
    audience: 'phone',
    needs: [],
    oneOf: [],
    takes: ['validFor'],
    list: false,
  },
  mms: {
    wire: { mms: 1 },
    audience: 'phone',
    needs: [],
    oneOf: ['subject', 'text'],
    takes: ['comment', 'files', 'fileUrl', 'translit', 'shortenLinks', 'validFor'],
    list: false,
  },
  email: {
    wire: { mail: 1 },
    audience: 'email',
    needs: ['subject', 'text', 'sender'],
    oneOf: [],
    takes: ['comment', 'files', 'fileUrl', 'shortenLinks'],
    list: false,
  },
  voice: {
    wire: { call: 1 },
    audience: 'phone',
    needs: [],
    oneOf: ['text', 'files', 'fileUrl'],
    takes: ['comment', 'voice', 'dialing'],
    list: true,
  },
  viber: {
    wire: { viber: 1 },
    audience: 'phone',
    needs: ['text'],
    oneOf: [],
    takes: ['comment', 'files', 'fileUrl', 'translit', 'shortenLinks', 'validFor'],
    list: true,
  },
  whatsapp: {
    wire: { whatsapp: 1 },
    audience: 'phone',
    needs: ['text'],
    oneOf: [],
    takes: ['bot', 'comment', 'files', 'fileUrl', 'shortenLinks'],
    list: true,
  },
  'telegram-code': {
    wire: { tg: 1 },
    audience: 'phone',
    needs: ['text'],
    oneOf: [],
    takes: ['comment'],
    list: true,
  },
  'telegram-bot': {
    wire: {},
    audience: 'telegram',
    needs: ['bot', 'text'],
    oneOf: [],
    takes: ['comment', 'files', 'fileUrl', 'shortenLinks'],
    list: true,
  },
  social: {
    wire: { soc: 1 },
    audience: 'phone',
    needs: ['text'],
    oneOf: [],
    takes: ['comment', 'shortenLinks'],
    list: true,
  },
} as const;

/** What every kind takes. */
const always = [
  'id',
  'sender',
  'sendAt',
  'spread',
  'visitor',
  'reconfirmAfterDays',
  'partnerId',
  'report',
  'perRecipient',
  'listErrors',
] as const;

type Kinds = typeof kinds;

/** A kind of message. */
export type Kind = keyof Kinds;

/** A kind that can be sent as a list, with a text for each. */
export type ListKind = { [K in Kind]: Kinds[K]['list'] extends true ? K : never }[Kind];

type KindMember<K extends Kind> = K extends 'sms'
  ? {
      /** What sort of message this is. Default: `sms`. */
      readonly kind?: K | undefined;
    }
  : {
      /** What sort of message this is. */
      readonly kind: K;
    };

type Needed<T> = { readonly [P in keyof T]: T[P] };
type Allowed<T> = { readonly [P in keyof T]?: T[P] | undefined };
type Refused<Names extends string> = { readonly [P in Names]?: undefined };
type Shown<T> = { [P in keyof T]: T[P] };

type Needs<K extends Kind> = Kinds[K]['needs'][number];
type OneOf<K extends Kind> = Kinds[K]['oneOf'][number];
type Optional<K extends Kind> = Exclude<Kinds[K]['takes'][number] | OneOf<K> | (typeof always)[number], Needs<K>>;

/** One of the alternatives has to be there; the others may be. */
type Alternatives<Names extends keyof SendFields> = [Names] extends [never]
  ? unknown
  : { [N in Names]: Needed<Pick<SendFields, N>> }[Names];

/**
 * Without a `kind` there is nothing by which the compiler could tell what a member has no place in, so a plain SMS names
 * what it does not take.
 */
type NotOfSms<K extends Kind> = K extends 'sms' ? Refused<Exclude<keyof SendFields, 'to' | Needs<K> | Optional<K>>> : unknown;

/** The input of one kind. */
export type SendInputOf<K extends Kind> = K extends Kind
  ? Shown<KindMember<K> & Needed<Pick<SendFields, 'to' | Needs<K>>> & Allowed<Pick<SendFields, Optional<K>>> & NotOfSms<K>> & Alternatives<OneOf<K>>
  : never;

/** What a list has in its messages, or cannot have. */
type Inner = 'text' | 'comment' | 'files';

/** The input of one kind as a list. */
export type SendListInputOf<K extends ListKind> = K extends ListKind
  ? Shown<
      KindMember<K> &
        Needed<Pick<ListFields, 'messages'>> &
        Allowed<Pick<ListFields, 'lineBreaks'>> &
        Needed<Pick<SendFields, Exclude<Needs<K>, Inner>>> &
        Allowed<Pick<SendFields, Exclude<Optional<K>, Inner>>> &
        NotOfSms<K> &
        Refused<'to' | Inner>
    >
  : never;

interface Row {
  readonly wire: Readonly<Record<string, number>>;
  readonly audience: Audience;
  readonly needs: readonly string[];
  readonly oneOf: readonly string[];
  readonly takes: readonly string[];
  readonly list: boolean;
}

const rowOf = (kind: unknown): Row | undefined =>
  kind === undefined ? kinds.sms : typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind as Kind] : undefined;

/** The flags of the kinds. */
export const kind: Field<Kind> = {
  params: ['flash', 'hlr', 'ping', 'mms', 'mail', 'call', 'viber', 'whatsapp', 'tg', 'soc'],
  check: (value, path) => (rowOf(value) ? [] : complain(path, `expected one of ${Object.keys(kinds).join(', ')}`)),
  // A WhatsApp message goes out by the flag or through a bot; the page has the one, a later page the other.
  encode: (value, input): Record<string, number> => (value === 'whatsapp' && input['bot'] !== undefined ? {} : { ...kinds[value].wire }),
};

const quote = (names: readonly string[]): string => names.join(' or ');

/** Complaints about what is missing for a kind, and what it does not take. */
function checkMembers(input: Loose, row: Row, name: string, own: readonly string[], inner: readonly string[]): readonly Issue[] {
  const given = (field: string): boolean => input[field] !== undefined;
  const outer = (fields: readonly string[]): readonly string[] => fields.filter((field) => !inner.includes(field));
  const allowed = [...own, 'kind', ...outer(row.needs), ...outer(row.oneOf), ...outer(row.takes), ...always];
  const missing = [...own.slice(0, 1), ...outer(row.needs)].filter((field) => !given(field));
  return [
    ...missing.map((path) => ({ path, message: `is needed for kind «${name}»` })),
    ...(inner.length === 0 && row.oneOf.length > 0 && !row.oneOf.some(given) ? complain('', `kind «${name}» needs ${quote(row.oneOf)}`) : []),
    ...Object.keys(input)
      .filter((field) => given(field) && !inner.includes(field) && isField(field, inner.length > 0) && !allowed.includes(field))
      .map((path) => ({ path, message: `is not taken by kind «${name}»` })),
  ];
}

// Members that no kind knows are the field table's to complain of.
const isField = (name: string, list: boolean): boolean =>
  Object.values(kinds).some((row: Row) => (row.list || !list) && [...row.needs, ...row.oneOf, ...row.takes].includes(name));

const checkSenderOf = (sender: unknown, path: string, email: boolean): readonly Issue[] => {
  if (typeof sender !== 'string' || isEmail(sender) === email) return [];
  return complain(path, email ? 'expected an e-mail address' : 'is an e-mail address, which only an e-mail can come from');
};

/** The rules of a single text: what the kind needs and takes, whom it goes to, what goes together. */
export function checkKind(input: Loose): readonly Issue[] {
  const row = rowOf(input['kind']);
  if (!row) return [];
  const name = (input['kind'] ?? 'sms') as string;
  return [
    ...checkMembers(input, row, name, ['to'], []),
    ...(input['to'] === undefined ? [] : checkRecipients(input['to'], 'to', row.audience)),
    ...checkSenderOf(input['sender'], 'sender', name === 'email'),
    ...checkBot(input, name),
    ...checkTogether(input, ''),
    ...(name === 'binary' ? checkBinary(input) : []),
    ...(name === 'wap-push' ? checkWapPush(input) : []),
  ];
}

/** The rules of a list. */
export function checkListKind(input: Loose): readonly Issue[] {
  const row = rowOf(input['kind']);
  if (!row) return [];
  const name = (input['kind'] ?? 'sms') as string;
  if (!row.list) return complain('kind', `«${name}» cannot be sent as a list`);
  const messages = Array.isArray(input['messages']) ? (input['messages'] as readonly unknown[]) : [];
  return [
    ...checkMembers(input, row, name, ['messages', 'lineBreaks'], ['text', 'comment', 'files']),
    ...messages.flatMap((entry, at) => (isObject(entry) ? checkRecipients(entry['to'] ?? [], `messages[${at}].to`, row.audience) : [])),
    ...checkSenderOf(input['sender'], 'sender', false),
    ...checkBot(input, name),
  ];
}

const checkBot = ({ bot }: Loose, name: string): readonly Issue[] => {
  if (typeof bot !== 'string' || bot.startsWith('@') === (name === 'telegram-bot')) return [];
  return complain('bot', name === 'telegram-bot' ? 'expected @name_bot' : 'expected the digits of a WhatsApp bot’s number');
};
