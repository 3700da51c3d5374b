import type { MessageKind } from '../params/kinds.ts';
import type { Groups } from '../params/recipients.ts';

/** Somebody in an address book. */
export interface Contact {
  /** The gateway's number: `int_id`. */
  readonly id: number;
  phone: string;
  mail: string;
  /** Ids of groups. */
  readonly groups: Set<number>;
  /** Everything else, by the parameter that says it. */
  readonly details: Map<string, string>;
}

/** A group of contacts. */
export interface ContactGroup {
  readonly id: number;
  name: string;
  /** By which it is sent to, as `G<number>`. */
  number: number;
}

/** A number that is kept from messages: from all of them (0), from those of mailings (1), from single ones (2). */
export interface BlackNumber {
  readonly id: number;
  readonly scope: 0 | 1 | 2;
}

/** Contacts, groups and the black list of an account. */
export interface AddressBook {
  readonly contacts: Map<number, Contact>;
  /** The same by number and by address, which several can share. */
  readonly byAddress: Map<string, Set<Contact>>;
  readonly groups: Map<number, ContactGroup>;
  readonly black: Map<string, BlackNumber>;
  nextId: number;
}

/** A new account has two groups (recorded). What they are called is assumed. */
const firstGroups = ['Клиенты', 'Сотрудники'];

const isAddress = (recipient: string): boolean => recipient.includes('@', 1);

/** An address book with the groups that are given, by their number, or else with those of a new account. */
export function createAddressBook(
  given: Readonly<Record<string, readonly string[]>> | undefined,
): AddressBook {
  const addressBook: AddressBook = {
    contacts: new Map(),
    byAddress: new Map(),
    groups: new Map(),
    black: new Map(),
    nextId: 1,
  };
  if (given === undefined)
    for (const name of firstGroups) addGroup(addressBook, name, freeNumber(addressBook));
  for (const [number, members] of Object.entries(given ?? {})) {
    const group = addGroup(addressBook, `G${number}`, Number(number));
    for (const member of members) {
      const [phone, mail] = isAddress(member) ? ['', member] : [member, ''];
      (findContact(addressBook, phone, mail) ?? addContact(addressBook, phone, mail)).groups.add(group.id);
    }
  }
  return addressBook;
}

export function addGroup(addressBook: AddressBook, name: string, number: number): ContactGroup {
  const group: ContactGroup = { id: addressBook.nextId++, name, number };
  addressBook.groups.set(group.id, group);
  return group;
}

export function addContact(addressBook: AddressBook, phone: string, mail: string): Contact {
  const contact: Contact = {
    id: addressBook.nextId++,
    phone: '',
    mail: '',
    groups: new Set(),
    details: new Map(),
  };
  addressBook.contacts.set(contact.id, contact);
  moveContact(addressBook, contact, phone, mail);
  return contact;
}

/** Gives a contact a number and an address. */
export function moveContact({ byAddress }: AddressBook, contact: Contact, phone: string, mail: string): void {
  for (const address of [contact.phone, contact.mail]) byAddress.get(address)?.delete(contact);
  contact.phone = phone;
  contact.mail = mail;
  // A number is no address, so both can be looked up in one place.
  for (const address of [phone, mail])
    if (address !== '') byAddress.set(address, (byAddress.get(address) ?? new Set()).add(contact));
}

export function removeContact(addressBook: AddressBook, contact: Contact): void {
  moveContact(addressBook, contact, '', '');
  addressBook.contacts.delete(contact.id);
}

/** The contact with a number, or else with an address. */
export function findContact({ byAddress }: AddressBook, phone: string, mail: string): Contact | undefined {
  const [contact] = byAddress.get(phone || mail) ?? [];
  return contact;
}

export function findGroup({ groups }: AddressBook, number: number): ContactGroup | undefined {
  for (const group of groups.values()) if (group.number === number) return group;
  return undefined;
}

/** The first number that no group has. */
export function freeNumber(addressBook: AddressBook): number {
  let number = 1;
  while (findGroup(addressBook, number)) number++;
  return number;
}

/** Groups as the recipients of a kind: their addresses for e-mail, their numbers for everything else. */
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
