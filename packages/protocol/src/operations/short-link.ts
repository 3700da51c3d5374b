import { asIs } from '../params/as-is.ts';
import { oneOf } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { checkWebAddress } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readOptionalNumber, readOptionalText, readRow } from '../core/read.ts';
import { adviceTable, type AdviceTable } from '../tables/advice.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';

/** Short link to look up. Give either `link` or `id`. */
export interface ShortLinkInput {
  /** Whole short link, with `http` or `https`. */
  readonly link?: string | undefined;
  /** Id of the link in the gateway. */
  readonly id?: RecordId | undefined;
}

/** Clicks on a short link. */
export interface ShortLink {
  /** Id of the link in the gateway. */
  readonly id: string | undefined;
  /** Number of all clicks. */
  readonly clicks: number | undefined;
  /** Number of clicks in the current month. */
  readonly clicksThisMonth: number | undefined;
  /** Number of clicks today. */
  readonly clicksToday: number | undefined;
  /** Number of clicks yesterday. */
  readonly clicksYesterday: number | undefined;
  /** Other members of the response, unchanged. Only a part of the gateway's page is known. */
  readonly extra: JsonObject;
}

/** Errors of `tinyurls.php`. Source: the gateway's page for short links. */
const shortLinkErrors: ErrorTable = /* @__PURE__ */ errorTable({ 3: 'link not found' });

/** Advice on the errors of `shortLink`. */
export const shortLinkAdvice: AdviceTable = /* @__PURE__ */ adviceTable({ 3: 'check the link' });

/**
 * Returns the number of clicks on a short link. The option `shortenLinks` of a message creates short links.
 *
 * @example
 * ```ts
 * const { clicks } = await smsc.call(shortLink, { link: 'https://go.example/a1B2' });
 * ```
 */
export const shortLink: Operation<ShortLinkInput, ShortLink, 'reads'> = {
  name: 'shortLink',
  path: 'sys/tinyurls.php',
  effect: 'reads',
  fields: { link: /* @__PURE__ */ asIs<string>('link', checkWebAddress), id: /* @__PURE__ */ record('id') },
  constants: { get: 1 },
  rules: /* @__PURE__ */ oneOf('link', 'id'),
  errors: shortLinkErrors,
  format: jsonFormat,
  result: (reply) => {
    const object = readRow(reply);
    return {
      id: readOptionalText(object, 'id'),
      clicks: readOptionalNumber(object, 'cnt'),
      clicksThisMonth: readOptionalNumber(object, 'cnt_mon'),
      clicksToday: readOptionalNumber(object, 'cnt_day'),
      clicksYesterday: readOptionalNumber(object, 'cnt_yes'),
      extra: readExtra(object, ['id', 'cnt', 'cnt_mon', 'cnt_day', 'cnt_yes']),
    };
  },
};
