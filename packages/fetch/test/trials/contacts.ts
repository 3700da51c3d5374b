import {
  addContact,
  type AddContactInput,
  addContactGroup,
  addToBlackList,
  addToGroup,
  changeContact,
  type ChangeContactInput,
  changeContactGroup,
  type Contact,
  contactGroups,
  contacts,
  moveToGroup,
  removeContact,
  removeContactGroup,
  removeFromBlackList,
  removeFromGroup,
} from '@smsc/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type OperationTrial, trial } from '../trial.ts';
import { dayOf, email, phone, phones, type Words, wireDay, written } from '../words.ts';
import type { Customer, WireRow } from '../world.ts';

/** Members of a contact, and their names in the gateway's rows. */
const members = {
  name: 'name',
  ownId: 'id',
  firstName: 'first_name',
  lastName: 'last_name',
  middleName: 'middle_name',
  birthday: 'birthday',
  comment: 'comments',
  tags: 'tags',
  otherPhones: 'phone_other',
} as const;

const details = (words: Words) => ({
  groups: fc.constantFrom(1, '2', [1, '2'], [2]),
  firstName: words.line,
  lastName: words.line,
  middleName: words.line,
  birthday: dayOf('1920-01-01', '2025-12-31'),
  ownId: words.line,
  comment: words.lines,
  tags: words.line,
  otherPhones: words.line,
});

/** Finds the row of a contact by its number or e-mail address. */
const contactRow = (customer: Customer, key: string): WireRow | undefined =>
  customer.rows('phones', { get: 1 }).find((row) => row['phone'] === key);

const groupsOf = (row: WireRow | undefined): readonly string[] =>
  String(row?.['group'])
    .split(',')
    .filter((group) => group !== '0')
    .sort();

/** Compares the row of a contact with the input that set it. */
function expectApplied(row: WireRow | undefined, given: ChangeContactInput): void {
  for (const [name, member] of Object.entries(members)) {
    const value = given[name as keyof typeof members];
    if (value !== undefined)
      expect(row?.[member]).toBe(
        name === 'birthday' ? wireDay(value as `${number}-${number}-${number}`) : value,
      );
  }
  if (given.groups !== undefined) expect(groupsOf(row)).toEqual([given.groups].flat().map(String).sort());
}

/** Adds a contact without the client. Returns its id. */
const addWithoutClient = (
  customer: Customer,
  phone: string,
  more: Readonly<Record<string, string>> = {},
): string =>
  String((customer.requestDirectly('phones', { add: 1, phone, name: 'somebody', ...more }) as WireRow)['id']);

/** Returns the numbers in a group. */
const membersOf = (customer: Customer, group: number | string): string[] =>
  customer
    .rows('phones', { get: 1, grp: group })
    .map((row) => String(row['phone']))
    .sort();

/** Tests whether the blacklist blocks single messages to a number. Only a price request reveals the block. */
const isBlocked = (customer: Customer, to: string): boolean =>
  (customer.requestDirectly('send', { phones: to, mes: 'a', cost: 1 }) as WireRow)['error_code'] === 8;
/** Tests whether the blacklist blocks jobs to a number: a job without other recipients fails. */
function isBlockedForJobs(customer: Customer, to: string): boolean {
  const id = (
    customer.requestDirectly('jobs', { add: 1, name: 'n', phones: to, mes: 'a', time: '+60' }) as WireRow
  )['id'];
  if (id === undefined) return true;
  customer.requestDirectly('jobs', { del: 1, id: Number(id) });
  return false;
}

const manyPhones = phones(4)
  .chain((all) => fc.tuple(fc.constant(all), fc.tuple(...all.map(written)), fc.boolean()))
  .map(([all, asWritten, alone]) => ({
    digits: alone ? all.slice(0, 1) : all,
    given: alone ? asWritten[0]! : asWritten,
  }));

/** Generates contacts in the two groups of a new account, and the number of contacts to act on. */
const inGroups = fc.record({
  members: fc.uniqueArray(fc.tuple(phone, fc.constantFrom('', '1', '2', '1,2')), {
    minLength: 1,
    maxLength: 6,
    selector: ([number]) => number,
  }),
  count: fc.integer({ min: 1, max: 6 }),
  group: fc.constantFrom(1, 2, '1', '2'),
});

type InGroups = typeof inGroups extends fc.Arbitrary<infer Value> ? Value : never;

function addMembers(
  { members, count, group }: InGroups,
  customer: Customer,
): { readonly group: number | string; readonly phone: string[] } {
  for (const [number, grp] of members) addWithoutClient(customer, number, grp === '' ? {} : { grp });
  return { group, phone: members.slice(0, count).map(([number]) => number) };
}

/**
 * Checks the groups of all contacts. `rule` returns the expected groups of the first `count` contacts; the other
 * contacts must be unchanged.
 */
function expectGroups(
  { members, count, group }: InGroups,
  customer: Customer,
  rule: (before: readonly string[], group: string) => readonly string[],
): void {
  members.forEach(([number, grp], place) => {
    const before = grp.split(',').filter((each) => each !== '');
    const after = place < count ? rule(before, String(group)) : before;
    expect(groupsOf(contactRow(customer, number))).toEqual([...new Set(after)].sort());
  });
}

export const contactTrials: Readonly<Record<string, OperationTrial>> = {
  addContact: trial(addContact, {
    seeds: (words) =>
      fc.record({
        key: fc.oneof(phone, email),
        more: fc.record({ name: words.line, ...details(words) }, { requiredKeys: ['name'] }),
      }),
    input: ({ key, more }): AddContactInput => ({
      ...more,
      ...(key.includes('@') ? { email: key } : { phone: key }),
    }),
    holds: ({ id }, { seed, input, customer }) => {
      const row = contactRow(customer, seed.key);
      expect(row?.['int_id']).toBe(id);
      expectApplied(row, input);
      expect(customer.rows('phones', { get: 1 })).toHaveLength(1);
    },
  }),

  contacts: trial(contacts, {
    seeds: (words) =>
      fc.record({
        people: fc.uniqueArray(
          fc.record({
            phone,
            more: fc.record({ name: words.line, ...details(words) }, { requiredKeys: ['name'] }),
          }),
          { maxLength: 5, selector: (each) => each.phone },
        ),
        by: fc.constantFrom('all', 'group', 'phone', 'fullName', 'search', 'after'),
        which: fc.nat({ max: 4 }),
      }),
    input: ({ people, by, which }, customer) => {
      for (const { phone, more } of people) {
        const { groups, birthday, ...rest } = more;
        addWithoutClient(customer, phone, {
          ...Object.fromEntries(
            Object.entries(rest).map(([name, value]) => [
              {
                name: 'name',
                ownId: 'myid',
                firstName: 'fnm',
                lastName: 'lnm',
                middleName: 'mnm',
                comment: 'cmt',
                tags: 'tags',
                otherPhones: 'pho',
              }[name]!,
              value,
            ]),
          ),
          ...(groups === undefined ? {} : { grp: String(groups) }),
          ...(birthday === undefined ? {} : { bd: wireDay(birthday) }),
        });
      }
      const one = people[which];
      // A new account has two groups, so the id of the first contact is 3.
      return {
        ...(by === 'group' ? { group: 1 } : {}),
        ...(by === 'after' ? { after: 3 + which } : {}),
        ...(one && by === 'phone' ? { phone: one.phone } : {}),
        ...(one && by === 'fullName' ? { fullName: one.more.name } : {}),
        ...(one && by === 'search' ? { search: one.phone.slice(3) } : {}),
      };
    },
    holds: (result, { seed: { people, by, which }, customer }) => {
      const inGroup = ({ groups = [] }: { readonly groups?: unknown }): boolean =>
        [groups].flat().map(String).includes('1');
      const one = people[which];
      const expected = people.filter(({ phone, more }, place) => {
        if (by === 'group') return inGroup(more);
        if (by === 'after') return place > which;
        if (one === undefined || by === 'all') return true;
        return phone === one.phone;
      });
      // Other contacts may match the same words. Numbers and positions are unique.
      if (by === 'fullName' || by === 'search')
        expect(result.map(({ phone }) => phone)).toEqual(
          expect.arrayContaining(expected.map(({ phone }) => phone)),
        );
      else expect(result.map(({ phone }) => phone)).toEqual(expected.map(({ phone }) => phone));
      for (const each of result) {
        const { more } = people.find(({ phone }) => phone === each.phone)!;
        const { groups = [], ...rest } = more;
        expect(each).toMatchObject(rest satisfies Partial<Contact>);
        expect([...each.groups].sort()).toEqual([groups].flat().map(String).sort());
        expect(each.serverId).toBe(contactRow(customer, each.phone!)!['int_id']);
        expect(each.extra).toEqual({});
      }
    },
  }),

  changeContact: trial(changeContact, {
    seeds: (words) =>
      fc
        .record({
          phone,
          other: phone,
          newPhone: phone,
          newEmail: email,
          changes: fc.record({ name: words.line, ...details(words) }, { requiredKeys: [] }),
          replaced: fc.constantFrom('newPhone', 'newEmail', 'neither'),
        })
        .filter(
          ({ phone, other, newPhone, changes, replaced }) =>
            new Set([phone, other, newPhone]).size === 3 &&
            (replaced !== 'neither' || Object.keys(changes).length > 0),
        ),
    input: ({ phone, other, newPhone, newEmail, changes, replaced }, customer): ChangeContactInput => {
      addWithoutClient(customer, phone, { cmt: 'as it was', grp: '1', fnm: 'Ivan', name: 'Old' });
      addWithoutClient(customer, other, { cmt: 'another' });
      return {
        phone,
        ...changes,
        ...(replaced === 'newPhone' ? { newPhone } : {}),
        ...(replaced === 'newEmail' ? { newEmail } : {}),
      };
    },
    holds: (_, { seed: { phone, other, newPhone, newEmail, changes, replaced }, customer }) => {
      expect(customer.rows('phones', { get: 1 })).toHaveLength(2);
      const row = contactRow(customer, replaced === 'newPhone' ? newPhone : phone);
      // Members that are left out do not change.
      expectApplied(row, { name: 'Old', comment: 'as it was', groups: 1, firstName: 'Ivan', ...changes });
      if (replaced === 'newPhone') expect(contactRow(customer, phone)).toBeUndefined();
      if (replaced === 'newEmail')
        expect(customer.rows('phones', { get: 1, search: newEmail })).toHaveLength(1);
      expect(contactRow(customer, other)).toMatchObject({ comments: 'another', group: '0' });
    },
  }),

  removeContact: trial(removeContact, {
    seeds: () =>
      fc.record({
        people: phones(6),
        count: fc.integer({ min: 1, max: 6 }),
        email: fc.option(email, { nil: undefined }),
      }),
    input: ({ people, count, email }, customer) => {
      for (const each of people) addWithoutClient(customer, each);
      if (email === undefined) return { phone: people.slice(0, count) };
      customer.requestDirectly('phones', { add: 1, mail: email, name: 'letters' });
      return { email };
    },
    holds: (_, { seed: { people, count, email }, customer }) => {
      expect(customer.rows('phones', { get: 1 }).map((row) => row['phone'])).toEqual(
        email === undefined ? people.slice(count) : people,
      );
    },
  }),

  contactGroups: trial(contactGroups, {
    seeds: (words) =>
      fc.record({
        more: fc.array(words.line, { maxLength: 4 }),
        members: fc.array(fc.constantFrom('1', '2', '1,2'), { maxLength: 4 }),
        none: fc.boolean(),
      }),
    input: ({ more, members, none }, customer) => {
      for (const [place, name] of more.entries())
        customer.requestDirectly('phones', { add_group: 1, name, num: 100 + place });
      for (const [place, grp] of members.entries())
        addWithoutClient(customer, `38050111220${place}`, { grp });
      if (none)
        for (const { id } of customer.rows('phones', { get_group: 1 }))
          customer.requestDirectly('phones', { del_group: 1, grp: id as string });
      return {};
    },
    holds: (result, { seed: { more, members, none }, customer }) => {
      if (none) return expect(result).toEqual([]);
      expect(result.slice(2).map(({ name, number, count }) => ({ name, number, count }))).toEqual(
        more.map((name, place) => ({ name, number: 100 + place, count: 0 })),
      );
      for (const group of ['1', '2'])
        expect(result.find(({ id }) => id === group)!.count).toBe(
          members.filter((grp) => grp.includes(group)).length,
        );
      // A send to a group needs the group's number.
      for (const { number, count } of result)
        if (count! > 0)
          expect(customer.requestDirectly('send', { phones: `G${number}`, mes: 'a', cost: 1 })).toMatchObject(
            {
              cnt: count,
            },
          );
    },
  }),

  addContactGroup: trial(addContactGroup, {
    seeds: (words) =>
      fc.record(
        {
          name: words.line,
          number: fc.integer({ min: 3, max: 2147483647 }),
          content: fc.constantFrom('phones' as const, 'emails' as const),
        },
        { requiredKeys: ['name'] },
      ),
    input: (seed) => seed,
    holds: ({ id }, { input, customer }) => {
      expect(customer.rows('phones', { get_group: 1 })).toHaveLength(3);
      expect(customer.rows('phones', { get_group: 1 }).find((row) => row['id'] === id)).toEqual({
        id,
        name: input.name,
        number: String(input.number ?? 3),
        cnt: '0',
      });
    },
  }),

  changeContactGroup: trial(changeContactGroup, {
    seeds: (words) =>
      fc.record(
        { group: fc.constantFrom(1, '2'), name: words.line, number: fc.integer({ min: 3, max: 2147483647 }) },
        { requiredKeys: ['group', 'name'] },
      ),
    input: (seed, customer) => {
      addWithoutClient(customer, '380501112233', { grp: String(seed.group) });
      return seed;
    },
    holds: (_, { input: { group, name, number }, customer }) => {
      const rows = customer.rows('phones', { get_group: 1 });
      expect(rows).toHaveLength(2);
      expect(rows.find(({ id }) => id === String(group))).toEqual({
        id: String(group),
        name,
        number: String(number ?? group),
        cnt: '1',
      });
    },
  }),

  removeContactGroup: trial(removeContactGroup, {
    seeds: () => inGroups,
    input: (seed, customer) => ({ group: addMembers(seed, customer).group }),
    holds: (_, { seed, customer }) => {
      expect(customer.rows('phones', { get_group: 1 }).map(({ id }) => id)).toEqual(
        ['1', '2'].filter((id) => id !== String(seed.group)),
      );
      // The contacts of the removed group remain, but no longer belong to the group.
      expect(customer.rows('phones', { get: 1 })).toHaveLength(seed.members.length);
      expectGroups({ ...seed, count: seed.members.length }, customer, (before, group) =>
        before.filter((each) => each !== group),
      );
    },
  }),

  moveToGroup: trial(moveToGroup, {
    seeds: () => inGroups,
    input: addMembers,
    holds: (_, { seed, customer }) => {
      expectGroups(seed, customer, (__, group) => [group]);
      expect(membersOf(customer, seed.group)).toEqual(
        expect.arrayContaining(seed.members.slice(0, seed.count).map(([number]) => number)),
      );
    },
  }),

  addToGroup: trial(addToGroup, {
    seeds: () => inGroups,
    input: addMembers,
    holds: (_, { seed, customer }) => expectGroups(seed, customer, (before, group) => [...before, group]),
  }),

  removeFromGroup: trial(removeFromGroup, {
    seeds: () => inGroups,
    input: addMembers,
    holds: (_, { seed, customer }) =>
      expectGroups(seed, customer, (before, group) => before.filter((each) => each !== group)),
  }),

  addToBlackList: trial(addToBlackList, {
    seeds: () =>
      fc.record({
        who: manyPhones,
        scope: fc.constantFrom(undefined, 'all' as const, 'mass' as const, 'single' as const),
      }),
    input: ({ who, scope }) => ({ phone: who.given, scope }),
    holds: ({ id }, { seed: { who, scope }, customer }) => {
      expect(id).toMatch(/^\d+$/);
      for (const each of who.digits) {
        expect(isBlocked(customer, each)).toBe(scope !== 'mass');
        expect(isBlockedForJobs(customer, each)).toBe(scope !== 'single');
      }
    },
  }),

  removeFromBlackList: trial(removeFromBlackList, {
    seeds: () => fc.record({ people: phones(5), count: fc.integer({ min: 1, max: 5 }) }),
    input: ({ people, count }, customer) => {
      customer.requestDirectly('phones', { add_black: 1, phone: people.join() });
      return { phone: people.slice(0, count) };
    },
    holds: (_, { seed: { people, count }, customer }) => {
      people.forEach((each, place) => expect(isBlocked(customer, each)).toBe(place >= count));
    },
  }),
};
