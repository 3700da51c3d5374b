import type { CharsetName } from '@smsc/protocol';
import { charsetOf } from '../wire/charset.ts';

/** Format of a webhook's body. */
export type PushFormat = 'form' | 'xml' | 'json';

/** Algorithm of a webhook's signature. */
export type PushSignature = 'md5' | 'sha1' | 'crc32';

/**
 * Webhook options of an account. The gateway calls webhooks «push», and reads format, charset and signatures from the query
 * of the address, such as `charset=utf-8&fmt=3&md5`. Options given here take precedence over the query.
 */
export interface PushOptions {
  /** Address of your handler. */
  readonly url: string;
  /** Format of the body. Default: XML if the address has `fmt=2`, JSON if it has `fmt=3`, otherwise a form. */
  readonly format?: PushFormat | undefined;
  /**
   * Charset of the body. Default: `charset` in the address, or windows-1251. Assumption: XML and JSON use windows-1251 in place
   * of koi8-r.
   */
  readonly charset?: CharsetName | undefined;
  /** HTTP method. Default: POST. Assumption: with GET the fields are sent in the query, regardless of the format. */
  readonly method?: 'GET' | 'POST' | undefined;
  /** Secret of the signatures, the gateway's «control string». Default: none, and webhooks are not signed. */
  readonly secret?: string | undefined;
  /**
   * Signatures to send. Default: the algorithms `md5`, `sha1` and `crc32` that the query of the address contains, or `md5`
   * if it contains none.
   */
  readonly signatures?: readonly PushSignature[] | undefined;
  /** Send delivery statuses. Default: true. */
  readonly statuses?: boolean | undefined;
  /** Send incoming messages. Default: true. */
  readonly incoming?: boolean | undefined;
}

/** Webhook options with all defaults applied. */
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

/** Reads format, charset and signatures from the query of an address. */
function readQuery({ searchParams }: URL): Pick<PushTarget, 'format' | 'charset' | 'signatures'> {
  const named = algorithms.filter((algorithm) => searchParams.has(algorithm));
  return {
    format: formats[searchParams.get('fmt') ?? ''] ?? 'form',
    charset: charsetOf(searchParams.get('charset') ?? '')?.name ?? 'windows-1251',
    signatures: named.length > 0 ? named : ['md5'],
  };
}

/**
 * Applies the defaults of webhook options.
 *
 * @throws {TypeError} if the address is not HTTP or HTTPS
 */
export function readPushTarget(options: PushOptions): PushTarget {
  const url = new URL(options.url);
  if (!/^https?:$/.test(url.protocol))
    throw new TypeError(`push.url: expected an http: or https: URL, got ${url.protocol}`);
  const query = readQuery(url);
  const { format = query.format, charset = query.charset, signatures = query.signatures } = options;
  return {
    url: options.url,
    format,
    charset: format !== 'form' && charset === 'koi8-r' ? 'windows-1251' : charset,
    method: options.method ?? 'POST',
    secret: options.secret || undefined,
    signatures,
    statuses: options.statuses ?? true,
    incoming: options.incoming ?? true,
  };
}
