import { InputError } from '../../core/errors.ts';
import { type Simplification, simplifications, longer, substitutes } from './simplifications.ts';
import { fromCodeUnits, toCodeUnits } from '../code-units.ts';
import { hiddenIn, isTagAt } from './hidden-characters.ts';
import { compose, isLatinLetter, isMark } from './combining-marks.ts';
import { lookAlikes, mixedWords } from './look-alikes.ts';
import { measure, type SegmentOptions } from '../segment.ts';

type Chosen = ReadonlySet<Simplification>;

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Writes one character for another, and leaves out what is hidden. */
function substitute(text: string, chosen: Chosen): string {
  const { change, to } = substitutes();
  const applies = [false, ...simplifications.map((each) => chosen.has(each))];
  const hides = chosen.has('hidden');
  const hidden = simplifications.indexOf('hidden') + 1;
  const isHidden = hiddenIn(text);
  let written: Uint16Array | undefined;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const isTag = hides && unit === 0xdb40 && isTagAt(text, at);
    const number = change[unit]!;
    if (!isTag && !applies[number]) {
      if (written) written[length] = unit;
      length++;
      continue;
    }
    // As many units as it has now are the most that it will have.
    written ??= toCodeUnits(text);
    const next = to[unit]!;
    // What a fullwidth character becomes may be changed in its turn.
    if (!isTag && number !== hidden) written[length++] = applies[change[next]!] ? to[next]! : next;
    // What stands between two halves stays: left out, it would make a character of them that nobody wrote.
    else if (
      !isHidden(at) ||
      (isHigh(written[length - 1] ?? 0) && isLow(text.charCodeAt(isTag ? at + 2 : at + 1)))
    )
      written[length++] = unit;
    else if (isTag) at++;
  }
  return written ? fromCodeUnits(written, length) : text;
}

/** Leaves out the combining marks of Latin letters. */
function withoutMarks(text: string): string {
  if (!/[\u0300-\u036f]/.test(text)) return text;
  const written = new Uint16Array(text.length);
  let length = 0;
  let ofLatin = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (!isMark(unit)) ofLatin = isLatinLetter(unit);
    else if (ofLatin) continue;
    written[length++] = unit;
  }
  return length === text.length ? text : fromCodeUnits(written, length);
}

/** Writes the words that mix alphabets in one. */
function unmix(text: string): string {
  let written: Uint16Array | undefined;
  for (const { start, end, alphabet } of mixedWords(text)) {
    if (!alphabet) continue;
    written ??= toCodeUnits(text);
    const table = lookAlikes()[alphabet];
    for (let at = start; at < end; at++) written[at] = table[written[at]!] || written[at]!;
  }
  return written ? fromCodeUnits(written, text.length) : text;
}

/** Every change that makes a text no longer. */
function tidy(text: string, chosen: Chosen): string {
  let tidied = substitute(text, chosen);
  if (chosen.has('composed') || chosen.has('letters'))
    tidied = compose(tidied, {
      anyLetter: chosen.has('composed'),
      latin: chosen.has('letters') ? 'gsm-7' : 'any',
    });
  if (chosen.has('letters')) tidied = withoutMarks(tidied);
  return chosen.has('mixed-words') ? unmix(tidied) : tidied;
}

/** Writes several characters for one. With a variation selector behind it, it is an emoji, and stays. */
function lengthen(text: string, chosen: Chosen): string {
  let lengthened = text;
  for (const [character, [change, to]] of Object.entries(longer)) {
    if (chosen.has(change) && lengthened.includes(character))
      lengthened = lengthened.replace(new RegExp(`${character}(?!\\ufe0f)`, 'g'), to);
  }
  return lengthened;
}

/** Every Cyrillic letter that looks like a Latin one as that one. */
function toLatin(text: string): string {
  if (!/[\u0400-\u052f]/.test(text)) return text;
  const { latin } = lookAlikes();
  const units = toCodeUnits(text);
  for (let at = 0; at < units.length; at++) units[at] = latin[units[at]!] || units[at]!;
  return fromCodeUnits(units, units.length);
}

/**
 * A text with the changes that the caller chose; without a choice, as it is. `explain` says which would do something.
 *
 * It never takes more parts than before: what would become several characters stays where they would cost one more. A
 * second time it changes nothing.
 *
 * @param options how the text will be cut, so that its parts are counted alike
 * @throws {InputError} for a change that does not exist
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
  const parts = (of: string): number => measure(of, options).parts;

  const tidied = tidy(text, chosen);
  const most = parts(tidied);
  // Cutting between whole characters, what is shorter can take more: a mark joins a letter once nothing stands between.
  if (tidied !== text && most > parts(text)) return text;
  const lengthened = lengthen(tidied, chosen);
  const full = lengthened === tidied ? tidied : tidy(lengthened, chosen);
  if (chosen.has('latin')) {
    const latin = toLatin(full);
    if (latin !== full && measure(latin, options).encoding === 'gsm-7' && parts(latin) <= most) return latin;
  }
  return full === tidied || parts(full) > most ? tidied : full;
}
