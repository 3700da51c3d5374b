import type { NationalLanguage } from '../alphabet.ts';
import { IssueContext, throwIfIssues } from '../../core/issues.ts';
import { isObject } from '../../core/own-members.ts';
import { gsm7Widths } from '../gsm7.ts';
import type { Ports } from './user-data-header.ts';
import { checkPorts, headerOctets } from './header-checks.ts';
import { packText } from './pack.ts';
import { segment, type SegmentOptions } from '../segment.ts';
import {
  checkOptions,
  languagesByIdentifier,
  type PackedUserData,
  tableOf,
  type UserDataOptions,
} from './user-data.ts';

/** Options of `packParts`. */
export interface PackPartsOptions extends SegmentOptions, UserDataOptions {
  /** Application ports in the header of every part. Default: none. */
  readonly ports?: Ports | undefined;
}

const maxParts = 255;

/**
 * Returns options for cutting a text into parts whose headers already contain `octets` octets. National tables are
 * chosen as if the headers were empty.
 */
const withHeaderOctets = (octets: number, options: SegmentOptions): SegmentOptions => ({
  ...options,
  languages: {
    choose: (...query) => {
      const alphabet = options.languages?.choose(...query) ?? {
        widths: gsm7Widths(),
        headerOctets: 0,
        shifts: {},
      };
      return { ...alphabet, headerOctets: alphabet.headerOctets + octets };
    },
  },
});

const identifierOf = (language: NationalLanguage | undefined): number | undefined =>
  language && languagesByIdentifier.indexOf(language) + 1;

function check(
  text: string,
  referenceNumber: number,
  options: PackPartsOptions,
  context: IssueContext,
): void {
  context.inside('text').expect(typeof text === 'string', text, 'a string');
  if (!context.inside('options').expect(isObject(options), options, 'an object')) return;
  const { reference = 8, ports } = options;
  const isReference = (reference as unknown) === 8 || reference === 16;
  if (context.inside('options.reference').expect(isReference, reference, '8 or 16'))
    context.inside('referenceNumber').expectWhole(referenceNumber, 0, 2 ** reference - 1);
  if (ports !== undefined) checkPorts(ports, context.inside('options.ports'));
  checkOptions(options, context);
}

/**
 * Packs a text into the bytes of its SMS, cut as by `segment`. If there are several parts, the header of each part
 * contains its number. An empty text has no parts.
 *
 * @param referenceNumber number that the parts share; use a different one for each text to the same phone. 0 to 255, or
 * 0 to 65,535 with `reference: 16`
 * @throws {InputError} with all issues: a number out of range, more than 255 parts, a national language without tables
 * @example
 * ```ts
 * for (const { bytes, length } of packParts(text, 42)) submit(bytes, length);
 * ```
 */
export function packParts(
  text: string,
  referenceNumber: number,
  options: PackPartsOptions = {},
): readonly PackedUserData[] {
  const context = new IssueContext();
  check(text, referenceNumber, options, context);
  throwIfIssues('packParts', context);

  const { reference: bits = 8, ports } = options;
  // `segment` adds the length octet of the header, so this octet is subtracted here.
  const { encoding, parts, ...chosen } = segment(
    text,
    ports ? withHeaderOctets(headerOctets({ ports }) - 1, options) : options,
  );
  const shifts = { locking: identifierOf(chosen.locking), single: identifierOf(chosen.single) };
  if (parts.length > maxParts)
    context.inside('text').addIssue(`takes ${parts.length} parts; a header can number at most ${maxParts}`);
  if (encoding === 'gsm-7') tableOf(shifts, options, context);
  throwIfIssues('packParts', context);

  const packed = parts.map((part, at) => {
    const concatenation =
      parts.length > 1
        ? { reference: referenceNumber, bits, total: parts.length, sequence: at + 1 }
        : undefined;
    return packText(
      { encoding, text: part.text, header: { concatenation, ports, ...shifts } },
      options,
      context,
    );
  });
  throwIfIssues('packParts', context);
  return packed;
}
