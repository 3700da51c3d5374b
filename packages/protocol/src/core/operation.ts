import { InputError } from './errors.ts';
import type { Field } from './field.ts';
import type { IssueContext } from './issues.ts';
import { copyOwn, isObject, type UnknownRecord } from './own-members.ts';
import type { ReplyFormat, ReplyLayout } from '../replies/format.ts';
import type { Json } from '../exchange/json.ts';
import type { ErrorTable } from '../tables/errors.ts';
import type { Params } from '../exchange/wire.ts';

/**
 * What a repeated call could do.
 *
 * - `reads`: nothing; it may be repeated freely.
 * - `idempotent`: the same again; a second call finds the work done.
 * - `spends`: it costs money, or makes one thing more, each time; so it is never repeated blindly.
 */
export type Effect = 'reads' | 'idempotent' | 'spends';

type KeyOf<Input> = Input extends unknown ? keyof Input : never;
type ValueOf<Input, Key> = Input extends unknown
  ? Key extends keyof Input
    ? Exclude<Input[Key], undefined>
    : never
  : never;

/**
 * A field for every member of the input, whichever branch of a union it stands in. A missing one does not compile.
 * Members that can only be `undefined` are there to be refused, and have none.
 */
export type Fields<Input> = {
  readonly [Key in KeyOf<Input> as [ValueOf<Input, Key>] extends [never] ? never : Key]-?: Field<
    ValueOf<Input, Key>
  >;
};

/**
 * One thing that the gateway can be asked to do, as data: what goes in, where it goes, what comes out. It does no I/O
 * and holds no credentials, so anything can run it: a transport, a test, a proxy, a documentation page.
 */
export interface Operation<Input, Output, E extends Effect = Effect> {
  /** Its name in code, and in errors. */
  readonly name: string;
  /** Path below the host, without a leading slash, for a form body. */
  readonly path: string;
  /** Path for a JSON body, where the gateway has one. Only sending does. */
  readonly restPath?: string;
  readonly effect: E;
  /** The input's members: how each is checked and what it becomes on the wire. */
  readonly fields: Fields<Input>;
  /** Parameters that go with every request of this operation. */
  readonly constants?: Params;
  /** Values of fields that the input leaves out. */
  readonly defaults?: UnknownRecord;
  /** Complaints that need more than one field to see. The input may be of any shape here. */
  readonly rules?: (input: UnknownRecord, at: IssueContext) => void;
  /** What the error numbers of this endpoint mean. */
  readonly errors: ErrorTable;
  /** The error number that says that there is nothing: it is read as an empty list. */
  readonly empty?: number;
  /** The one format that is asked for, whatever the request's options say: where the layout of others is not attested. */
  readonly format?: ReplyFormat;
  /** How the two text formats (fmt 0 and 1) lay the answer out. Absent where `format` is another. */
  readonly layout?: ReplyLayout;
  /** The answer's members to a result. Throws when a member is missing or is not what it has to be. `body`: for files. */
  readonly result: (reply: Json, body: Uint8Array) => Output;
}

const normalized = /* @__PURE__ */ new WeakMap<object, object>();

/**
 * Copies an operation's own members, with its own fields and defaults. The copy is made once for each operation. Without it, members that
 * a program adds to `Object.prototype` could change the message.
 *
 * @throws {InputError} when the value is not an object
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
