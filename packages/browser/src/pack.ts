import type { Attachment, Issue } from '@smsc/protocol';
import type { Special } from './talk.ts';

/** An input in pieces that can travel. */
export interface Packed {
  readonly input: unknown;
  readonly special: readonly Special[];
  readonly files: readonly Attachment[];
  /** What is wrong so far. */
  readonly issues: Issue[];
}

type Path = readonly (string | number)[];

const deepest = 16;

const written = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');

/** By its tag, which objects of every window have. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const isPlain = (value: object): boolean => {
  const above = Object.getPrototypeOf(value) as object | null;
  return !above || !Object.getPrototypeOf(above);
};

/** Takes an input apart: what JSON can say, and what has to stand beside it. What is an input at all, the relay knows. */
export function pack(input: unknown): Packed {
  const special: Special[] = [];
  const files: Attachment[] = [];
  const issues: Issue[] = [];

  function walk(value: unknown, path: Path): unknown {
    const tag = tagOf(value);
    const beside = (kind: Special[1], at: number): null => (special.push([path, kind, at]), null);
    // Its name is in the JSON, where no quote or line break can harm.
    const attach = (content: Blob): number => files.push({ name: 'file', content }) - 1;
    if (value === null || /^(?:String|Boolean)$/.test(tag) || Number.isFinite(value)) return value;
    if (path.length < deepest) {
      if (tag === 'Date') return beside('date', Number(value));
      if (/^(?:Blob|File)$/.test(tag)) return beside('file', attach(value as Blob));
      if (tag === 'Uint8Array') return beside('bytes', attach(new Blob([value as Uint8Array<ArrayBuffer>])));
      // Not `map`, which passes over holes.
      if (Array.isArray(value))
        return Array.from(value as unknown[], (each, at) => walk(each, [...path, at]));
      if (tag === 'Object' && isPlain(value as object)) {
        const members = Object.entries(value as object).filter(([, each]) => each !== undefined);
        return Object.fromEntries(members.map(([name, each]) => [name, walk(each, [...path, name])]));
      }
    }
    issues.push({ path: written(path), message: 'cannot travel to the relay' });
    return null;
  }

  return { input: walk(input, []), special, files, issues };
}
