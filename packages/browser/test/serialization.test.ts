import { isPlain } from '@smsc/protocol/adapter';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serializeInput } from '../src/serialize-input.ts';
import { occursMoreThan } from '../src/relay/count-matches.ts';
import { type RelayedCall, parseRequest } from '../src/relay/parse-request.ts';
import { uuid } from './world.ts';

/** An input as the page sends it and the relay puts it together. */
async function travel(input: object): Promise<RelayedCall> {
  const { files, issues, ...packed } = serializeInput(input);
  expect(issues).toEqual([]);
  const text = JSON.stringify({ operation: 'send', effect: 'spends', id: uuid(), ...packed });
  if (files.length === 0) return parseRequest('application/json', new TextEncoder().encode(text));
  const form = new FormData();
  form.append('call', text);
  for (const [index, { name, content }] of files.entries())
    form.append(`file${index}`, content as Blob, name);
  const request = new Response(form);
  return parseRequest(request.headers.get('content-type')!, new Uint8Array(await request.arrayBuffer()));
}

/** Blobs as what is in them, to compare whole values. */
async function opened(value: unknown): Promise<unknown> {
  if (value instanceof Blob)
    return {
      blob: [...new Uint8Array(await value.arrayBuffer())],
      type: value.type || 'application/octet-stream',
    };
  if (Array.isArray(value)) return Promise.all(value.map(opened));
  if (!isPlain(value)) return value;
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    await Promise.all(members.map(async ([name, each]) => [name, await opened(each)] as const)),
  );
}

const bytes = fc.uint8Array({ maxLength: 200 });
const name = fc.string({ unit: 'binary', maxLength: 12 }).filter((each) => each !== '__proto__');
const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary' }) },
  // Half a character, which no form of UTF-8 has.
  fc.constantFrom('\ud800', '\r\n"\\\u0000\u2028', '~~~', '{"$":1}'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.date({ noInvalidDate: false }),
  bytes,
  fc
    .tuple(bytes, fc.constantFrom('', 'image/png', 'text/plain;charset=utf-8'))
    .map(([each, type]) => new Blob([each], { type })),
  fc.tuple(bytes, fc.string()).map(([each, of]) => new File([each], of, { type: 'audio/mpeg' })),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(
      tie('tree').filter((each) => each !== undefined),
      { maxLength: 4 },
    ),
    fc.dictionary(name, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const inputs = fc.dictionary(name, tree as fc.Arbitrary<unknown>, { maxKeys: 5, noNullPrototype: true });

describe('an input', () => {
  it('arrives unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const { input: arrived } = await travel(input);
        expect(await opened(arrived)).toEqual(await opened(input));
      }),
      { numRuns: 300 },
    );
  });

  it('has the same fingerprint when it is the same, and another when it is not', async () => {
    const file = (content: string): object => ({
      to: '1',
      files: [{ name: 'a', content: new Blob([content]) }],
    });
    const prints = await Promise.all(
      [file('a'), file('a'), file('b'), { to: '1' }, { to: '2' }].map(
        async (input) => (await travel(input)).fingerprint,
      ),
    );
    expect(prints[0]).toBe(prints[1]);
    expect(new Set(prints).size).toBe(4);
  });

  it.each([
    ['a function', { a: () => 1 }, 'a'],
    ['an object of a class', { a: [new Map()] }, 'a[0]'],
    ['a number that is none', { a: { b: NaN } }, 'a.b'],
    ['a bigint', { a: 1n }, 'a'],
    ['a symbol', { a: Symbol('a') }, 'a'],
    ['a hole in a list', { a: [, 1] }, 'a[0]'], // eslint-disable-line no-sparse-arrays
    ['other numbers', { a: new Float64Array(1) }, 'a'],
  ])('that cannot travel is reported: %s', (_, input, path) => {
    expect(serializeInput(input).issues).toEqual([
      { path, message: 'cannot be sent: expected JSON, a date or a file' },
    ]);
  });

  it('that never ends is reported', () => {
    const loop: Record<string, unknown> = {};
    loop['again'] = loop;
    expect(serializeInput(loop).issues).toHaveLength(1);
  });

  it('with a prototype for a member is refused, not taken for one', async () => {
    await expect(travel(JSON.parse('{"__proto__": {"sender": "Bank"}}') as object)).rejects.toMatchObject({
      refusal: 'malformed',
    });
  });
});

describe('a pattern in bytes', () => {
  it('is counted with its overlaps', () => {
    const few = fc.uint8Array({ max: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        few,
        fc.uint8Array({ max: 1, minLength: 1, maxLength: 5 }),
        fc.nat(10),
        (bytes, pattern, most) => {
          // The slow way: every place, looked at.
          const found = [...bytes].filter((_, at) =>
            pattern.every((each, step) => bytes[at + step] === each),
          ).length;
          expect(occursMoreThan(bytes, pattern, most)).toBe(found > most);
        },
      ),
    );
  });
});

describe('random bytes', () => {
  it('are a call or a refusal, and nothing else', async () => {
    const types = fc.constantFrom(
      'application/json',
      'multipart/form-data; boundary=a',
      'multipart/form-data',
      'multipart/form-data; boundary="',
      'application/json; charset=utf-16',
    );
    const written = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json({ maxDepth: 3 }).map((each) => new TextEncoder().encode(each)),
      fc
        .string()
        .map((each) =>
          new TextEncoder().encode(
            `--a\r\ncontent-disposition: form-data; name="call"\r\n\r\n${each}\r\n--a--\r\n`,
          ),
        ),
    );
    await fc.assert(
      fc.asyncProperty(types, written, async (type, body) => {
        await expect(parseRequest(type, body)).rejects.toMatchObject({ refusal: 'malformed' });
      }),
      { numRuns: 500 },
    );
  });
});
