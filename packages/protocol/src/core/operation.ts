import { InputError } from './errors.ts';
import type { Field } from './field.ts';
import type { IssueContext } from './issues.ts';
import { copyOwn, isObject, type UnknownRecord } from './own-members.ts';
import type { ReplyFormat, ReplyLayout } from '../replies/format.ts';
import type { Json } from '../exchange/json.ts';
import type { ErrorTable } from '../tables/errors.ts';
import type { Params } from '../exchange/wire.ts';

/**
 * Effect of an operation. Decides if a call may be retried.
 *
 * - `reads`: changes nothing. A call may always be retried.
 * - `idempotent`: changes something, but a second call has no further effect. A call may be retried.
 * - `spends`: each call costs money or creates another record. A call is never retried if its request may have arrived.
 */
export type Effect = 'reads' | 'idempotent' | 'spends';

type KeyOf<Input> = Input extends unknown ? keyof Input : never;
type ValueOf<Input, Key> = Input extends unknown
  ? Key extends keyof Input
    ? Exclude<Input[Key], undefined>
    : never
  : never;

/**
 * One field for each member of the input. If the input is a union, one field for each member of each branch. A missing
 * field is a compile error. Members whose only type is `undefined` have no field.
 */
export type Fields<Input> = {
  readonly [Key in KeyOf<Input> as [ValueOf<Input, Key>] extends [never] ? never : Key]-?: Field<
    ValueOf<Input, Key>
  >;
};

/**
 * Description of a gateway operation as data: its input, its endpoint and its result. An operation does no I/O and has
 * no credentials, so a client, a test, a proxy or a documentation page can use it.
 */
export interface Operation<Input, Output, E extends Effect = Effect> {
  /** Name of the operation in code and in errors. */
  readonly name: string;
  /** URL path for a form body, without the leading slash. */
  readonly path: string;
  /** URL path for a JSON body. The gateway has such a path only for sending. */
  readonly restPath?: string;
  /** Effect of a call. */
  readonly effect: E;
  /** Checks of the input's members, and conversion of the members to parameters. */
  readonly fields: Fields<Input>;
  /** Parameters that every request of this operation contains. */
  readonly constants?: Params;
  /** Default values of input members. */
  readonly defaults?: UnknownRecord;
  /** Checks several members together. Also runs if members are missing or have the wrong type. */
  readonly rules?: (input: UnknownRecord, at: IssueContext) => void;
  /** Meaning of the error codes of this endpoint. */
  readonly errors: ErrorTable;
  /** Error code for "no records". A reply with this code is read as an empty list. */
  readonly empty?: number;
  /** Reply format that is always requested, regardless of the options. Set if the layout of other formats is not known. */
  readonly format?: ReplyFormat;
  /** Layout of the response in the two text formats (fmt 0 and 1). Absent if `format` is set to XML or JSON. */
  readonly layout?: ReplyLayout;
  /** Turns a response into the result. Throws if a member is missing or invalid. `body` is used for files. */
  readonly result: (reply: Json, body: Uint8Array) => Output;
}

const normalized = /* @__PURE__ */ new WeakMap<object, object>();

/**
 * Copies an operation, its `fields` and its `defaults` without inherited members. Members that a program adds to
 * `Object.prototype` therefore cannot change the message. Each operation is copied only once.
 *
 * @throws {InputError} if the value is not an object
 */
export function ownOperation<Op extends object>(operation: Op): Op {
  let found = normalized.get(operation) as Op | undefined;
  if (!found) {
    if (!isObject(operation)) throw new InputError('call', [{ path: '', message: 'expected an operation' }]);
    found = copyOwn(operation);
    if ('fields' in found) found.fields = copyOwn(found.fields as object);
    if ('defaults' in found) found.defaults = copyOwn(found.defaults as object);
    normalized.set(operation, found);
  }
  return found;
}
