import { describe, expect, it } from 'vitest';
import { deliveryErrorNames, deliveryErrors, messageTypes, stateNames, states } from '../src/index.ts';
import { kind } from '../src/operations/kinds.ts';

const latin = /^[ -~]+$/;
const cyrillic = /^[\p{Script=Cyrillic}\dA-Z ,:’-]+$/u;

describe.each([
  ['states', states, stateNames],
  ['delivery errors', deliveryErrors, deliveryErrorNames],
] as const)('%s', (_, numbers, names) => {
  it('have a unique name in each language, written in its alphabet', () => {
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

  it('use only Ukrainian letters in Ukrainian, and only Russian letters in Russian', () => {
    for (const name of Object.values(names.uk)) expect(name).not.toMatch(/[ыэъё]/i);
    for (const name of Object.values(names.ru)) expect(name).not.toMatch(/[іїєґ’]/i);
  });
});

it('states and delivery errors have the documented numbers', () => {
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

it('every message type is accepted as a message kind', () => {
  for (const type of Object.values(messageTypes)) {
    const found: string[] = [];
    kind.check(type, { expect: (valid: boolean) => (valid || found.push(type), valid) } as never);
    expect(found).toEqual([]);
  }
});

it('the generated tables list every operation and every wire name', async () => {
  const script = new URL('../../../scripts/generate.mjs', import.meta.url).href;
  const { generate } = (await import(script)) as {
    generate: (options: { check: boolean }) => Promise<readonly string[]>;
  };
  // Lists outdated files. `npm run generate` updates these files.
  expect(await generate({ check: true })).toEqual([]);
}, 60_000);
