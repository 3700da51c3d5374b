import { isPlain, type UnknownRecord } from '@smsc/protocol/adapter';
import type { Ask, Special } from '../talk.ts';
import { hasMore } from './occurrences.ts';
import { Refused } from './refused.ts';

/** What was asked, put together again. */
export interface RelayedCall {
  readonly operation: string;
  readonly effect: string;
  readonly id: string | undefined;
  readonly token: string | undefined;
  readonly input: UnknownRecord;
  /** The same for equal calls, whatever their token: a digest of what was asked, files included. */
  readonly fingerprint: string;
}

const malformed = (problem: string): Refused => new Refused('malformed', problem);

const kinds: readonly unknown[] = ['date', 'bytes', 'file'];
const mostSpecial = 1000;
/** Most bytes of the JSON, however large a body may be for its files: small members take many times their size in memory. */
export const mostJson = 65_536;
/** Most parts of a form. */
const mostParts = 100;

/** JSON without the one name that is no member like others: whoever copies it by assignment gets another prototype. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text, (name, value: unknown) => {
      if (name === '__proto__') throw new Error();
      return value;
    });
  } catch {
    throw malformed('the call is no JSON that is taken');
  }
}

const isText = (value: unknown, most: number): boolean => typeof value === 'string' && value.length <= most;

const isSpecial = (value: unknown): value is Special => {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [path, kind, at] = value as readonly unknown[];
  const isPath =
    Array.isArray(path) &&
    path.length > 0 &&
    path.length <= 16 &&
    path.every((step) => typeof step === 'string' || (Number.isInteger(step) && step >= 0));
  return isPath && kinds.includes(kind) && (typeof at === 'number' || (at === null && kind === 'date'));
};

function readAsk(value: unknown): Ask & { readonly input: UnknownRecord } {
  if (!isPlain(value)) throw malformed('the call is no object');
  // What something has added to `Object.prototype` was not asked.
  const own: UnknownRecord = { __proto__: null, ...value };
  const { operation, effect, id, token, input, special } = own;
  const fits =
    isText(operation, 60) &&
    typeof effect === 'string' &&
    (id === undefined || (isText(id, 40) && /^[\w.-]+$/.test(id as string))) &&
    (token === undefined || isText(token, 8192)) &&
    isPlain(input) &&
    Array.isArray(special) &&
    special.length <= mostSpecial &&
    special.every(isSpecial);
  if (!fits) throw malformed('the call has members that are none');
  return own as unknown as Ask & { readonly input: UnknownRecord };
}

/** Puts a value where `null` keeps its place. */
function place(input: unknown, path: Special[0], value: unknown): void {
  let target = input as Record<string | number, unknown> | null;
  for (const [at, step] of path.entries()) {
    // Own members only: nothing of a prototype can be reached, or written to.
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, step))
      throw malformed('a value has no place');
    if (at < path.length - 1) target = target[step] as typeof target;
    else if (target[step] !== null) throw malformed('a place is taken');
    else target[step] = value;
  }
}

async function digest(parts: readonly (string | Blob)[]): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', await new Blob(parts as BlobPart[]).arrayBuffer());
  return Array.from(new Uint8Array(sum), (octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** Whether it says to be a form. */
export const isForm = (contentType: string): boolean => /^multipart\/form-data\s*;/i.test(contentType);

/** The line that parts a form, as its header says. Source: RFC 2046, 5.1.1. */
const boundaryOf = (contentType: string): string | undefined =>
  /^[^;]*;\s*boundary=("?)([\w'()+,./:=?-]{1,70})\1\s*(?:;|$)/i.exec(contentType)?.[2];

async function readForm(
  contentType: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<{ readonly text: string; readonly files: readonly Blob[] }> {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) throw malformed('the form cannot be read');
  // Whoever reads a form makes objects of every part, so they are counted first. The last line ends the form.
  if (hasMore(body, new TextEncoder().encode(`--${boundary}`), mostParts + 1))
    throw new Refused('too-large', `more than ${mostParts} parts of a form`);
  let parts: readonly (readonly [string, unknown])[];
  try {
    // By the boundary that was counted, whatever else the header says.
    parts = [
      ...(await new Response(body, {
        headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
      }).formData()),
    ];
  } catch {
    throw malformed('the form cannot be read');
  }
  const [[name, text] = [], ...files] = parts;
  const fits =
    name === 'call' &&
    typeof text === 'string' &&
    files.every(([each, content], at) => each === `file${at}` && content instanceof Blob);
  if (!fits) throw malformed('the form has parts that are none');
  if (new Blob([text]).size > mostJson)
    throw new Refused('too-large', `more than ${mostJson} bytes beside the files`);
  return { text, files: files.map(([, content]) => content as Blob) };
}

/** Reads a body: JSON, or a form with JSON and files. */
export async function unpack(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<RelayedCall> {
  const form = isForm(contentType);
  if (!form && !/^application\/json\s*(?:;|$)/i.test(contentType))
    throw new Refused('malformed', 'neither JSON nor a form', { status: 415 });
  const { text, files } = form
    ? await readForm(contentType, body)
    : { text: new TextDecoder().decode(body), files: [] };
  const { operation, effect, id, token, input, special } = readAsk(parse(text));
  const fingerprint = await digest([
    JSON.stringify([operation, input, special, files.map(({ size }) => size)]),
    ...files,
  ]);
  const used = new Set<number>();
  for (const [path, kind, at] of special) {
    if (kind === 'date') {
      place(input, path, new Date(at ?? NaN));
      continue;
    }
    const content = files[at!];
    if (!content || used.has(at!)) throw malformed('a file is not there');
    used.add(at!);
    place(input, path, kind === 'file' ? content : new Uint8Array(await content.arrayBuffer()));
  }
  if (used.size !== files.length) throw malformed('a file has no place');
  return { operation, effect, id, token, input, fingerprint };
}
