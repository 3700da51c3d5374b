import { isPlain } from '@smsc/protocol/adapter';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serializeInput } from '../src/serialize-input.ts';
import { occursMoreThan } from '../src/relay/count-matches.ts';
import { type RelayedCall, parseRequest } from '../src/relay/parse-request.ts';
import { uuid } from './world.ts';

/** Serializes an input as a page does, and parses it as the relay does. */
async function sendToRelay(input: object): Promise<RelayedCall> {
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

/** Replaces blobs by their bytes and types, so that values can be compared. */
async function withBlobContents(value: unknown): Promise<unknown> {
  if (value instanceof Blob)
    return {
      blob: [...new Uint8Array(await value.arrayBuffer())],
      type: value.type || 'application/octet-stream',
    };
  if (Array.isArray(value)) return Promise.all(value.map(withBlobContents));
  if (!isPlain(value)) return value;
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    await Promise.all(members.map(async ([name, each]) => [name, await withBlobContents(each)] as const)),
  );
}

const bytes = fc.uint8Array({ maxLength: 200 });
const name = fc.string({ unit: 'binary', maxLength: 12 }).filter((each) => each !== '__proto__');
const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary' }) },
  // A lone surrogate, which UTF-8 cannot encode.
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
  fc.tuple(bytes, fc.string()).map(([each, fileName]) => new File([each], fileName, { type: 'audio/mpeg' })),
);
const { tree } = fc.letrec((reference) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(
      reference('tree').filter((each) => each !== undefined),
      { maxLength: 4 },
    ),
    fc.dictionary(name, reference('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const inputs = fc.dictionary(name, tree as fc.Arbitrary<unknown>, { maxKeys: 5, noNullPrototype: true });

describe('an input', () => {
  it('arrives unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const { input: arrived } = await sendToRelay(input);
        expect(await withBlobContents(arrived)).toEqual(await withBlobContents(input));
      }),
      { numRuns: 300 },
    );
  });

  it('has the same fingerprint as an equal input, and another than a different one', async () => {
    const file = (content: string): object => ({
      to: '1',
      files: [{ name: 'a', content: new Blob([content]) }],
    });
    const prints = await Promise.all(
      [file('a'), file('a'), file('b'), { to: '1' }, { to: '2' }].map(
        async (input) => (await sendToRelay(input)).fingerprint,
      ),
    );
    expect(prints[0]).toBe(prints[1]);
    expect(new Set(prints).size).toBe(4);
  });

  it.each([
    ['a function', { a: () => 1 }, 'a'],
    ['an object of a class', { a: [new Map()] }, 'a[0]'],
    ['NaN', { a: { b: NaN } }, 'a.b'],
    ['a bigint', { a: 1n }, 'a'],
    ['a symbol', { a: Symbol('a') }, 'a'],
    ['a hole in a list', { a: [, 1] }, 'a[0]'], // eslint-disable-line no-sparse-arrays
    ['an array of floats', { a: new Float64Array(1) }, 'a'],
  ])('is rejected with the path of a value that cannot be sent: %s', (_, input, path) => {
    expect(serializeInput(input).issues).toEqual([
      { path, message: 'cannot be sent: expected JSON, a date or a file' },
    ]);
  });

  it('is rejected if it contains itself', () => {
    const loop: Record<string, unknown> = {};
    loop['again'] = loop;
    expect(serializeInput(loop).issues).toHaveLength(1);
  });

  it('is refused by the relay if it has a member __proto__', async () => {
    await expect(
      sendToRelay(JSON.parse('{"__proto__": {"sender": "Bank"}}') as object),
    ).rejects.toMatchObject({
      refusal: 'malformed',
    });
  });
});

describe('the occurrences of a pattern in bytes', () => {
  it('are found, overlaps included', () => {
    const few = fc.uint8Array({ max: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        few,
        fc.uint8Array({ max: 1, minLength: 1, maxLength: 5 }),
        fc.nat(10),
        (bytes, pattern, most) => {
          // Reference: tries every position.
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
  it('are refused as malformed', async () => {
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
