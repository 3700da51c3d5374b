import { InputError } from '../../core/errors.ts';
import { type Simplification, simplifications, expansions, substitutes } from './simplifications.ts';
import { fromCodeUnits, toCodeUnits } from '../code-units.ts';
import { findRemovable, isTagAt } from './hidden-characters.ts';
import { compose, isLatinLetter, isMark } from './combining-marks.ts';
import { lookAlikes, mixedWords } from './look-alikes.ts';
import { measure, type SegmentOptions } from '../segment.ts';

type Chosen = ReadonlySet<Simplification>;

/**
 * Returns true if two code units form a surrogate pair. An invisible character between two lone surrogates must stay:
 * without it, the two could form a new character.
 */
const isSurrogatePair = (before = 0, after: number): boolean =>
  before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;

/** Replaces single characters by single characters, and removes invisible ones. */
function substitute(text: string, chosen: Chosen): string {
  const { change, to } = substitutes();
  const applies = [false, ...simplifications.map((each) => chosen.has(each))];
  const removesHidden = chosen.has('hidden');
  const hidden = simplifications.indexOf('hidden') + 1;
  const isRemovable = findRemovable(text);
  let written: Uint16Array | undefined;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const isTag = removesHidden && isTagAt(text, at);
    const number = change[unit]!;
    if (!isTag && !applies[number]) {
      if (written) written[length] = unit;
      length++;
      continue;
    }
    // A copy of the text is a large enough buffer, because the result is never longer.
    written ??= toCodeUnits(text);
    if (!isTag && number !== hidden) {
      const next = to[unit]!;
      // The replacement of a fullwidth character may be replaced again.
      written[length++] = applies[change[next]!] ? to[next]! : next;
      continue;
    }
    const after = text.charCodeAt(isTag ? at + 2 : at + 1);
    if (!isRemovable(at) || isSurrogatePair(written[length - 1], after)) written[length++] = unit;
    else if (isTag) at++;
  }
  return written ? fromCodeUnits(written, length) : text;
}

/** Removes the combining marks of Latin letters. */
function removeMarks(text: string): string {
  if (!/[\u0300-\u036f]/.test(text)) return text;
  const written = new Uint16Array(text.length);
  let length = 0;
  let afterLatin = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (!isMark(unit)) afterLatin = isLatinLetter(unit);
    else if (afterLatin) continue;
    written[length++] = unit;
  }
  return length === text.length ? text : fromCodeUnits(written, length);
}

/** Writes each word that mixes Latin and Cyrillic letters in one alphabet. */
function unmixWords(text: string): string {
  let written: Uint16Array | undefined;
  for (const { start, end, alphabet } of mixedWords(text)) {
    if (!alphabet) continue;
    written ??= toCodeUnits(text);
    const table = lookAlikes()[alphabet];
    for (let at = start; at < end; at++) written[at] = table[written[at]!] || written[at]!;
  }
  return written ? fromCodeUnits(written, text.length) : text;
}

/** Applies all chosen changes except replacements by several characters. Never makes a text longer. */
function applyShortening(text: string, chosen: Chosen): string {
  let shortened = substitute(text, chosen);
  if (chosen.has('composed') || chosen.has('letters'))
    shortened = compose(shortened, {
      anyLetter: chosen.has('composed'),
      latin: chosen.has('letters') ? 'gsm-7' : 'any',
    });
  if (chosen.has('letters')) shortened = removeMarks(shortened);
  return chosen.has('mixed-words') ? unmixWords(shortened) : shortened;
}

/**
 * Replaces single characters with several. Keeps a character that is followed by a variation selector, since the two
 * together form an emoji.
 */
function applyExpansions(text: string, chosen: Chosen): string {
  let expanded = text;
  for (const [character, [change, to]] of Object.entries(expansions)) {
    if (chosen.has(change) && expanded.includes(character))
      expanded = expanded.replace(new RegExp(`${character}(?!\\ufe0f)`, 'g'), to);
  }
  return expanded;
}

/** Replaces every Cyrillic letter that has a Latin look-alike. */
function toLatin(text: string): string {
  if (!/[\u0400-\u052f]/.test(text)) return text;
  const { latin } = lookAlikes();
  const units = toCodeUnits(text);
  for (let at = 0; at < units.length; at++) units[at] = latin[units[at]!] || units[at]!;
  return fromCodeUnits(units, units.length);
}

/**
 * Applies the chosen simplifications to a text. `explain` proposes the simplifications that have an effect.
 *
 * The result never takes more parts than the text: a replacement by several characters is skipped where it would add a
 * part. Simplifying the result again changes nothing.
 *
 * @param choices simplifications to apply; their order does not matter
 * @param options options for cutting the text, as for `measure`. Parts are counted with these options
 * @throws {InputError} for an unknown simplification
 * @example
 * ```ts
 * simplify('«Затишок» – №4821', ['quotes', 'dashes', 'signs']); // '"Затишок" - No4821'
 * ```
 */
export function simplify(
  text: string,
  choices: readonly Simplification[],
  options: SegmentOptions = {},
): string {
  const unknown = choices.flatMap((choice, at) =>
    simplifications.includes(choice)
      ? []
      : [{ path: `choices[${at}]`, message: `expected one of ${simplifications.join(', ')}` }],
  );
  if (unknown.length > 0) throw new InputError('simplify', unknown);
  const chosen = new Set(choices);
  const countParts = (each: string): number => measure(each, options).parts;

  const shortened = applyShortening(text, chosen);
  const maxParts = countParts(shortened);
  // With `keep`, a shorter text can take more parts: without the removed character, a combining mark may become part of
  // the letter before it, and the larger grapheme may not fit.
  if (shortened !== text && maxParts > countParts(text)) return text;
  const expanded = applyExpansions(shortened, chosen);
  const full = expanded === shortened ? shortened : applyShortening(expanded, chosen);
  if (chosen.has('latin')) {
    const latin = toLatin(full);
    if (latin !== full && measure(latin, options).encoding === 'gsm-7' && countParts(latin) <= maxParts)
      return latin;
  }
  return full === shortened || countParts(full) > maxParts ? shortened : full;
}
