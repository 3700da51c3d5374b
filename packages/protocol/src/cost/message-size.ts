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

/** Size of a message: parts of an SMS, seconds of a call, 1 for other kinds. With a lower and an upper bound. */
export interface MessageSize {
  readonly parts: number;
  readonly least: number;
  readonly most: number;
  /** Assumptions that the three numbers are based on. */
  readonly assumptions: readonly AssumptionName[];
}

/** Assumed value of an unknown quantity, with a lower and an upper bound. */
export interface AssumedValue {
  /** Assumed value. */
  readonly value: number;
  /** Lower bound. */
  readonly least: number;
  /** Upper bound. */
  readonly most: number;
}

/** Options of a message that affect the size of its text. */
export interface TextOptions {
  readonly kind: Kind;
  readonly translit: 1 | 2 | undefined;
  readonly shortenLinks: boolean;
  readonly maxParts: number | undefined;
}

/** Assumptions about text sizes. */
export interface TextSizeOptions {
  /** Length of a short link in characters. */
  readonly shortLink: AssumedValue;
  /** Speed of the voice in characters per second. */
  readonly speechSpeed: AssumedValue;
  /** Replaces the assumed transliteration tables. */
  readonly translitTable: TranslitTable | undefined;
}

const noAssumptions: readonly AssumptionName[] = [];
const exactSize = (parts: number): MessageSize => ({
  parts,
  least: parts,
  most: parts,
  assumptions: noAssumptions,
});

/** Size of a message or request that is charged as one unit. */
export const singleMessage: MessageSize = /* @__PURE__ */ exactSize(1);

/**
 * Returns the number of parts of a text that is cut to `maxParts`. The cut may remove the characters that made the text
 * UCS-2.
 */
function cutSize(text: string, maxParts: number): { readonly parts: number; readonly most: number } {
  const { parts, encoding } = measure(text);
  if (parts <= maxParts) return { parts, most: parts };
  if (encoding === 'gsm-7' || maxParts === 1) return { parts: maxParts, most: maxParts };
  return { parts: measure(truncate(text, maxParts)).parts, most: maxParts };
}

/**
 * Returns the smallest number of parts of a UCS-2 text after it is cut to `maxParts`. The remaining text may fit into
 * GSM-7.
 */
const fewestAfterCut = (maxParts: number): number =>
  maxParts * 67 <= 160 ? 1 : Math.ceil((maxParts * 67) / 153);

/** Matches links that the gateway certainly recognizes. */
const certainLinks = /https?:\/\/\S+/g;
/** Matches links that the gateway may recognize. */
const possibleLinks = /(?:https?:\/\/|www\.)\S+/g;

/**
 * Replaces links by placeholders of `length` characters: all links if `every` is `true`, otherwise only links longer
 * than `length`.
 */
const replaceLinks = (text: string, links: RegExp, length: number, every: boolean): string =>
  text.replace(links, (link) => (every || link.length > length ? 'x'.repeat(length) : link));

/** Returns three variants of a text with short links: the assumed, the shortest and the longest variant. */
const linkVariants = (text: string, { value, least, most }: AssumedValue): readonly string[] => [
  replaceLinks(text, certainLinks, value, false),
  replaceLinks(text, possibleLinks, least, false),
  replaceLinks(text, certainLinks, most, true),
];

/** Returns the fewest and the most parts that a text may take after transliteration with an assumed table. */
function translitSize(
  text: string,
  table: TranslitTable,
  maxParts: number,
): { readonly least: number; readonly most: number } {
  const { least, most } = translitBounds(text, table);
  const cutsUcs2 = most.parts > maxParts && (least.encoding === 'ucs-2' || most.encoding === 'ucs-2');
  return {
    least: Math.min(least.parts, maxParts, cutsUcs2 ? fewestAfterCut(maxParts) : Infinity),
    most: Math.min(most.parts, maxParts),
  };
}

/** Returns the transliteration table of a text; `undefined` if the text is not transliterated. */
const chooseTable = (
  translit: TextOptions['translit'],
  table: TranslitTable | undefined,
): TranslitTable | undefined => translit && (table ?? transliterationTables[translit]);

/** Returns the size of the text of an SMS. */
function sizeOfText(
  text: string,
  { translit, shortenLinks, maxParts = Infinity }: TextOptions,
  { shortLink, translitTable }: TextSizeOptions,
): MessageSize {
  const hasLinks = shortenLinks && /(?:https?:\/\/|www\.)\S/.test(text);
  if (maxParts === Infinity && !hasLinks && !translit) return exactSize(measure(text).parts);
  const variants = hasLinks ? linkVariants(text, shortLink) : [text];
  const assumptions = new Set<AssumptionName>(hasLinks ? ['short-link'] : []);
  const table = chooseTable(translit, translitTable);
  let [parts, least, most] = [0, Infinity, 0];
  for (const variant of new Set(variants)) {
    const written = table === undefined ? variant : transliterate(variant, table);
    const size = cutSize(written, maxParts);
    if (variant === variants[0]) parts = size.parts;
    if (size.parts < size.most) assumptions.add('max-parts');
    least = Math.min(least, size.parts);
    most = Math.max(most, size.most);
    if (!table?.assumed || written === variant) continue;
    assumptions.add('translit');
    const bounds = translitSize(variant, table, maxParts);
    least = Math.min(least, bounds.least);
    most = Math.max(most, bounds.most);
  }
  return { parts, least, most, assumptions: [...assumptions] };
}

/** Text that makes the gateway dictate a code of four digits. Source: the gateway's page on codes by call. */
const codeWord = 'code';
/**
 * Seconds to dictate a code (assumption): one second for each digit. The bounds are four digits at twice that speed, and
 * six digits spoken twice.
 */
const codeSeconds: MessageSize = { parts: 4, least: 2, most: 12, assumptions: ['spoken-code'] };

/** Returns the number of seconds for reading out a text, at least one. */
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

/** Returns the size of a call in seconds: its spoken text and its sound files. */
export function sizeOfCall(text: string, fileSeconds: number, options: TextSizeOptions): MessageSize {
  const spoken: MessageSize = text === '' ? exactSize(0) : secondsOf(text, options);
  const whole = (seconds: number): number => Math.max(1, Math.ceil(seconds + fileSeconds));
  return {
    parts: whole(spoken.parts),
    least: whole(spoken.least),
    most: whole(spoken.most),
    assumptions: spoken.assumptions,
  };
}

/**
 * Matches a URL prefix that is encoded as one octet, such as `http://www.`. Source: WAP-167 Service Indication, 8.3.2.
 */
const addressTokens = /^https?:\/\/(?:www\.)?/i;
/** Octets of the frame: the push header, and the elements around address and title. Source: WAP-230 and WAP-167. */
const frameOctets = 18;
/** Octets of the frame if the gateway also writes an id, a creation time and an action (assumption). */
const richFrameOctets = 40;

/** Returns the number of UTF-8 octets of a code point. A lone surrogate counts as three octets; requests reject it. */
function utf8Octets(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point <= 0xffff ? 3 : 4;
}

/** Returns the number of UTF-8 octets of a text. */
function octetsOf(text: string): number {
  let octets = 0;
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at)!;
    octets += utf8Octets(point);
    if (point > 0xffff) at++;
  }
  return octets;
}

/**
 * Returns the number of parts of a WAP push. A message has 140 octets. Its header takes 7 octets with ports, 6 with
 * concatenation, and 12 with both. Source: 3GPP TS 23.040, 9.2.3.24.
 */
export function sizeOfWapPush(url: string, title: string): MessageSize {
  const parts = (octets: number, single: number, concatenated: number): number =>
    octets <= single ? 1 : Math.ceil(octets / concatenated);
  const titled = octetsOf(title);
  const bare = frameOctets + octetsOf(url.replace(addressTokens, '')) + titled;
  const rich = richFrameOctets + octetsOf(url) + titled;
  const [point, least, most] = [parts(bare, 133, 128), parts(bare, 140, 134), parts(rich, 133, 128)];
  return { parts: point, least, most, assumptions: least === most ? [] : ['wap-push'] };
}

/** Returns the size of a text, or 1 for kinds that are charged by message. */
export function sizeOf(text: string, textOptions: TextOptions, options: TextSizeOptions): MessageSize {
  if (textOptions.kind === 'voice') return sizeOfCall(text, 0, options);
  return textOptions.kind === 'sms' || textOptions.kind === 'flash'
    ? sizeOfText(text, textOptions, options)
    : singleMessage;
}
