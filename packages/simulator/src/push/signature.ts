import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { PushSignature } from './options.ts';

/**
 * Computes the signature of a webhook: lower-case hexadecimal digits for md5 and sha1, an unsigned decimal for crc32. The
 * form of md5 and sha1 is known from third parties; the notation of crc32 is an assumption.
 */
export const signPush = (algorithm: PushSignature, bytes: Uint8Array): string =>
  algorithm === 'crc32' ? String(crc32(bytes)) : createHash(algorithm).update(bytes).digest('hex');
