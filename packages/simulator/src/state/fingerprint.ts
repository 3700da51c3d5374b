import { createHash } from 'node:crypto';
import type { Parameters } from '../wire/parameters.ts';

/**
 * Computes a digest of a request. Two requests have the same digest if all their decoded parameters and files are equal; the
 * order and the encoding of the parameters do not matter. Assumption: the gateway compares requests in the same way. A
 * digest is stored instead of the parameters, because a long list of recipients would take more memory.
 */
export function fingerprint({ values, files }: Parameters): string {
  // Names and values may contain any character, so their lengths are written in front of them.
  const parts = [...values].map(([name, value]) => `${name.length}:${value.length}:${name}${value}`).sort();
  // UTF-16 preserves lone surrogates. In UTF-8 all lone surrogates would become the same character.
  const digest = createHash('sha1').update(parts.join(''), 'utf16le');
  for (const { name, content } of files)
    digest.update(`${name.length}:${content.length}:${name}`, 'utf16le').update(content);
  return digest.digest('base64');
}
