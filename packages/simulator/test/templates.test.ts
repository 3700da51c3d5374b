import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../src/index.ts';
import { api, submit, errorOf, noon, type Params, to } from './submit.ts';

const templates = (gateway: Gateway, params: Params): unknown => api(gateway, 'templates', params);

describe('a template', () => {
  const withOne = (): { readonly gateway: Gateway; readonly id: number } => {
    const gateway = createGateway();
    const { id } = templates(gateway, {
      add: 1,
      name: 'Вітання',
      msg: 'Привіт!',
      format: 'viber',
      sender: 'SHOP',
      'fl[1]': 1,
    }) as { id: number };
    return { gateway, id };
  };

  it('is added, listed, changed and deleted', () => {
    const { gateway, id } = withOne();
    expect(templates(gateway, { get: 1 })).toEqual([
      { id, format: 'viber', message: 'Привіт!', name: 'Вітання', sender: 'SHOP', flag: 2 },
    ]);
    expect(templates(gateway, { chg: 1, id, msg: 'Бувай!', format: '' })).toBe('OK');
    expect(templates(gateway, { get: 1 })).toEqual([
      { id, format: '', message: 'Бувай!', name: 'Вітання', sender: 'SHOP', flag: 2 },
    ]);
    expect(submit(gateway, { del: 1, id, fmt: 1 }, noon, to('templates'))).toBe('OK');
    expect(errorOf(gateway, 'templates', { get: 1 })).toBe(3);
  });

  it('returns its id in every format', () => {
    const gateway = createGateway();
    expect(
      [0, 1, 2, 3].map((fmt) => submit(gateway, { add: 1, name: 'a', msg: 'b', fmt }, noon, to('templates'))),
    ).toEqual(['ID = 1001', '1002', '<result>\n<id>1003</id>\n</result>', '{\n"id": 1004\n}']);
  });

  it('is refused in plain text in any format if it is unknown', () => {
    const gateway = createGateway();
    const refusal = (params: Params): string => submit(gateway, { id: 9, ...params }, noon, to('templates'));
    expect([
      refusal({ del: 1, fmt: 3 }),
      refusal({ chg: 1, name: 'a', fmt: 3 }),
      refusal({ del: 1, fmt: 1 }),
    ]).toEqual(['ERROR = 3 (no records)', 'ERROR = 3 (no records)', '0,-3']);
  });

  it('is refused if it is invalid', () => {
    const { gateway, id } = withOne();
    const wrong: readonly Params[] = [
      {},
      { add: 1 },
      { add: 1, name: 'a' },
      { add: 1, msg: 'a' },
      { add: 1, name: 'a', msg: 'x'.repeat(1001) },
      { add: 1, name: 'a', msg: 'a', format: 'fax' },
      { chg: 1, name: 'a' },
      { chg: 1, id, msg: '' },
      { del: 1, id: 'x' },
      { del: 1, get: 1 },
      { add: 1, name: 'a', msg: 'a', 'fl[1]': 2 },
    ];
    expect(wrong.map((params) => errorOf(gateway, 'templates', params))).toEqual(wrong.map(() => 1));
  });
});

describe('an operator’s template', () => {
  it('is registered for each flag, and found by sender and text', () => {
    const gateway = createGateway();
    const add = (sender: string, flags: Params): unknown =>
      api(gateway, 'op_templates', { add: 1, sender, msg: 'Код %d', ...flags });
    expect(add('SHOP', { mts_srv: 1, tele2_trn: 1, mega_adv: 0 })).toEqual([
      { id: 1001, name: 'МТС, сервисный' },
      { id: 1002, name: 'Теле2, транзакционный' },
    ]);
    add('OTHER', { soc: 1 });
    const found = (params: Params): unknown => api(gateway, 'op_templates', { get: 1, ...params });
    expect(
      [found({}), found({ sender: 'OTHER' }), found({ msg: 'Код %d' })].map(
        (list) => (list as unknown[]).length,
      ),
    ).toEqual([3, 1, 3]);
    expect([
      errorOf(gateway, 'op_templates', { get: 1, sender: 'x' }),
      errorOf(gateway, 'op_templates', { add: 1, sender: 'a', msg: 'b' }),
      errorOf(gateway, 'op_templates', {}),
    ]).toEqual([3, 1, 1]);
  });
});
