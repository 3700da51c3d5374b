import { type Complaints, isObject, type UnknownRecord } from '../../core/complaints.ts';
import type { UserDataHeader } from './user-data-header.ts';
import { elementsOf, readElement } from './header-elements.ts';

/** Octets of user data in one message, header included. Source: 3GPP TS 23.040, 9.2.3.24. */
export const maxOctets = 140;

/** Complains of an object that has no `bits`; otherwise says the largest number in them. */
function largest(value: unknown, path: string, complaints: Complaints): number | undefined {
  if (!complaints.expect(isObject(value), path, 'an object')) return undefined;
  const { bits } = value as UnknownRecord;
  if (!complaints.expect(bits === 8 || bits === 16, `${path}.bits`, '8 or 16')) return undefined;
  return bits === 8 ? 0xff : 0xffff;
}

/** Complains of what is wrong with ports. */
export function checkPorts(value: unknown, path: string, complaints: Complaints): void {
  const max = largest(value, path, complaints);
  if (max === undefined) return;
  const { destination, source } = value as UnknownRecord;
  complaints.expectWhole(destination, `${path}.destination`, 0, max);
  complaints.expectWhole(source, `${path}.source`, 0, max);
}

function checkConcatenation(value: unknown, path: string, complaints: Complaints): void {
  const max = largest(value, path, complaints);
  if (max === undefined) return;
  const { reference, total, sequence } = value as UnknownRecord;
  complaints.expectWhole(reference, `${path}.reference`, 0, max);
  const parts = complaints.expectWhole(total, `${path}.total`, 1, 255) ? total : 255;
  complaints.expectWhole(sequence, `${path}.sequence`, 1, parts);
}

function checkOther(value: unknown, path: string, complaints: Complaints): void {
  if (!complaints.expect(isObject(value), path, 'an object')) return;
  const { id, data } = value as UnknownRecord;
  const hasData = complaints.expect(data instanceof Uint8Array, `${path}.data`, 'bytes');
  if (!complaints.expectWhole(id, `${path}.id`, 0, 255) || !hasData) return;
  const [member] = Object.keys(readElement({ id, data: data as Uint8Array }) ?? {});
  if (member) complaints.add(path, `is what ${member} is written as: use that`);
}

/** Octets of a header that has elements, the one for its length included; 0 if there are none. */
export function headerOctets(header: UserDataHeader): number {
  const octets = elementsOf(header).reduce((sum, { data }) => sum + 2 + data.length, 0);
  return octets && octets + 1;
}

/** Complains of what is wrong with a header. Says whether nothing is. */
export function checkHeader(header: unknown, path: string, complaints: Complaints): header is UserDataHeader {
  const { count } = complaints;
  if (!complaints.expect(isObject(header), path || 'header', 'an object')) return false;
  const inside = (name: string): string => (path ? `${path}.${name}` : name);
  const { concatenation, ports, single, locking, others } = header as UnknownRecord;
  if (concatenation !== undefined) checkConcatenation(concatenation, inside('concatenation'), complaints);
  if (ports !== undefined) checkPorts(ports, inside('ports'), complaints);
  if (single !== undefined) complaints.expectWhole(single, inside('single'), 0, 255);
  if (locking !== undefined) complaints.expectWhole(locking, inside('locking'), 0, 255);
  if (others !== undefined && complaints.expect(Array.isArray(others), inside('others'), 'an array')) {
    for (const [at, other] of (others as readonly unknown[]).entries())
      checkOther(other, `${inside('others')}[${at}]`, complaints);
  }
  if (complaints.count > count) return false;
  const octets = headerOctets(header as UserDataHeader);
  if (octets > maxOctets) complaints.add(path, `makes ${octets} octets; at most ${maxOctets} fit`);
  return complaints.count === count;
}
