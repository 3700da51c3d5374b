import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkName } from '../src/core/checks.ts';
import { IssueContext } from '../src/core/issues.ts';
import { suggest } from '../src/core/suggest.ts';
import * as protocol from '../src/index.ts';

/**
 * Returns the Damerau–Levenshtein distance by the textbook algorithm: the number of inserted, dropped and replaced
 * letters, and of swaps of adjacent letters.
 */
function distanceOf(left: string, right: string): number {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_cell, column) => (row && column ? 0 : row + column)),
  );
  for (let row = 1; row <= a.length; row++)
    for (let column = 1; column <= b.length; column++) {
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      table[row]![column] = Math.min(
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + Number(a[row - 1] !== b[column - 1]),
        swapped ? table[row - 2]![column - 2]! + 1 : Infinity,
      );
    }
  return table[a.length]![b.length]!;
}

/** Returns misspellings of a name: one letter is dropped, doubled, swapped with the next letter, or replaced. */
const misspellings = (name: string): readonly string[] =>
  [...name].flatMap((letter, at) => {
    const [before, after] = [name.slice(0, at), name.slice(at + 1)];
    return [
      before + after,
      before + letter + letter + after,
      before + (after[0] ?? '') + letter + after.slice(1),
      `${before}q${after}`,
      `${before}e${after}`,
    ];
  });

const operations = Object.entries<unknown>(protocol).flatMap(([name, value]) =>
  typeof value === 'object' && value !== null && 'fields' in value
    ? [[name, value.fields as Readonly<Record<string, unknown>>] as const]
    : [],
);

/** Tables of known names: the fields of each operation, and options of a client. */
const tables: readonly (readonly [title: string, known: Readonly<Record<string, unknown>>])[] = [
  ...operations,
  [
    'the options of a client',
    Object.fromEntries(
      'login password apiKey fetch host timeoutMs maxReplyBytes format charset body createId retries callTimeoutMs maxInFlight breaker interceptors ledger recipientThrottle clock random'
        .split(' ')
        .map((name) => [name, () => undefined]),
    ),
  ],
];

/** Returns true for a word of the gateway and for a synonym: the suggestion is then not the closest name. */
const isWord = (wrong: string, known: Readonly<Record<string, unknown>>): boolean =>
  ['date', 'message'].includes(wrong) ||
  Object.values(known).some((field) => (field as { params?: readonly string[] }).params?.includes(wrong));

const client = Object.fromEntries(
  ['login', 'password', 'apiKey', 'host'].map((name) => [name, () => undefined]),
);
const fields: Readonly<Record<string, unknown>> = protocol.send.fields;

describe('a suggestion for an unknown name', () => {
  it.each([
    ['phone', 'to'],
    ['phones', 'to'],
    ['number', 'to'],
    ['recipient', 'to'],
    ['recipients', 'to'],
    ['mes', 'text'],
    ['message', 'text'],
    ['body', 'text'],
    ['from', 'sender'],
    ['time', 'sendAt'],
    ['date', 'sendAt'],
    ['subj', 'subject'],
    ['recievers', undefined],
  ])('of a message: %s stands for %s', (name, meant) => {
    expect(suggest(name, fields)).toBe(meant);
  });

  it.each([
    ['user', 'login'],
    ['username', 'login'],
    ['userName', undefined],
    ['psw', 'password'],
    ['pass', 'password'],
    ['token', 'apiKey'],
    ['key', 'apiKey'],
    ['apikey', 'apiKey'],
    ['api_key', 'apiKey'],
    ['APIKEY', 'apiKey'],
    ['proxy', undefined],
  ])('of credentials: %s stands for %s', (name, meant) => {
    expect(suggest(name, client)).toBe(meant);
  });

  it('is phone if a status request has the recipient under another name', () => {
    for (const name of ['to', 'number', 'recipient', 'phones'])
      expect(suggest(name, protocol.status.fields)).toBe('phone');
  });

  it('is not a synonym with another meaning', () => {
    expect(suggest('sender', protocol.history.fields)).toBeUndefined();
    expect(suggest('phone', protocol.addContactGroup.fields)).toBeUndefined();
    expect(suggest('message', { body: 1, format: 1 })).toBeUndefined();
  });

  it('is not looked for once an error lists a hundred issues', () => {
    let asked = 0;
    const known = new Proxy(
      { text: 1 },
      {
        ownKeys: (target) => {
          asked++;
          return Reflect.ownKeys(target);
        },
      },
    );
    const context = new IssueContext();
    for (let index = 0; index < 100; index++) checkName(`unknown${index}`, known, context);
    const before = asked;
    for (let index = 0; index < 100; index++) checkName(`further${index}`, known, context);
    expect(context.issues).toHaveLength(100);
    expect([before > 0, asked]).toEqual([true, before]);
  });

  it('considers whole words only', () => {
    for (const name of ['one', 'ex', 'ody', 'u', 'hon'])
      expect(suggest(name, { to: 1, text: 1 })).not.toBe('text');
  });

  it.each(tables)('of %s is the closest name for one wrong letter', (_, known) => {
    const names = Object.keys(known);
    for (const wrong of names.flatMap(misspellings)) {
      if (Object.hasOwn(known, wrong) || isWord(wrong, known)) continue;
      const found = suggest(wrong, known);
      const least = Math.min(...names.map((each) => distanceOf(wrong, each)));
      expect([wrong, found, distanceOf(wrong, found!)]).toEqual([wrong, expect.any(String), least]);
    }
  });

  it('allows one edit for every three letters of the name, at least one and at most three', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcd'), maxLength: 12 });
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 5 }), (name, names) => {
        const limit = Math.min(3, Math.max(1, Math.floor(name.length / 3)));
        const distances = names.map((each) => distanceOf(name, each));
        const least = Math.min(...distances);
        const known = Object.fromEntries(names.map((each) => [each, 1]));
        expect(suggest(name, known)).toBe(least <= limit ? names[distances.indexOf(least)] : undefined);
      }),
    );
  });

  it('takes little time for long names', () => {
    const known = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${'ab'.repeat(20)}${at}`, 1]));
    const start = performance.now();
    suggest('ba'.repeat(20), known);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
