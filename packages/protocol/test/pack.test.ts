import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type InputError,
  measure,
  national,
  nationalAlphabet,
  pack,
  packHeader,
  packParts,
  type PackedUserData,
  segment,
  type SeptetTable,
  type ShiftIdentifiers,
  unpack,
  unpackHeader,
  type UserData,
  type UserDataHeader,
  type UserDataOptions,
} from '../src/index.ts';
import { gsm7, gsm7Widths as widthsOf } from '../src/segments/gsm7.ts';
import { nationalTables } from '../src/segments/national/national-tables.ts';
import { languagesByIdentifier } from '../src/segments/packing/user-data.ts';
import vectors from './vectors/user-data.json' with { type: 'json' };

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

type HeaderVector = Omit<UserDataHeader, 'others'> & { others?: readonly { id: number; data: string }[] };
const toHeader = ({ others, ...header }: HeaderVector): UserDataHeader => ({
  ...header,
  ...(others && { others: others.map(({ id, data }) => ({ id, data: fromHex(data) })) }),
});

/** Returns the issues of the InputError that a call throws. Fails if the call throws nothing or another error. */
function issuesOf(call: () => unknown): readonly string[] {
  try {
    call();
  } catch (thrown) {
    const error = thrown as InputError;
    expect(error.kind).toBe('invalid-input');
    return error.issues.map(({ path, message }) => `${path} ${message}`.trim());
  }
  return expect.fail('nothing was thrown');
}

/** Every pair of national tables that a header can name. Spanish has no locking table. */
const identifiers = Array.from({ length: 14 }, (_, identifier) => identifier || undefined);
const everyShift: readonly ShiftIdentifiers[] = identifiers
  .filter((locking) => locking !== 2)
  .flatMap((locking) =>
    identifiers.map((single) => ({ ...(locking && { locking }), ...(single && { single }) })),
  );
const alphabet = nationalAlphabet;

const charactersOf = ({ basic, extension }: SeptetTable): readonly string[] =>
  [...new Set(basic + extension)].filter((character) => character !== '\0' && character !== '\u001b');
const septetsOf = (text: string, { basic }: SeptetTable): number =>
  Array.from(text, (character) => (basic.includes(character) ? 1 : 2)).reduce((sum, each) => sum + each, 0);

describe('the tables', () => {
  it('have 128 positions each, and match the widths used for cutting', () => {
    expect([gsm7.basic.length, gsm7.extension.length]).toEqual([128, 128]);
    const widths = widthsOf();
    for (let unit = 0; unit < 65_536; unit++) {
      const character = String.fromCharCode(unit);
      const width = '\0\u001b'.includes(character)
        ? 0
        : Number(gsm7.basic.includes(character)) || 2 * Number(gsm7.extension.includes(character));
      if (widths[unit] !== width) expect.fail(`U+${unit.toString(16)}`);
    }
  });

  it('contain the extension characters at the positions of the standard', () => {
    const places = Object.fromEntries(
      [...gsm7.extension].flatMap((character, septet) => (character === '\0' ? [] : [[character, septet]])),
    );
    // 3GPP TS 23.038, 6.2.1.1, in hexadecimal.
    expect(places).toEqual({
      '\f': 0x0a,
      '^': 0x14,
      '{': 0x28,
      '}': 0x29,
      '\\': 0x2f,
      '[': 0x3c,
      '~': 0x3d,
      ']': 0x3e,
      '|': 0x40,
      '€': 0x65,
    });
  });
});

describe('the national tables', () => {
  it('have the identifiers of the standard', () => {
    expect(languagesByIdentifier.map((language) => nationalTables[language].id)).toEqual(
      Array.from(languagesByIdentifier, (_, at) => at + 1),
    );
  });

  it('are cached objects, and undefined for a language without a table', () => {
    expect(nationalAlphabet({ locking: 1, single: 13 })).toBe(nationalAlphabet({ locking: 1, single: 13 }));
    for (const shifts of [{ locking: 2 }, { single: 0 }, { locking: 14 }, { locking: 1, single: 14 }])
      expect(nationalAlphabet(shifts)).toBeUndefined();
  });

  it('encode and decode each of their characters', () => {
    for (const header of everyShift) {
      for (const character of charactersOf(nationalAlphabet(header)!)) {
        const packed = pack({ encoding: 'gsm-7', text: character, header }, { alphabet });
        if (unpack(packed, { alphabet }).text !== character)
          expect.fail(`U+${character.charCodeAt(0).toString(16)}`);
      }
    }
  });
});

describe('user data from other implementations', () => {
  for (const { name, source, bytes, ...vector } of vectors.userData as (Omit<
    PackedUserData,
    'bytes' | 'hasHeader'
  > &
    Pick<UserData, 'text'> & {
      name: string;
      source: string;
      bytes: string;
      hasHeader?: boolean;
      header?: HeaderVector;
      septets?: 'octets';
      reads?: true;
    })[]) {
    const { encoding, length, text, header, septets, reads } = vector;
    const hasHeader = vector.hasHeader ?? header !== undefined;
    const userData: UserData = { encoding, text, ...(header && { header: toHeader(header) }) };
    it(`unpacks ${name} (${source})`, () => {
      expect(unpack({ encoding, bytes: fromHex(bytes), length, hasHeader }, { septets })).toEqual(userData);
    });
    if (reads) continue;
    it(`packs ${name} (${source})`, () => {
      const { bytes: written, ...rest } = pack(userData, { septets });
      expect({ ...rest, bytes: toHex(written) }).toEqual({ encoding, length, hasHeader, bytes });
    });
  }

  for (const { name, source, bytes, header } of vectors.headers as {
    name: string;
    source: string;
    bytes: string;
    header: HeaderVector;
  }[]) {
    it(`packs and unpacks the header: ${name} (${source})`, () => {
      expect(toHex(packHeader(toHeader(header)))).toBe(bytes);
      expect(unpackHeader(fromHex(bytes))).toEqual(toHeader(header));
    });
  }

  for (const { name, source, text, reference, parts } of vectors.parts as {
    name: string;
    source: string;
    text: string;
    reference: number;
    parts: [number, string][];
  }[]) {
    it(`rejects ${name} (${source})`, () => {
      expect(packParts(text, reference).map(({ length, bytes }) => [length, toHex(bytes)])).toEqual(parts);
    });
  }
});

describe('invalid user data', () => {
  for (const {
    name,
    source,
    encoding,
    length,
    bytes,
    hasHeader = false,
    septets,
    issues,
  } of vectors.malformed as (Omit<PackedUserData, 'bytes' | 'hasHeader'> & {
    name: string;
    source: string;
    bytes: string;
    hasHeader?: boolean;
    septets?: 'octets';
    issues: string[];
  })[]) {
    it(`rejects ${name} (${source})`, () => {
      expect(
        issuesOf(() => unpack({ encoding, bytes: fromHex(bytes), length, hasHeader }, { septets })),
      ).toEqual(issues);
    });
  }

  it('throws only InputError for arbitrary bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 160, size: 'max' }),
      fc.uint8Array({ maxLength: 30, size: 'max', max: 9 }),
    );
    // Most lengths lie within the bytes, because a length beyond the bytes is rejected at once.
    const packed = fc
      .record({
        encoding: fc.constantFrom('gsm-7' as const, 'ucs-2' as const),
        bytes,
        length: fc.nat(180),
        hasHeader: fc.boolean(),
      })
      .map((packed) => ({ ...packed, length: packed.length % (packed.bytes.length + 2) }));
    let read = 0;
    fc.assert(
      fc.property(packed, fc.constantFrom('packed', 'octets'), (packed, septets) => {
        try {
          unpack(packed, { septets, alphabet });
          read++;
        } catch (thrown) {
          expect((thrown as InputError).kind).toBe('invalid-input');
        }
        try {
          unpackHeader(packed.bytes);
        } catch (thrown) {
          expect((thrown as InputError).kind).toBe('invalid-input');
        }
      }),
      { numRuns: 10_000 },
    );
    expect(read).toBeGreaterThan(1000);
  });

  it('returns user data that can be packed again', () => {
    const header = fc.uint8Array({ maxLength: 12, size: 'max', max: 40 });
    fc.assert(
      fc.property(header, fc.string({ maxLength: 20, size: 'max', unit: 'binary' }), (elements, text) => {
        let read: UserDataHeader;
        try {
          read = unpackHeader(Uint8Array.of(elements.length, ...elements));
        } catch {
          return;
        }
        expect(unpackHeader(packHeader(read))).toEqual(read);
        const userData: UserData = {
          encoding: 'ucs-2',
          text,
          ...(Object.keys(read).length > 0 && { header: read }),
        };
        expect(unpack(pack(userData))).toEqual(userData);
      }),
      { numRuns: 10_000 },
    );
  });

  it('does not keep a reference to the given bytes', () => {
    const bytes = Buffer.from('0470020102', 'hex');
    const { others } = unpackHeader(bytes);
    bytes.fill(0);
    expect(others).toEqual([{ id: 0x70, data: Uint8Array.of(1, 2) }]);
    expect(Buffer.isBuffer(others![0]!.data)).toBe(false);
  });

  it('reads an unused position of a locking table as a space', () => {
    const table: SeptetTable = { basic: gsm7.basic.replace('_', '\0'), extension: gsm7.extension };
    const packed = {
      encoding: 'gsm-7',
      bytes: fromHex('03250106611161'),
      length: 7,
      hasHeader: true,
    } as const;
    expect(unpack(packed, { septets: 'octets', alphabet: () => table })).toEqual({
      encoding: 'gsm-7',
      text: 'a a',
      header: { locking: 6 },
    });
  });
});

/** Generates numbers for a field of 8 or 16 bits. */
const inBits = (bits: 8 | 16): fc.Arbitrary<number> => fc.nat(2 ** bits - 1);
const bits = fc.constantFrom(8 as const, 16 as const);
const concatenation = bits.chain((bits) =>
  fc
    .record({ reference: inBits(bits), bits: fc.constant(bits), total: fc.integer({ min: 1, max: 255 }) })
    .chain((rest) =>
      fc
        .record({ sequence: fc.integer({ min: 1, max: rest.total }) })
        .map(({ sequence }) => ({ ...rest, sequence })),
    ),
);
const ports = bits.chain((bits) =>
  fc.record({ destination: inBits(bits), source: inBits(bits), bits: fc.constant(bits) }),
);
const other = fc.record({
  id: fc.integer({ min: 0x26, max: 255 }),
  data: fc.uint8Array({ maxLength: 30, size: 'max' }),
});
const others = fc.array(other, { minLength: 1, maxLength: 3 });
const header = (shifts: ShiftIdentifiers): fc.Arbitrary<UserDataHeader> =>
  fc.record({ concatenation, ports, others }, { requiredKeys: [] }).map((rest) => ({ ...rest, ...shifts }));

/** Octets of a header, counted element by element. Source: 3GPP TS 23.040, 9.2.3.24. */
const octetsOf = ({ concatenation, ports, locking, single, others = [] }: UserDataHeader): number => {
  const elements = [
    ...(concatenation ? [concatenation.bits / 8 + 2] : []),
    ...(ports ? [ports.bits / 4] : []),
    ...(locking === undefined ? [] : [1]),
    ...(single === undefined ? [] : [1]),
    ...others.map(({ data }) => data.length),
  ];
  return elements.length > 0 ? elements.reduce((sum, length) => sum + 2 + length, 1) : 0;
};

const shifts = fc.oneof(fc.constant<ShiftIdentifiers>({}), fc.constantFrom(...everyShift));
const latin = shifts.chain((shifts) => {
  const table = alphabet(shifts) ?? gsm7;
  return fc.record({
    encoding: fc.constant('gsm-7' as const),
    header: header(shifts),
    text: fc.string({ unit: fc.constantFrom(...charactersOf(table)), maxLength: 170, size: 'max' }),
  });
});
const surrogates = fc.string({
  unit: fc.oneof(
    fc.constantFrom('ї', '👋', '\ud83d', '\udc4b', '\0', '\ufeff'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 80,
  size: 'max',
});
const others16 = fc.record({
  encoding: fc.constant('ucs-2' as const),
  header: shifts.chain(header),
  text: surrogates,
});

describe('pack', () => {
  it('is reversed by unpack for every encoding, header and septet layout, and rejects only texts that do not fit', () => {
    let accepted = 0;
    let rejected = 0;
    fc.assert(
      fc.property(
        fc.oneof(latin, others16),
        fc.constantFrom('packed' as const, 'octets' as const, undefined),
        (userData, septets) => {
          const options: UserDataOptions = { septets, alphabet };
          const { encoding, text, header } = userData;
          const octets = octetsOf(header);
          const isLatin = encoding === 'gsm-7';
          const before = Math.ceil((octets * 8) / 7);
          const units = isLatin ? septetsOf(text, alphabet(header) ?? gsm7) : text.length;
          const room = isLatin ? 160 - before : Math.floor((140 - octets) / 2);
          if (units > room) {
            rejected++;
            expect(issuesOf(() => pack(userData, options))).toEqual([
              `text takes ${units} ${isLatin ? 'septets' : 'code units'}, but only ${room} fit${octets > 0 ? ' after the header' : ''}`,
            ]);
            return;
          }
          const packed = pack(userData, options);
          accepted++;
          const isPacked = isLatin && septets !== 'octets';
          expect(packed.hasHeader).toBe(octets > 0);
          expect(packed.length).toBe(isPacked ? before + units : octets + units * (isLatin ? 1 : 2));
          expect(packed.bytes).toHaveLength(isPacked ? Math.ceil((packed.length * 7) / 8) : packed.length);
          if (septets !== 'octets') expect(packed.bytes.length).toBeLessThanOrEqual(140);
          expect(unpack(packed, options)).toEqual(octets > 0 ? userData : { encoding, text });
        },
      ),
      { numRuns: 10_000 },
    );
    expect(Math.min(accepted, rejected)).toBeGreaterThan(1000);
  });

  it('puts each septet at the position where a slow bit reader finds it', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...gsm7.basic.replace('\u001b', '')),
          maxLength: 100,
          size: 'max',
        }),
        header({}),
        (text, header) => {
          fc.pre(octetsOf(header) < 40);
          const { bytes, length } = pack({ encoding: 'gsm-7', text, header });
          const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
            .reverse()
            .join('');
          const septet = (place: number): number =>
            parseInt(bits.slice(bits.length - 7 * (place + 1), bits.length - 7 * place), 2);
          expect(
            Array.from(text, (_, index) => gsm7.basic[septet(length - text.length + index)]).join(''),
          ).toBe(text);
        },
      ),
    );
  });

  it('reports all issues at once, without showing the text', () => {
    const userData: UserData = {
      encoding: 'gsm-7',
      text: `secret Привіт ${'👋'.repeat(2)}${'x'.repeat(160)}`,
      header: {
        concatenation: { reference: 256, bits: 8, total: 0, sequence: 256 },
        ports: { destination: 65_536, source: -1, bits: 16 },
        others: [
          { id: 256, data: new Uint8Array(1) },
          { id: 0x00, data: Uint8Array.of(1, 2, 1) },
        ],
      },
    };
    const issues = issuesOf(() => pack(userData));
    expect(issues).toEqual([
      'header.concatenation.reference expected a whole number from 0 to 255, got 256',
      'header.concatenation.total expected a whole number from 1 to 255, got 0',
      'header.concatenation.sequence expected a whole number from 1 to 255, got 256',
      'header.ports.destination expected a whole number from 0 to 65535, got 65536',
      'header.ports.source expected a whole number from 0 to 65535, got -1',
      'header.others[0].id expected a whole number from 0 to 255, got 256',
      'header.others[1] has the id of concatenation; use the member concatenation instead',
      'text contains characters that the alphabet lacks, at 7, 8, 9, 10, 11, 12, 14, 16',
      'text takes 168 septets, but only 160 fit',
    ]);
  });

  it.each<[string, UserDataHeader, readonly string[]]>([
    [
      'a sequence number above the total',
      { concatenation: { reference: 0, bits: 8, total: 2, sequence: 3 } },
      ['header.concatenation.sequence expected a whole number from 1 to 2, got 3'],
    ],
    [
      'a port that does not fit 8 bits',
      { ports: { destination: 256, source: 0, bits: 8 } },
      ['header.ports.destination expected a whole number from 0 to 255, got 256'],
    ],
    [
      'a header larger than a message',
      { others: [{ id: 0x70, data: new Uint8Array(138) }] },
      ['header takes 141 octets; at most 140 fit'],
    ],
    [
      'a language without a table',
      { locking: 2 },
      ["options.alphabet has no tables for the header's national language 2 (spanish)"],
    ],
    [
      'two languages without tables',
      { locking: 3, single: 200 },
      ["options.alphabet has no tables for the header's national language 3 (portuguese) and 200 (reserved)"],
    ],
  ])('rejects %s', (_, header, issues) => {
    expect(issuesOf(() => pack({ encoding: 'gsm-7', text: '', header }, { alphabet }))).toEqual(issues);
  });

  it('accepts a header that fills the whole message', () => {
    const header = { others: [{ id: 0x70, data: new Uint8Array(137) }] };
    expect(pack({ encoding: 'gsm-7', text: '', header }).bytes).toHaveLength(140);
    expect(issuesOf(() => pack({ encoding: 'ucs-2', text: 'a', header }))).toEqual([
      'text takes 1 code units, but only 0 fit after the header',
    ]);
  });

  it('rejects NUL and the escape character as text', () => {
    expect(issuesOf(() => pack({ encoding: 'gsm-7', text: 'a\0\u001b' }))).toEqual([
      'text contains characters that the alphabet lacks, at 1, 2',
    ]);
  });

  it('rejects values that are not user data, with a clear message', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({
        encoding: fc.constantFrom('gsm-7', 'ucs-2', 'utf-8'),
        text: fc.oneof(fc.string(), fc.anything()),
        header: fc.oneof(
          fc.anything(),
          fc.dictionary(
            fc.constantFrom('concatenation', 'ports', 'locking', 'single', 'others'),
            fc.anything(),
          ),
        ),
      }),
    );
    fc.assert(
      fc.property(
        anything,
        fc.option(fc.anything(), { nil: undefined }),
        fc.anything(),
        (input, options, number) => {
          for (const call of [
            (): unknown => pack(input as UserData, options as UserDataOptions),
            (): unknown => unpack(input as PackedUserData, options as UserDataOptions),
            (): unknown => packHeader(input as UserDataHeader),
            (): unknown => unpackHeader(input as Uint8Array),
            (): unknown => packParts(input as string, number as number, options as UserDataOptions),
          ]) {
            try {
              call();
            } catch (thrown) {
              expect(thrown).toMatchObject({ kind: 'invalid-input' });
            }
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('packs and unpacks ten million characters in linear time', () => {
    const start = 'text contains characters that the alphabet lacks, at 1, 3';
    const [lacks, size] = issuesOf(() => pack({ encoding: 'gsm-7', text: 'aї'.repeat(5_000_000) }));
    expect([lacks?.startsWith(start), lacks?.endsWith('and 4999900 more'), size]).toEqual([
      true,
      true,
      'text takes 5000000 septets, but only 160 fit',
    ]);
    const bytes = new Uint8Array(10_000_000).fill(0x1b);
    expect(
      unpack({ encoding: 'gsm-7', bytes, length: bytes.length, hasHeader: false }, { septets: 'octets' })
        .text,
    ).toBe(' '.repeat(5_000_000));
    const packed = unpack({
      encoding: 'gsm-7',
      bytes: new Uint8Array(8_750_000),
      length: 10_000_000,
      hasHeader: false,
    });
    expect(packed.text).toBe('@'.repeat(10_000_000));
    expect(issuesOf(() => packParts('ї'.repeat(10_000_000), 1))).toEqual([
      'text takes 149254 parts; a header can number at most 255',
    ]);
  });
});

describe('packParts', () => {
  const options = fc.record(
    {
      reference: bits,
      keep: fc.constantFrom('graphemes' as const),
      ports,
      septets: fc.constantFrom('packed' as const, 'octets' as const),
    },
    { requiredKeys: [] },
  );
  const mixed = fc.string({
    unit: fc.oneof(
      fc.constantFrom('ї', 'П', 'a', '👋', '👨‍👩‍👧', '\ud83d', '\udc4b', '\u0301'),
      fc.constantFrom('a', '€'),
    ),
    maxLength: 400,
    size: 'max',
  });
  const texts = fc.oneof(
    mixed,
    fc.string({ unit: fc.constantFrom(...charactersOf(gsm7)), maxLength: 700, size: 'max' }),
  );

  it('returns parts that join to the text, each with its header and at most 140 octets', () => {
    let several = 0;
    fc.assert(
      fc.property(texts, fc.nat(255), options, (text, referenceNumber, options) => {
        const parts = packParts(text, referenceNumber, options);
        const read = parts.map((part) => unpack(part, options));
        if (parts.length > 1) several++;
        expect(read.map((part) => part.text).join('')).toBe(text);
        const { reference: bits = 8, ports } = options;
        for (const [at, { header }] of read.entries()) {
          const concatenation =
            parts.length > 1
              ? { reference: referenceNumber, bits, total: parts.length, sequence: at + 1 }
              : undefined;
          expect(header).toEqual((concatenation ?? ports) ? { concatenation, ports } : undefined);
        }
        for (const { bytes } of parts)
          if (options.septets !== 'octets') expect(bytes.length).toBeLessThanOrEqual(140);
        // Without ports, the parts equal the parts that `segment` returns.
        if (!ports)
          expect(read.map((part) => part.text)).toEqual(
            segment(text, options).parts.map((part) => part.text),
          );
      }),
      { numRuns: 3000 },
    );
    expect(several).toBeGreaterThan(1000);
  });

  it('fills each part, also with ports', () => {
    const ports = { destination: 2948, source: 9200, bits: 16 } as const;
    // 3GPP TS 23.040, 9.2.3.24: the header takes 7 octets in a single part, 12 or 13 in each of several.
    const lengths = (text: string, reference: 8 | 16): readonly number[] =>
      packParts(text, 1, { ports, reference }).map((part) => unpack(part).text.length);
    expect(lengths('a'.repeat(152), 8)).toEqual([152]);
    expect(lengths('a'.repeat(153), 8)).toEqual([146, 7]);
    expect(lengths('a'.repeat(153), 16)).toEqual([145, 8]);
    expect(lengths('ї'.repeat(66), 8)).toEqual([66]);
    expect(lengths('ї'.repeat(67), 8)).toEqual([64, 3]);
    expect(lengths('ї'.repeat(67), 16)).toEqual([63, 4]);
  });

  it('names the national tables in the header of each part, with and without ports', () => {
    const turkish = national(['turkish']);
    for (const ports of [undefined, { destination: 1, source: 2, bits: 8 } as const]) {
      const text = 'ğüşıöç'.repeat(40);
      const { locking, single, parts: cut } = segment(text, { languages: turkish });
      const parts = packParts(text, 9, { languages: turkish, alphabet, ports });
      const read = parts.map((part) => unpack(part, { alphabet }));
      expect(read.map((part) => part.text).join('')).toBe(text);
      if (!ports) expect(read.map((part) => part.text)).toEqual(cut.map((part) => part.text));
      for (const [at, { header }] of read.entries()) {
        expect(header).toEqual({
          concatenation: { reference: 9, bits: 8, total: parts.length, sequence: at + 1 },
          ...(ports && { ports }),
          ...(locking && { locking: 1 }),
          ...(single && { single: 1 }),
        });
      }
      for (const { bytes } of parts) expect(bytes.length).toBeLessThanOrEqual(140);
      expect(issuesOf(() => packParts(text, 9, { languages: turkish, ports }))).toEqual([
        expect.stringMatching(
          /^options.alphabet has no tables for the header's national language 1 \(turkish\)/,
        ),
      ]);
    }
  });

  it('splits a text in any national alphabet into parts that join to the text', () => {
    const text = fc.constantFrom(...everyShift).chain((shifts) =>
      fc.string({
        unit: fc.constantFrom(...charactersOf(nationalAlphabet(shifts)!)),
        maxLength: 400,
        size: 'max',
      }),
    );
    const languages = national('all');
    const used = new Set<string>();
    fc.assert(
      fc.property(text, options, (text, options) => {
        const parts = packParts(text, 1, { ...options, languages, alphabet });
        const read = parts.map((part) => unpack(part, { ...options, alphabet }));
        expect(read.map((part) => part.text).join('')).toBe(text);
        for (const { bytes } of parts)
          if (options.septets !== 'octets') expect(bytes.length).toBeLessThanOrEqual(140);
        for (const { header } of read) used.add(`${header?.locking} ${header?.single}`);
      }),
      { numRuns: 1000 },
    );
    expect(used.size).toBeGreaterThan(20);
  });

  it('returns no parts for an empty text, and no concatenation header for a single part', () => {
    expect(packParts('', 7)).toEqual([]);
    expect(packParts('a', 7)).toEqual([
      { encoding: 'gsm-7', bytes: Uint8Array.of(0x61), length: 1, hasHeader: false },
    ]);
  });

  it('accepts 255 parts, and reports more parts and numbers out of range together', () => {
    const text = 'a'.repeat(153 * 255);
    expect(measure(text).parts).toBe(255);
    expect(packParts(text, 255)).toHaveLength(255);
    expect(issuesOf(() => packParts(`${text}a`, 255))).toEqual([
      'text takes 256 parts; a header can number at most 255',
    ]);
    expect(
      issuesOf(() =>
        packParts('', 256, { ports: { destination: 1, source: 256, bits: 8 }, septets: 'octet' as 'octets' }),
      ),
    ).toEqual([
      'referenceNumber expected a whole number from 0 to 255, got 256',
      'options.ports.source expected a whole number from 0 to 255, got 256',
      'options.septets expected packed or octets, got a string of length 5',
    ]);
    expect(packParts('a'.repeat(152 * 255), 65_535, { reference: 16 })).toHaveLength(255);
  });
});
