import type { IssueContext } from '../../core/issues.ts';
import { gsm7 } from '../gsm7.ts';
import type { UserDataHeader } from './user-data-header.ts';
import type { Encoding } from '../segment.ts';
import type { SeptetTable } from '../septets.ts';

/** What one SMS carries: a text, and what its header says. */
export interface UserData {
  readonly encoding: Encoding;
  readonly text: string;
  /** Default: none. One without elements is none. */
  readonly header?: UserDataHeader | undefined;
}

/** User data as bytes, with what the message says of them elsewhere. Source: 3GPP TS 23.040, 9.2.3.16, 23 and 24. */
export interface PackedUserData {
  readonly encoding: Encoding;
  /** TP-User-Data: the header and the text. */
  readonly bytes: Uint8Array;
  /** TP-User-Data-Length: septets of packed GSM-7, those that the header takes and its fill bits included; otherwise octets. */
  readonly length: number;
  /** TP-User-Data-Header-Indicator: whether the bytes begin with a header. In SMPP, bit 6 of `esm_class`. */
  readonly hasHeader: boolean;
}

/** National languages by their identifiers, as a header names them. */
export interface ShiftIdentifiers {
  readonly locking?: number | undefined;
  readonly single?: number | undefined;
}

/** How GSM-7 is written. */
export interface UserDataOptions {
  /**
   * `packed`: eight septets in seven octets, as a PDU has them. `octets`: each in an octet, as many SMPP gateways want a
   * `short_message` of data_coding 0. Default: `packed`.
   */
  readonly septets?: 'packed' | 'octets' | undefined;
  /**
   * The tables for the national languages that a header names, such as `nationalAlphabet`; `undefined` for those that it
   * does not have. It should give the same object each time, since what is prepared for a table is kept with it. Default:
   * no national tables.
   */
  readonly alphabet?: ((shifts: ShiftIdentifiers) => SeptetTable | undefined) | undefined;
}

/** 3GPP TS 23.038, 6.2.1.2.4: national language identifiers, from 1 on. */
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

const named = (identifier: number): string =>
  `${identifier} (${languagesByIdentifier[identifier - 1] ?? 'reserved'})`;

/** Adds an issue for an encoding that is not known. */
export function checkEncoding(encoding: unknown, context: IssueContext): void {
  const valid = encoding === 'gsm-7' || encoding === 'ucs-2';
  context.inside('encoding').expect(valid, encoding, 'gsm-7 or ucs-2');
}

/** Adds an issue for each option that has no valid value. */
export function checkOptions({ septets, alphabet }: UserDataOptions, context: IssueContext): void {
  const isForm = [undefined, 'packed', 'octets'].includes(septets);
  context.inside('options.septets').expect(isForm, septets, 'packed or octets');
  const isSource = alphabet === undefined || typeof alphabet === 'function';
  context.inside('options.alphabet').expect(isSource, alphabet, 'a function');
}

/** The tables that a header asks for; complains, and gives GSM-7's own, where nobody has them. */
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
        `has no tables for the national language ${identifiers.map(named).join(' with ')}, which the header names`,
      );
  return table ?? gsm7;
}
