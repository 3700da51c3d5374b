import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGateway } from '../src/index.ts';
import { readAmount, writeAmount } from '../src/pricing/money.ts';
import { submitForJson, noon } from './submit.ts';

describe('amounts', () => {
  it('have at least two decimals, and more only if needed', () => {
    expect(
      ['1', '1.4', '0.385', '100.50', '0', '-0.5', '0.000001', '1.2300'].map((amount) =>
        writeAmount(readAmount('price', amount)),
      ),
    ).toEqual(['1.00', '1.40', '0.385', '100.50', '0.00', '-0.50', '0.000001', '1.23']);
  });

  it.each(['', 'x', '1,5', '1.', '.5', '1e3', '0.0000001', 'NaN'])('cannot be %j', (amount) => {
    expect(() => readAmount('price', amount)).toThrow(RangeError);
  });
});

const phone = fc.constantFrom(
  '380501234567',
  '+380501234567',
  'G1',
  'G2',
  '380671234567',
  '380631234567',
  '79161234567',
  '77011234567',
  '12',
  '999501234567',
  '48501234567',
);
const sendParams = fc.record({
  phones: fc.uniqueArray(phone, { minLength: 1, maxLength: 5 }).map((phones) => phones.join()),
  text: fc.oneof(
    fc.string({ minLength: 1, maxLength: 400 }),
    fc.string({ unit: fc.constantFrom('ж', 'ї', '👋', 'a', '€'), minLength: 1, maxLength: 300 }),
  ),
  comment: fc.constantFrom('', '\n~~~\n', `\n~~~\n${'ж'.repeat(200)}`),
  listed: fc.boolean(),
  cost: fc.constantFrom(0, 1, 2, 3),
  flags: fc.constantFrom<Record<string, number>>(
    {},
    { flash: 1 },
    { viber: 1 },
    { call: 1 },
    { hlr: 1 },
    { ping: 1 },
    { translit: 1 },
    { maxsms: 2 },
  ),
});

describe('the balance', () => {
  it('is the initial balance minus the cost of all accepted messages, to the last digit', () => {
    fc.assert(
      fc.property(
        fc.array(sendParams, { maxLength: 30 }),
        fc.constantFrom('0.5', '20.00', '1000.00', '7.385'),
        (sends, start) => {
          const gateway = createGateway({
            accounts: [{ login: 'demo', password: 'demo', balance: start }],
            groups: { 1: ['380501234567', '79161234567', 'x'] },
          });
          let left = readAmount('price', start);
          for (const [at, { phones, text, comment, listed, cost, flags }] of sends.entries()) {
            const mes = text + comment;
            const list = phones
              .split(',')
              .map((to) => `${to}:${mes.replaceAll('\n', '\\n')}`)
              .join('\n');
            const reply = submitForJson(
              gateway,
              { ...(listed ? { list } : { phones, mes }), cost, op: 1, ...flags },
              noon + at * 61_000,
            );
            const rows = (reply['phones'] ?? []) as readonly { cost: string }[];
            const sum = rows.reduce((total, row) => total + readAmount('price', row.cost || '0'), 0n);
            if (reply['error_code'] === undefined && cost !== 1) left -= sum;
            if (reply['cost'] !== undefined) expect(writeAmount(sum)).toBe(reply['cost']);
            if (cost === 3 && reply['balance'] !== undefined)
              expect(reply['balance']).toBe(writeAmount(left));
            expect(gateway.balance('demo')).toBe(writeAmount(left));
            expect(left >= 0n).toBe(true);
          }
          const charged = gateway
            .messages()
            .reduce((total, message) => total + readAmount('price', message.cost), 0n);
          expect(readAmount('price', start) - charged).toBe(left);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('decreases by the cost that a cost request returned', () => {
    const params = { phones: '380501234567,79161234567,12', mes: 'ж'.repeat(100) };
    const gateway = createGateway();
    expect(submitForJson(gateway, { ...params, cost: 1 })).toEqual({ cost: '3.57', cnt: 4 });
    expect(gateway.balance('demo')).toBe('1000.00');
    expect(submitForJson(gateway, { ...params, cost: 3 })).toEqual({
      id: 1,
      cnt: 4,
      cost: '3.57',
      balance: '996.43',
    });
  });
});
