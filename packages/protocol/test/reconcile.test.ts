import { describe, expect, it } from 'vitest';
import {
  estimate,
  type CostExplanation,
  InputError,
  pricesFromJson,
  type Quote,
  reconcile,
  type RecipientReport,
  sumAmounts,
} from '../src/index.ts';

const prices = pricesFromJson({
  sms: { '380': '0.385', '7': '1.40' },
  voice: { '380': '0.02', '7': '0.05' },
});
const [vodafone, kyivstar, russian] = ['380501234567', '380671234567', '79161234567'];

const row = (phone: string, cost?: string, over: Partial<RecipientReport> = {}): RecipientReport => ({
  phone,
  mccMnc: undefined,
  cost,
  status: undefined,
  error: undefined,
  extra: {},
  ...over,
});
const wrong = (phone: string): RecipientReport => row(phone, undefined, { status: 22, error: 249 });
const quote = (cost: string, parts: number, ...recipients: readonly RecipientReport[]): Quote => ({
  cost,
  parts,
  recipients,
  extra: {},
});

/** Responses that deviate from the estimate, each with the expected explanation. */
const deviations: Record<
  string,
  {
    readonly to: readonly string[];
    readonly text?: string;
    readonly answer: Quote;
    readonly expected: readonly Partial<CostExplanation>[];
    readonly needs?: readonly string[];
    readonly unexplained?: string;
  }
> = {
  'a recipient who was charged twice': {
    to: [vodafone, kyivstar],
    answer: quote('1.155', 3, row(vodafone, '0.385'), row(kyivstar, '0.385'), row(vodafone, '0.385')),
    expected: [{ kind: 'duplicate-charge', amount: '0.385', recipients: 1, assumptions: ['duplicates'] }],
  },
  'a recipient missing from the response': {
    to: [vodafone, russian],
    answer: quote('0.385', 1, row(vodafone, '0.385')),
    expected: [{ kind: 'missing', amount: '-1.40', prefix: '7' }],
  },
  'a recipient who is only in the response': {
    to: [vodafone],
    answer: quote('1.785', 2, row(vodafone, '0.385'), row(russian, '1.40')),
    expected: [{ kind: 'unexpected', amount: '1.40' }],
  },
  'a number that was not corrected': {
    to: ['89161234567'],
    answer: quote('2.00', 1, row('89161234567', '2.00')),
    expected: [{ kind: 'number-correction', amount: '0.60', assumptions: ['number-correction'] }],
  },
  'a number that was not corrected, beside the corrected one': {
    to: ['89161234567', russian],
    answer: quote('3.40', 2, row('89161234567', '2.00'), row(russian, '1.40')),
    expected: [{ kind: 'number-correction', amount: '2.00', assumptions: ['number-correction'] }],
  },
  'a cost rounded for each recipient': {
    to: [vodafone, kyivstar],
    answer: quote('0.78', 2, row(vodafone, '0.39'), row(kyivstar, '0.39')),
    expected: [{ kind: 'rounding', amount: '0.01', recipients: 2 }],
  },
  'a rounded total': {
    to: [vodafone],
    answer: quote('0.39', 1, row(vodafone, '0.385')),
    expected: [{ kind: 'rounding', amount: '0.005' }],
  },
  'a rounded total without rows': {
    to: [vodafone],
    answer: quote('0.38', 1),
    expected: [{ kind: 'rounding', amount: '-0.005' }],
  },
  'a total that is not the sum of its rows': {
    to: [vodafone, russian],
    answer: quote('2.00', 2, row(vodafone, '0.385'), row(russian, '1.40')),
    expected: [{ kind: 'total', amount: '0.215', estimated: '1.785', charged: '2.00' }],
  },
  'a row without a cost': {
    to: [vodafone, russian],
    answer: quote('1.40', 2, row(vodafone), row(russian, '1.40')),
    expected: [{ kind: 'uncharged', amount: '-0.385' }],
  },
  'another count at the same cost': {
    to: [vodafone, russian],
    answer: quote('1.785', 5, row(vodafone, '0.385'), row(russian, '1.40')),
    expected: [{ kind: 'count', amount: '0.00', estimated: '2', charged: '5' }],
  },
  'two errors that cancel each other out': {
    to: [vodafone, russian],
    answer: quote('1.785', 2, row(vodafone, '0.485'), row(russian, '1.30')),
    expected: [
      { kind: 'price', amount: '0.10', prefix: '380' },
      { kind: 'price', amount: '-0.10', prefix: '7' },
    ],
  },
  'a response that lists only the wrong number': {
    to: [vodafone, russian],
    answer: quote('1.40', 1, wrong(vodafone)),
    expected: [{ kind: 'rejected', amount: '-0.385', status: 22, error: 249 }],
  },
  'a response that lists only the wrong number, and another price': {
    to: [vodafone, russian],
    answer: quote('1.50', 1, wrong(vodafone)),
    expected: [
      { kind: 'rejected', amount: '-0.385' },
      { kind: 'price', amount: '0.10', prefix: '7', estimated: '1.40', charged: '1.50' },
    ],
  },
  'another price for a number with a plus': {
    to: [`+${vodafone}`],
    answer: quote('0.40', 1, row(`+${vodafone}`, '0.40')),
    expected: [{ kind: 'price', amount: '0.015' }],
  },
  'another number of parts, with several prices and no rows': {
    to: [vodafone, russian],
    text: 'a'.repeat(161),
    answer: quote('1.785', 2),
    expected: [{ kind: 'parts', amount: '-1.785', estimated: '2', charged: '1' }],
  },
  'nothing if the totals allow several explanations': {
    to: [vodafone, russian],
    answer: quote('1.70', 2),
    expected: [],
    needs: ['perRecipient'],
    unexplained: '-0.085',
  },
};

describe('reconcile', () => {
  it.each(Object.entries(deviations))(
    'explains %s',
    (_, { to, text = 'a', answer, expected, needs = [], unexplained = '0.00' }) => {
      const estimated = estimate({ to, text }, prices);
      const found = reconcile(estimated, answer);
      expect(found.explanations).toMatchObject(expected);
      expect(found.explanations).toHaveLength(expected.length);
      expect(found).toMatchObject({ agrees: false, unexplained, needs });
      expect(
        sumAmounts([estimated.total, ...found.explanations.map(({ amount }) => amount), found.unexplained]),
      ).toBe(answer.cost);
    },
  );

  it('distinguishes a doubled price from doubled parts by the count', () => {
    const estimated = estimate(
      {
        messages: [
          { to: vodafone, text: 'a' },
          { to: kyivstar, text: 'b' },
        ],
      },
      prices,
    );
    const rows = [row(vodafone, '0.77'), row(kyivstar, '0.77')];
    expect(reconcile(estimated, quote('1.54', 2, ...rows)).explanations).toMatchObject([
      { kind: 'price', estimated: '0.385', charged: '0.77', recipients: 2 },
    ]);
    expect(reconcile(estimated, quote('1.54', 4, ...rows)).explanations).toMatchObject([
      { kind: 'parts', message: 0, charged: '2' },
      { kind: 'parts', message: 1, charged: '2' },
    ]);
  });

  it('finds the price and the parts that match all rows of a destination and the count', () => {
    const calls = (...messages: readonly (readonly [phone: string, characters: number])[]) =>
      estimate(
        {
          kind: 'voice',
          messages: messages.map(([to, characters]) => ({ to, text: 'a'.repeat(characters) })),
        },
        prices,
      );
    // At the estimated price, each message would have twice as many parts, and their sum would not match the count.
    expect(
      reconcile(
        calls([vodafone, 150], [vodafone, 10], [vodafone, 40]),
        quote('0.96', 24, row(vodafone, '0.80'), row(vodafone, '0.04'), row(vodafone, '0.12')),
      ).explanations,
    ).toMatchObject([
      { kind: 'price', prefix: '380', charged: '0.04', amount: '0.48', recipients: 3 },
      { kind: 'parts', message: 0, estimated: '10', charged: '20', amount: '0.20' },
    ]);
    expect(
      reconcile(
        calls([vodafone, 15], [vodafone, 30], [russian, 30]),
        quote('0.27', 6, row(vodafone, '0.04'), row(vodafone, '0.08'), row(russian, '0.15')),
      ).explanations,
    ).toMatchObject([
      { kind: 'price', prefix: '380', charged: '0.04', amount: '0.06', recipients: 2 },
      { kind: 'parts', message: 2, estimated: '2', charged: '3', amount: '0.05' },
    ]);
  });

  it('infers from the totals that fewer recipients were charged, if no number of parts fits', () => {
    const to = [vodafone, kyivstar, '380631234567', '380991234567'];
    const estimated = estimate({ kind: 'voice', to, text: 'a'.repeat(200) }, prices);
    expect(reconcile(estimated, quote('0.84', 42)).explanations).toMatchObject([
      { kind: 'recipients', estimated: '4', charged: '3', recipients: 1, amount: '-0.28' },
    ]);
  });

  it('uses the sum of the rows if the response has no total', () => {
    const estimated = estimate({ to: [vodafone, russian], text: 'a' }, prices);
    const sent = { id: '1', parts: 2, cost: undefined, balance: undefined, extra: {} };
    expect(
      reconcile(estimated, { ...sent, recipients: [row(vodafone, '0.385'), row(russian, '1.40')] }),
    ).toMatchObject({ agrees: true, charged: '1.785' });
    expect(() => reconcile(estimated, { ...sent, recipients: [] })).toThrow(
      "response.cost is missing; send without report: 'none', or with perRecipient: true",
    );
    expect(() => reconcile(estimated, { ...sent, recipients: [wrong(vodafone)] })).toThrow(InputError);
  });

  it('reports whether the cost is within the bounds', () => {
    const estimated = estimate({ to: ['0501234567'], text: 'a' }, prices);
    expect([
      reconcile(estimated, quote('0.00', 0)).withinBounds,
      reconcile(estimated, quote('0.385', 1)).withinBounds,
      reconcile(estimated, quote('0.386', 1)).withinBounds,
    ]).toEqual([true, true, false]);
  });

  it('rejects an invalid estimate and an invalid response with one error', () => {
    expect(() => reconcile({} as never, undefined as never)).toThrow(
      'estimate expected the result of `estimate`, got an object; response expected the result of `cost` or `send`, got undefined',
    );
    expect(() => reconcile(estimate({ to: vodafone, text: 'a' }, prices), quote('1,5', 1))).toThrow(
      'response.cost expected a decimal as text, got a string of length 3',
    );
  });

  it('handles a hundred thousand recipients, and thousands of destinations', () => {
    const to = Array.from({ length: 120_000 }, (_, at) => String(380_500_000_000 + at));
    const messages = to.slice(0, 12_000).map((each, at) => ({ to: each, text: `a${at}` }));
    const half = (at: number): string => (at % 2 ? '0.385' : '0.50');
    const one = reconcile(estimate({ to, text: 'a' }, prices), {
      ...quote('53100.00', 120_000),
      recipients: to.map((phone, at) => row(phone, half(at))),
    });
    expect(one).toMatchObject({
      unexplained: '0.00',
      explanations: [{ kind: 'price', recipients: 60_000, amount: '6900.00' }],
    });
    const many = reconcile(estimate({ messages }, prices), {
      ...quote('9240.00', 24_000),
      recipients: messages.map(({ to: phone }) => row(phone, '0.77')),
    });
    expect(many.explanations).toHaveLength(12_000);
    expect(many.unexplained).toBe('0.00');
    // Two thousand destinations, each with two possible explanations.
    const lines = pricesFromJson({
      sms: Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [String(380_000 + at), '0.50'])),
    });
    const each = Array.from({ length: 2000 }, (_, at) => ({ to: `${380_000 + at}123456`, text: `a${at}` }));
    const doubled = reconcile(estimate({ messages: each }, lines), {
      ...quote('2000.00', 4000),
      recipients: each.map(({ to: phone }) => row(phone, '1.00')),
    });
    expect(doubled).toMatchObject({ unexplained: '0.00', difference: '1000.00' });
    expect(new Set(doubled.explanations.map(({ kind }) => kind))).toEqual(new Set(['parts']));
  });
});
