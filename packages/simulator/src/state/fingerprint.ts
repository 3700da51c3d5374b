import { createHash } from 'node:crypto';
import type { Parameters } from '../wire/parameters.ts';

/**
 * Computes a digest of a request. Requests with the same digest are identical: all decoded parameters, in any order and encoding,
 * and all files. Assumption about what the gateway compares. A digest is used so that a long list need not be kept for a minute.
 */
export function fingerprint({ values, files }: Parameters): string {
  // Lengths mark where each name and value ends, as both may contain any character.
  const parts = [...values].map(([name, value]) => `${name.length}:${value.length}:${name}${value}`).sort();
  // UTF-16 keeps lone surrogates apart. In UTF-8 they would all become the same character.
  const digest = createHash('sha1').update(parts.join(''), 'utf16le');
  for (const { name, content } of files)
    digest.update(`${name.length}:${content.length}:${name}`, 'utf16le').update(content);
  return digest.digest('base64');
}
