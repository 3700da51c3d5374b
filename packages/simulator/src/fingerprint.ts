import { createHash } from 'node:crypto';
import type { Parameters } from './parameters.ts';

const separator = '\u0000';

/**
 * What makes two requests identical: all decoded parameters, in whatever order and however they came, and the files.
 * That the gateway compares just these is assumed.
 */
export function fingerprint({ values, files }: Parameters): string {
  // The lengths keep `a=b` and `c` apart from `a` and `b=c`.
  const parts = [...values].map(([name, value]) => `${name.length}:${name}${value}`).sort();
  for (const { name, content } of files) parts.push(name, createHash('sha1').update(content).digest('hex'));
  return parts.join(separator);
}
