import {
  addContact,
  type AddressBook,
  type Contact,
  findContact,
  removeContact,
  setAddresses,
} from '../state/address-book.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { isEmail, readEmailList, readPhone, readPhoneList, splitList } from '../params/recipients.ts';
import { optional, pageId, readValues, recordId, text } from '../params/read-values.ts';
import { readDay } from '../params/day.ts';
import { errorResponse } from '../wire/errors.ts';
import { createdResponse, listResponse, okResponse, type Row } from '../wire/rows.ts';

/**
 * Details of a contact. Each entry has the parameter that sets a detail, and the response member that contains the detail.
 */
const details = [
  ['fnm', 'first_name'],
  ['lnm', 'last_name'],
  ['mnm', 'middle_name'],
  ['bd', 'birthday'],
  ['cmt', 'comments'],
  ['tags', 'tags'],
  ['pho', 'phone_other'],
] as const;

/** Addresses and groups of the contacts that a request names. */
interface ContactRequest {
  readonly phones: readonly string[];
  readonly mails: readonly string[];
  /** Ids of groups. */
  readonly groups: readonly number[];
}

const contactReaders = {
  phone: readPhoneList,
  mail: readEmailList,
  bd: optional((value) => readDay(value, 0)),
};

/** Reads ids of groups. Returns `undefined` if a group does not exist. */
function readGroups({ groups }: AddressBook, list: string): readonly number[] | undefined {
  const ids = splitList(list)
    .filter((id) => id !== '0')
    .map(Number);
  return ids.every((id) => groups.has(id)) ? ids : undefined;
}

function readRequest(context: RequestContext): ContactRequest | { readonly refused: ResponseBody } {
  const parsed = readValues(context.parameters.values, contactReaders);
  if (!parsed || parsed.phone.length + parsed.mail.length === 0)
    return { refused: errorResponse('parameters') };
  const groups = readGroups(context.account.addressBook, valueOf(context, 'grp'));
  // The error for an unknown group is an assumption.
  return groups
    ? { phones: parsed.phone, mails: parsed.mail, groups }
    : { refused: errorResponse('operation') };
}

/** Sets the details of a contact from the parameters of a request. */
function setDetails(contact: Contact, { parameters }: RequestContext, groups: readonly number[]): void {
  for (const name of ['name', 'myid', ...details.map(([parameter]) => parameter)]) {
    const value = parameters.values.get(name);
    if (value !== undefined) contact.details.set(name, value);
  }
  if (!parameters.values.has('grp')) return;
  contact.groups.clear();
  for (const id of groups) contact.groups.add(id);
}

/**
 * `add`: adds contacts. Assumptions: several numbers become several contacts, a contact that exists is changed, and the
 * response contains the id of the first contact.
 */
export function addContacts(context: RequestContext): ResponseBody {
  const request = readRequest(context);
  if ('refused' in request) return request.refused;
  if (valueOf(context, 'name').trim() === '') return errorResponse('parameters');
  const { addressBook } = context.account;
  const { phones, mails, groups } = request;
  const isOneContact = phones.length === 1 && mails.length === 1;
  const addresses = isOneContact
    ? [[phones[0]!, mails[0]!] as const]
    : [...phones.map((phone) => [phone, ''] as const), ...mails.map((mail) => ['', mail] as const)];
  const contacts = addresses.map(
    ([phone, mail]) => findContact(addressBook, phone, mail) ?? addContact(addressBook, phone, mail),
  );
  for (const contact of contacts) setDetails(contact, context, groups);
  return createdResponse(contacts[0]!.id);
}

/** Finds contacts by number or address. Unknown numbers and addresses are skipped. */
const findContacts = (addressBook: AddressBook, { phones, mails }: ContactRequest): readonly Contact[] =>
  [
    ...phones.map((phone) => findContact(addressBook, phone, '')),
    ...mails.map((mail) => findContact(addressBook, '', mail)),
  ].filter((contact) => contact !== undefined);

/** `del`: deletes contacts. */
export function deleteContacts(context: RequestContext): ResponseBody {
  const request = readRequest(context);
  if ('refused' in request) return request.refused;
  const { addressBook } = context.account;
  const found = findContacts(addressBook, request);
  for (const contact of found) removeContact(addressBook, contact);
  return found.length > 0 ? okResponse : errorResponse('noRecords');
}

const newAddressReaders = {
  new_phone: optional(readPhone),
  new_mail: optional((value) => (isEmail(value) ? value : undefined)),
};

/** `chg`: changes contacts. The number and the address can only be changed for one contact at a time. */
export function changeContacts(context: RequestContext): ResponseBody {
  const request = readRequest(context);
  if ('refused' in request) return request.refused;
  const { addressBook } = context.account;
  const found = findContacts(addressBook, request);
  if (found.length === 0) return errorResponse('noRecords');
  const parsed = readValues(context.parameters.values, newAddressReaders);
  if (!parsed) return errorResponse('parameters');
  const { new_phone: newPhone, new_mail: newMail } = parsed;
  // Two contacts cannot have the same number.
  if ((newPhone !== null || newMail !== null) && found.length > 1) return errorResponse('operation');
  if (newPhone !== null && (findContact(addressBook, newPhone, '') ?? found[0]) !== found[0])
    return errorResponse('operation');
  for (const contact of found) {
    setDetails(contact, context, request.groups);
    setAddresses(addressBook, contact, newPhone ?? contact.phone, newMail ?? contact.mail);
  }
  return okResponse;
}

/** Creates the row of a contact. All values are text. The groups are joined by commas; `0` means no group (recorded). */
const rowOf = ({ id, phone, mail, groups, details: values }: Contact): Row => [
  ['id', values.get('myid') ?? ''],
  ['int_id', String(id)],
  ['name', values.get('name') ?? ''],
  ['phone', phone || mail],
  ['group', groups.size > 0 ? [...groups].join() : '0'],
  ...details.map(([parameter, member]) => [member, values.get(parameter) ?? ''] as const),
];

const searchReaders = {
  grp: optional(recordId),
  phone: optional((value) => readPhone(value) ?? value),
  fio: text,
  search: text,
  after_id: pageId(0),
};

/** `get`: lists the contacts that match all conditions of a request. */
export function listContacts(context: RequestContext): ResponseBody {
  const wanted = readValues(context.parameters.values, searchReaders);
  if (!wanted) return errorResponse('parameters');
  const [fullName, search] = [wanted.fio.toLowerCase(), wanted.search.toLowerCase()];
  const matches = (contact: Contact): boolean => {
    const detail = (name: string): string => (contact.details.get(name) ?? '').toLowerCase();
    const names = [detail('lnm'), detail('fnm'), detail('mnm')].join(' ');
    return (
      contact.id > wanted.after_id &&
      (wanted.grp === null || contact.groups.has(wanted.grp)) &&
      (wanted.phone === null || contact.phone === wanted.phone) &&
      (names.includes(fullName) || detail('name').includes(fullName)) &&
      [contact.phone, contact.mail, names, ...contact.details.values()].some((value) =>
        value.toLowerCase().includes(search),
      )
    );
  };
  const found = [...context.account.addressBook.contacts.values()].filter(matches);
  return found.length > 0 ? listResponse(found.map(rowOf)) : errorResponse('noRecords');
}
