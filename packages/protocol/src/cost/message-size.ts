import type { Kind } from '../operations/kinds.ts';
import { measure } from '../segments/segment.ts';
import {
  transliterate,
  translitBounds,
  transliterationTables,
  type TranslitTable,
} from '../segments/advice/translit.ts';
import { truncate } from '../segments/truncate.ts';
import type { AssumptionName } from './assumptions.ts';

/** What one recipient's message counts: parts of an SMS, seconds of a call, 1 for all else; and what it counts at least and at most. */
export interface MessageSize {
  readonly parts: number;
  readonly least: number;
  readonly most: number;
  /** What the figures rest on. */
  readonly assumptions: readonly AssumptionName[];
}

/** A length that is not known: what it is taken to be, and what it is at least and at most. */
export interface AssumedValue {
  readonly value: number;
  readonly least: number;
  readonly most: number;
}

/** What a text is sent with, as far as its size depends on it. */
export interface TextOptions {
  readonly kind: Kind;
  readonly translit: 1 | 2 | undefined;
  readonly shortenLinks: boolean;
  readonly maxParts: number | undefined;
}

/** What is assumed about sizes. */
export interface TextSizeOptions {
  readonly shortLink: AssumedValue;
  /** Characters a second. */
  readonly speechSpeed: AssumedValue;
  /** In the place of the tables that are assumed. */
  readonly translitTable: TranslitTable | undefined;
}

const nothing: readonly AssumptionName[] = [];
const exactly = (parts: number): MessageSize => ({ parts, least: parts, most: parts, assumptions: nothing });

/** One message, one request. */
export const singleMessage: MessageSize = /* @__PURE__ */ exactly(1);

/** The size of a text within a ceiling. What is cut off may have been what made it UCS-2. */
function sizeWithin(text: string, ceiling: number): { readonly parts: number; readonly most: number } {
  const { parts, encoding } = measure(text);
  if (parts <= ceiling) return { parts, most: parts };
  if (encoding === 'gsm-7' || ceiling === 1) return { parts: ceiling, most: ceiling };
  return { parts: measure(truncate(text, ceiling)).parts, most: ceiling };
}

/** The fewest parts that a text of several UCS-2 parts can have left when it is cut off: all of it may be septets. */
const fewestLeft = (ceiling: number): number => (ceiling * 67 <= 160 ? 1 : Math.ceil((ceiling * 67) / 153));

/** What is surely a link, and what may be taken for one. */
const surelyLinks = /https?:\/\/\S+/g;
const maybeLinks = /(?:https?:\/\/|www\.)\S+/g;

/** A text with its links in a length; those that are no longer than that stay, unless every link is made so long. */
const withLinks = (text: string, links: RegExp, length: number, every: boolean): string =>
  text.replace(links, (link) => (every || link.length > length ? 'x'.repeat(length) : link));

/** Every way in which the links of a text may be shortened; the first is the one that is taken. */
const shortened = (text: string, { value, least, most }: AssumedValue): readonly string[] => [
  withLinks(text, surelyLinks, value, false),
  withLinks(text, maybeLinks, least, false),
  withLinks(text, surelyLinks, most, true),
];

/** The parts of a text of an SMS. */
function sizeOfText(
  text: string,
  { translit, shortenLinks, maxParts = Infinity }: TextOptions,
  { shortLink, translitTable }: TextSizeOptions,
): MessageSize {
  const links = shortenLinks && /(?:https?:\/\/|www\.)\S/.test(text);
  if (maxParts === Infinity && !links && !translit) return exactly(measure(text).parts);
  const assumptions = new Set<AssumptionName>();
  const ways = links ? shortened(text, shortLink) : [text];
  const [point = text] = ways;
  const variants = new Set(ways);
  if (links) assumptions.add('short-link');
  const table = translit && (translitTable ?? transliterationTables[translit]);
  let [parts, least, most] = [0, Infinity, 0];
  for (const variant of variants) {
    const written = table === undefined ? variant : transliterate(variant, table);
    const size = sizeWithin(written, maxParts);
    if (variant === point) parts = size.parts;
    if (size.parts < size.most) assumptions.add('max-parts');
    least = Math.min(least, size.parts);
    most = Math.max(most, size.most);
    if (!table?.assumed || written === variant) continue;
    assumptions.add('translit');
    const bounds = translitBounds(variant, table);
    const cutsUcs2 =
      bounds.most.parts > maxParts && (bounds.least.encoding === 'ucs-2' || bounds.most.encoding === 'ucs-2');
    least = Math.min(least, bounds.least.parts, maxParts, cutsUcs2 ? fewestLeft(maxParts) : Infinity);
    most = Math.max(most, Math.min(bounds.most.parts, maxParts));
  }
  return { parts, least, most, assumptions: [...assumptions] };
}

/** Source: the gateway's page on codes by call: the word makes it dictate a code, of four digits. */
const codeWord = 'code';
/** A second a digit. The bounds are a code of four spoken twice as fast, and one of six digits spoken twice. */
const codeSeconds: MessageSize = { parts: 4, least: 2, most: 12, assumptions: ['spoken-code'] };

/** Seconds of a text that is read out. At least one. */
function secondsOf(text: string, { speechSpeed }: TextSizeOptions): MessageSize {
  if (text === codeWord) return codeSeconds;
  let characters = 0;
  for (let at = 0; at < text.length; at++, characters++) if (text.codePointAt(at)! > 0xffff) at++;
  const seconds = (speed: number): number => Math.max(1, Math.ceil(characters / speed));
  return {
    parts: seconds(speechSpeed.value),
    least: seconds(speechSpeed.most),
    most: seconds(speechSpeed.least),
    assumptions: ['speech-speed'],
  };
}

/** A call: its text, and sounds of a known length. */
export function sizeOfCall(text: string, fileSeconds: number, options: TextSizeOptions): MessageSize {
  const spoken: MessageSize =
    text === '' ? { parts: 0, least: 0, most: 0, assumptions: [] } : secondsOf(text, options);
  const whole = (seconds: number): number => Math.max(1, Math.ceil(seconds + fileSeconds));
  return {
    parts: whole(spoken.parts),
    least: whole(spoken.least),
    most: whole(spoken.most),
    assumptions: spoken.assumptions,
  };
}

/** Beginnings of an address that take one octet. Source: WAP-167 Service Indication, 8.3.2. */
const tokens = /^https?:\/\/(?:www\.)?/i;
/** Octets around address and title, of the header of the push and of its elements. Source: WAP-230 and WAP-167. */
const frame = 18;
/** The same with an id, a time of creation and an action (assumed). */
const richFrame = 40;

/** Octets of a text in UTF-8. A lone surrogate counts three; the request is where it is refused. */
function octetsOf(text: string): number {
  let octets = 0;
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at)!;
    octets += point < 0x80 ? 1 : point < 0x800 ? 2 : point <= 0xffff ? 3 : 4;
    if (point > 0xffff) at++;
  }
  return octets;
}

/**
 * The parts of a WAP push. Source: 3GPP TS 23.040, 9.2.3.24: 140 octets, of which a header with ports takes 7; among
 * several parts 12, or 6 without ports.
 */
export function sizeOfWapPush(url: string, title: string): MessageSize {
  const parts = (octets: number, alone: number, among: number): number =>
    octets <= alone ? 1 : Math.ceil(octets / among);
  const titled = octetsOf(title);
  const bare = frame + octetsOf(url.replace(tokens, '')) + titled;
  const rich = richFrame + octetsOf(url) + titled;
  const [point, least, most] = [parts(bare, 133, 128), parts(bare, 140, 134), parts(rich, 133, 128)];
  return { parts: point, least, most, assumptions: least === most ? [] : ['wap-push'] };
}

/** The size of a text; of kinds that are charged by the message, one. */
export function sizeOf(text: string, wording: TextOptions, options: TextSizeOptions): MessageSize {
  if (wording.kind === 'voice') return sizeOfCall(text, 0, options);
  return wording.kind === 'sms' || wording.kind === 'flash'
    ? sizeOfText(text, wording, options)
    : singleMessage;
}
