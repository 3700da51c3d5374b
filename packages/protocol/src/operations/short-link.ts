import { asIs } from '../params/as-is.ts';
import { oneOf } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { checkWebAddress } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readOptionalNumber, readOptionalText, readRow } from '../core/read.ts';
import { shortLinkErrors } from '../tables/errors.ts';

/** Which short link: by its whole address, or by the gateway's number for it. One of the two. */
export interface ShortLinkInput {
  readonly link?: string | undefined;
  readonly id?: RecordId | undefined;
}

/** How often a short link was followed. */
export interface ShortLink {
  readonly id: string | undefined;
  readonly clicks: number | undefined;
  readonly clicksThisMonth: number | undefined;
  readonly clicksToday: number | undefined;
  readonly clicksYesterday: number | undefined;
  /** Members of the answer that are not known here: the page is known in part. */
  readonly extra: JsonObject;
}

/** How often a short link was followed. Short links are made by `shortenLinks` of a message. */
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
