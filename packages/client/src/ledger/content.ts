import type { Attachment } from '@smsc/protocol';
import { credentialParams, optionParams, type RequestParts } from '@smsc/protocol/adapter';

/** Parameters that select what the response contains. They change nothing that is charged for. */
const responseParams: readonly string[] = ['cost', 'op', 'err'];

const ignored = /* @__PURE__ */ new Set([...credentialParams, ...optionParams, ...responseParams]);

/** Describes a file by its name and the digest of its bytes. */
async function describeFile({ name, content }: Attachment): Promise<readonly [string, string]> {
  const bytes = content instanceof Uint8Array ? content : new Uint8Array(await content.arrayBuffer());
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return [name, String(new Uint8Array(digest))];
}

/**
 * Returns the canonical text of everything in a request that is charged for: the operation, its parameters and its
 * files. Credentials, the charset, the reply format and the parameters that select the response are left out.
 */
export function contentOf(operation: string, { params, files }: RequestParts): string | Promise<string> {
  let text = operation;
  // The lengths keep values apart: no value can be mistaken for another parameter.
  for (const name of Object.keys(params).sort()) {
    if (ignored.has(name)) continue;
    const value = String(params[name]);
    text += `\n${name} ${value.length} ${value}`;
  }
  if (!files.length) return text;
  return Promise.all(files.map(describeFile)).then((described) => `${text}\n${JSON.stringify(described)}`);
}
