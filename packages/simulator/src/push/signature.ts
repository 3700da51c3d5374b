import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { PushSignature } from './options.ts';

const hash = (algorithm: 'md5' | 'sha1', bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex');

/**
 * A signature of bytes: lower-case hexadecimal digits for md5 and sha1 (third party); a decimal without a sign for crc32,
 * whose notation is not known: assumed.
 */
export const signPush = (algorithm: PushSignature, bytes: Uint8Array): string =>
  algorithm === 'crc32' ? String(crc32(bytes)) : hash(algorithm, bytes);
