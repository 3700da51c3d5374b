import type { IssueContext } from '../../core/issues.ts';
import { isObject, type UnknownRecord } from '../../core/own-members.ts';
import type { UserDataHeader } from './user-data-header.ts';
import { elementsOf, readElement } from './header-elements.ts';

/** Maximum number of octets of user data in one message, including the header. Source: 3GPP TS 23.040, 9.2.3.24. */
export const maxOctets = 140;

/**
 * Returns the largest number that fits into `value.bits` bits. Adds an issue and returns `undefined` if `bits` is not
 * valid.
 */
function maxOf(value: unknown, at: IssueContext): number | undefined {
  if (!at.expect(isObject(value), value, 'an object')) return undefined;
  const { bits } = value as UnknownRecord;
  if (bits === 8) return 0xff;
  if (bits === 16) return 0xffff;
  at.inside('bits').expect(false, bits, '8 or 16');
  return undefined;
}

/** Adds an issue for each invalid port. */
export function checkPorts(value: unknown, at: IssueContext): void {
  const max = maxOf(value, at);
  if (max === undefined) return;
  const { destination, source } = value as UnknownRecord;
  at.inside('destination').expectWhole(destination, 0, max);
  at.inside('source').expectWhole(source, 0, max);
}

function checkConcatenation(value: unknown, at: IssueContext): void {
  const max = maxOf(value, at);
  if (max === undefined) return;
  const { reference, total, sequence } = value as UnknownRecord;
  at.inside('reference').expectWhole(reference, 0, max);
  const parts = at.inside('total').expectWhole(total, 1, 255) ? total : 255;
  at.inside('sequence').expectWhole(sequence, 1, parts);
}

function checkOther(value: unknown, at: IssueContext): void {
  if (!at.expect(isObject(value), value, 'an object')) return;
  const { id, data } = value as UnknownRecord;
  const hasData = at.inside('data').expect(data instanceof Uint8Array, data, 'a Uint8Array');
  if (!at.inside('id').expectWhole(id, 0, 255) || !hasData) return;
  const [member] = Object.keys(readElement({ id, data: data as Uint8Array }) ?? {});
  if (member) at.addIssue(`has the id of ${member}; use the member ${member} instead`);
}

/** Returns the number of octets of a header, including its length octet, or 0 for a header without elements. */
export function headerOctets(header: UserDataHeader): number {
  const octets = elementsOf(header).reduce((sum, { data }) => sum + 2 + data.length, 0);
  return octets && octets + 1;
}

/** Adds an issue for each error in a header. Returns `true` if the header is valid. */
export function checkHeader(header: unknown, at: IssueContext): header is UserDataHeader {
  const count = at.issues.length;
  if (!isObject(header)) {
    (at.path ? at : at.inside('header')).expect(false, header, 'an object');
    return false;
  }
  const { concatenation, ports, single, locking, others } = header;
  if (concatenation !== undefined) checkConcatenation(concatenation, at.inside('concatenation'));
  if (ports !== undefined) checkPorts(ports, at.inside('ports'));
  if (single !== undefined) at.inside('single').expectWhole(single, 0, 255);
  if (locking !== undefined) at.inside('locking').expectWhole(locking, 0, 255);
  if (others !== undefined && at.inside('others').expect(Array.isArray(others), others, 'an array')) {
    for (const [index, other] of (others as readonly unknown[]).entries())
      checkOther(other, at.inside(`others[${index}]`));
  }
  if (at.issues.length > count) return false;
  const octets = headerOctets(header);
  if (octets > maxOctets) at.addIssue(`takes ${octets} octets; at most ${maxOctets} fit`);
  return at.issues.length === count;
}
