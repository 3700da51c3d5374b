import type { CharsetName } from '@smsc/protocol';
import { charsetOf } from '../wire/charset.ts';

/** How a body is written. */
export type PushFormat = 'form' | 'xml' | 'json';

/** With what it is signed. */
export type PushSignature = 'md5' | 'sha1' | 'crc32';

/**
 * Where the gateway pushes what happens to messages, and how. The gateway reads the form from the query of the address
 * (`charset=utf-8`, `fmt=3`, `md5`); what is said here comes before that.
 */
export interface PushOptions {
  /** Your handler. */
  readonly url: string;
  /** Default: `fmt` of the address, 2 for XML and 3 for JSON; without it form parameters. */
  readonly format?: PushFormat | undefined;
  /** Default: `charset` of the address, or windows-1251. For XML and JSON koi8-r is not used, and windows-1251 is: assumed. */
  readonly charset?: CharsetName | undefined;
  /** By GET the parameters stand in the query, whatever the format: assumed. Default: POST. */
  readonly method?: 'GET' | 'POST' | undefined;
  /** The «control string» of signatures. Default: none, and nothing is signed. */
  readonly secret?: string | undefined;
  /** Default: those of `md5`, `sha1` and `crc32` that the address names; if it names none, `md5`. */
  readonly signatures?: readonly PushSignature[] | undefined;
  /** Whether states are pushed. Default: true. */
  readonly statuses?: boolean | undefined;
  /** Whether incoming messages are pushed. Default: true. */
  readonly incoming?: boolean | undefined;
}

/** The same, with everything decided. */
export interface PushTarget {
  readonly url: string;
  readonly format: PushFormat;
  readonly charset: CharsetName;
  readonly method: 'GET' | 'POST';
  readonly secret: string | undefined;
  readonly signatures: readonly PushSignature[];
  readonly statuses: boolean;
  readonly incoming: boolean;
}

const algorithms: readonly PushSignature[] = ['md5', 'sha1', 'crc32'];
const formats: Readonly<Record<string, PushFormat>> = { 2: 'xml', 3: 'json' };

/** Decides. Throws a `TypeError` for an address that is none of HTTP. */
export function readPushTarget(options: PushOptions): PushTarget {
  const { protocol, searchParams } = new URL(options.url);
  if (!/^https?:$/.test(protocol)) throw new TypeError('pushes go to an address of HTTP');
  const format = options.format ?? formats[searchParams.get('fmt') ?? ''] ?? 'form';
  const charset = options.charset ?? charsetOf(searchParams.get('charset') ?? '')?.name ?? 'windows-1251';
  const named = algorithms.filter((algorithm) => searchParams.has(algorithm));
  return {
    url: options.url,
    format,
    charset: format !== 'form' && charset === 'koi8-r' ? 'windows-1251' : charset,
    method: options.method ?? 'POST',
    secret: options.secret || undefined,
    signatures: options.signatures ?? (named.length > 0 ? named : ['md5']),
    statuses: options.statuses ?? true,
    incoming: options.incoming ?? true,
  };
}
