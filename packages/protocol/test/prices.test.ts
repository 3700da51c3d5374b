import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encode,
  estimate,
  fromReply,
  InputError,
  prices,
  pricesFromCsv,
  pricesFromJson,
  pricesFromReply,
  type PriceTable,
  type ReplyPricesOptions,
  utf8,
} from '../src/index.ts';

/** Returns the issues of an input, each as `path: message`. */
function issuesOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

/** Returns the price of one SMS to a number; `undefined` if the number has no price. */
const priceOf = (table: PriceTable, phone: string): string | undefined => {
  const { total, recipients } = estimate({ to: `+${phone}`, text: 'a' }, table);
  return recipients === 1 ? total : undefined;
};

describe('pricesFromCsv', () => {
  it('reads a row per prefix and a column per kind, in any order and under either name', () => {
    expect(
      pricesFromCsv(
        'name,sms,Prefix,call,mcc,mnc,currency\nУкраина,0.385,380,0.02,,,UAH\n"Kyivstar ""KS"", mobile",0.41,38067,,255,03,UAH\nelsewhere,1.5,*,,,,\n',
      ),
    ).toEqual({
      currency: 'UAH',
      rows: [
        { prefix: '380', name: 'Украина', prices: { sms: '0.385', voice: '0.02' } },
        { prefix: '38067', mcc: '255', mnc: '03', name: 'Kyivstar "KS", mobile', prices: { sms: '0.41' } },
        { prefix: '', name: 'elsewhere', prices: { sms: '1.5' } },
      ],
      unknownColumns: [],
      zonesWithoutPrefixes: [],
    });
  });

  it.each([[';'], ['\t'], [',']])('detects the separator %j', (separator) => {
    expect(
      pricesFromCsv(['prefix,sms,hlr', '380,0.385,0.05'].join('\r\n').replaceAll(',', separator)).rows,
    ).toEqual([{ prefix: '380', prices: { sms: '0.385', hlr: '0.05' } }]);
  });

  it('lists unknown columns', () => {
    expect(pricesFromCsv('prefix,sms,Note,fax\n380,1,x,2').unknownColumns).toEqual(['Note', 'fax']);
  });

  it('accepts a byte order mark, every kind of line break, quoted line breaks, and trailing blank lines', () => {
    expect(pricesFromCsv('\ufeffprefix,sms,name\r380,1,"a\r\nb"\n\n\n').rows).toEqual([
      { prefix: '380', name: 'a\nb', prices: { sms: '1' } },
    ]);
  });

  it('reads decimal commas if they are unambiguous or requested', () => {
    expect(pricesFromCsv('prefix;sms\n380;0,385\n7;1,400').rows.map(({ prices }) => prices.sms)).toEqual([
      '0.385',
      '1.400',
    ]);
    expect(pricesFromCsv('prefix,sms\n380,"0,385"').rows[0]!.prices.sms).toBe('0.385');
    expect(issuesOf(() => pricesFromCsv('prefix;sms\n380;1,385'))).toEqual([
      "line 2, column 2 (sms): expected a decimal number with at most 6 decimal places, got 1,385; write a full stop, or for CSV set the option decimal to ','",
    ]);
    expect(pricesFromCsv('prefix;sms\n380;1,385', { decimal: ',' }).rows[0]!.prices.sms).toBe('1.385');
    expect(issuesOf(() => pricesFromCsv('prefix;sms\n380;0,385', { decimal: '.' }))).toHaveLength(1);
    expect(issuesOf(() => pricesFromCsv('prefix;sms;hlr\n380;0.385;0,05'))).toHaveLength(1);
    expect(issuesOf(() => pricesFromCsv('prefix;sms\n380;1.5', { decimal: ',' }))[0]).toBe(
      'line 2, column 2 (sms): has a full stop, but the prices are written with decimal commas',
    );
  });

  it('reports all issues at once, with line and column', () => {
    const text = [
      'prefix,mcc,mnc,currency,sms,hlr',
      '380,,,UAH,"1,5",',
      '+380,,,UAH,0.4,-1',
      '38 0,,,UAH,1.2.3,1e3',
      '7,,01,RUR,NaN,0.0000001',
      '7,2550,001,UAH,1',
      ',,,,,',
      '48,,,UAH,,',
      '49,,,UAH,1,2"',
      '77,25,1,UAH,1.10,0.05',
    ].join('\n');
    expect(issuesOf(() => pricesFromCsv(`${text}\n"`))).toEqual([
      'line 11, column 1: has an opening quote without a closing one',
    ]);
    expect(issuesOf(() => pricesFromCsv(text, { decimal: '.' }))).toEqual([
      "line 2, column 5 (sms): expected a decimal number with at most 6 decimal places, got 1,5; write a full stop, or for CSV set the option decimal to ','",
      'line 3, column 6 (hlr): expected a decimal number with at most 6 decimal places, got -1, which is below zero',
      'line 4, column 1 (prefix): expected the start of an international number, got 38 0',
      'line 4, column 5 (sms): expected a decimal number with at most 6 decimal places, got 1.2.3',
      'line 4, column 6 (hlr): expected a decimal number with at most 6 decimal places, got 1e3',
      'line 5, column 3 (mnc): requires an MCC in the same row',
      'line 5, column 4 (currency): is RUR, but line 2, column 4 (currency) is UAH; a table has one currency',
      'line 5, column 5 (sms): expected a decimal number with at most 6 decimal places, got NaN',
      'line 5, column 6 (hlr): expected a decimal number with at most 6 decimal places, got 0.0000001',
      'line 6: has 5 cells, but the first line has 6',
      'line 7: is empty',
      'line 8: has no price',
      'line 9, column 6 (hlr): expected a decimal number with at most 6 decimal places, got 2"',
      'line 10, column 2 (mcc): expected an MCC of three digits, got 25',
      'line 10, column 3 (mnc): expected an MNC of two or three digits, got 1',
    ]);
  });

  it('rejects two prices for one prefix, and accepts the same price twice', () => {
    expect(
      issuesOf(() => pricesFromCsv('prefix,sms,hlr\n380,0.385,0.05\n38050,0.4,\n+380,0.39,0.050')),
    ).toEqual([
      'line 4, column 2 (sms): differs from the price for the prefix 380 in line 2, column 2 (sms)',
    ]);
    expect(issuesOf(() => pricesFromCsv('prefix,mcc,mnc,sms\n380,255,01,1\n380,255,03,2\n380,,,3'))).toEqual(
      [],
    );
  });

  it('reports a first line without the required columns', () => {
    expect(issuesOf(() => pricesFromCsv(''))).toEqual([
      ': is empty; expected a first line with the names of the columns',
    ]);
    expect(issuesOf(() => pricesFromCsv('a,b\n1,2'))).toEqual([
      'line 1: has no column named prefix',
      'line 1: has no column named after a kind of message, such as sms',
    ]);
    expect(issuesOf(() => pricesFromCsv('prefix,call,voice,prefix\n1,2,3,4'))).toEqual([
      'line 1, column 3: repeats an earlier column: voice',
      'line 1, column 4: repeats an earlier column: prefix',
    ]);
    expect(issuesOf(() => pricesFromCsv('prefix,sms'))).toEqual([
      ': found no price; expected at least one row with a price',
    ]);
    expect(issuesOf(() => pricesFromCsv('prefix,sms\n380,1\n,'))).toEqual(['line 3: is empty']);
    expect(issuesOf(() => pricesFromCsv('prefix,sms\n380,1\n ,2'))).toEqual([
      'line 3, column 1 (prefix): is empty; write * for every number',
    ]);
    expect(
      issuesOf(() =>
        pricesFromJson([
          { prefix: null, sms: '1' },
          { prefix: '7', sms: '1' },
        ]),
      ),
    ).toEqual(['[0].prefix: expected digits as text or as a number, got null']);
  });

  it('lists at most a hundred issues', () => {
    expect(issuesOf(() => pricesFromCsv(`prefix,sms\n${'x,y\n'.repeat(1000)}`))).toHaveLength(100);
  });

  it('reads cells back after writing them as CSV', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', ';', '"', '\n', 'ї'), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(',', ';', '\t'),
        (names, separator) => {
          const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
          const text = [
            ['prefix', 'sms', 'name'],
            ...names.map((name, at) => [String(at + 1), '1', quote(name)]),
          ]
            .map((row) => row.join(separator))
            .join('\n');
          expect(pricesFromCsv(text).rows.map(({ name }) => name ?? '')).toEqual(
            names.map((name) => name.trim()),
          );
        },
      ),
    );
  });
});

describe('pricesFromJson', () => {
  const rows = [
    { prefix: '380', prices: { sms: '0.385', voice: '0.02' } },
    { prefix: '', prices: { email: '0.01' } },
  ];

  it('reads prices by kind and prefix, with either name of a kind', () => {
    expect(
      pricesFromJson({
        currency: 'UAH',
        sms: { '380': '0.385' },
        call: { '380': '0.02' },
        mail: { '': '0.01' },
        fax: { '1': '2' },
      }),
    ).toEqual({ currency: 'UAH', rows, unknownColumns: ['fax'], zonesWithoutPrefixes: [] });
  });

  it('reads rows, and a serialized table', () => {
    const table = pricesFromJson([
      { prefix: 380, sms: 0.385, voice: '0.02', note: 'x' },
      { prefix: '*', email: '0.01', currency: 'UAH' },
    ]);
    expect(table).toEqual({ currency: 'UAH', rows, unknownColumns: ['note'], zonesWithoutPrefixes: [] });
    expect(pricesFromJson(JSON.parse(JSON.stringify(table)))).toEqual(table);
  });

  it('accepts numbers with an exact decimal, and rejects inexact floats', () => {
    expect(
      pricesFromJson({ sms: { '380': 0.385, '7': 1.4, '1': 1 } }).rows.map(({ prices }) => prices.sms),
    ).toEqual(['1', '1.4', '0.385']);
    expect(
      issuesOf(() =>
        pricesFromJson({
          sms: { '380': 0.1 + 0.2, '7': NaN, '1': 1e-7, '48': 1e21, '49': -1, '44': true, '33': {} },
        }),
      ),
    ).toEqual([
      'sms.1: expected a decimal number with at most 6 decimal places, got 1e-7, a float that is not an exact price; write it as text',
      'sms.7: expected a decimal number with at most 6 decimal places, got NaN',
      'sms.33: expected a decimal number with at most 6 decimal places, got a value of another type',
      'sms.44: expected a decimal number with at most 6 decimal places, got a value of another type',
      'sms.48: expected a decimal number with at most 6 decimal places, got 1e+21',
      'sms.49: expected a decimal number with at most 6 decimal places, got -1, which is below zero',
      'sms.380: expected a decimal number with at most 6 decimal places, got 0.30000000000000004, a float that is not an exact price; write it as text',
    ]);
  });

  it.each([
    '+38.050.123.45.67',
    '(050) 123-45-67',
    'tel 380501234567',
    "'380501234567",
    '380501234567;',
    '380501234567.5',
    'код 4821',
    'Ваш код: 4821',
  ])('does not show the cell %j of a wrong file', (cell) => {
    const issues = issuesOf(() => pricesFromJson([{ prefix: cell, mcc: cell, mnc: cell, sms: cell }]));
    expect(issues.join('\n')).toContain(`a value of ${cell.length} characters`);
    expect(issues.join('\n')).not.toContain(cell);
  });

  it('does not show phone numbers that a table contains by mistake', () => {
    expect(
      issuesOf(() =>
        pricesFromJson([
          { prefix: '+38 (050) 123-45-67', sms: '+380501234567' },
          { prefix: '0501234567', sms: '0.30000000000000004' },
        ]),
      ),
    ).toEqual([
      '[0].prefix: expected the start of an international number, got a value of 19 characters',
      '[0].sms: expected a decimal number with at most 6 decimal places, got a value of 13 characters',
      '[1].prefix: expected the start of an international number, got a value of 10 characters',
      '[1].sms: expected a decimal number with at most 6 decimal places, got 0.30000000000000004',
      ': found no price; expected at least one row with a price',
    ]);
  });

  it('reports all issues at once, each with its position', () => {
    expect(
      issuesOf(() =>
        pricesFromJson([
          { prefix: '380', sms: '1' },
          'x',
          { sms: '1' },
          { prefix: '050', sms: '1' },
          { prefix: '380', sms: '2', currency: 'UAH' },
          { prefix: '7', tg: '1', 'telegram-code': '1', currency: 'RUR' },
        ]),
      ),
    ).toEqual([
      '[1]: expected an object, got a string of length 1',
      '[2]: expected a prefix, got undefined',
      '[3].prefix: expected the start of an international number, got 050',
      '[4].sms: differs from the price for the prefix 380 in [0].sms',
      '[5].telegram-code: names the same kind as [5].tg',
      '[5].currency: is RUR, but [4].currency is UAH; a table has one currency',
    ]);
    expect(issuesOf(() => pricesFromJson('sms'))).toEqual([
      ': expected an array of rows, or an object of prices by kind, got a string of length 3',
    ]);
    expect(issuesOf(() => pricesFromJson({ sms: '1', call: {}, voice: {} }))).toEqual([
      'sms: expected an object with prices by prefix, got a string of length 1',
      'voice: names the same kind as call',
      ': found no price; expected at least one row with a price',
    ]);
  });
});

describe('pricesFromReply', () => {
  const reply = {
    zones: [
      {
        zone: 1,
        name: 'Украина',
        api: '0.385',
        mass: 0.4,
        mms: '2',
        hlr: '0.05',
        call: '0.02',
        viber: '0.25',
        more: 'x',
      },
      { zone: '2', name: 'Россия', api: '1.40', mass: '1.5', mms: '', hlr: '0.05' },
      { zone: '3', name: 'Польша', api: '0.6' },
    ],
  };

  it('reads zones, and lists zones without prefixes', () => {
    const table = pricesFromReply(reply, {
      prefixes: { '1': ['380'], Россия: ['7', '79'] },
      sms: 'api',
      currency: 'UAH',
      columns: { viber: 'viber' },
    });
    expect(table).toEqual({
      currency: 'UAH',
      rows: [
        {
          prefix: '380',
          name: 'Украина',
          prices: { sms: '0.385', mms: '2', hlr: '0.05', voice: '0.02', viber: '0.25' },
        },
        { prefix: '7', name: 'Россия', prices: { sms: '1.40', hlr: '0.05' } },
        { prefix: '79', name: 'Россия', prices: { sms: '1.40', hlr: '0.05' } },
      ],
      unknownColumns: ['more'],
      zonesWithoutPrefixes: ['3 Польша'],
    });
    expect(pricesFromReply(reply, { prefixes: { '1': ['380'] }, sms: 'mass' })).toMatchObject({
      rows: [{ prices: { sms: '0.4' } }],
      unknownColumns: ['viber', 'more'],
      zonesWithoutPrefixes: ['2 Россия', '3 Польша'],
    });
  });

  it('reads the result of the operation prices like the response itself', () => {
    const options: ReplyPricesOptions = {
      prefixes: { '1': ['380'], Россия: ['7', '79'] },
      sms: 'api',
      columns: { viber: 'viber' },
    };
    const result = fromReply(prices, { status: 200, body: encode(JSON.stringify(reply), utf8) });
    expect(pricesFromReply(result, options)).toEqual(pricesFromReply(reply, options));
  });

  it('reports missing options and unknown zones', () => {
    expect(issuesOf(() => pricesFromReply({}, {} as ReplyPricesOptions))).toEqual([
      'options.sms: expected api or mass, got undefined',
      'options.prefixes: expected an object with the prefixes of each zone, got undefined',
      'zones: expected an array, as in the response of `prices`, got undefined',
    ]);
    expect(
      issuesOf(() =>
        pricesFromReply(
          { zones: [{ zone: 1, api: '1,5' }, null] },
          { prefixes: { '1': ['38x'], '9': ['7'] }, sms: 'api' },
        ),
      ),
    ).toEqual([
      'options.prefixes of zones[0]: expected the start of an international number, got 38x',
      "zones[0].api: expected a decimal number with at most 6 decimal places, got 1,5; write a full stop, or for CSV set the option decimal to ','",
      'zones[1]: expected an object, got null',
      ': found no price; expected at least one row with a price',
      'options.prefixes.9: is not a zone of the response',
    ]);
  });
});

describe('a price', () => {
  it('is that of the longest prefix, or missing if no prefix matches', () => {
    const table = pricesFromJson({ sms: { '380': '1', '38050': '2', '380501': '3', '7': '4' } });
    expect(
      ['380671234567', '380502234567', '380501234567', '79161234567', '48501234567', '38123456789'].map(
        (phone) => priceOf(table, phone),
      ),
    ).toEqual(['1.00', '2.00', '3.00', '4.00', undefined, undefined]);
  });

  it('equals a slow reference implementation for any table', () => {
    const digits = fc.string({ unit: fc.constantFrom('1', '2', '3'), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.uniqueArray(digits, { minLength: 1, maxLength: 40 }),
        fc.string({ unit: fc.constantFrom('1', '2', '3', '4'), minLength: 8, maxLength: 15 }),
        (prefixes, phone) => {
          const table = pricesFromJson({
            sms: Object.fromEntries(prefixes.map((prefix, at) => [prefix, `${at + 1}.00`])),
          });
          const longest = prefixes
            .filter((prefix) => phone.startsWith(prefix))
            .sort((one, other) => other.length - one.length)[0];
          expect(priceOf(table, phone)).toBe(
            longest === undefined ? undefined : `${prefixes.indexOf(longest) + 1}.00`,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is read in linear time, with many rows, cells or quotes', () => {
    const many = Array.from({ length: 200_000 }, (_, at) => `${1_000_000 + at},0.5`).join('\n');
    expect(pricesFromCsv(`prefix,sms\n${many}`).rows).toHaveLength(200_000);
    expect(() => pricesFromCsv(`prefix,sms\n"${'""'.repeat(2_000_000)}`)).toThrow(InputError);
    expect(() => pricesFromCsv(','.repeat(2_000_000))).toThrow(InputError);
    expect(() => pricesFromCsv(`prefix,sms${'\n'.repeat(2_000_000)}x`)).toThrow(InputError);
    expect(() => pricesFromCsv(`prefix,sms\n${'\n,'.repeat(500_000)}`)).toThrow(InputError);
  });
});
