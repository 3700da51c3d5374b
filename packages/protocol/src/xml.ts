/**
 * The reply format XML. This entry point is separate, because few applications need an XML parser.
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
