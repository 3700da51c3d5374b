import type { Attachment, Issue } from '@smsc/protocol';
import type { SpecialValue, ValuePath } from './relay-protocol.ts';

/** An input that is ready to be sent: JSON values, and everything that JSON cannot express. */
export interface SerializedInput {
  readonly input: unknown;
  readonly special: readonly SpecialValue[];
  readonly files: readonly Attachment[];
  readonly issues: Issue[];
}

/** Maximum depth of an input. */
const maxDepth = 16;

/** Writes a path as in source code, such as `files[0].content`. */
const formatPath = (path: ValuePath): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');

/** Returns the class name from `Object.prototype.toString`, which also works for objects of another frame. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const isPlainObject = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return !prototype || !Object.getPrototypeOf(prototype);
};

const isJsonValue = (value: unknown, tag: string): boolean =>
  value === null || /^(?:String|Boolean)$/.test(tag) || Number.isFinite(value);

/** Separates JSON values from dates, bytes and files. Does not validate the input: the relay does. */
export function serializeInput(input: unknown): SerializedInput {
  const special: SpecialValue[] = [];
  const files: Attachment[] = [];
  const issues: Issue[] = [];

  const addSpecial = (path: ValuePath, kind: SpecialValue[1], value: number): null => (
    special.push([path, kind, value]),
    null
  );
  // The part gets a fixed name. The file's own name is sent in the JSON, where quotes and line breaks are escaped.
  const addFile = (content: Blob): number => files.push({ name: 'file', content }) - 1;

  function serialize(value: unknown, path: ValuePath): unknown {
    const tag = tagOf(value);
    if (isJsonValue(value, tag)) return value;
    if (path.length < maxDepth) {
      if (tag === 'Date') return addSpecial(path, 'date', Number(value));
      if (/^(?:Blob|File)$/.test(tag)) return addSpecial(path, 'file', addFile(value as Blob));
      if (tag === 'Uint8Array')
        return addSpecial(path, 'bytes', addFile(new Blob([value as Uint8Array<ArrayBuffer>])));
      // `map` would skip the holes of a sparse array.
      if (Array.isArray(value))
        return Array.from(value as unknown[], (item, index) => serialize(item, [...path, index]));
      if (tag === 'Object' && isPlainObject(value as object)) {
        const members = Object.entries(value as object).filter(([, member]) => member !== undefined);
        return Object.fromEntries(
          members.map(([name, member]) => [name, serialize(member, [...path, name])]),
        );
      }
    }
    issues.push({
      path: formatPath(path),
      message: 'cannot be sent: expected JSON, a date or a file',
    });
    return null;
  }

  return { input: serialize(input, []), special, files, issues };
}
