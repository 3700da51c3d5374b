import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGateway, type Gateway } from '../src/index.ts';
import { api, submit, noon, type Params } from './submit.ts';

/** Converts an amount to whole millionths. */
const millionths = (amount: string): bigint => {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)\.(\d+)$/.exec(amount)!;
  const absolute = BigInt(whole + fraction.padEnd(6, '0'));
  return sign === '-' ? -absolute : absolute;
};

const phones = fc.constantFrom(
  '380501234567',
  '380671234567,79161234567',
  'G1',
  '12',
  '999501234567,48501234567',
);
const logins = fc.constantFrom('demo', 'own', 'sharing');
const sums = fc.constantFrom('0.001', '10', '-3.5', '1000000', '0.385');

/** Steps that move money. Each step concerns one of the accounts. */
const steps = fc.oneof(
  fc.record({
    endpoint: fc.constant('send'),
    login: logins,
    params: fc.record({ phones, mes: fc.constantFrom('a', 'Їжак '.repeat(30)) }),
  }),
  fc.record({
    endpoint: fc.constant('jobs'),
    login: logins,
    params: fc.record({
      add: fc.constant(1),
      name: fc.constant('m'),
      phones,
      mes: fc.constant('a'),
      rpt: fc.integer({ min: 0, max: 3 }),
      rptn: fc.constant(5),
    }),
  }),
  fc.record({
    endpoint: fc.constant('users'),
    login: fc.constant('demo'),
    params: fc.record({ pay: fc.constant(1), user: fc.constantFrom('own', 'sharing'), sum: sums }),
  }),
  fc.record({
    endpoint: fc.constant('receive_phones'),
    login: logins,
    params: fc.record({ buy: fc.constant(1), phone: fc.constantFrom('380440000001', '79010000001') }),
  }),
  fc.record({ endpoint: fc.constant('top up'), login: logins, params: fc.record({ sum: sums }) }),
);

/** Returns the change of each login's balance according to the statistics, in millionths. */
function changesByLogin(gateway: Gateway, at: number): ReadonlyMap<string, bigint> {
  const rows = [
    api(gateway, 'get', { get_stat: 1 }, at),
    api(gateway, 'users', { get_stat: 1, reseller: 1 }, at),
  ].flatMap((response) => (Array.isArray(response) ? (response as Record<string, string>[]) : []));
  return new Map(rows.map((row) => [row['login']!, millionths(row['debit']!) - millionths(row['credit']!)]));
}

it('statistics and balances agree to the last digit after any operations', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(steps, fc.integer({ min: 1, max: 20 * 3600 })), { maxLength: 25 }),
      (done) => {
        const gateway = createGateway({
          limits: false,
          groups: { 1: ['380931234567', '380931234568'] },
          accounts: [{ login: 'demo', password: 'demo', balance: '300.00' }],
        });
        for (const [user, type] of [
          ['own', 0],
          ['sharing', 3],
        ] as const)
          api(gateway, 'users', { add: 1, user, password: 'x', type });
        let now = noon;
        for (const [{ endpoint, login, params }, seconds] of done) {
          now += seconds * 1000;
          if (endpoint === 'top up') gateway.topUp(login, (params as { sum: string }).sum, now);
          else
            submit(gateway, { login, psw: login === 'demo' ? 'demo' : 'x', ...(params as Params) }, now, {
              url: `/sys/${endpoint}.php`,
            });
        }
        gateway.advance((now += 40 * 86_400_000));
        const changes = changesByLogin(gateway, now);
        expect(millionths(gateway.balance('demo')!)).toBe(
          millionths('300.00') + (changes.get('demo') ?? 0n) + (changes.get('sharing') ?? 0n),
        );
        expect(millionths(gateway.balance('own')!)).toBe(changes.get('own') ?? 0n);
        expect(gateway.balance('sharing')).toBe(gateway.balance('demo'));
      },
    ),
    { numRuns: 150 },
  );
});
