import { occursMoreThan } from './count-matches.ts';
import { RefusalError } from './refusal.ts';

/** Maximum size of the JSON in a request, in bytes. Parsed JSON can take many times its size in memory. */
export const maxJsonBytes = 65_536;
/** Maximum number of parts in a form. */
const maxFormParts = 100;

/** Contents of a form: the JSON of the call, and its files. */
export interface ParsedForm {
  readonly text: string;
  readonly files: readonly Blob[];
}

const malformed = (problem: string): RefusalError => new RefusalError('malformed', problem);

/** Tells whether a content type is that of a form. */
export const isForm = (contentType: string): boolean => /^multipart\/form-data\s*;/i.test(contentType);

/** Reads the boundary of a form from its content type. Source: RFC 2046, section 5.1.1. */
const boundaryOf = (contentType: string): string | undefined =>
  /^[^;]*;\s*boundary=("?)([\w'()+,./:=?-]{1,70})\1\s*(?:;|$)/i.exec(contentType)?.[2];

/** Parses a form with the platform's parser. */
async function readParts(
  boundary: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<readonly (readonly [string, unknown])[]> {
  // The platform's parser must use the boundary that was counted, so it does not receive the client's header.
  const headers = { 'content-type': `multipart/form-data; boundary="${boundary}"` };
  try {
    return [...(await new Response(body, { headers }).formData())];
  } catch {
    throw malformed('the form cannot be read');
  }
}

/**
 * Parses a form with a call and its files.
 *
 * @throws {RefusalError} if the form is malformed or has too many parts, or if its JSON is too large
 */
export async function parseForm(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<ParsedForm> {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) throw malformed('the form has no valid boundary');
  // The platform's parser creates objects for every part, so the number of parts is checked first. The last boundary ends the
  // form and begins no part.
  if (occursMoreThan(body, new TextEncoder().encode(`--${boundary}`), maxFormParts + 1))
    throw new RefusalError('too-large', `the form has more than ${maxFormParts} parts`);
  const [[name, text] = [], ...files] = await readParts(boundary, body);
  const isValid =
    name === 'call' &&
    typeof text === 'string' &&
    files.every(([fileName, content], index) => fileName === `file${index}` && content instanceof Blob);
  if (!isValid) throw malformed('the form has unexpected parts: expected call, file0, file1 …');
  if (new Blob([text]).size > maxJsonBytes)
    throw new RefusalError('too-large', `the call has more than ${maxJsonBytes} bytes without its files`);
  return { text, files: files.map(([, content]) => content as Blob) };
}
