import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../src/index.ts';
import { api, submit, submitForJson, errorOf, noon, type Params, to } from './submit.ts';

const phone = '380501234567';
const other = '380671234567';

const phones = (gateway: Gateway, params: Params, at = noon): unknown => api(gateway, 'phones', params, at);
const contacts = (gateway: Gateway, params: Params = {}, at = noon): unknown =>
  phones(gateway, { get: 1, ...params }, at);

it('a group of 100,000 members is added in linear time', () => {
  const members = Array.from({ length: 100_000 }, (_, at) => `3805${String(at).padStart(8, '0')}`);
  // With a linear search for each member, this test would take almost a minute.
  const gateway = createGateway({ groups: { 1: members } });
  expect(submit(gateway, { phones: 'G1', mes: 'a', cost: 1 })).toBe('38500.00 (100000 SMS)');
}, 10_000);

describe('a new account', () => {
  it('has two empty groups', () => {
    const gateway = createGateway();
    expect(phones(gateway, { get_group: 1 })).toEqual([
      { id: '1', name: 'Клиенты', number: '1', cnt: '0' },
      { id: '2', name: 'Сотрудники', number: '2', cnt: '0' },
    ]);
    expect(errorOf(gateway, 'phones', { get: 1 })).toBe(3);
  });

  it('has the groups of the options, if there are any', () => {
    const gateway = createGateway({ groups: { 7: [phone, 'a@example.org'] } });
    expect(phones(gateway, { get_group: 1 })).toEqual([{ id: '1', name: 'G7', number: '7', cnt: '2' }]);
    expect(contacts(gateway)).toMatchObject([{ phone }, { phone: 'a@example.org' }]);
  });
});

describe('a contact', () => {
  it('is added with all of its details', () => {
    const gateway = createGateway();
    const details = {
      fnm: 'Олена',
      lnm: 'Коваль',
      mnm: 'І.',
      bd: '28.02.1990',
      myid: 'crm-7',
      cmt: 'VIP',
      tags: 'a,b',
      pho: '380441234567',
    };
    expect(phones(gateway, { add: 1, phone: `+${phone}`, name: 'Olena', grp: '1,2', ...details })).toEqual({
      id: 3,
    });
    expect(contacts(gateway)).toEqual([
      {
        id: 'crm-7',
        int_id: '3',
        name: 'Olena',
        phone,
        group: '1,2',
        first_name: 'Олена',
        last_name: 'Коваль',
        middle_name: 'І.',
        birthday: '28.02.1990',
        comments: 'VIP',
        tags: 'a,b',
        phone_other: '380441234567',
      },
    ]);
    expect(submit(gateway, { add: 1, phone: other, name: 'x' }, noon, to('phones'))).toBe('ID = 4');
    expect(submit(gateway, { add: 1, phone: other, name: 'y', fmt: 1 }, noon, to('phones'))).toBe('4');
    expect(submit(gateway, { add: 1, phone: other, name: 'z', fmt: 2 }, noon, to('phones'))).toBe(
      '<result>\n<id>4</id>\n</result>',
    );
  });

  it('is found by group, number, name, any other text, and after an id', () => {
    const gateway = createGateway();
    phones(gateway, { add: 1, phone, name: 'a', lnm: 'Коваль', grp: 1, cmt: 'perhaps' });
    phones(gateway, { add: 1, phone: other, name: 'b', lnm: 'Шевченко', grp: 2 });
    const found = (params: Params): unknown => {
      const list = contacts(gateway, params);
      return Array.isArray(list) ? (list as { name: string }[]).map(({ name }) => name) : 'none';
    };
    expect([
      found({ grp: 2 }),
      found({ phone: `+${phone}` }),
      found({ fio: 'ковал' }),
      found({ search: 'haps' }),
      found({ after_id: 3 }),
    ]).toEqual([['b'], ['a'], ['a'], ['a'], ['b']]);
    expect([found({ grp: 9 }), found({ search: 'nobody' }), found({ after_id: 4 })]).toEqual([
      'none',
      'none',
      'none',
    ]);
  });

  it('is changed, renumbered and deleted', () => {
    const gateway = createGateway();
    phones(gateway, { add: 1, phone, name: 'a', grp: 1 });
    expect(phones(gateway, { chg: 1, phone, new_phone: other, name: 'b' })).toEqual({ result: 'OK' });
    expect(contacts(gateway)).toMatchObject([{ phone: other, name: 'b', group: '1' }]);
    for (const [how, groups] of [
      [2, '1,2'],
      [3, '1'],
      [1, '2'],
    ] as const) {
      expect(phones(gateway, { move_group: how, grp: 2, phone: other })).toEqual({ result: 'OK' });
      // The parameter `no such` makes each request different. A fourth identical request would be refused.
      expect(contacts(gateway, { search: other, 'no such': how })).toMatchObject([{ group: groups }]);
    }
    expect(submit(gateway, { del: 1, phone: other }, noon, to('phones'))).toBe('OK');
    expect([
      errorOf(gateway, 'phones', { get: 1, search: 'x' }),
      errorOf(gateway, 'phones', { del: 1, phone: other }),
    ]).toEqual([3, 3]);
  });

  it('is refused if it is invalid', () => {
    const gateway = createGateway();
    phones(gateway, { add: 1, phone, name: 'a' });
    phones(gateway, { add: 1, phone: other, name: 'b' });
    const wrong: readonly Params[] = [
      {},
      { add: 1 },
      { add: 1, phone },
      { add: 1, name: 'a' },
      { add: 1, phone: '12', name: 'a' },
      { add: 1, mail: 'x', name: 'a' },
      { add: 1, get: 1 },
      { add: 1, phone, name: 'a', bd: '31.02.1990' },
      { move_group: 4, grp: 1, phone },
      { move_group: 1, grp: 1 },
      { add_group: 1 },
      { chg_group: 1, grp: 1 },
      { del_group: 1 },
      { add_group: 1, name: 'a', num: 'x' },
      { add_black: 1 },
      { add_black: 1, phone, type: 3 },
      { get: 1, after_id: 'x' },
    ];
    expect(wrong.map((params) => errorOf(gateway, 'phones', params))).toEqual(wrong.map(() => 1));
    expect(errorOf(gateway, 'phones', { add: 1, phone, name: 'a', grp: 99 })).toBe(5);
    expect(errorOf(gateway, 'phones', { chg: 1, phone, new_phone: other })).toBe(5);
  });
});

describe('a group', () => {
  it('is added with a given number or the next free one, changed and deleted', () => {
    const gateway = createGateway();
    expect([
      phones(gateway, { add_group: 1, name: 'a' }),
      phones(gateway, { add_group: 1, name: 'b', num: 50 }),
    ]).toEqual([{ id: 3 }, { id: 4 }]);
    expect(errorOf(gateway, 'phones', { add_group: 1, name: 'c', num: 50 })).toBe(5);
    expect([
      phones(gateway, { chg_group: 1, grp: 4, name: 'd', num: 51 }),
      errorOf(gateway, 'phones', { chg_group: 1, grp: 4, name: 'd', num: 3 }),
    ]).toEqual([{ result: 'OK' }, 5]);
    phones(gateway, { del_group: 1, grp: 1 });
    expect(phones(gateway, { get_group: 1 })).toMatchObject([
      { id: '2' },
      { id: '3', number: '3' },
      { id: '4', name: 'd', number: '51' },
    ]);
    expect([
      errorOf(gateway, 'phones', { del_group: 1, grp: 1 }),
      errorOf(gateway, 'phones', { move_group: 1, grp: 1, phone }),
    ]).toEqual([3, 3]);
  });

  it('receives messages by its number', () => {
    const gateway = createGateway();
    phones(gateway, { add_group: 1, name: 'a', num: 50 });
    phones(gateway, { add: 1, phone, name: 'a', grp: 3 });
    phones(gateway, { add: 1, phone: other, mail: 'b@example.org', name: 'b', grp: 3 });
    expect(submit(gateway, { phones: 'G50', mes: 'a', fmt: 1 })).toBe('1,2');
    expect(
      submit(gateway, { phones: 'G50', mes: 'a', subj: 'b', sender: 'c@example.org', mail: 1, fmt: 1 }),
    ).toBe('2,1');
    expect(gateway.messages().at(-1)!.phone).toBe('b@example.org');
    expect(submit(gateway, { phones: 'G51', mes: 'a', fmt: 1 })).toBe('3,-7');
  });
});

describe('the black list', () => {
  it('refuses messages to its numbers with status 23 and error 250, at no cost', () => {
    const gateway = createGateway();
    expect(phones(gateway, { add_black: 1, phone })).toMatchObject({ id: 3 });
    expect(submit(gateway, { phones: phone, mes: 'a', fmt: 1 })).toBe('1,-8');
    expect(submitForJson(gateway, { phones: `${phone},${other}`, mes: 'a', op: 1 })).toMatchObject({
      cnt: 1,
      phones: [
        { phone, status: '23', error: '250', cost: '' },
        { phone: other, status: '-1' },
      ],
    });
    expect(gateway.balance('demo')).toBe('999.615');
    phones(gateway, { del_black: 1, phone });
    expect(submit(gateway, { phones: phone, mes: 'a', fmt: 1 })).toBe('3,1');
    expect(errorOf(gateway, 'phones', { del_black: 1, phone, name: 'again' })).toBe(3);
  });

  it('applies to jobs or to single messages, depending on its type', () => {
    const gateway = createGateway();
    phones(gateway, { add_black: 1, phone, type: 1 });
    phones(gateway, { add_black: 1, phone: other, type: 2 });
    expect([
      submit(gateway, { phones: phone, mes: 'a', fmt: 1 }),
      submit(gateway, { phones: other, mes: 'a', fmt: 1 }),
    ]).toEqual(['1,1', '2,-8']);
    api(gateway, 'jobs', { add: 1, name: 'm', phones: `${phone},${other}`, mes: 'b' });
    expect(
      gateway
        .messages()
        .slice(-2)
        .map(({ outcome }) => outcome.err),
    ).toEqual([250, undefined]);
    // A job is refused if all of its recipients are refused.
    expect(errorOf(gateway, 'jobs', { add: 1, name: 'm', phones: phone, mes: 'c' })).toBe(3);
    expect(errorOf(gateway, 'jobs', { add: 1, name: 'm', phones: other, mes: 'c' })).toBeUndefined();
  });
});
