import { simplifications, substitutes } from './simplifications.ts';
import { emojiEnd } from './emoji.ts';
import { findRemovable, isTagAt } from './hidden-characters.ts';
import { mixedWords } from './look-alikes.ts';
import { PositionCollector, type Positions } from '../positions.ts';
import { type Measurement, measure, type SegmentOptions } from '../segment.ts';

/**
 * Kind of a problem that a text may cause for readers or other software.
 *
 * - `hidden-character`: an invisible character, which makes the text longer and breaks searches
 * - `emoji`: without emoji the text would take fewer parts; see `without`
 * - `mixed-alphabets`: a word with Latin and Cyrillic letters; the position is that of its first letter
 * - `lone-surrogate`: half of a surrogate pair; requests reject it
 * - `nul`, `byte-order-mark`, `control-character`: characters that are not meant for display
 * - `combining-mark`: a combining mark without a letter before it
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

/** A warning about a text, and the positions that it concerns. */
export interface Warning extends Positions {
  /** Kind of the warning. */
  readonly kind: WarningKind;
  /** Size of the text without emoji. Only present for `emoji`. */
  readonly without?: Measurement;
}

const mark = /^\p{M}/u;
const emojiOrDigit = /^\p{Emoji}/u;

const isControl = (unit: number): boolean =>
  (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) || (unit >= 0x7f && unit <= 0x9f);

/** Returns true if a mark at `at` would have no base letter: at the start, or after a space or a control character. */
function hasNoBase(text: string, at: number): boolean {
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

/** Returns true if a variation selector has no effect: at the start, or after a letter without variants. */
const isIdleSelector = (text: string, at: number): boolean =>
  at === 0 || (text.charCodeAt(at - 1) < 0x1800 && !emojiOrDigit.test(text.charAt(at - 1)));

/** Returns the kind of warning for the character at a position, if there is one. */
type Classifier = (at: number, unit: number, point: number) => WarningKind | undefined;

/** Creates the classifier of a text. Positions have to be passed in ascending order. */
function createClassifier(text: string): Classifier {
  const { change } = substitutes();
  const hidden = simplifications.indexOf('hidden') + 1;
  const isRemovable = findRemovable(text);

  return (at, unit, point) => {
    if (point >= 0xd800 && point <= 0xdfff) return 'lone-surrogate';
    if (unit === 0) return 'nul';
    if (unit === 0xfeff) return 'byte-order-mark';
    if (isControl(unit)) return 'control-character';
    if (change[unit] === hidden || isTagAt(text, at)) return isRemovable(at) ? 'hidden-character' : undefined;
    if (unit < 0x300) return undefined;
    if (unit >= 0xfe00 && unit <= 0xfe0f) return isIdleSelector(text, at) ? 'hidden-character' : undefined;
    return hasNoBase(text, at) && mark.test(String.fromCodePoint(point)) ? 'combining-mark' : undefined;
  };
}

/** Returns the warnings about a text, at most one of each kind. */
export function warningsOf(text: string, options: SegmentOptions, now: Measurement): readonly Warning[] {
  const found = new Map<WarningKind, PositionCollector>();
  const add = (kind: WarningKind, at: number): void => {
    let positions = found.get(kind);
    if (!positions) {
      positions = new PositionCollector();
      found.set(kind, positions);
    }
    positions.add(at);
  };
  const classify = createClassifier(text);
  const withoutEmoji: string[] = [];
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Printable ASCII needs no warning, except digits and signs that start a keycap emoji.
    if (unit >= 0x20 && unit < 0x7f && text.charCodeAt(at + 1) !== 0xfe0f) continue;
    const end = emojiEnd(text, at);
    if (end > at) {
      add('emoji', at);
      withoutEmoji.push(text.slice(kept, at));
      kept = end;
      at = end - 1;
      continue;
    }
    const point = text.codePointAt(at)!;
    const kind = classify(at, unit, point);
    if (kind) add(kind, at);
    if (point > 0xffff) at++;
  }
  for (const { start } of mixedWords(text)) add('mixed-alphabets', start);

  const warnings: Warning[] = [];
  for (const [kind, positions] of found) {
    if (kind !== 'emoji') warnings.push({ kind, ...positions.positions() });
    else {
      const without = measure(withoutEmoji.join('') + text.slice(kept), options);
      if (without.parts < now.parts) warnings.push({ kind, ...positions.positions(), without });
    }
  }
  return warnings;
}
