import type { Client } from '@smsc/client';
import type { Effect, Operation } from '@smsc/protocol';
import type { VisitorLimits } from './visitor-limits.ts';

type AnyOperation = Operation<never, unknown>;

/** Client that holds the credentials and runs the operations, such as `createSmsc({ apiKey })` of `@smsc/fetch`. */
export type RelayClient = Pick<Client, 'call'>;

type InputOf<Op> = Op extends Operation<infer Input, unknown> ? Input : never;
type OutputOf<Op> = Op extends Operation<never, infer Output> ? Output : never;
/** Type of one row if the output is a list. Otherwise the output itself. */
type RowOf<Output> = Output extends readonly (infer Row)[] ? Row : Output;
type KeyOf<Input> = Input extends unknown ? keyof Input : never;
/** Members of the messages in a list. */
type MessageKeyOf<Input> = Input extends { readonly messages: readonly (infer Message)[] }
  ? keyof Message
  : never;
type ValueOf<Input, Key> = Input extends unknown ? (Key extends keyof Input ? Input[Key] : never) : never;

/** An operation that pages may call, and its limits. */
export interface AllowedOperation<Op = AnyOperation> {
  /** Operation of the protocol, such as `send`. */
  readonly operation: Op;
  /**
   * Members of the input that a page may give. Default: none.
   *
   * A page may always give a UUID as the id of a message. List `id` to allow other ids. `visitor` cannot be listed: the guard
   * adds it. For an input with `messages`, also list the members of each message, such as `sender`. The members `to`, `text`,
   * `id` and `phone` of a message are always allowed.
   */
  readonly members?:
    readonly Exclude<KeyOf<InputOf<Op>> | MessageKeyOf<InputOf<Op>>, 'visitor'>[] | undefined;
  /** Members that the relay sets. Pages cannot give them. Default: none. */
  readonly set?:
    { readonly [Key in Exclude<KeyOf<InputOf<Op>>, 'id'>]?: ValueOf<InputOf<Op>, Key> } | undefined;
  /** For status requests: allows every id. Default: `false`, which allows only UUIDs, because nobody can guess them. */
  readonly anyId?: boolean | undefined;
  /** Allows groups of contacts as recipients. Default: `false`. */
  readonly groups?: boolean | undefined;
  /** Maximum number of recipients of a request, in all its messages together. A group counts as one. Default: 1. */
  readonly maxRecipients?: number | undefined;
  /**
   * Maximum number of parts of a request, for all recipients together. For voice calls, the maximum number of seconds. The
   * relay computes the number before sending. If the exact number is uncertain, as for speech, the highest possible number
   * counts. Default: no limit.
   */
  readonly maxParts?: number | undefined;
  /**
   * Maximum cost of a request, as an exact decimal in the currency of the account. The relay requests the cost from the gateway
   * before each send. Default: no limit.
   */
  readonly maxCost?: string | undefined;
  /**
   * Limits on the number of calls. Default for operations that spend: 5 an hour for each visitor, 500 an hour for all
   * visitors. Default for all other operations: only the limits of the relay.
   */
  readonly limits?: VisitorLimits | undefined;
  /**
   * Members of the result that a page receives. For a list, members of each row. Default: all except the balance after a send
   * and the `extra` values of a status. Required for `callWithCode`, because its result contains the code.
   */
  readonly show?: readonly KeyOf<RowOf<OutputOf<Op>>>[] | undefined;
}

/** Operations that pages may call, by the names that pages use. */
export type AllowedOperations = Readonly<Record<string, { readonly operation: AnyOperation }>>;

/** Checks the type of each entry against its own operation: a member that the operation does not have is a compile error. */
export type CheckedOperations<Given> = {
  readonly [Name in keyof Given]: Given[Name] extends { readonly operation: infer Op }
    ? AllowedOperation<Op> & { readonly [Other in Exclude<keyof Given[Name], keyof AllowedOperation>]: never }
    : never;
};

type MembersOf<Given> = Given extends { readonly members: readonly (infer Member)[] } ? Member : never;
type KindOf<Given> = Given extends { readonly set: { readonly kind: infer Kind } } ? Kind : undefined;

/** Inputs of all kinds if a page can choose the kind. Otherwise, inputs of the kind that the relay sets. */
type InputOfKind<Input, Given> = Input extends { readonly kind?: unknown }
  ? 'kind' extends MembersOf<Given>
    ? Input
    : [KindOf<Given>] extends [Input['kind']]
      ? Input
      : never
  : Input;
type PickMembers<Input, Names> = Input extends unknown
  ? {
      [Key in keyof Input as Key extends Names ? Key : never]: Key extends 'messages'
        ? PickMessageMembers<Input[Key], Names>
        : Input[Key];
    }
  : never;
type PickMessageMembers<Messages, Names> = Messages extends readonly (infer Message)[]
  ? readonly Pick<Message, Extract<keyof Message, 'to' | 'text' | 'id' | 'phone' | Names>>[]
  : Messages;

/** Input that a page gives for an allowed operation. */
export type AllowedInput<Given> = Given extends {
  readonly operation: Operation<infer Input, unknown, infer E extends Effect>;
}
  ? PickMembers<InputOfKind<Input, Given>, MembersOf<Given> | (E extends 'spends' ? 'id' : never)>
  : never;
