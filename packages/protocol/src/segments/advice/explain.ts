import { type Simplification, simplifications, longer, substitutes } from './simplifications.ts';
import { fromCodeUnits } from '../code-units.ts';
import { gsm7Widths } from '../gsm7.ts';
import { hiddenIn, isTagAt } from './hidden-characters.ts';
import { isComposed, isLatinLetter, isMark } from './combining-marks.ts';
import { lookAlikes, mixedWords } from './look-alikes.ts';
import { PositionCollector, type Positions } from './positions.ts';
import { type Measurement, measure, type SegmentOptions } from '../segment.ts';
import { simplify } from './simplify.ts';
import { type Warning, warningsOf } from './warnings.ts';

/** A character that makes a text dearer, and where it stands. */
export interface ExpensiveCharacter extends Positions {
  readonly character: string;
  /** As Unicode writes it: `U+2019`. */
  readonly codePoint: string;
  /** `ucs-2`: GSM-7 lacks it, so that it makes UCS-2 of the whole text. `two-septets`: it counts as two in GSM-7. */
  readonly reason: 'ucs-2' | 'two-septets';
  /** The change that is proposed: tell it to `simplify`. */
  readonly change: Simplification | undefined;
  /** What would stand in its place; empty where it would be left out, or become one with the letter before it. */
  readonly replacement: string | undefined;
}

/** What a text would be, and cost, with every change that is proposed. */
export interface SimplifiedText extends Measurement {
  readonly text: string;
  /** The changes that were proposed. One that makes several characters of one is not made where it would cost a part. */
  readonly changes: readonly Simplification[];
}

/** A text's size on the air, and why it is that large. */
export interface TextExplanation extends Measurement {
  /**
   * The characters that make it UCS-2 or, in GSM-7, count as two septets, in the order in which they first stand there: up
   * to a thousand. One may be there twice, with and without a proposal.
   */
  readonly characters: readonly ExpensiveCharacter[];
  /** How often characters stand in the text that are beyond the thousand. */
  readonly moreCharacters: number;
  /** What the text would cost without all of these characters. */
  readonly without: Measurement;
  /** What `simplify` would make of it; `undefined` where that is the text as it is. */
  readonly simplified: SimplifiedText | undefined;
  readonly warnings: readonly Warning[];
}

const mostFindings = 1000;

type Proposal = readonly [change: Simplification, to: string];

const leftOut: { readonly hidden: Proposal; readonly letters: Proposal; readonly composed: Proposal } = {
  hidden: ['hidden', ''],
  letters: ['letters', ''],
  composed: ['composed', ''],
};

/** Says of each place, asked for from the first to the last, what is proposed for the character there. */
function proposalsFor(text: string): (at: number) => Proposal | undefined {
  const { change, to } = substitutes();
  const isHidden = hiddenIn(text);
  const words = mixedWords(text);
  let word = words.next();
  /** The marks that were looked at last: where they end, and what is proposed for each. */
  let marksEnd = 0;
  let ofMarks: Proposal | undefined;

  function forMark(at: number): Proposal | undefined {
    if (at < marksEnd) return ofMarks;
    marksEnd = at;
    while (isMark(text.charCodeAt(marksEnd))) marksEnd++;
    const isBehindLatin = at > 0 && isLatinLetter(text.charCodeAt(at - 1));
    ofMarks =
      at > 0 && isComposed(text, at - 1, marksEnd)
        ? leftOut.composed
        : isBehindLatin
          ? leftOut.letters
          : undefined;
    return ofMarks;
  }

  function forWord(at: number, unit: number): Proposal | undefined {
    while (!word.done && word.value.end <= at) word = words.next();
    if (word.done || word.value.start > at || word.value.alphabet !== 'latin') return undefined;
    const latin = lookAlikes().latin[unit];
    return latin ? ['mixed-words', String.fromCharCode(latin)] : undefined;
  }

  return (at) => {
    const unit = text.charCodeAt(at);
    if (isTagAt(text, at)) return isHidden(at) ? leftOut.hidden : undefined;
    const number = change[unit]!;
    if (number !== 0) {
      const name = simplifications[number - 1]!;
      if (name !== 'hidden') return [name, String.fromCharCode(to[unit]!)];
      return isHidden(at) ? leftOut.hidden : undefined;
    }
    if (isMark(unit)) return forMark(at);
    if (unit >= 0x400 && unit <= 0x52f) return forWord(at, unit);
    const character = text.charAt(at);
    return Object.hasOwn(longer, character) && text.charCodeAt(at + 1) !== 0xfe0f
      ? longer[character]
      : undefined;
  };
}

/** What is found of one character with one proposal. */
interface Found {
  readonly point: number;
  readonly proposal: Proposal | undefined;
  readonly finds: PositionCollector;
}

const withIndexes = (
  { point, proposal, finds }: Found,
  reason: ExpensiveCharacter['reason'],
): ExpensiveCharacter => ({
  character: String.fromCodePoint(point),
  codePoint: `U+${point.toString(16).toUpperCase().padStart(4, '0')}`,
  reason,
  ...finds.places(),
  change: proposal?.[0],
  replacement: proposal?.[1],
});

/**
 * Says why a text takes as many SMS as it does: which characters, where; what it would cost without them; what could stand
 * in their place; and what readers may stumble over. An application shows it under the box that the text is written in.
 *
 * @param options how the text will be cut, as for `measure`
 */
export function explain(text: string, options: SegmentOptions = {}): TextExplanation {
  const now = measure(text, options);
  const isLatin = now.encoding === 'gsm-7';
  const widths =
    options.languages?.choose(text, options.reference ?? 8, options.keep)?.widths ?? gsm7Widths();
  const proposalAt = proposalsFor(text);
  /** By code point, and of each by the change that is proposed. */
  const found = new Map<number, Found>();
  const proposed = new Set<Simplification>();
  const { latin } = lookAlikes();
  const rest = new Uint16Array(text.length);
  let restLength = 0;
  let moreCharacters = 0;
  let couldBeLatin = true;

  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isLatin ? widths[unit] !== 2 : widths[unit] !== 0) {
      rest[restLength++] = unit;
      continue;
    }
    const point = text.codePointAt(at)!;
    const proposal = proposalAt(at);
    if (proposal) proposed.add(proposal[0]);
    else if (!latin[unit]) couldBeLatin = false;
    const key = point * 16 + (proposal ? simplifications.indexOf(proposal[0]) + 1 : 0);
    let entry = found.get(key);
    if (!entry && found.size < mostFindings)
      found.set(key, (entry = { point, proposal, finds: new PositionCollector() }));
    if (entry) entry.finds.add(at);
    else moreCharacters++;
    if (point > 0xffff) at++;
  }
  // Where all else has a proposal, letters that only look Cyrillic are what is left between the text and GSM-7.
  const becomesLatin = !isLatin && couldBeLatin;
  const characters = [...found.values()].map((each) => {
    const letter = becomesLatin && !each.proposal ? latin[each.point] : 0;
    if (letter) proposed.add('latin');
    return withIndexes(
      letter ? { ...each, proposal: ['latin', String.fromCharCode(letter)] } : each,
      isLatin ? 'two-septets' : 'ucs-2',
    );
  });
  for (const { alphabet } of mixedWords(text)) if (alphabet) proposed.add('mixed-words');
  return {
    ...now,
    characters,
    moreCharacters,
    without: measure(fromCodeUnits(rest, restLength), options),
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
  choices: readonly Simplification[],
  options: SegmentOptions,
): SimplifiedText | undefined {
  const simplified = simplify(text, choices, options);
  return simplified === text
    ? undefined
    : { ...measure(simplified, options), text: simplified, changes: choices };
}
