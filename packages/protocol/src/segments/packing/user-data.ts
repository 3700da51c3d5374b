import type { IssueContext } from '../../core/issues.ts';
import { gsm7 } from '../gsm7.ts';
import type { UserDataHeader } from './user-data-header.ts';
import type { Encoding } from '../segment.ts';
import type { SeptetTable } from '../septets.ts';

/** Text and header of one SMS. */
export interface UserData {
  /** Encoding of the text. */
  readonly encoding: Encoding;
  /** Text of this SMS. */
  readonly text: string;
  /** Header before the text. A header without elements is omitted. Default: no header. */
  readonly header?: UserDataHeader | undefined;
}

/**
 * User data as bytes, and the fields of the message that describe these bytes. Source: 3GPP TS 23.040, 9.2.3.16,
 * 9.2.3.23 and 9.2.3.24.
 */
export interface PackedUserData {
  /** Encoding of the text. */
  readonly encoding: Encoding;
  /** TP-User-Data: the header and the text. */
  readonly bytes: Uint8Array;
  /**
   * TP-User-Data-Length: for packed GSM-7 the number of septets, including those of the header and its fill bits;
   * otherwise the number of octets.
   */
  readonly length: number;
  /** TP-User-Data-Header-Indicator: `true` if the bytes start with a header. In SMPP, this is bit 6 of `esm_class`. */
  readonly hasHeader: boolean;
}

/** National language identifiers, as a header contains them. */
export interface ShiftIdentifiers {
  /** Identifier of the language of the locking shift table. */
  readonly locking?: number | undefined;
  /** Identifier of the language of the single shift table. */
  readonly single?: number | undefined;
}

/** Options of `pack`, `packParts` and `unpack`. */
export interface UserDataOptions {
  /**
   * `packed`: eight septets in seven octets, as in a PDU. `octets`: one septet in each octet, as many SMPP gateways
   * expect a `short_message` of data_coding 0. Default: `packed`.
   */
  readonly septets?: 'packed' | 'octets' | undefined;
  /**
   * Function that returns the tables of the national languages in a header, such as `nationalAlphabet`. It returns
   * `undefined` if it does not have these tables. For the same languages it must return the same object, since look-ups
   * are cached by object. Default: no national tables.
   */
  readonly alphabet?: ((shifts: ShiftIdentifiers) => SeptetTable | undefined) | undefined;
}

/** Languages in the order of their identifiers, from 1. Source: 3GPP TS 23.038, 6.2.1.2.4. */
export const languagesByIdentifier = [
  'turkish',
  'spanish',
  'portuguese',
  'bengali',
  'gujarati',
  'hindi',
  'kannada',
  'malayalam',
  'oriya',
  'punjabi',
  'tamil',
  'telugu',
  'urdu',
] as const;

const describeLanguage = (identifier: number): string =>
  `${identifier} (${languagesByIdentifier[identifier - 1] ?? 'reserved'})`;

/** Adds an issue for an unknown encoding. */
export function checkEncoding(encoding: unknown, context: IssueContext): void {
  const valid = encoding === 'gsm-7' || encoding === 'ucs-2';
  context.inside('encoding').expect(valid, encoding, 'gsm-7 or ucs-2');
}

/** Adds an issue for each invalid option. */
export function checkOptions({ septets, alphabet }: UserDataOptions, context: IssueContext): void {
  const isLayout = [undefined, 'packed', 'octets'].includes(septets);
  context.inside('options.septets').expect(isLayout, septets, 'packed or octets');
  const isAlphabet = alphabet === undefined || typeof alphabet === 'function';
  context.inside('options.alphabet').expect(isAlphabet, alphabet, 'a function');
}

/**
 * Returns the tables of the languages in a header. If the option `alphabet` lacks them, adds an issue and returns the
 * tables of GSM-7.
 */
export function tableOf(
  { locking, single }: ShiftIdentifiers,
  { alphabet }: UserDataOptions,
  context: IssueContext,
): SeptetTable {
  const identifiers = [locking, single].filter((identifier) => identifier !== undefined);
  if (identifiers.length === 0) return gsm7;
  const table = alphabet?.({ locking, single });
  if (!table)
    context
      .inside('options.alphabet')
      .addIssue(
        `has no tables for the header's national language ${identifiers.map(describeLanguage).join(' and ')}${alphabet ? '' : '; pass alphabet: nationalAlphabet'}`,
      );
  return table ?? gsm7;
}
