import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../src/index.ts';
import { api, submit, errorOf, noon, type Params, to } from './submit.ts';

const hour = 3_600_000;
const senders = (gateway: Gateway, params: Params, at = noon): unknown => api(gateway, 'senders', params, at);

describe('sender names', () => {
  it('are listed, newest first, a page at a time', () => {
    const gateway = createGateway();
    expect(senders(gateway, { get: 1 })).toMatchObject([{ id: 1, sender: 'SMSC' }]);
    const added = ['SHOP', 'STORE'].map(
      (sender) => (senders(gateway, { add: 1, sender, cmt: 'a shop', mts: 1 }) as { id: number }).id,
    );
    const [shop, store] = added;
    const names = (params: Params): unknown =>
      (senders(gateway, { get: 1, ...params }) as { sender: string }[]).map(({ sender }) => sender);
    expect([names({ cnt: 2 }), names({ prev_id: store! }), names({ from_date: '23.11.2025' })]).toEqual([
      ['STORE', 'SHOP'],
      ['SHOP', 'SMSC'],
      ['STORE', 'SHOP'],
    ]);
    expect(senders(gateway, { get: 1, operators: 1, prev_id: store!, cnt: 1 })).toEqual([
      { id: shop, sender: 'SHOP', comment: 'a shop', date: '23.11.2025 12:00:00', status: 1, mts: 1 },
    ]);
  });

  it('are the only allowed senders if an account has registered names', () => {
    const gateway = createGateway({ accounts: [{ login: 'demo', password: 'demo', senders: ['OLD'] }] });
    const from = (sender: string, mes: string): string =>
      submit(gateway, { phones: '380501234567', mes, sender, fmt: 1 });
    expect([from('OLD', 'a'), from('NEW', 'b')]).toEqual(['1,1', '2,-6']);
    senders(gateway, { add: 1, sender: 'NEW' });
    senders(gateway, { del: 1, sender: 'OLD' });
    expect([from('OLD', 'c'), from('NEW', 'd')]).toEqual(['3,-6', '4,1']);
  });

  it('are changed and deleted, by name or by id', () => {
    const gateway = createGateway();
    const { id } = senders(gateway, { add: 1, sender: 'SHOP' }) as { id: number };
    expect(submit(gateway, { chg: 1, id, cmt: 'b' }, noon, to('senders'))).toBe('OK');
    expect(senders(gateway, { get: 1, cnt: 1 })).toMatchObject([{ sender: 'SHOP', comment: 'b' }]);
    expect(senders(gateway, { del: 1, id })).toEqual({ result: 'OK' });
    expect([
      errorOf(gateway, 'senders', { del: 1, id }),
      errorOf(gateway, 'senders', { chg: 1, sender: 'x' }),
      errorOf(gateway, 'senders', { add: 1, sender: 'SMSC' }),
    ]).toEqual([3, 3, 5]);
  });

  it('that are numbers have to be confirmed by the code sent to them', () => {
    const gateway = createGateway({ accounts: [{ login: 'demo', password: 'demo', senders: [] }] });
    const sender = '380501234567';
    expect(senders(gateway, { send_code: 1, sender })).toEqual({ result: 'OK' });
    const code = gateway.messages().at(-1)!.text;
    expect([code, gateway.balance('demo')]).toEqual([expect.stringMatching(/^\d{4}$/), '1000.00']);
    expect([
      errorOf(gateway, 'senders', { get: 1 }),
      (senders(gateway, { get: 1, all: 1 }) as unknown[]).length,
    ]).toEqual([3, 1]);
    expect([
      errorOf(gateway, 'senders', { check_code: 1, sender, code: `${code}1` }),
      errorOf(gateway, 'senders', { send_code: 1, sender }, noon + 8 * hour - 1),
    ]).toEqual([11, 10]);
    expect(senders(gateway, { check_code: 1, sender, code })).toEqual({ result: 'OK' });
    expect(submit(gateway, { phones: '380671234567', mes: 'a', sender, fmt: 1 })).toBe('2,1');
    expect(senders(gateway, { send_code: 1, sender }, noon + 8 * hour)).toEqual({ result: 'OK' });
  });

  it('are refused if they are invalid', () => {
    const gateway = createGateway();
    const error = (params: Params): unknown => errorOf(gateway, 'senders', params);
    expect([
      error({}),
      error({ add: 1 }),
      error({ add: 1, sender: 'x'.repeat(12) }),
      error({ chg: 1 }),
      error({ get: 1, cnt: 'x' }),
      error({ get: 1, user: 'nobody' }),
    ]).toEqual(Array(6).fill(1));
    expect([
      error({ send_code: 1, sender: '12' }),
      error({ send_code: 1, sender: '999501234567' }),
      error({ check_code: 1, sender: '380501234567', code: 1 }),
    ]).toEqual([7, 8, 3]);
  });
});
