import {
  addContact,
  type AddressBook,
  type Contact,
  findContact,
  moveContact,
  removeContact,
} from '../state/address-book.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { isEmail, readPhone } from '../params/recipients.ts';
import { readDay } from './period.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, okResponse, listResponse, type Row } from '../wire/rows.ts';

/** What can be said of a contact, by the parameter that says it, and the member that answers with it. */
const details = [
  ['fnm', 'first_name'],
  ['lnm', 'last_name'],
  ['mnm', 'middle_name'],
  ['bd', 'birthday'],
  ['cmt', 'comments'],
  ['tags', 'tags'],
  ['pho', 'phone_other'],
] as const;

/** A list with any separator: only that commas are one is sure. */
export const splitList = (list: string): readonly string[] =>
  list
    .split(/[,;|\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Numbers of a list, in international form; `undefined` when one of them is none. */
export function readPhones(list: string): readonly string[] | undefined {
  const phones = splitList(list).map(readPhone);
  return phones.every((phone) => phone !== undefined) ? phones : undefined;
}

/** Ids of groups; `undefined` when one is none of the book's. */
function readGroups({ groups }: AddressBook, list: string): readonly number[] | undefined {
  const ids = splitList(list)
    .filter((id) => id !== '0')
    .map(Number);
  return ids.every((id) => groups.has(id)) ? ids : undefined;
}

/** Writes into a contact what a request says of it. */
function describe(contact: Contact, { parameters }: RequestContext, groups: readonly number[]): void {
  for (const name of ['name', 'myid', ...details.map(([parameter]) => parameter)]) {
    const value = parameters.values.get(name);
    if (value !== undefined) contact.details.set(name, value);
  }
  if (!parameters.values.has('grp')) return;
  contact.groups.clear();
  for (const id of groups) contact.groups.add(id);
}

/** All members are text; groups are joined by commas, and none is `0` (recorded). */
const rowOf = ({ id, phone, mail, groups, details: said }: Contact): Row => [
  ['id', said.get('myid') ?? ''],
  ['int_id', String(id)],
  ['name', said.get('name') ?? ''],
  ['phone', phone || mail],
  ['group', groups.size > 0 ? [...groups].join() : '0'],
  ...details.map(([parameter, member]) => [member, said.get(parameter) ?? ''] as const),
];

function list(call: RequestContext): ResponseBody {
  const get = (name: string): string => valueOf(call, name).toLowerCase();
  const [grp, phone, fio, search, after] = [
    get('grp'),
    get('phone'),
    get('fio'),
    get('search'),
    get('after_id'),
  ];
  if (!/^\d{0,15}$/.test(grp + after)) return errorResponse('parameters');
  const found = [...call.account.addressBook.contacts.values()].filter((contact) => {
    const of = (name: string): string => (contact.details.get(name) ?? '').toLowerCase();
    const fullName = [of('lnm'), of('fnm'), of('mnm')].join(' ');
    return (
      contact.id > Number(after) &&
      (grp === '' || contact.groups.has(Number(grp))) &&
      (phone === '' || contact.phone === (readPhone(phone) ?? phone)) &&
      (fullName.includes(fio) || of('name').includes(fio)) &&
      [contact.phone, contact.mail, fullName, ...contact.details.values()].some((text) =>
        text.toLowerCase().includes(search),
      )
    );
  });
  return found.length > 0 ? listResponse(found.map(rowOf)) : errorResponse('nothing');
}

/** Contacts by number or by address; those that are not in the book are left out. */
const findAll = (
  addressBook: AddressBook,
  phones: readonly string[],
  mails: readonly string[],
): readonly Contact[] =>
  [
    ...phones.map((phone) => findContact(addressBook, phone, '')),
    ...mails.map((mail) => findContact(addressBook, '', mail)),
  ].filter((contact) => contact !== undefined);

/**
 * Contacts. Several numbers make several contacts, a number that is known already is changed, and the answer has the
 * number of the first: assumed.
 */
export function contacts(call: RequestContext, action: 'add' | 'chg' | 'del' | 'get'): ResponseBody {
  if (action === 'get') return list(call);
  const { account } = call;
  const { addressBook } = account;
  const phones = readPhones(valueOf(call, 'phone'));
  const mails = splitList(valueOf(call, 'mail'));
  const groups = readGroups(addressBook, valueOf(call, 'grp'));
  const birthday = valueOf(call, 'bd');
  if (!phones || !mails.every(isEmail) || phones.length + mails.length === 0)
    return errorResponse('parameters');
  if (birthday !== '' && readDay(birthday, 0) === undefined) return errorResponse('parameters');
  // A group that does not exist: which error is not known, assumed.
  if (!groups) return errorResponse('operation');
  if (action === 'add') {
    if (valueOf(call, 'name').trim() === '') return errorResponse('parameters');
    const both = phones.length === 1 && mails.length === 1;
    const keys = both
      ? [[phones[0]!, mails[0]!] as const]
      : [...phones.map((phone) => [phone, ''] as const), ...mails.map((mail) => ['', mail] as const)];
    const added = keys.map(
      ([phone, mail]) => findContact(addressBook, phone, mail) ?? addContact(addressBook, phone, mail),
    );
    for (const contact of added) describe(contact, call, groups);
    return createdResponse(added[0]!.id);
  }
  const found = findAll(addressBook, phones, mails);
  if (found.length === 0) return errorResponse('nothing');
  if (action === 'del') {
    for (const contact of found) removeContact(addressBook, contact);
    return okResponse;
  }
  const [newPhone, newMail] = [valueOf(call, 'new_phone'), valueOf(call, 'new_mail')];
  const phone = newPhone === '' ? undefined : readPhone(newPhone);
  if ((newPhone !== '' && phone === undefined) || (newMail !== '' && !isEmail(newMail)))
    return errorResponse('parameters');
  // Two contacts cannot have one number.
  if ((phone !== undefined || newMail !== '') && found.length > 1) return errorResponse('operation');
  if (phone !== undefined && (findContact(addressBook, phone, '') ?? found[0]) !== found[0])
    return errorResponse('operation');
  for (const contact of found) {
    describe(contact, call, groups);
    moveContact(addressBook, contact, phone ?? contact.phone, newMail || contact.mail);
  }
  return okResponse;
}
