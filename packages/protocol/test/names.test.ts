import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deliveryErrorNames, deliveryErrors, messageTypes, stateNames, states } from '../src/index.ts';
import { kind } from '../src/operations/kinds.ts';
import { wireNames } from './wire-names.ts';

const latin = /^[ -~]+$/;
const cyrillic = /^[\p{Script=Cyrillic}\dA-Z ,:’-]+$/u;

describe.each([
  ['states', states, stateNames],
  ['delivery errors', deliveryErrors, deliveryErrorNames],
] as const)('%s', (_, numbers, names) => {
  it('have a name of their own in each language, in its letters', () => {
    for (const [language, letters] of [
      ['en', latin],
      ['uk', cyrillic],
      ['ru', cyrillic],
    ] as const) {
      expect(Object.keys(names[language])).toEqual(Object.keys(numbers));
      expect(new Set(Object.values(names[language])).size).toBe(Object.keys(numbers).length);
      for (const name of Object.values(names[language])) expect(name).toMatch(letters);
    }
  });

  it('have no letter in Ukrainian that Ukrainian has not, and none in Russian that Russian has not', () => {
    for (const name of Object.values(names.uk)) expect(name).not.toMatch(/[ыэъё]/i);
    for (const name of Object.values(names.ru)) expect(name).not.toMatch(/[іїєґ’]/i);
  });
});

it('states and errors have the numbers of the page of statuses and of the lists that agree with the page of errors', () => {
  expect(
    Object.keys(states)
      .map(Number)
      .sort((a, b) => a - b),
  ).toEqual([-3, -2, -1, 0, 1, 2, 3, 4, 20, 22, 23, 24, 25]);
  expect(Object.keys(deliveryErrors).map(Number)).toEqual([
    0, 1, 2, 3, 4, 6, 11, 12, 13, 21, 200, 219, 220, 237, 238, 239, 240, 241, 242, 243, 244, 245, 246, 247,
    248, 249, 250, 251, 252, 253, 254, 255,
  ]);
});

it('every type of a message is a kind that can be sent', () => {
  for (const type of Object.values(messageTypes)) {
    const found: string[] = [];
    kind.check(type, { expect: (valid: boolean) => (valid || found.push(type), valid) } as never);
    expect(found).toEqual([]);
  }
});

it('the README lists every operation by its endpoint, and every name that is another on the wire', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8').split('\n');
  for (const line of wireNames) expect(readme).toContain(line);
});
