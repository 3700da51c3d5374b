import type { Client } from '@smsc/client';
import type { Effect, Operation } from '@smsc/protocol';
import type { VisitorLimits } from './limits.ts';

type AnyOperation = Operation<never, unknown>;

/** What runs the operations, and has the credentials: a client of `@smsc/fetch`, say. */
export type RelayClient = Pick<Client, 'call'>;

type InputOf<Op> = Op extends Operation<infer Input, unknown> ? Input : never;
type OutputOf<Op> = Op extends Operation<never, infer Output> ? Output : never;
/** A list's rows; what is no list is one. */
type RowOf<Output> = Output extends readonly (infer Row)[] ? Row : Output;
type KeyOf<Input> = Input extends unknown ? keyof Input : never;
/** What the messages of a list can have, where the input is one. */
type InnerOf<Input> = Input extends { readonly messages: readonly (infer Message)[] } ? keyof Message : never;
type ValueOf<Input, Key> = Input extends unknown ? (Key extends keyof Input ? Input[Key] : never) : never;

/** One operation that pages may ask for, and what of it. */
export interface AllowedOperation<Op = AnyOperation> {
  readonly operation: Op;
  /**
   * Members of the input that a page may give. Default: none. The id of what spends need not be listed: pages make one of
   * their own, and may choose it freely only if it is. `visitor` cannot be: whose address it is, the guard says. Of the
   * messages of a list `to` and `text` need not be listed; all else that they can have does, such as a `sender` of each.
   */
  readonly members?: readonly Exclude<KeyOf<InputOf<Op>> | InnerOf<InputOf<Op>>, 'visitor'>[] | undefined;
  /** Members that the relay sets itself. Pages cannot give them. */
  readonly set?:
    { readonly [Key in Exclude<KeyOf<InputOf<Op>>, 'id'>]?: ValueOf<InputOf<Op>, Key> } | undefined;
  /** Of what asks about messages: whether by any id, not only by one that nobody can guess, a UUID. Default: false. */
  readonly anyId?: boolean | undefined;
  /** Whether recipients may be groups of contacts. Default: false. */
  readonly groups?: boolean | undefined;
  /** Most recipients of a request, those of all its messages together. A group is one. Default: 1. */
  readonly maxRecipients?: number | undefined;
  /**
   * Most parts that a request may count, each recipient's; of calls, seconds. Computed before anything is sent: where the
   * gateway's count is not known for sure, as of speech, what it could be at most. Default: as many as there are.
   */
  readonly maxParts?: number | undefined;
  /** Most that a request may cost, as an exact decimal in the account's currency. The gateway is asked before each send. Default: anything. */
  readonly maxCost?: string | undefined;
  /** How often. Default for what spends: 5 an hour for each visitor, 500 for all; for everything else what the relay allows. */
  readonly limits?: VisitorLimits | undefined;
  /**
   * Members of the result that pages are told; of a list, of each row. Default: all, but for what spends not the balance,
   * and of messages that are asked about nothing in `extra`. Of `callWithCode` it has to be there, since all would be the
   * code as well.
   */
  readonly show?: readonly KeyOf<RowOf<OutputOf<Op>>>[] | undefined;
}

/** What pages may ask for, by the names that they use. */
export type Offers = Readonly<Record<string, { readonly operation: AnyOperation }>>;

/** Each offer by what its own operation has. A member that is none does not compile. */
export type Checked<Given> = {
  readonly [Name in keyof Given]: Given[Name] extends { readonly operation: infer Op }
    ? AllowedOperation<Op> & { readonly [Other in Exclude<keyof Given[Name], keyof AllowedOperation>]: never }
    : never;
};

type MembersOf<Given> = Given extends { readonly members: readonly (infer Member)[] } ? Member : never;
type KindOf<Given> = Given extends { readonly set: { readonly kind: infer Kind } } ? Kind : undefined;

/** Of the kinds of messages those that a page can mean: where it cannot name one, the one that the relay sets. */
type Branch<Input, Given> = Input extends { readonly kind?: unknown }
  ? 'kind' extends MembersOf<Given>
    ? Input
    : [KindOf<Given>] extends [Input['kind']]
      ? Input
      : never
  : Input;
type Picked<Input, Names> = Input extends unknown
  ? {
      [Key in keyof Input as Key extends Names ? Key : never]: Key extends 'messages'
        ? PickedMessages<Input[Key], Names>
        : Input[Key];
    }
  : never;
type PickedMessages<Messages, Names> = Messages extends readonly (infer Message)[]
  ? readonly Pick<Message, Extract<keyof Message, 'to' | 'text' | 'id' | 'phone' | Names>>[]
  : Messages;

/** What a page gives to an offer. */
export type OfferInput<Given> = Given extends {
  readonly operation: Operation<infer Input, unknown, infer E extends Effect>;
}
  ? Picked<Branch<Input, Given>, MembersOf<Given> | (E extends 'spends' ? 'id' : never)>
  : never;
