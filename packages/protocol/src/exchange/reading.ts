import type { Charset } from '../charsets/charset.ts';
import { utf8 } from '../charsets/utf-8.ts';
import type { Operation } from '../core/operation.ts';
import { getOwn } from '../core/own-members.ts';
import type { ReplyFormat } from '../replies/format.ts';
import { jsonFormat } from '../replies/json.ts';

/** Options for reading a reply. The request must have asked for the same format and charset. */
export interface ReplyOptions {
  /** Format of the reply. Default: `jsonFormat`. */
  readonly format?: ReplyFormat | undefined;
  /** Charset of the request and the reply. Default: `utf8`. The reply's Content-Type is ignored, since it is sometimes wrong (recorded). */
  readonly charset?: Charset | undefined;
}

/**
 * Returns the format and the charset of a request and its reply. A format that the operation sets takes precedence over
 * the options.
 */
export const readingOf = (
  { format }: Pick<Operation<never, unknown>, 'format'>,
  options: ReplyOptions,
): { readonly format: ReplyFormat; readonly charset: Charset } => ({
  format: format ?? getOwn(options, 'format') ?? jsonFormat,
  charset: getOwn(options, 'charset') ?? utf8,
});
