import { isPlain, type UnknownRecord } from '@smsc/protocol/adapter';
import type { RelayRequest, SpecialValue, ValuePath } from '../relay-protocol.ts';
import { isForm, parseForm } from './parse-form.ts';
import { RefusalError } from './refusal.ts';

/** A call of a page with its complete input. */
export interface RelayedCall {
  readonly operation: string;
  readonly effect: string;
  readonly id: string | undefined;
  readonly token: string | undefined;
  readonly input: UnknownRecord;
  /** Digest of the operation, the input and the files. Equal calls have equal digests, even if their tokens differ. */
  readonly fingerprint: string;
}

/** JSON of a call that passed the checks. */
type ParsedCall = RelayRequest & { readonly input: UnknownRecord };

const specialKinds: readonly unknown[] = ['date', 'bytes', 'file'];
const maxSpecialValues = 1000;
const maxPathLength = 16;
const maxTokenLength = 8192;
const maxOperationLength = 60;
const maxIdLength = 40;

const malformed = (problem: string): RefusalError => new RefusalError('malformed', problem);

/** Parses JSON. Rejects members named `__proto__`: copying such a member by assignment would change a prototype. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (name, value: unknown) => {
      if (name === '__proto__') throw new Error();
      return value;
    });
  } catch {
    throw malformed('the call is not valid JSON, or has a member named __proto__');
  }
}

const isText = (value: unknown, maxLength: number): boolean =>
  typeof value === 'string' && value.length <= maxLength;

const isPath = (path: unknown): boolean =>
  Array.isArray(path) &&
  path.length > 0 &&
  path.length <= maxPathLength &&
  path.every((step) => typeof step === 'string' || (Number.isInteger(step) && step >= 0));

const isSpecialValue = (item: unknown): item is SpecialValue => {
  if (!Array.isArray(item) || item.length !== 3) return false;
  const [path, kind, value] = item as readonly unknown[];
  return (
    isPath(path) &&
    specialKinds.includes(kind) &&
    (typeof value === 'number' || (value === null && kind === 'date'))
  );
};

const isOptionalId = (id: unknown): boolean =>
  id === undefined || (isText(id, maxIdLength) && /^[\w.-]+$/.test(id as string));

const isSpecialList = (special: unknown): boolean =>
  Array.isArray(special) && special.length <= maxSpecialValues && special.every(isSpecialValue);

function checkCall(value: unknown): ParsedCall {
  if (!isPlain(value)) throw malformed('the call is not a JSON object');
  // A polluted `Object.prototype` must not add members.
  const call: UnknownRecord = { __proto__: null, ...value };
  const isValid =
    isText(call['operation'], maxOperationLength) &&
    typeof call['effect'] === 'string' &&
    isOptionalId(call['id']) &&
    (call['token'] === undefined || isText(call['token'], maxTokenLength)) &&
    isPlain(call['input']) &&
    isSpecialList(call['special']);
  if (!isValid) throw malformed('the call has missing or invalid members');
  return call as unknown as ParsedCall;
}

/** Replaces the `null` at a path of the input by a value. */
function insert(input: unknown, path: ValuePath, value: unknown): void {
  let target = input as Record<string | number, unknown> | null;
  for (const [index, step] of path.entries()) {
    // Follows own members only, so that no prototype can be reached.
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, step))
      throw malformed('the input has no member at the path of a special value');
    if (index < path.length - 1) target = target[step] as typeof target;
    else if (target[step] !== null) throw malformed('the member at the path of a special value is not null');
    else target[step] = value;
  }
}

/** Puts dates, bytes and files into the input. Each file must be used exactly once. */
async function insertSpecialValues({ input, special }: ParsedCall, files: readonly Blob[]): Promise<void> {
  const used = new Set<number>();
  for (const [path, kind, value] of special) {
    if (kind === 'date') {
      insert(input, path, new Date(value ?? NaN));
      continue;
    }
    const content = files[value!];
    if (!content || used.has(value!)) throw malformed('a file is missing');
    used.add(value!);
    insert(input, path, kind === 'file' ? content : new Uint8Array(await content.arrayBuffer()));
  }
  if (used.size !== files.length) throw malformed('a file is not used in the input');
}

async function digest(parts: readonly (string | Blob)[]): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', await new Blob(parts as BlobPart[]).arrayBuffer());
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Parses the body of a request: JSON, or a form with JSON and files.
 *
 * @throws {RefusalError} if the body is malformed or too large
 */
export async function parseRequest(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<RelayedCall> {
  const hasForm = isForm(contentType);
  if (!hasForm && !/^application\/json\s*(?:;|$)/i.test(contentType))
    throw new RefusalError('malformed', 'the content type is neither application/json nor a form', {
      status: 415,
    });
  const { text, files } = hasForm
    ? await parseForm(contentType, body)
    : { text: new TextDecoder().decode(body), files: [] };
  const call = checkCall(parseJson(text));
  const { operation, effect, id, token, input, special } = call;
  const fingerprint = await digest([
    JSON.stringify([operation, input, special, files.map(({ size }) => size)]),
    ...files,
  ]);
  await insertSpecialValues(call, files);
  return { operation, effect, id, token, input, fingerprint };
}
