import { measure, segment } from '@smsc/protocol';
import calculator from 'sms-segments-calculator';
import split from 'split-sms';
import { type Figure, relativeTime } from './measure.ts';
import { cyrillic, emoji, escaped, latin } from './texts.ts';

const table = new Uint8Array(65_536).fill(1);

/** The baseline: looks up the width of each character in a table, and adds the widths. */
function addWidths(text: string): number {
  let units = 0;
  for (let at = 0; at < text.length; at++) units += table[text.charCodeAt(at)]!;
  return units;
}

const bySplitSms = (text: string): number => split.split(text).parts.length;
const byCalculator = (text: string): number => new calculator.SegmentedMessage(text).segmentsCount;
const measured = (text: string): number => measure(text).parts;
const cut = (text: string): number => segment(text).parts.length;
const cutBetweenGraphemes = (text: string): number => segment(text, { keep: 'graphemes' }).parts.length;

const texts = [
  ['160 Latin', latin(160), 12],
  ['1,000 Latin', latin(1000), 12],
  ['1,000 Latin with escapes', escaped(1000), 12],
  ['160 Cyrillic', cyrillic(160), 3],
  ['1,000 Cyrillic', cyrillic(1000), 3],
  ['500 with emoji', emoji(500), 3],
] as const;

/** Measures the segmenter relative to a baseline and to other libraries. */
export function measureSegments(): readonly Figure[] {
  const baseline = 'adding up the widths of the same characters, read from a table';
  const overBaseline = (
    name: string,
    [text, baselineText]: readonly [text: string, baselineText: string],
    atMost: number,
    detail: string,
  ): Figure => ({
    name: `measure, ${name}: times as long as the baseline`,
    ratio: relativeTime(
      () => measured(text),
      () => addWidths(baselineText),
    ),
    target: { atMost },
    detail,
  });
  return [
    overBaseline('160 Latin', [latin(160), latin(160)], 1.3, baseline),
    overBaseline('1,000 Latin', [latin(1000), latin(1000)], 1.3, baseline),
    overBaseline(
      '1,000 Cyrillic',
      [cyrillic(1000), latin(160)],
      0.5,
      'adding up the widths of 160 Latin characters, read from a table',
    ),
    ...texts.map(([name, text, atLeast]) => ({
      name: `segment, ${name}: times as fast as split-sms`,
      ratio: relativeTime(
        () => bySplitSms(text),
        () => cut(text),
      ),
      target: { atLeast },
      detail: 'split-sms',
    })),
    ...texts.map(([name, text]) => ({
      name: `segment, ${name}: times as fast as sms-segments-calculator`,
      ratio: relativeTime(
        () => byCalculator(text),
        () => cut(text),
        7,
      ),
      target: { atLeast: 800 },
      detail: 'sms-segments-calculator',
    })),
    ...texts.map(([name, text]) => ({
      name: `segment between graphemes, ${name}: times as fast as sms-segments-calculator`,
      ratio: relativeTime(
        () => byCalculator(text),
        () => cutBetweenGraphemes(text),
        7,
      ),
      target: { atLeast: 10 },
      detail: 'sms-segments-calculator',
    })),
  ];
}
