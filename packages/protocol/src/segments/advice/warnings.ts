import { simplifications, substitutes } from './simplifications.ts';
import { emojiEnd } from './emoji.ts';
import { hiddenIn, isTagAt } from './hidden-characters.ts';
import { mixedWords } from './look-alikes.ts';
import { PositionCollector, type Positions } from './positions.ts';
import { type Measurement, measure, type SegmentOptions } from '../segment.ts';

/**
 * What readers, or other software, stumble over.
 *
 * - `hidden-character`: nobody sees it, and the text is dearer or is not found by it
 * - `emoji`: without them the text would take fewer parts; see `without`
 * - `mixed-alphabets`: Latin and Cyrillic letters in one word; its place is that of the word's first letter
 * - `lone-surrogate`: half a character, which the request refuses
 * - `nul`, `byte-order-mark`, `control-character`: signs for machines
 * - `combining-mark`: it has no letter to stand on
 */
export type WarningKind =
  | 'hidden-character'
  | 'emoji'
  | 'mixed-alphabets'
  | 'lone-surrogate'
  | 'nul'
  | 'byte-order-mark'
  | 'control-character'
  | 'combining-mark';

/** A warning, and each place that it is about. */
export interface Warning extends Positions {
  readonly kind: WarningKind;
  /** Of `emoji`: what the text would cost without them. */
  readonly without?: Measurement;
}

const mark = /^\p{M}/u;
const emojiOrDigit = /^\p{Emoji}/u;

const isControl = (unit: number): boolean =>
  (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) || (unit >= 0x7f && unit <= 0x9f);

/** Whether a mark at a place would stand on nothing: at the beginning, and behind a space or a control character. */
function standsOnNothing(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return (
    at === 0 ||
    before <= 0x20 ||
    (before >= 0x7f && before <= 0xa0) ||
    (before >= 0x2000 && before <= 0x200b) ||
    before === 0x2028 ||
    before === 0x2029
  );
}

/** Whether a variation selector varies nothing: behind a letter that has no other look, or behind nothing. */
const isIdleSelector = (text: string, at: number): boolean =>
  at === 0 || (text.charCodeAt(at - 1) < 0x1800 && !emojiOrDigit.test(text.charAt(at - 1)));

/** The warnings about a text, each kind once. */
export function warningsOf(text: string, options: SegmentOptions, now: Measurement): readonly Warning[] {
  const found = new Map<WarningKind, PositionCollector>();
  const find = (kind: WarningKind, at: number): void => {
    let finds = found.get(kind);
    if (!finds) found.set(kind, (finds = new PositionCollector()));
    finds.add(at);
  };
  const { change } = substitutes();
  const hidden = simplifications.indexOf('hidden') + 1;
  const isHidden = hiddenIn(text);
  const withoutEmoji: string[] = [];
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Printable ASCII is nothing to warn of, but the digits and signs that keycaps are made of.
    if (unit >= 0x20 && unit < 0x7f && text.charCodeAt(at + 1) !== 0xfe0f) continue;
    const point = text.codePointAt(at)!;
    const end = emojiEnd(text, at);
    if (end > at) {
      find('emoji', at);
      withoutEmoji.push(text.slice(kept, at));
      kept = end;
      at = end - 1;
    } else if (point >= 0xd800 && point <= 0xdfff) find('lone-surrogate', at);
    else if (unit === 0) find('nul', at);
    else if (unit === 0xfeff) find('byte-order-mark', at);
    else if (isControl(unit)) find('control-character', at);
    else if (isTagAt(text, at) || change[unit] === hidden) {
      if (isHidden(at)) find('hidden-character', at);
    } else if (unit >= 0xfe00 && unit <= 0xfe0f) {
      if (isIdleSelector(text, at)) find('hidden-character', at);
    } else if (unit >= 0x300 && standsOnNothing(text, at) && mark.test(String.fromCodePoint(point)))
      find('combining-mark', at);
    if (point > 0xffff && end === at) at++;
  }
  for (const { start } of mixedWords(text)) find('mixed-alphabets', start);

  const warnings: Warning[] = [];
  for (const [kind, finds] of found) {
    if (kind !== 'emoji') warnings.push({ kind, ...finds.places() });
    else {
      const without = measure(withoutEmoji.join('') + text.slice(kept), options);
      if (without.parts < now.parts) warnings.push({ kind, ...finds.places(), without });
    }
  }
  return warnings;
}
