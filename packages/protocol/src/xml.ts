/**
 * Replies in XML. An entry point of its own, because few applications need the parser.
 *
 * @example
 * ```ts
 * import { createSmsc } from '@smsc/fetch';
 * import { xmlFormat } from '@smsc/protocol/xml';
 *
 * const smsc = createSmsc({ apiKey, format: xmlFormat });
 * ```
 */
export { xmlFormat, xmlUpTo } from './replies/xml.ts';
