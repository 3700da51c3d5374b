import { createHash } from 'node:crypto';
import type { Parameters } from '../wire/parameters.ts';

/**
 * What makes two requests identical: all decoded parameters, in whatever order and however they came, and the files.
 * That the gateway compares just these is assumed. A digest, so that a long list is not kept for the sake of its minute.
 */
export function fingerprint({ values, files }: Parameters): string {
  // The lengths tell where each name and value ends: either may hold any character.
  const parts = [...values].map(([name, value]) => `${name.length}:${value.length}:${name}${value}`).sort();
  // 16-bit units as they are: in UTF-8 all lone surrogates would be one.
  const digest = createHash('sha1').update(parts.join(''), 'utf16le');
  for (const { name, content } of files)
    digest.update(`${name.length}:${content.length}:${name}`, 'utf16le').update(content);
  return digest.digest('base64');
}
