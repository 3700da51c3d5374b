import {
  compareAmounts,
  estimate,
  type EstimateOptions,
  type CostExplanation,
  fromReply,
  GatewayError,
  type Kind,
  pricesFromJson,
  reconcile,
  send,
  type SendInput,
  sendList,
  type SendListInput,
  type Sent,
  sumAmounts,
  toRequest,
} from '@smsc/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createGateway,
  type Gateway,
  type GatewayOptions,
  gatewayTransport,
  type PriceTable,
} from '../src/index.ts';
import { noon } from './submit.ts';

const byNumber = {
  '380': '0.385',
  '38067': '0.41',
  '7': '1.40',
  '77': '1.105',
  '7916': '1.5',
  '48': '0.6',
  '1': '0.123456',
};
const prices: PriceTable = {
  sms: byNumber,
  flash: { ...byNumber, '380': '0.4' },
  ping: byNumber,
  hlr: { '': '0.05', '7': '0.075' },
  mms: { '380': '2.00', '7': '6.00' },
  call: { '380': '0.02', '7': '0.055', '': '0.1' },
  mail: { '': '0.01' },
  viber: { '': '0.25', '380': '0.2' },
  whatsapp: { '': '0.70' },
  tg: { '': '0.20' },
  bot: { '': '0.03', '7': '0.04' },
  soc: { '': '0.30' },
};
const groups = {
  1: ['380501110001', '0671110002', '+79161110003', 'nobody'],
  2: ['380501110004', '48501110005'],
};
const table = pricesFromJson({ currency: 'UAH', ...prices });

const digits = (count: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom('0', '1'), minLength: count, maxLength: count });
/** Phone numbers from a small range, so that duplicates occur. Some have no price, and some are invalid. */
const number = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom('38050', '38067', '38063'), digits(7)).map((each) => each.join('')),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom('7916', '7999', '7701'), digits(7)).map((each) => each.join('')),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('48501', '999501', '998901'), digits(6)).map((each) => each.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom('0000000', '1234567', '0123456', '12025550100') },
);
/** Phone numbers in different notations. */
const written = fc.tuple(number, fc.nat(9)).map(([plain, way]) => {
  // Short numbers have only one notation.
  if (plain.length < 9) return plain;
  let home = plain;
  if (plain.startsWith('380')) home = plain.slice(2);
  else if (plain.startsWith('7') && plain.length === 11) home = `${way % 2 ? '8' : ''}${plain.slice(1)}`;
  return [
    plain,
    plain,
    plain,
    `+${plain}`,
    home,
    plain.startsWith('380') ? plain.slice(1) : home,
    plain.length <= 13 ? `00${plain}` : plain,
    `+${plain.slice(0, 3)} (${plain.slice(3, 5)}) ${plain.slice(5)}`,
    plain.replace(/(..)$/, '-$1'),
    plain,
  ][way]!;
});
const group = fc.constantFrom({ group: 1 }, { group: 2 }, { group: 7 });
const phone = fc.oneof({ weight: 12, arbitrary: written }, { weight: 1, arbitrary: group });
const audience: Partial<Record<Kind, fc.Arbitrary<string | { group: number }>>> = {
  email: fc.constantFrom('a@example.org', 'b@example.org', 'c@mail.example.com'),
  'telegram-bot': fc.oneof(phone, fc.constantFrom('@someone', '#123456', '@other')),
};
const to = (kind: Kind): fc.Arbitrary<string | { group: number } | (string | { group: number })[]> => {
  const one = audience[kind] ?? phone;
  return fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 12 }));
};

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcXYZ 0123.,!?'), minLength: 1, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'абвжщюїєґЖЩЮ '), minLength: 1, maxLength: 60 }),
  fc.constantFrom(
    '👋',
    '€uro [x]',
    'https://example.org/a/long/way/to/go?with=parameters',
    'http://a.example/x',
    '~ ^ {}',
    'Ґанок\nі ще',
    'щ'.repeat(70),
  ),
);
const latinWord = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcXYZ 0123.,!?'), minLength: 1, maxLength: 90 }),
  fc.constantFrom('€', 'a'.repeat(153), 'https://example.org/a/long/way/to/go?with=parameters'),
);
const text = fc
  .oneof(fc.array(word, { minLength: 1, maxLength: 9 }), fc.array(latinWord, { minLength: 1, maxLength: 6 }))
  .map((words) => words.join('').slice(0, 700))
  .filter((each) => !/[\ud800-\udbff]$/.test(each));
const comment = fc.option(
  text.map((each) => each.slice(0, 200)).filter((each) => !/[\ud800-\udbff]$/.test(each)),
  { nil: undefined },
);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

const textOptions = fc.record({
  translit: maybe(fc.constantFrom(1, 2)),
  shortenLinks: maybe(fc.boolean()),
  maxParts: maybe(fc.constantFrom(1, 2, 3, 10)),
});
type Sound = { readonly files: readonly { readonly name: string; readonly content: Blob }[] };
/** The simulator assumes 8000 bytes of sound per second. */
const bytesPerSecond = 8000;
const sound = (seconds: number): Sound => ({
  files: [{ name: 'a.wav', content: new Blob([new Uint8Array(seconds * bytesPerSecond)]) }],
});
/** Texts without line breaks. A multipart form writes a line break as two characters, and the simulator counts both. */
const formText = (): fc.Arbitrary<string> => text.map((each) => each.replaceAll('\n', ' '));

/** Long texts that end with a Cyrillic letter. `maxParts` may cut off this letter, the only one outside the GSM alphabet. */
const cutOff = fc.record({
  text: fc.nat(300).map((more) => `${'a'.repeat(70 + more)}я`),
  maxParts: fc.constantFrom(1, 2),
});

/** Members of a message of each kind, without its recipients. */
const members: Record<Kind, fc.Arbitrary<Record<string, unknown>>> = {
  sms: fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.record({ text, comment }), textOptions)
        .map(([one, other]) => ({ ...one, ...other })),
    },
    { weight: 1, arbitrary: cutOff },
  ),
  flash: fc.tuple(fc.record({ text, comment }), textOptions).map(([one, other]) => ({ ...one, ...other })),
  binary: fc.record({
    data: fc.uint8Array({ minLength: 1, maxLength: 100 }),
    udh: maybe(fc.constant('050A030704')),
  }),
  'wap-push': fc.record({
    url: fc
      .constantFrom('http://wap.example', 'https://www.example.org/')
      .chain((start) => fc.nat(400).map((more) => start + '/x'.repeat(more / 2))),
    title: latinWord.map((each) => each.replaceAll('\n', ' ')),
  }),
  hlr: fc.constant({}),
  ping: fc.constant({}),
  mms: fc.record({
    text: text,
    subject: maybe(fc.constant('Subject')),
    files: maybe(fc.constant([{ name: 'a.jpg', content: new Uint8Array(9) }])),
  }),
  email: fc.record({
    text,
    comment,
    subject: fc.constant('Subject'),
    sender: fc.constant('shop@example.org'),
  }),
  voice: fc.oneof(
    { weight: 4, arbitrary: fc.record({ text, comment, voice: maybe(fc.constantFrom('m2', 'w')) }) },
    { weight: 1, arbitrary: fc.constant({ text: 'code' }) },
    {
      weight: 1,
      arbitrary: fc
        .nat(3)
        .chain((seconds) => formText().map((each) => ({ text: each, ...sound(seconds + 1) }))),
    },
    { weight: 1, arbitrary: fc.nat(3).map((seconds) => sound(seconds + 1)) },
    { weight: 1, arbitrary: fc.constant({ fileUrl: 'https://example.org/a.wav' }) },
  ),
  viber: fc.record({ text, comment, translit: maybe(fc.constantFrom(1, 2)) }),
  whatsapp: fc.record({ text, bot: maybe(fc.constant('380440000000')) }),
  'telegram-code': fc.record({ text: fc.constantFrom('4821', '0000') }),
  'telegram-bot': fc.record({ text, bot: fc.constant('@shop_bot'), shortenLinks: maybe(fc.boolean()) }),
  social: fc.record({ text, comment }),
};
const kinds = Object.keys(members) as Kind[];
const listed: readonly Kind[] = [
  'sms',
  'flash',
  'voice',
  'viber',
  'whatsapp',
  'telegram-code',
  'telegram-bot',
  'social',
];

const reportOptions = fc.record({ report: fc.constant('balance'), perRecipient: maybe(fc.constant(true)) });
const singleMessage = fc
  .constantFrom(...kinds)
  .chain((kind) =>
    fc
      .tuple(to(kind), members[kind], reportOptions)
      .map(([recipients, rest, report]) => ({ kind, to: recipients, ...rest, ...report })),
  );
/** Cases that are so rare in the other generators that a thousand sends may miss them. */
const rare = fc
  .constantFrom<Kind>('sms', 'wap-push')
  .chain((kind) =>
    fc
      .tuple(to(kind), kind === 'sms' ? cutOff : members[kind], reportOptions)
      .map(([recipients, rest, report]) => ({ kind, to: recipients, ...rest, ...report })),
  );

/**
 * Texts for a list. Only the first line may contain `:` or `;`, so that no other line looks like the beginning of a message.
 */
const listText = text
  .map((each) => each.replaceAll('|', '/').replace(/^\n+/, ''))
  .map((each) =>
    each
      .split('\n')
      .map((line, at) => (at > 0 ? line.replace(/[:;]/g, ' ') : line))
      .join('\n'),
  )
  .filter((each) => each !== '');
const listComment = comment.map((each) => each?.replace(/[\n|:;]/g, ' '));

interface ListEntry {
  readonly to: string | { group: number } | readonly (string | { group: number })[];
  readonly text: string;
  readonly comment?: string | undefined;
}

/**
 * Changes a generated list entry so that line breaks in its text can stay unescaped. Only a line that begins with a phone
 * number starts a message, so a phone number is added as the first recipient. A period replaces white space at the end of the
 * text.
 */
const rawEntry = ({ to, text, comment }: ListEntry): ListEntry => ({
  to: ['380501234567', to].flat(),
  text: text.replace(/\s+$/, '.'),
  comment,
});

const messageList = fc.constantFrom(...listed).chain((kind) => {
  const entry = fc.record<ListEntry>({
    to: to(kind),
    text: kind === 'voice' ? fc.oneof(listText, fc.constant('code')) : listText,
    comment: kind === 'telegram-code' ? fc.constant(undefined) : listComment,
  });
  return fc
    .tuple(
      fc.array(entry, { minLength: 1, maxLength: 5 }),
      kind === 'sms' || kind === 'flash' ? textOptions : fc.constant({}),
      fc.constantFrom('raw', 'escape', undefined),
      reportOptions,
    )
    .map(([messages, chosenOptions, lineBreaks, report]) => ({
      ...{ kind, messages: lineBreaks === 'raw' ? messages.map(rawEntry) : messages, lineBreaks },
      ...{ ...chosenOptions, ...(kind === 'telegram-bot' && { bot: '@shop_bot' }), ...report },
    }));
});

const account = { login: 'demo', password: 'demo', balance: '1000000', stopWords: [] };
const credentials = { login: 'demo', password: 'demo' };
/** Sends an input to a gateway. Returns the parsed response. */
async function submit(gateway: Gateway, input: SendInput | SendListInput): Promise<Sent> {
  const transport = gatewayTransport(gateway, { now: () => noon });
  return 'messages' in input
    ? fromReply(sendList, await transport.send(toRequest(sendList, input, credentials)))
    : fromReply(send, await transport.send(toRequest(send, input, credentials)));
}

/** Sends an input to a new gateway. Returns the response or the number of its error, and the amount charged. */
async function charge(
  input: SendInput | SendListInput,
): Promise<{ readonly response: Sent | number; readonly charged: string }> {
  const gateway = createGateway({ prices, groups, limits: false, accounts: [account] });
  const response = await submit(gateway, input).catch((error: unknown) => {
    if (error instanceof GatewayError) return error.code;
    throw error;
  });
  return { response, charged: sumAmounts([account.balance, `-${gateway.balance('demo')!}`]) };
}

/** Assumptions for which the simulator uses the same figures as the estimate. */
const shared = new Set([
  'number-correction',
  'duplicates',
  'short-link',
  'speech-speed',
  'spoken-code',
  'max-parts',
]);
const covered = { kinds: new Set<string>(), exact: 0, bounded: 0, refused: 0, names: new Set<string>() };

describe('an estimate', () => {
  it('equals the charge for a thousand sends, or names each uncertainty with bounds that contain the charge', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          { weight: 15, arbitrary: singleMessage },
          { weight: 10, arbitrary: messageList },
          { weight: 3, arbitrary: rare },
        ),
        fc.boolean(),
        async (generated, knowsAll) => {
          const input = generated as unknown as SendInput | SendListInput;
          const files = generated.kind === 'voice' ? (generated as Partial<Sound>).files : undefined;
          const options: EstimateOptions = {
            groups: knowsAll ? groups : { 1: groups[1] },
            ...(knowsAll &&
              files && {
                fileSeconds: files.reduce((sum, { content }) => sum + content.size / bytesPerSecond, 0),
              }),
          };
          const estimated = estimate(input, table, options);
          const { response, charged } = await charge(input);
          covered.kinds.add(`${generated.kind}${'messages' in generated ? ' list' : ''}`);
          for (const { name } of estimated.assumptions) covered.names.add(name);
          expect(compareAmounts(estimated.lower, estimated.total)).toBeLessThanOrEqual(0);
          expect(compareAmounts(estimated.total, estimated.upper)).toBeLessThanOrEqual(0);
          // True if the charge depends on facts that the estimate cannot know.
          const unknowable = estimated.unpriced.some(
            ({ reason }) => reason === 'unknown-group' || reason === 'unknown-length',
          );
          if (typeof response === 'number') {
            covered.refused++;
            expect([7, 8]).toContain(response);
            expect({ recipients: estimated.recipients, total: estimated.total }).toEqual({
              recipients: 0,
              total: '0.00',
            });
            return;
          }
          expect(response.cost).toBe(charged);
          const { unexplained, agrees } = reconcile(estimated, response);
          if (response.recipients.length > 0) expect(unexplained).toBe('0.00');
          if (unknowable) return;
          if (estimated.assumptions.length === 0)
            expect({ lower: estimated.lower, upper: estimated.upper }).toEqual({
              lower: estimated.total,
              upper: estimated.total,
            });
          if (estimated.assumptions.every(({ name }) => shared.has(name))) {
            covered.exact++;
            expect({ cost: estimated.total, parts: estimated.parts, agrees }).toEqual({
              cost: charged,
              parts: response.parts,
              agrees: true,
            });
          } else {
            covered.bounded++;
            expect(compareAmounts(estimated.lower, charged)).toBeLessThanOrEqual(0);
            expect(compareAmounts(charged, estimated.upper)).toBeLessThanOrEqual(0);
          }
        },
      ),
      { numRuns: 1000 },
    );
    expect([...covered.kinds].sort()).toEqual([...kinds, ...listed.map((kind) => `${kind} list`)].sort());
    expect(covered.exact).toBeGreaterThan(400);
    expect(covered.bounded).toBeGreaterThan(20);
    // All assumptions occur except the assumption about networks: the simulator charges by number prefix.
    expect([...covered.names].sort()).toEqual([
      'duplicates',
      'max-parts',
      'number-correction',
      'short-link',
      'speech-speed',
      'spoken-code',
      'translit',
      'wap-push',
    ]);
  });
});

/** A case in which the gateway differs from the assumptions of the estimate. */
interface Deviation {
  readonly input: Record<string, unknown>;
  /** Options of the gateway. */
  readonly gateway?: GatewayOptions;
  /** Options of the estimate. */
  readonly prices?: unknown;
  readonly options?: EstimateOptions;
  /** Recipients that got another message just before this case. */
  readonly before?: string;
  /** Expected explanations, the largest first. */
  readonly expected: readonly Partial<CostExplanation>[];
  /** Expected explanations if the response has no rows. `none`: no explanation. Default: `expected`. */
  readonly byTotals?: readonly Partial<CostExplanation>[] | 'none';
}

const [vodafone, kyivstar, lifecell, russian, polish] = [
  '380501234567',
  '380671234567',
  '380631234567',
  '79991234567',
  '48501234567',
];
const usualPrices: PriceTable = {
  sms: { '380': '0.385', '7': '1.40', '48': '0.60' },
  call: { '380': '0.02' },
  hlr: { '': '0.05' },
  mms: { '380': '2' },
  viber: { '': '0.25' },
  mail: { '': '0.01' },
};
const sms = (...to: string[]): Record<string, unknown> => ({ to, text: 'a' });
const long = 'a'.repeat(200);
const higherPrices: GatewayOptions = {
  prices: { ...usualPrices, sms: { '380': '0.50', '7': '1.40', '48': '0.60' } },
};
const inTestMode: GatewayOptions = { accounts: [{ ...account, testMode: true }] };
const shch = 'щ'.repeat(45);

const deviations: Record<string, Deviation> = {
  'a price that has risen': {
    input: sms(vodafone, kyivstar, russian),
    gateway: higherPrices,
    expected: [
      { kind: 'price', amount: '0.23', recipients: 2, prefix: '380', estimated: '0.385', charged: '0.50' },
    ],
    byTotals: 'none',
  },
  'a price that has fallen, for a text of several parts': {
    input: { to: [vodafone], text: long },
    gateway: { prices: { sms: { '380': '0.1' } } },
    expected: [{ kind: 'price', amount: '-0.57', prefix: '380', estimated: '0.385', charged: '0.10' }],
  },
  'two changed prices': {
    input: sms(vodafone, russian, polish),
    gateway: { prices: { sms: { '380': '0.4', '7': '1.3', '48': '0.6' } } },
    expected: [
      { kind: 'price', prefix: '7', amount: '-0.10' },
      { kind: 'price', prefix: '380', amount: '0.015' },
    ],
    byTotals: 'none',
  },
  'a price of a network inside a prefix': {
    input: sms(vodafone, kyivstar),
    gateway: { prices: { sms: { '380': '0.385', '38067': '0.41' } } },
    prices: [
      { prefix: '380', sms: '0.385' },
      { prefix: '380', mcc: '255', mnc: '03', sms: '0.41' },
    ],
    expected: [{ kind: 'operator', amount: '0.025', recipients: 1, assumptions: ['operator'] }],
    byTotals: [{ kind: 'assumption', amount: '0.025', assumptions: ['operator'] }],
  },
  'a prefix that the table lacks': {
    input: sms(vodafone, polish),
    prices: { sms: { '380': '0.385' } },
    expected: [{ kind: 'not-priced', amount: '0.60', recipients: 1 }],
    byTotals: 'none',
  },
  'a country without a route': {
    input: sms(vodafone, polish),
    gateway: { prices: { sms: { '380': '0.385' } } },
    expected: [{ kind: 'rejected', amount: '-0.60', status: 25, error: 248 }],
    byTotals: 'none',
  },
  'a network without a route': {
    input: sms(vodafone, kyivstar, lifecell),
    gateway: { prices: { sms: { '38050': '0.385', '38067': '0.385' } } },
    expected: [{ kind: 'rejected', amount: '-0.385', recipients: 1, status: 25, error: 248 }],
    byTotals: [{ kind: 'recipients', amount: '-0.385', estimated: '3', charged: '2', prefix: '380' }],
  },
  'too many messages to one recipient': {
    input: sms(vodafone, kyivstar),
    gateway: { limits: { perSubscriber: 1 } },
    before: kyivstar,
    expected: [{ kind: 'rejected', amount: '-0.385', status: 23, error: 251 }],
    byTotals: [{ kind: 'recipients', estimated: '2', charged: '1' }],
  },
  'too many messages to one recipient, within a list': {
    input: {
      messages: [
        { to: vodafone, text: 'a' },
        { to: vodafone, text: long },
        { to: kyivstar, text: 'b' },
      ],
    },
    gateway: { limits: { perSubscriber: 1 } },
    expected: [{ kind: 'rejected', amount: '-0.77', status: 23, error: 251 }],
    byTotals: 'none',
  },
  'too many messages to one recipient, and a changed price': {
    input: sms(vodafone, kyivstar, russian),
    gateway: { ...higherPrices, limits: { perSubscriber: 1 } },
    before: kyivstar,
    expected: [
      { kind: 'rejected', amount: '-0.385' },
      { kind: 'price', amount: '0.115', prefix: '380', recipients: 1 },
    ],
    byTotals: 'none',
  },
  'an account in test mode': {
    input: sms(vodafone, russian),
    gateway: inTestMode,
    expected: [{ kind: 'test-mode', amount: '-1.785', recipients: 2 }],
  },
  'an account in test mode, for a list with a number that has no route': {
    input: {
      messages: [
        { to: [vodafone, russian], text: 'a' },
        { to: polish, text: long },
      ],
    },
    gateway: { ...inTestMode, prices: { sms: { '380': '0.385', '48': '0.60' } } },
    expected: [
      { kind: 'test-mode', amount: '-1.585', recipients: 2 },
      { kind: 'rejected', amount: '-1.40' },
    ],
    byTotals: [{ kind: 'test-mode', amount: '-2.985' }],
  },
  'a voice that is slower than the given speed': {
    input: { kind: 'voice', to: [vodafone, kyivstar], text: long },
    options: { speechSpeed: 20 },
    expected: [
      { kind: 'parts', amount: '0.16', recipients: 2, estimated: '10', charged: '14', assumptions: [] },
    ],
    byTotals: [{ kind: 'parts', amount: '0.16', estimated: '10', charged: '14' }],
  },
  'a voice that is faster than the estimated speed': {
    input: { kind: 'voice', to: [vodafone, kyivstar], text: long },
    options: { speechSpeed: { value: 12, least: 10, most: 20 } },
    expected: [
      { kind: 'parts', amount: '-0.12', estimated: '17', charged: '14', assumptions: ['speech-speed'] },
    ],
  },
  'slower voices in a list': {
    input: {
      kind: 'voice',
      messages: [
        { to: vodafone, text: long },
        { to: kyivstar, text: 'a'.repeat(100) },
        { to: vodafone, text: 'a'.repeat(16) },
      ],
    },
    options: { speechSpeed: { value: 20, least: 10, most: 20 } },
    expected: [
      {
        kind: 'parts',
        message: 0,
        amount: '0.08',
        estimated: '10',
        charged: '14',
        assumptions: ['speech-speed'],
      },
      { kind: 'parts', message: 1, amount: '0.04', estimated: '5', charged: '7' },
      { kind: 'parts', message: 2, amount: '0.02', estimated: '1', charged: '2' },
    ],
    byTotals: [{ kind: 'assumption', amount: '0.14', assumptions: ['speech-speed'] }],
  },
  'a sound that is longer than the given length': {
    input: { kind: 'voice', to: [vodafone], ...sound(5) },
    options: { fileSeconds: 3 },
    expected: [{ kind: 'parts', amount: '0.04', estimated: '3', charged: '5' }],
  },
  'a sound of unknown length': {
    input: { kind: 'voice', to: [vodafone], ...sound(5) },
    expected: [{ kind: 'not-priced', amount: '0.10' }],
    byTotals: 'none',
  },
  'short links that are shorter than estimated': {
    input: {
      to: [vodafone, russian],
      text: `${'a'.repeat(135)} https://example.org/a/long/way/to/go`,
      shortenLinks: true,
    },
    options: { shortLink: { value: 30, least: 15, most: 30 } },
    expected: [
      {
        kind: 'parts',
        amount: '-1.785',
        recipients: 2,
        estimated: '2',
        charged: '1',
        assumptions: ['short-link'],
      },
    ],
  },
  'a letter whose transliteration is longer than estimated': {
    input: { to: [vodafone], text: shch, translit: 1 },
    expected: [{ kind: 'parts', amount: '0.385', estimated: '1', charged: '2', assumptions: ['translit'] }],
  },
  'a wrong transliteration table': {
    input: { to: [vodafone], text: shch, translit: 1 },
    options: { translitTable: { letters: { щ: 'w' }, assumed: false } },
    expected: [{ kind: 'parts', amount: '0.385', estimated: '1', charged: '2', assumptions: [] }],
    byTotals: [{ kind: 'recipients', amount: '0.385', estimated: '1', charged: '2' }],
  },
  'an unknown group': {
    input: { to: [vodafone, { group: 1 }], text: 'a' },
    gateway: { groups: { 1: [kyivstar, russian] } },
    expected: [{ kind: 'group-member', amount: '1.785', recipients: 2 }],
    byTotals: 'none',
  },
  'a group with one new and one removed member': {
    input: { to: [{ group: 1 }], text: 'a' },
    gateway: { groups: { 1: [kyivstar, polish] } },
    options: { groups: { 1: [kyivstar, vodafone] } },
    expected: [
      { kind: 'unexpected', amount: '0.60', recipients: 1 },
      { kind: 'missing', amount: '-0.385', recipients: 1 },
    ],
    byTotals: 'none',
  },
  'a changed price and another number of parts': {
    input: { kind: 'voice', to: [vodafone, kyivstar], text: long },
    gateway: { prices: { call: { '380': '0.03' } } },
    options: { speechSpeed: { value: 20, least: 10, most: 20 } },
    expected: [
      { kind: 'price', amount: '0.28', estimated: '0.02', charged: '0.03', recipients: 2 },
      { kind: 'parts', amount: '0.16', charged: '14', assumptions: ['speech-speed'] },
    ],
  },
  'a changed price and other numbers of parts, in a list': {
    input: {
      kind: 'voice',
      messages: [
        { to: vodafone, text: long },
        { to: kyivstar, text: 'a'.repeat(15) },
        { to: lifecell, text: 'a'.repeat(60) },
      ],
    },
    gateway: { prices: { call: { '380': '0.03' } } },
    options: { speechSpeed: { value: 20, least: 10, most: 20 } },
    expected: [
      { kind: 'price', amount: '0.19', estimated: '0.02', charged: '0.03', recipients: 3 },
      { kind: 'parts', amount: '0.08', message: 0, estimated: '10', charged: '14' },
      { kind: 'parts', amount: '0.02', message: 2, estimated: '3', charged: '4' },
    ],
    byTotals: 'none',
  },
  'a changed price of an HLR request': {
    input: { kind: 'hlr', to: [vodafone, polish] },
    gateway: { prices: { hlr: { '': '0.06' } } },
    expected: [{ kind: 'price', amount: '0.02', prefix: '', recipients: 2 }],
  },
  'a changed price of an e-mail, which test mode does not cover': {
    input: { kind: 'email', to: ['a@b.example'], subject: 'a', text: 'a', sender: 'a@b.example' },
    gateway: { ...inTestMode, prices: { mail: { '': '0.02' } } },
    expected: [{ kind: 'price', amount: '0.01' }],
  },
  'a WAP push with more parts than estimated': {
    input: {
      kind: 'wap-push',
      to: [vodafone],
      url: `http://www.example.org/${'a'.repeat(70)}`,
      title: 'b'.repeat(30),
    },
    expected: [{ kind: 'parts', amount: '0.385', estimated: '1', charged: '2', assumptions: ['wap-push'] }],
  },
};

describe('a planted difference', () => {
  it.each(Object.entries(deviations))(
    'is explained: %s',
    async (_, { input, gateway: options, prices: ours, options: estimating, before, expected, byTotals }) => {
      const estimated = estimate(
        input as unknown as SendInput,
        pricesFromJson(ours ?? usualPrices),
        estimating,
      );
      const responseWith = async (rows: boolean): Promise<Sent> => {
        const gateway = createGateway({ prices: usualPrices, accounts: [account], ...options });
        if (before !== undefined) await submit(gateway, { to: before, text: 'before' });
        return submit(gateway, { ...input, report: 'cost', perRecipient: rows } as unknown as SendInput);
      };
      const withRows = reconcile(estimated, await responseWith(true));
      expect(withRows.explanations).toMatchObject(expected);
      expect(withRows).toMatchObject({ agrees: false, unexplained: '0.00', needs: [] });
      expect(sumAmounts(withRows.explanations.map(({ amount }) => amount))).toBe(withRows.difference);
      expect(sumAmounts([estimated.total, withRows.difference])).toBe(withRows.charged);
      expect(withRows.withinBounds).toBe(
        compareAmounts(estimated.lower, withRows.charged) <= 0 &&
          compareAmounts(withRows.charged, estimated.upper) <= 0,
      );

      const totals = reconcile(estimated, await responseWith(false));
      if (byTotals === 'none')
        expect(totals).toMatchObject({
          agrees: false,
          explanations: [],
          unexplained: totals.difference,
          needs: ['perRecipient'],
        });
      else
        expect(totals.explanations).toMatchObject(
          byTotals ?? expected.map((each) => ({ ...each, message: undefined })),
        );
      expect(sumAmounts([...totals.explanations.map(({ amount }) => amount), totals.unexplained])).toBe(
        totals.difference,
      );
    },
  );

  it('is not reported if the charge equals the estimate', async () => {
    const input: SendInput = {
      to: [vodafone, kyivstar, russian],
      text: long,
      report: 'cost',
      perRecipient: true,
    };
    const estimated = estimate(input, pricesFromJson(usualPrices));
    const response = await submit(createGateway({ prices: usualPrices }), input);
    expect(reconcile(estimated, response)).toEqual({
      agrees: true,
      charged: '4.34',
      difference: '0.00',
      withinBounds: true,
      explanations: [],
      unexplained: '0.00',
      needs: [],
    });
  });
});
