import { type Simplification, simplifications, expansions, substitutes } from './simplifications.ts';
import { fromCodeUnits } from '../code-units.ts';
import { gsm7Widths } from '../gsm7.ts';
import { findRemovable, isTagAt } from './hidden-characters.ts';
import { canCompose, isLatinLetter, isMark } from './combining-marks.ts';
import { lookAlikes, mixedWords } from './look-alikes.ts';
import { PositionCollector, type Positions } from '../positions.ts';
import { type Measurement, measure, type SegmentOptions } from '../segment.ts';
import { simplify } from './simplify.ts';
import { type Warning, warningsOf } from './warnings.ts';

/** A character that makes a text take more SMS, and its positions. */
export interface ExpensiveCharacter extends Positions {
  /** The character itself. */
  readonly character: string;
  /** Code point in Unicode notation, such as `U+2019`. */
  readonly codePoint: string;
  /** `ucs-2`: GSM-7 lacks the character, so the whole text is UCS-2. `two-septets`: the character takes two septets. */
  readonly reason: 'ucs-2' | 'two-septets';
  /** Simplification that replaces the character, for `simplify`. `undefined` if there is none. */
  readonly change: Simplification | undefined;
  /** Text that replaces the character. Empty if the character is removed or merged with the letter before it. */
  readonly replacement: string | undefined;
}

/** A text with every proposed simplification, and its size. */
export interface SimplifiedText extends Measurement {
  /** The simplified text. */
  readonly text: string;
  /** Proposed simplifications. A replacement by several characters is skipped where it would add a part. */
  readonly changes: readonly Simplification[];
}

/** Size of a text as SMS, and the reasons for this size. */
export interface TextExplanation extends Measurement {
  /**
   * Characters that make the text UCS-2 or, in GSM-7, take two septets, in the order of their first position; at most
   * 1,000. A character is listed twice if only some of its positions have a replacement.
   */
  readonly characters: readonly ExpensiveCharacter[];
  /** Number of positions of the expensive characters that exceed this limit of 1,000 and are not listed. */
  readonly moreCharacters: number;
  /** Size of the text without its expensive characters, whether or not they are listed. */
  readonly without: Measurement;
  /** Result of `simplify` with the proposed changes; `undefined` if the text would stay the same. */
  readonly simplified: SimplifiedText | undefined;
  /** Warnings about the text; empty if there are none. */
  readonly warnings: readonly Warning[];
}

const maxCharacters = 1000;

type Proposal = readonly [change: Simplification, replacement: string];

const removals: { readonly hidden: Proposal; readonly letters: Proposal; readonly composed: Proposal } = {
  hidden: ['hidden', ''],
  letters: ['letters', ''],
  composed: ['composed', ''],
};

/** Proposes a change for the combining marks from `start` to `end`. */
function proposalForMarks(text: string, start: number, end: number): Proposal | undefined {
  if (start === 0) return undefined;
  if (canCompose(text, start - 1, end)) return removals.composed;
  return isLatinLetter(text.charCodeAt(start - 1)) ? removals.letters : undefined;
}

/** Returns a function that proposes a change for the character at a position. Positions have to be passed in ascending order. */
function proposalsFor(text: string): (at: number) => Proposal | undefined {
  const { change, to } = substitutes();
  const isRemovable = findRemovable(text);
  const words = mixedWords(text);
  let word = words.next();
  /** End of the current run of combining marks, and the proposal for each of them. */
  let marksEnd = 0;
  let marksProposal: Proposal | undefined;

  function forMark(at: number): Proposal | undefined {
    if (at < marksEnd) return marksProposal;
    marksEnd = at;
    while (isMark(text.charCodeAt(marksEnd))) marksEnd++;
    marksProposal = proposalForMarks(text, at, marksEnd);
    return marksProposal;
  }

  function forWord(at: number, unit: number): Proposal | undefined {
    while (!word.done && word.value.end <= at) word = words.next();
    if (word.done || word.value.start > at || word.value.alphabet !== 'latin') return undefined;
    const latin = lookAlikes().latin[unit];
    return latin ? ['mixed-words', String.fromCharCode(latin)] : undefined;
  }

  return (at) => {
    const unit = text.charCodeAt(at);
    if (isTagAt(text, at)) return isRemovable(at) ? removals.hidden : undefined;
    const number = change[unit]!;
    if (number !== 0) {
      const name = simplifications[number - 1]!;
      if (name !== 'hidden') return [name, String.fromCharCode(to[unit]!)];
      return isRemovable(at) ? removals.hidden : undefined;
    }
    if (isMark(unit)) return forMark(at);
    if (unit >= 0x400 && unit <= 0x52f) return forWord(at, unit);
    const character = text.charAt(at);
    return Object.hasOwn(expansions, character) && text.charCodeAt(at + 1) !== 0xfe0f
      ? expansions[character]
      : undefined;
  };
}

/** Positions of one character with the same proposal. */
interface CharacterGroup {
  readonly point: number;
  readonly proposal: Proposal | undefined;
  readonly positions: PositionCollector;
}

const toExpensiveCharacter = (
  { point, proposal, positions }: CharacterGroup,
  reason: ExpensiveCharacter['reason'],
): ExpensiveCharacter => ({
  character: String.fromCodePoint(point),
  codePoint: `U+${point.toString(16).toUpperCase().padStart(4, '0')}`,
  reason,
  ...positions.positions(),
  change: proposal?.[0],
  replacement: proposal?.[1],
});

/** Expensive characters of a text. */
interface Findings {
  readonly groups: readonly CharacterGroup[];
  /** Number of positions that `groups` leaves out, because its size is limited. */
  readonly moreCharacters: number;
  /** The text without the expensive characters. */
  readonly rest: string;
  /** Changes proposed for at least one of the expensive characters. */
  readonly proposed: Set<Simplification>;
  /** `true` if every character without a proposal has a Latin look-alike. */
  readonly canBecomeGsm7: boolean;
}

/**
 * Finds the expensive characters: in a GSM-7 text the characters of two septets, in a UCS-2 text the characters that
 * the alphabet lacks.
 */
function findExpensive(text: string, isGsm7: boolean, widths: Uint8Array): Findings {
  const proposalAt = proposalsFor(text);
  /** Groups by code point and proposed change. */
  const groups = new Map<number, CharacterGroup>();
  const proposed = new Set<Simplification>();
  const { latin } = lookAlikes();
  const rest = new Uint16Array(text.length);
  const expensiveWidth = isGsm7 ? 2 : 0;
  let restLength = 0;
  let moreCharacters = 0;
  let canBecomeGsm7 = true;

  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (widths[unit] !== expensiveWidth) {
      rest[restLength++] = unit;
      continue;
    }
    const point = text.codePointAt(at)!;
    const proposal = proposalAt(at);
    if (proposal) proposed.add(proposal[0]);
    else if (!latin[unit]) canBecomeGsm7 = false;
    const key = point * 16 + (proposal ? simplifications.indexOf(proposal[0]) + 1 : 0);
    let group = groups.get(key);
    if (!group && groups.size < maxCharacters) {
      group = { point, proposal, positions: new PositionCollector() };
      groups.set(key, group);
    }
    if (group) group.positions.add(at);
    else moreCharacters++;
    if (point > 0xffff) at++;
  }
  return {
    groups: [...groups.values()],
    moreCharacters,
    rest: fromCodeUnits(rest, restLength),
    proposed,
    canBecomeGsm7,
  };
}

/**
 * Explains why a text takes as many SMS as it does: which characters are expensive and where, the size without them, a
 * simplified text, and warnings. An application can show this below its text box.
 *
 * @param options options for cutting the text, as for `measure`
 * @example
 * ```ts
 * const { parts, characters, simplified } = explain('Замовлення «Затишок» – №4821');
 * ```
 */
export function explain(text: string, options: SegmentOptions = {}): TextExplanation {
  const now = measure(text, options);
  const isGsm7 = now.encoding === 'gsm-7';
  const widths =
    options.languages?.choose(text, options.reference ?? 8, options.keep)?.widths ?? gsm7Widths();
  const { groups, moreCharacters, rest, proposed, canBecomeGsm7 } = findExpensive(text, isGsm7, widths);
  const { latin } = lookAlikes();
  // `true` if the text becomes GSM-7 when each Cyrillic letter without a proposal is replaced by its Latin look-alike.
  const becomesGsm7 = !isGsm7 && canBecomeGsm7;
  const characters = groups.map((group) => {
    const letter = becomesGsm7 && !group.proposal ? latin[group.point] : 0;
    if (letter) proposed.add('latin');
    return toExpensiveCharacter(
      letter ? { ...group, proposal: ['latin', String.fromCharCode(letter)] } : group,
      isGsm7 ? 'two-septets' : 'ucs-2',
    );
  });
  for (const { alphabet } of mixedWords(text)) if (alphabet) proposed.add('mixed-words');
  return {
    ...now,
    characters,
    moreCharacters,
    without: measure(rest, options),
    simplified: simplifiedFrom(
      text,
      simplifications.filter((change) => proposed.has(change)),
      options,
    ),
    warnings: warningsOf(text, options, now),
  };
}

function simplifiedFrom(
  text: string,
  changes: readonly Simplification[],
  options: SegmentOptions,
): SimplifiedText | undefined {
  const simplified = simplify(text, changes, options);
  return simplified === text ? undefined : { ...measure(simplified, options), text: simplified, changes };
}
