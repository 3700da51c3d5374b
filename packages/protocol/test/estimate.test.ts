import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  check,
  compareAmounts,
  estimate,
  type Estimate,
  type EstimateOptions,
  estimateStream,
  InputError,
  multiplyAmount,
  pricesFromJson,
  send,
  type RunningEstimate,
  type SendInput,
  type SendListInput,
  type EstimateStreamOptions,
  type EstimateStreamRow,
  sumAmounts,
  transliterationTables,
} from '../src/index.ts';

const prices = pricesFromJson({
  currency: 'UAH',
  rows: [
    { prefix: '380', name: 'Ukraine', sms: '0.385', voice: '0.02', hlr: '0.05', viber: '0.25' },
    { prefix: '38067', name: 'Kyivstar', sms: '0.41' },
    { prefix: '7', name: 'Russia', sms: '1.40', ping: '1.2', mms: '6' },
    { prefix: '48', sms: '0.6' },
    { prefix: '', email: '0.01', 'telegram-bot': '0.03' },
  ],
});

/** Returns the totals of an estimate without its lists. Bounds are present only if they differ from the total. */
const figures = ({
  total,
  lower,
  upper,
  parts,
  recipients,
  assumptions,
  unpricedCount,
}: Estimate): unknown => ({
  total,
  ...(lower !== total && { lower }),
  ...(upper !== total && { upper }),
  parts,
  recipients,
  ...(assumptions.length > 0 && { names: assumptions.map(({ name }) => name) }),
  ...(unpricedCount > 0 && { unpricedCount }),
});

const figuresOf = (input: SendInput | SendListInput, options?: EstimateOptions): unknown =>
  figures(estimate(input, prices, options));

const issues = (run: () => unknown): readonly string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
};

describe('estimate', () => {
  it('multiplies parts by the price of the longest prefix, exactly, for each recipient', () => {
    const { total, destinations, currency } = estimate(
      { to: ['380501234567', '380671234567', '+79161234567'], text: 'ж'.repeat(71) },
      prices,
    );
    expect(total).toBe('4.39');
    expect(currency).toBe('UAH');
    expect(destinations).toEqual([
      {
        prefix: '7',
        name: 'Russia',
        mcc: undefined,
        mnc: undefined,
        price: '1.40',
        recipients: 1,
        parts: 2,
        cost: '2.80',
      },
      {
        prefix: '38067',
        name: 'Kyivstar',
        mcc: undefined,
        mnc: undefined,
        price: '0.41',
        recipients: 1,
        parts: 2,
        cost: '0.82',
      },
      {
        prefix: '380',
        name: 'Ukraine',
        mcc: undefined,
        mnc: undefined,
        price: '0.385',
        recipients: 1,
        parts: 2,
        cost: '0.77',
      },
    ]);
  });

  it('counts the units that each kind is charged by', () => {
    const to = '380501234567';
    expect(figuresOf({ to, text: 'a'.repeat(161) })).toEqual({ total: '0.77', parts: 2, recipients: 1 });
    expect(figuresOf({ kind: 'flash', to, text: 'a' })).toEqual({ total: '0.385', parts: 1, recipients: 1 });
    expect(figuresOf({ kind: 'binary', to, data: '00' })).toEqual({
      total: '0.385',
      parts: 1,
      recipients: 1,
    });
    expect(figuresOf({ kind: 'wap-push', to, url: 'http://wap.example/', title: 'a' })).toEqual({
      total: '0.385',
      parts: 1,
      recipients: 1,
    });
    expect(figuresOf({ kind: 'hlr', to })).toEqual({ total: '0.05', parts: 1, recipients: 1 });
    expect(figuresOf({ kind: 'ping', to: '79161234567' })).toEqual({
      total: '1.20',
      parts: 1,
      recipients: 1,
    });
    expect(figuresOf({ kind: 'mms', to: '79161234567', subject: 'a' })).toEqual({
      total: '6.00',
      parts: 1,
      recipients: 1,
    });
    expect(figuresOf({ kind: 'viber', to, text: 'ж'.repeat(900) })).toEqual({
      total: '0.25',
      parts: 1,
      recipients: 1,
    });
    expect(
      figuresOf({
        kind: 'email',
        to: ['a@b.example', 'c@b.example', 'a@b.example'],
        text: 'a',
        subject: 'a',
        sender: 'a@b.example',
      }),
    ).toMatchObject({ total: '0.02', upper: '0.03', names: ['duplicates'] });
    expect(
      figuresOf({ kind: 'telegram-bot', to: ['@someone', '#123', to], text: 'a', bot: '@shop_bot' }),
    ).toEqual({
      total: '0.09',
      parts: 3,
      recipients: 3,
    });
  });

  it('does not count comments', () => {
    expect(figuresOf({ to: '380501234567', text: 'a', comment: 'ж'.repeat(500) })).toEqual({
      total: '0.385',
      parts: 1,
      recipients: 1,
    });
    expect(figuresOf({ messages: [{ to: '380501234567', text: 'a', comment: 'ж'.repeat(500) }] })).toEqual({
      total: '0.385',
      parts: 1,
      recipients: 1,
    });
  });

  it('cuts a text at maxParts, and counts again if only GSM-7 characters remain', () => {
    expect(figuresOf({ to: '380501234567', text: 'ж'.repeat(500), maxParts: 2 })).toEqual({
      total: '0.77',
      parts: 2,
      recipients: 1,
    });
    expect(figuresOf({ to: '380501234567', text: `${'a'.repeat(300)}ж`, maxParts: 2 })).toEqual({
      total: '0.385',
      upper: '0.77',
      parts: 1,
      recipients: 1,
      names: ['max-parts'],
    });
    expect(figuresOf({ to: '380501234567', text: 'a'.repeat(500), maxParts: 1 })).toEqual({
      total: '0.385',
      parts: 1,
      recipients: 1,
    });
  });

  it('counts a recipient once for each text in any notation, and covers duplicates by the upper bound', () => {
    expect(figuresOf({ to: ['380501234567', '+380501234567', '+380 (50) 123-45-67'], text: 'a' })).toEqual({
      total: '0.385',
      upper: '1.155',
      parts: 1,
      recipients: 1,
      names: ['duplicates'],
    });
    expect(
      figuresOf({
        messages: [
          { to: '380501234567', text: 'a' },
          { to: '380501234567', text: 'a' },
        ],
      }),
    ).toEqual({ total: '0.77', parts: 2, recipients: 2 });
  });

  it('corrects a number without a plus, and covers both interpretations by its bounds', () => {
    // Without a correction, the number is invalid and costs nothing.
    expect(figuresOf({ to: '0501234567', text: 'a' })).toEqual({
      total: '0.385',
      lower: '0.00',
      parts: 1,
      recipients: 1,
      names: ['number-correction'],
    });
    const both = pricesFromJson({ sms: { '380': '0.385', '7': '1.40', '8': '2', '91': '0.1' } });
    expect(figures(estimate({ to: '89161234567', text: 'a' }, both))).toEqual({
      total: '1.40',
      upper: '2.00',
      parts: 1,
      recipients: 1,
      names: ['number-correction'],
    });
    expect(figures(estimate({ to: '9161234567', text: 'aa' }, both))).toEqual({
      total: '1.40',
      lower: '0.10',
      parts: 1,
      recipients: 1,
      names: ['number-correction'],
    });
    expect(figures(estimate({ to: ['+89161234567', '79161234567'], text: 'a' }, both))).toEqual({
      total: '3.40',
      parts: 2,
      recipients: 2,
    });
    // Without a correction, the second number equals the first.
    expect(figures(estimate({ to: ['+9161234567', '9161234567'], text: 'a' }, both))).toEqual({
      total: '1.50',
      lower: '0.10',
      parts: 2,
      recipients: 2,
      names: ['number-correction'],
    });
    expect(figures(estimate({ to: ['89161234567', '79161234567'], text: 'a' }, both))).toEqual({
      total: '1.40',
      upper: '3.40',
      parts: 1,
      recipients: 1,
      names: ['number-correction', 'duplicates'],
    });
  });

  it('transliterates with assumed tables and their bounds, or with a given table', () => {
    const text = 'щ'.repeat(50);
    const to = '380501234567';
    expect(figuresOf({ to, text, translit: 1 })).toMatchObject({ total: '0.385', names: ['translit'] });
    expect(
      figuresOf({ to, text, translit: 1 }, { translitTable: { letters: { щ: 'shch' }, assumed: false } }),
    ).toEqual({ total: '0.77', parts: 2, recipients: 1 });
    expect(
      figuresOf({ to, text, translit: 1 }, { translitTable: { letters: { щ: 'w' }, assumed: false } }),
    ).toEqual({ total: '0.385', parts: 1, recipients: 1 });
    expect(
      figuresOf(
        { to, text: 'no letters of its own', translit: 2 },
        { translitTable: transliterationTables[2] },
      ),
    ).toEqual({ total: '0.385', parts: 1, recipients: 1 });
  });

  it('shortens links to an assumed or a given length', () => {
    const text = `${'a'.repeat(138)} https://example.org/a/long/way/to/go`;
    const to = '380501234567';
    expect(figuresOf({ to, text })).toMatchObject({ total: '0.77' });
    expect(figuresOf({ to, text, shortenLinks: true })).toEqual({
      total: '0.385',
      upper: '0.77',
      parts: 1,
      recipients: 1,
      names: ['short-link'],
    });
    expect(figuresOf({ to, text, shortenLinks: true }, { shortLink: 22 })).toMatchObject({
      total: '0.77',
      parts: 2,
    });
    // A short URL may be replaced as well, to count clicks. A URL without http:// may be treated as a link.
    expect(figuresOf({ to, text: `${'a'.repeat(140)} http://a.example`, shortenLinks: true })).toEqual({
      total: '0.385',
      upper: '0.77',
      parts: 1,
      recipients: 1,
      names: ['short-link'],
    });
    expect(
      figuresOf({ to, text: `${'a'.repeat(140)} www.example.org/a/long/way`, shortenLinks: true }),
    ).toEqual({
      total: '0.77',
      lower: '0.385',
      parts: 2,
      recipients: 1,
      names: ['short-link'],
    });
    expect(figuresOf({ to, text: 'no link', shortenLinks: true })).toEqual({
      total: '0.385',
      parts: 1,
      recipients: 1,
    });
  });

  it('counts the seconds of a call, at an assumed or a given speech speed', () => {
    const to = '380501234567';
    const text = '👋'.repeat(150);
    expect(figuresOf({ kind: 'voice', to, text })).toEqual({
      total: '0.20',
      lower: '0.16',
      upper: '0.30',
      parts: 10,
      recipients: 1,
      names: ['speech-speed'],
    });
    expect(figuresOf({ kind: 'voice', to, text }, { speechSpeed: 25 })).toMatchObject({
      total: '0.12',
      parts: 6,
    });
    expect(figuresOf({ kind: 'voice', to, text: 'code' })).toMatchObject({
      total: '0.08',
      lower: '0.04',
      upper: '0.24',
      names: ['spoken-code'],
    });
    const files = [{ name: 'a.wav', content: new Uint8Array(9) }];
    expect(figuresOf({ kind: 'voice', to, files })).toEqual({
      total: '0.00',
      parts: 0,
      recipients: 0,
      unpricedCount: 1,
    });
    expect(figuresOf({ kind: 'voice', to, files, text: 'a' }, { fileSeconds: 2.5 })).toMatchObject({
      total: '0.08',
      parts: 4,
    });
    expect(
      figuresOf({ kind: 'voice', to, fileUrl: 'https://a.example/b.wav' }, { fileSeconds: 7 }),
    ).toMatchObject({
      total: '0.14',
      parts: 7,
    });
  });

  it('counts a WAP push by its octets, with bounds for the shortest and a longer encoding', () => {
    const wapPush = (octets: number): unknown =>
      figuresOf({
        kind: 'wap-push',
        to: '380501234567',
        url: 'http://a.example/',
        title: 'ж'.repeat((octets - 10) / 2),
      });
    expect(wapPush(80)).toEqual({ total: '0.385', parts: 1, recipients: 1 });
    expect(wapPush(96)).toEqual({
      total: '0.385',
      upper: '0.77',
      parts: 1,
      recipients: 1,
      names: ['wap-push'],
    });
    expect(wapPush(124)).toEqual({ total: '0.77', parts: 2, recipients: 1 });
  });

  it('has no price for a list of calls with a sound of unknown length', () => {
    const list = {
      kind: 'voice',
      fileUrl: 'https://a.example/b.wav',
      messages: [{ to: ['380501234567', '380671234567'], text: 'a' }],
    } as const;
    expect(
      estimate(list, prices).unpriced.map(({ message, index, reason }) => [message, index, reason]),
    ).toEqual([
      [0, 0, 'unknown-length'],
      [0, 1, 'unknown-length'],
    ]);
    expect(estimate(list, prices, { fileSeconds: 4 }).parts).toBe(10);
  });

  it('counts the members of known groups, and lists unknown groups', () => {
    expect(
      figuresOf(
        { to: [{ group: 1 }, '380501234567'], text: 'a' },
        { groups: { 1: ['380501234567', '0671234567'] } },
      ),
    ).toMatchObject({ total: '0.795', recipients: 2 });
    expect(estimate({ to: ['380501234567', { group: 1 }], text: 'a' }, prices).unpriced).toEqual([
      { message: undefined, index: 1, recipient: { group: 1 }, reason: 'unknown-group' },
    ]);
  });

  it('lists recipients without a price, and never counts them as free', () => {
    const estimated = estimate(
      {
        messages: [
          { to: ['380501234567', '999501234567', '+0123456789'], text: 'a' },
          { to: '12', text: 'b' },
        ],
      },
      prices,
    );
    expect(figures(estimated)).toEqual({ total: '0.385', parts: 1, recipients: 1, unpricedCount: 3 });
    expect(estimated.unpriced).toEqual([
      { message: 0, index: 1, group: undefined, recipient: '999501234567', reason: 'no-price' },
      { message: 0, index: 2, recipient: '+0123456789', reason: 'invalid-number' },
      { message: 1, index: 0, recipient: '12', reason: 'invalid-number' },
    ]);
    const many = estimate(
      { to: Array.from({ length: 5000 }, (_, at) => String(999_500_000_000 + at)), text: 'a' },
      prices,
    );
    expect([many.unpriced.length, many.unpricedCount]).toEqual([100, 5000]);
    expect(estimate({ kind: 'whatsapp', to: '380501234567', text: 'a' }, prices)).toMatchObject({
      total: '0.00',
      unpriced: [{ reason: 'no-price' }],
    });
  });

  it('uses the price of a known network, and otherwise covers all networks by its bounds', () => {
    const networks = pricesFromJson([
      { prefix: '380', name: 'Ukraine', sms: '0.40' },
      { prefix: '380', mcc: '255', mnc: '01', name: 'Vodafone', sms: '0.30' },
      { prefix: '380', mcc: '255', mnc: '03', name: 'Kyivstar', sms: '0.50' },
      { prefix: '7', mcc: '250', sms: '1.5' },
      { prefix: '7', mcc: '401', mnc: '01', sms: '1' },
    ]);
    const to = ['380501234567', '380671234567'];
    const known: Record<string, string> = {
      '380501234567': '25501',
      '380671234567': '25503',
      '79161234567': '25099',
      '77011234567': '40102',
    };
    const networkOf = (phone: string): string | undefined => known[phone];
    expect(figures(estimate({ to, text: 'a' }, networks))).toEqual({
      total: '0.80',
      lower: '0.60',
      upper: '1.00',
      parts: 2,
      recipients: 2,
      names: ['operator'],
    });
    const estimated = estimate({ to, text: 'a' }, networks, { networkOf });
    expect(figures(estimated)).toEqual({ total: '0.80', parts: 2, recipients: 2 });
    expect(estimated.destinations.map(({ name, mnc, cost }) => [name, mnc, cost])).toEqual([
      ['Kyivstar', '03', '0.50'],
      ['Vodafone', '01', '0.30'],
    ]);
    expect(
      figures(estimate({ to: '380631234567', text: 'a' }, networks, { networkOf: () => '25506' })),
    ).toEqual({ total: '0.40', parts: 1, recipients: 1 });
    expect(figures(estimate({ to: '79161234567', text: 'a' }, networks, { networkOf }))).toEqual({
      total: '1.50',
      parts: 1,
      recipients: 1,
    });
    expect(figures(estimate({ to: '79161234567', text: 'a' }, networks))).toEqual({
      total: '1.50',
      lower: '1.00',
      parts: 1,
      recipients: 1,
      names: ['operator'],
    });
    expect(estimate({ to: '77011234567', text: 'a' }, networks, { networkOf }).unpriced).toEqual([
      { message: undefined, index: 0, recipient: '77011234567', reason: 'no-network-price' },
    ]);
  });

  it('prefers the longest prefix, then the network within it', () => {
    const nested = pricesFromJson([
      { prefix: '380', sms: '0.40' },
      { prefix: '380', mcc: '255', mnc: '03', sms: '0.50' },
      { prefix: '38050', mcc: '255', mnc: '01', sms: '0.20' },
      { prefix: '38063', sms: '0.35' },
    ]);
    expect(figures(estimate({ to: '380501234567', text: 'a' }, nested))).toEqual({
      total: '0.40',
      lower: '0.20',
      upper: '0.50',
      parts: 1,
      recipients: 1,
      names: ['operator'],
    });
    expect(
      ['25501', '25503', '25506'].map(
        (network) => estimate({ to: '380501234567', text: 'a' }, nested, { networkOf: () => network }).total,
      ),
    ).toEqual(['0.20', '0.50', '0.40']);
    expect(
      figures(estimate({ to: '380631234567', text: 'a' }, nested, { networkOf: () => '25503' })),
    ).toEqual({ total: '0.35', parts: 1, recipients: 1 });
    expect(figures(estimate({ to: '380631234567', text: 'a' }, nested))).toEqual({
      total: '0.35',
      parts: 1,
      recipients: 1,
    });
  });

  it('rejects an invalid input and an invalid table with one error', () => {
    const bad = (input: unknown, options?: unknown): readonly string[] =>
      issues(() => estimate(input as SendInput, prices, options as EstimateOptions));
    expect(bad({})).toEqual(['to: is required', 'text: is required for kind sms']);
    expect(bad({ to: [], text: '' })).toEqual([
      'to: expected at least one recipient, got an empty array',
      'text: is required for kind sms',
      'text: expected text, got a string of length 0',
    ]);
    expect(bad({ kind: 'fax', to: '1', text: 'a' })).toEqual([
      'kind: unknown kind; expected one of sms, flash, binary, wap-push, hlr, ping, mms, email, voice, viber, whatsapp, telegram-code, telegram-bot, social',
    ]);
    expect(bad(undefined)).toEqual([': expected an object, got undefined']);
    expect(bad({ kind: 'voice', to: '380501234567' })).toEqual([
      'text or files or fileUrl: is required for kind voice',
    ]);
    expect(bad({ kind: 'hlr', messages: [] })).toEqual([
      'kind: cannot be sent as a list; expected one of sms, flash, voice, viber, whatsapp, telegram-code, telegram-bot, social',
      'messages: expected an array with at least one message',
    ]);
    expect(bad({ messages: [{ to: '380501234567' }, 'x', { text: 'a' }] })).toEqual([
      'messages[0].text: is required for kind sms',
      'messages[1]: expected an object, got a string of length 1',
      'messages[2].to: is required',
    ]);
    expect(bad({ to: ['380501234567', 380501234567, null], text: 'a', translit: 3, maxParts: 0 })).toEqual([
      'translit: expected 1 or 2, got a number',
      'maxParts: expected a whole number from 1 to 255, got 0',
    ]);
    expect(bad({ to: 380501234567, text: 'a' })).toEqual([
      'to[0]: expected a recipient as text, or { group: number }',
    ]);
    expect(bad({ to: ['380501234567', 380501234567, null], text: 'a' })).toEqual([
      'to[1]: expected a recipient as text, or { group: number }',
      'to[2]: expected a recipient as text, or { group: number }',
    ]);
    expect(
      bad(
        { to: '380501234567', text: 'a' },
        {
          groups: { 1: 'x' },
          networkOf: 'x',
          shortLink: 0,
          speechSpeed: { value: 1, least: 2, most: 3 },
          fileSeconds: -1,
        },
      ),
    ).toHaveLength(5);
    expect(issues(() => estimate({ to: '1', text: 'a' }, {} as never))).toEqual([
      'prices: expected a price table, as returned by pricesFromJson, got an object',
    ]);
    expect(
      issues(() =>
        estimate({ to: '1', text: 'a' }, { ...prices, rows: [{ prefix: '3x', prices: { sms: '1,5' } }] }),
      ),
    ).toHaveLength(2);
  });

  const complete: Readonly<Record<string, object>> = {
    sms: { text: 'x' },
    flash: { text: 'x' },
    binary: { data: 'FF' },
    'wap-push': { url: 'http://example.com', title: 'x' },
    hlr: {},
    ping: {},
    mms: { text: 'x', subject: 'x' },
    email: { text: 'x', subject: 'x', sender: 'a@example.com' },
    voice: { text: 'x', fileUrl: 'http://example.com/a.wav' },
    viber: { text: 'x' },
    whatsapp: { text: 'x' },
    'telegram-code': { text: '1234', sender: 'x' },
    'telegram-bot': { text: 'x', bot: '@shop_bot' },
    social: { text: 'x' },
  };

  it.each(Object.entries(complete))(
    'requires for kind %s exactly the members that determine the size',
    (kind, members) => {
      const names = Object.keys(members);
      const to = kind === 'email' ? 'a@example.com' : '380501234567';
      for (let which = 0; which < 2 ** names.length; which++) {
        const input = {
          kind,
          to,
          ...Object.fromEntries(Object.entries(members).filter((_, at) => which & (1 << at))),
        } as unknown as SendInput;
        const isRejected = issues(() => estimate(input, prices)).length > 0;
        const missing = check(send, input).filter(
          ({ path }) => !['subject', 'sender', 'bot'].includes(path) || kind === 'mms',
        );
        expect([input, isRejected]).toEqual([input, missing.length > 0]);
      }
    },
  );

  it('shows no phone number and no text in an error', () => {
    expect(() => estimate({ to: [], text: 7 } as never, prices)).toThrow(
      /^estimate: to expected at least one recipient, got an empty array; text expected text, got a number$/,
    );
  });
});

const digits = fc.string({ unit: fc.constantFrom('0', '1', '2'), minLength: 5, maxLength: 7 });
const phone = fc
  .tuple(
    fc.constantFrom(
      '38050',
      '38067',
      '7916',
      '+38050',
      '+7',
      '050',
      '8916',
      '916',
      '0038067',
      '999',
      '48',
      '8050',
      '+380 50-',
    ),
    digits,
  )
  .map((each) => each.join(''));
const text = fc.oneof(
  fc.string({ maxLength: 400, minLength: 1 }),
  fc.string({
    unit: fc.constantFrom('ж', 'щ', 'a', '👋', ' https://example.org/a/long/link '),
    minLength: 1,
    maxLength: 200,
  }),
);
const input = fc.record(
  {
    to: fc.array(
      fc.oneof({ weight: 20, arbitrary: phone }, { weight: 1, arbitrary: fc.constant({ group: 1 }) }),
      { minLength: 1, maxLength: 40 },
    ),
    text,
    translit: fc.constantFrom(1, 2),
    shortenLinks: fc.boolean(),
    maxParts: fc.constantFrom(1, 2, 5),
  },
  { requiredKeys: ['to', 'text'] },
);

describe('the bounds', () => {
  it('hold for all values within the assumptions: speeds, lengths of links, spellings', () => {
    const between = (least: number, most: number): fc.Arbitrary<number> =>
      fc.integer({ min: least, max: most });
    const words = fc
      .array(
        fc.oneof(
          fc.string({ unit: fc.constantFrom(...'жщюьїaы '), minLength: 1, maxLength: 60 }),
          fc.constantFrom('👋', '€', ' https://example.org/a/long/way/to/go ', 'a'.repeat(100), 'ҐЄ'),
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((each) => each.join(''));
    const chosen = fc.record(
      {
        translit: fc.constantFrom<1 | 2>(1, 2),
        shortenLinks: fc.boolean(),
        maxParts: fc.constantFrom(1, 2, 3, 4, 9),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        words,
        chosen,
        fc.constantFrom('sms', 'voice'),
        between(15, 30),
        between(10, 20),
        fc.func(fc.nat()),
        (generated, wording, kind, shortLink, speechSpeed, pick) => {
          const one = (
            kind === 'sms'
              ? { to: '380501234567', text: generated, ...wording }
              : { kind, to: '380501234567', text: generated }
          ) as SendInput;
          const { spans = {} } = transliterationTables[wording.translit ?? 1];
          const letters = Object.fromEntries(
            Object.entries(spans).map(([letter, [least, most]]) => [
              letter,
              'x'.repeat(least + (pick(letter) % (most - least + 1))),
            ]),
          );
          const estimated = estimate(one, prices);
          const actual = estimate(one, prices, {
            shortLink,
            speechSpeed,
            translitTable: { letters, assumed: false },
          });
          expect(compareAmounts(estimated.lower, actual.total)).toBeLessThanOrEqual(0);
          expect(compareAmounts(actual.total, estimated.upper)).toBeLessThanOrEqual(0);
          if (estimated.assumptions.length === 0) expect(actual.total).toBe(estimated.total);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('perRecipient', () => {
  it('returns each recipient once, with costs that add up to the total', () => {
    fc.assert(
      fc.property(input, (generated) => {
        const estimated = estimate(generated, prices, { groups: { 1: ['380501111111', '0672222222', 'x'] } });
        const each = [...estimated.perRecipient()];
        const priced = each.filter(({ unpriced }) => unpriced === undefined);
        expect(sumAmounts(each.map(({ cost }) => cost))).toBe(estimated.total);
        expect(priced).toHaveLength(estimated.recipients);
        expect(each.length - priced.length).toBe(estimated.unpricedCount);
        expect(priced.reduce((sum, { parts }) => sum + parts, 0)).toBe(estimated.parts);
        expect(new Set(priced.map((one) => one.phone)).size).toBe(priced.length);
        for (const { cost, lower, upper, price, parts } of each) {
          expect(cost).toBe(multiplyAmount(price, parts));
          expect(compareAmounts(lower, cost)).toBeLessThanOrEqual(0);
          expect(compareAmounts(cost, upper)).toBeLessThanOrEqual(0);
        }
        expect(sumAmounts(estimated.destinations.map(({ cost }) => cost))).toBe(estimated.total);
        expect(sumAmounts(each.map(({ lower }) => lower))).toBe(estimated.lower);
      }),
      { numRuns: 500 },
    );
  });

  it('returns the position, cost and assumptions of a recipient', () => {
    expect([
      ...estimate(
        { kind: 'voice', messages: [{ to: ['0501234567', '999501234567'], text: 'a'.repeat(20) }] },
        prices,
      ).perRecipient(),
    ]).toEqual([
      {
        message: 0,
        index: 1,
        group: undefined,
        recipient: '999501234567',
        phone: '999501234567',
        prefix: undefined,
        name: undefined,
        parts: 2,
        leastParts: 1,
        mostParts: 2,
        price: '0.00',
        cost: '0.00',
        lower: '0.00',
        upper: '0.00',
        assumptions: [],
        unpriced: 'no-price',
      },
      {
        message: 0,
        index: 0,
        group: undefined,
        recipient: '0501234567',
        phone: '380501234567',
        prefix: '380',
        name: 'Ukraine',
        parts: 2,
        leastParts: 1,
        mostParts: 2,
        price: '0.02',
        cost: '0.04',
        lower: '0.00',
        upper: '0.04',
        assumptions: ['speech-speed', 'number-correction'],
        unpriced: undefined,
      },
    ]);
  });
});

/** Collects all running totals of a stream. */
async function runningTotals(
  rows: AsyncIterable<EstimateStreamRow> | Iterable<EstimateStreamRow>,
  options?: EstimateStreamOptions,
): Promise<readonly RunningEstimate[]> {
  const all: RunningEstimate[] = [];
  for await (const running of estimateStream(rows, prices, options)) all.push(running);
  return all;
}

describe('estimateStream', () => {
  it('yields a total after every N rows and one at the end, and counts every row', async () => {
    const rows = Array.from({ length: 5 }, () => ({ phone: '380501234567', text: 'a' }));
    expect(
      (await runningTotals(rows, { every: 2 })).map(({ rows: count, total, done }) => [count, total, done]),
    ).toEqual([
      [2, '0.77', false],
      [4, '1.54', false],
      [5, '1.925', true],
    ]);
    expect(await runningTotals([])).toMatchObject([{ rows: 0, total: '0.00', done: true }]);
  });

  it('equals the estimate of a list, with the same bounds, for synchronous and asynchronous sources', async () => {
    const row = fc.record({ phone, text });
    const options = fc.record(
      {
        kind: fc.constantFrom<'sms' | 'voice' | 'viber'>('sms', 'voice', 'viber'),
        translit: fc.constantFrom<1 | 2>(1, 2),
        shortenLinks: fc.boolean(),
        maxParts: fc.constantFrom(1, 3),
      },
      { requiredKeys: ['kind'] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        options,
        fc.boolean(),
        async (rows, chosen, isAsync) => {
          const listed = estimate(
            {
              ...chosen,
              messages: rows.map((each) => ({ to: each.phone, text: each.text })),
            } as unknown as SendListInput,
            prices,
          );
          async function* asyncRows(): AsyncGenerator<EstimateStreamRow> {
            for (const each of rows) yield await Promise.resolve(each);
          }
          const last = (await runningTotals(isAsync ? asyncRows() : rows, { ...chosen, every: 7 })).at(-1)!;
          const { total, lower, upper, parts, recipients, unpricedCount, assumptions } = listed;
          expect(last).toMatchObject({
            total,
            lower,
            upper,
            parts,
            recipients,
            unpricedCount,
            assumptions,
            rows: rows.length,
            done: true,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads rows on demand, and closes its source when the consumer stops', async () => {
    let read = 0;
    let closed = false;
    function* endless(): Generator<EstimateStreamRow> {
      try {
        for (;;) {
          read++;
          yield { phone: '380501234567', text: 'a' };
        }
      } finally {
        closed = true;
      }
    }
    for await (const { rows } of estimateStream(endless(), prices, { every: 10 })) if (rows >= 30) break;
    expect([read, closed]).toEqual([30, true]);
  });

  it('lists rows without a price by their index, and throws at an invalid row', async () => {
    expect(
      (
        await runningTotals([
          { phone: 'x', text: 'a' },
          { phone: '999501234567', text: 'a' },
        ])
      )[0]!.unpriced,
    ).toEqual([
      { message: undefined, index: 0, recipient: 'x', reason: 'invalid-number' },
      { message: undefined, index: 1, recipient: '999501234567', reason: 'no-price' },
    ]);
    await expect(
      runningTotals([{ phone: '380501234567', text: 'a' }, { phone: '380501234567' } as EstimateStreamRow]),
    ).rejects.toThrow('estimateStream: [1] expected { phone, text }');
    await expect(runningTotals(undefined as never)).rejects.toThrow(
      'estimateStream: source expected an iterable of rows',
    );
    await expect(runningTotals([], { every: 0, kind: 'hlr' as never, translit: 5 as never })).rejects.toThrow(
      /options.kind .*options.every .*translit/,
    );
  });

  it('keeps no rows in memory', async () => {
    // The texts have half a gigabyte in total.
    const words = 'ж'.repeat(1250);
    function* rows(): Generator<EstimateStreamRow> {
      for (let row = 0; row < 200_000; row++)
        yield { phone: String(380_500_000_000 + row), text: `${row} ${words}` };
    }
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    let last: RunningEstimate | undefined;
    for await (last of estimateStream(rows(), prices)) most = Math.max(most, process.memoryUsage().heapUsed);
    expect(last).toMatchObject({ recipients: 200_000, parts: 200_000 * 19 });
    expect(most - before).toBeLessThan(100_000_000);
  });
});

describe('big inputs', () => {
  /** Large enough that a quadratic algorithm takes minutes and exceeds the timeout. */
  const size = 4_000_000;

  it.each<[string, () => unknown]>([
    ['Latin text', () => estimate({ to: '380501234567', text: 'a'.repeat(size) }, prices)],
    [
      'links',
      () =>
        estimate(
          {
            to: '380501234567',
            text: 'http://a.example/aaaaaaaaaaa '.repeat(size / 29),
            shortenLinks: true,
            maxParts: 3,
          },
          prices,
        ),
    ],
    [
      'text that starts like a link',
      () => estimate({ to: '380501234567', text: 'http:/'.repeat(size / 6), shortenLinks: true }, prices),
    ],
    [
      'translit',
      () => estimate({ to: '380501234567', text: 'щ'.repeat(size / 8), translit: 2, maxParts: 9 }, prices),
    ],
    [
      'line breaks',
      () =>
        estimate(
          { lineBreaks: 'raw', messages: [{ to: '380501234567', text: `${'\n'.repeat(size)}a` }] },
          prices,
        ),
    ],
    ['speech', () => estimate({ kind: 'voice', to: '380501234567', text: '👋'.repeat(size / 2) }, prices)],
    [
      'one long recipient',
      () =>
        estimate({ to: ['1'.repeat(size), ' '.repeat(size), `a@${'a.'.repeat(size)}`], text: 'a' }, prices),
    ],
    [
      'wrong numbers',
      () => estimate({ to: Array.from({ length: size / 20 }, (_, at) => `x${at}`), text: 'a' }, prices),
    ],
    [
      'corrected numbers',
      () =>
        estimate(
          { to: Array.from({ length: size / 40 }, (_, at) => `0${500_000_000 + at}`), text: 'a' },
          prices,
        ),
    ],
    [
      'messages of a list',
      () =>
        estimate(
          {
            messages: Array.from({ length: size / 20 }, (_, at) => ({ to: '380501234567', text: `a${at}` })),
          },
          prices,
        ),
    ],
  ])('take linear time: %s', (_, run) => {
    expect(run()).toBeDefined();
  });

  it('may have a text of ten million characters, or a million recipients', () => {
    expect(figuresOf({ to: '380501234567', text: 'ж'.repeat(10_000_000) })).toEqual({
      total: '57462.79',
      parts: 149_254,
      recipients: 1,
    });
    const to = Array.from({ length: 1_000_000 }, (_, at) => String(380_500_000_000 + (at % 999_999)));
    expect(figuresOf({ to, text: 'a' })).toEqual({
      total: '384999.615',
      upper: '385000.00',
      parts: 999_999,
      recipients: 999_999,
      names: ['duplicates'],
    });
  });

  it('may be numbers that all collide in the hash table', () => {
    const slotOf = (head: number, tail: number): number => {
      const mixed = Math.imul(head, 0x9e3779b1) ^ Math.imul(tail, 0x85ebca6b);
      return mixed ^ (mixed >>> 15);
    };
    const to: string[] = [];
    for (let head = 380_500_000; to.length < 100_000; head++) {
      for (let tail = 0; tail < 1000; tail++)
        if ((slotOf(head, tail) & 0x3ffff) < 64) to.push(`${head}${String(tail).padStart(3, '0')}`);
    }
    to.push(...to.slice(0, 1000));
    const timeToEstimate = (recipients: readonly string[]): number => {
      const start = performance.now();
      const estimated = estimate({ to: recipients, text: 'a' }, prices);
      expect(estimated.recipients).toBe(to.length - 1000);
      expect([...estimated.perRecipient()]).toHaveLength(to.length - 1000);
      return performance.now() - start;
    };
    const others = Array.from({ length: 100_000 }, (_, at) => `${380_500_000_000 + at * 4999}`);
    // If all numbers shared one slot, the estimate would take thousands of times as long.
    expect(
      timeToEstimate(to) / timeToEstimate([...others.slice(0, to.length - 1000), ...others.slice(0, 1000)]),
    ).toBeLessThan(100);
  });
});
