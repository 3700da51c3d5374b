import type { MessageKind } from '../params/kinds.ts';
import type { Groups } from '../params/recipients.ts';

/** Contact in an address book. */
export interface Contact {
  /** The member `int_id` of responses. */
  readonly id: number;
  phone: string;
  mail: string;
  /** Ids of the groups that the contact belongs to. */
  readonly groups: Set<number>;
  /** Further details, by parameter name. */
  readonly details: Map<string, string>;
}

/** Group of contacts. */
export interface ContactGroup {
  readonly id: number;
  name: string;
  /** Number in `G<number>`, by which messages are sent to the group. */
  number: number;
}

/** Scope of a black-list entry: 0 all messages, 1 messages of jobs, 2 single messages. */
export type BlackListScope = 0 | 1 | 2;

/** Entry of the black list: a number that gets no messages. */
export interface BlackListEntry {
  readonly id: number;
  readonly scope: BlackListScope;
}

/** Contacts, groups and black list of an account. */
export interface AddressBook {
  readonly contacts: Map<number, Contact>;
  /** Contacts by phone number and by e-mail address. Several contacts can share an address. */
  readonly byAddress: Map<string, Set<Contact>>;
  readonly groups: Map<number, ContactGroup>;
  readonly blackList: Map<string, BlackListEntry>;
  nextId: number;
}

/** Groups of a new account. Recorded: there are two groups. Their names are an assumption. */
const initialGroups = ['Клиенты', 'Сотрудники'];

const isEmailAddress = (recipient: string): boolean => recipient.includes('@', 1);

/**
 * Creates an address book.
 *
 * @param members members of groups, by group number. `undefined`: the groups of a new account, without members
 */
export function createAddressBook(
  members: Readonly<Record<string, readonly string[]>> | undefined,
): AddressBook {
  const addressBook: AddressBook = {
    contacts: new Map(),
    byAddress: new Map(),
    groups: new Map(),
    blackList: new Map(),
    nextId: 1,
  };
  if (members === undefined)
    for (const name of initialGroups) addGroup(addressBook, name, freeGroupNumber(addressBook));
  for (const [number, recipients] of Object.entries(members ?? {})) {
    const group = addGroup(addressBook, `G${number}`, Number(number));
    for (const recipient of recipients) {
      const [phone, mail] = isEmailAddress(recipient) ? ['', recipient] : [recipient, ''];
      const contact = findContact(addressBook, phone, mail) ?? addContact(addressBook, phone, mail);
      contact.groups.add(group.id);
    }
  }
  return addressBook;
}

/** Adds a group. */
export function addGroup(addressBook: AddressBook, name: string, number: number): ContactGroup {
  const group: ContactGroup = { id: addressBook.nextId++, name, number };
  addressBook.groups.set(group.id, group);
  return group;
}

/** Adds a contact with a phone number, an e-mail address, or both. */
export function addContact(addressBook: AddressBook, phone: string, mail: string): Contact {
  const contact: Contact = {
    id: addressBook.nextId++,
    phone: '',
    mail: '',
    groups: new Set(),
    details: new Map(),
  };
  addressBook.contacts.set(contact.id, contact);
  setAddresses(addressBook, contact, phone, mail);
  return contact;
}

/** Changes the phone number and the e-mail address of a contact. */
export function setAddresses(
  { byAddress }: AddressBook,
  contact: Contact,
  phone: string,
  mail: string,
): void {
  for (const address of [contact.phone, contact.mail]) byAddress.get(address)?.delete(contact);
  contact.phone = phone;
  contact.mail = mail;
  // Phone numbers and e-mail addresses never collide, so one map holds both.
  for (const address of [phone, mail])
    if (address !== '') byAddress.set(address, (byAddress.get(address) ?? new Set()).add(contact));
}

/** Deletes a contact. */
export function removeContact(addressBook: AddressBook, contact: Contact): void {
  setAddresses(addressBook, contact, '', '');
  addressBook.contacts.delete(contact.id);
}

/** Finds a contact by its phone number, or by its e-mail address if the number is empty. */
export function findContact({ byAddress }: AddressBook, phone: string, mail: string): Contact | undefined {
  const [contact] = byAddress.get(phone || mail) ?? [];
  return contact;
}

/** Finds a group by its number. */
export function findGroup({ groups }: AddressBook, number: number): ContactGroup | undefined {
  for (const group of groups.values()) if (group.number === number) return group;
  return undefined;
}

/** Returns the lowest number that no group has. */
export function freeGroupNumber(addressBook: AddressBook): number {
  let number = 1;
  while (findGroup(addressBook, number)) number++;
  return number;
}

/**
 * Returns the groups with the recipients for a message kind: e-mail addresses for e-mail, phone numbers for all other kinds.
 */
export const groupsFor = (addressBook: AddressBook, kind: MessageKind): Groups => ({
  get: (number) => {
    const group = findGroup(addressBook, Number(number));
    if (!group) return undefined;
    const members = [...addressBook.contacts.values()].filter(({ groups }) => groups.has(group.id));
    return members
      .map(({ phone, mail }) => (kind === 'mail' ? mail : phone))
      .filter((recipient) => recipient !== '');
  },
});
