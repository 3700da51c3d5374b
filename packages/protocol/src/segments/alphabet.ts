/**
 * Languages that have national tables. Source: 3GPP TS 23.038, annex A. Spanish has no locking shift table.
 */
export type NationalLanguage =
  | 'turkish'
  | 'spanish'
  | 'portuguese'
  | 'bengali'
  | 'gujarati'
  | 'hindi'
  | 'kannada'
  | 'malayalam'
  | 'oriya'
  | 'punjabi'
  | 'tamil'
  | 'telugu'
  | 'urdu';

/** A seven-bit alphabet: GSM-7 itself, or GSM-7 with one or two of its tables replaced by national ones. */
export interface Alphabet {
  /** Septets of each of the 65,536 UTF-16 code units: 1, 2, or 0 if the alphabet does not contain it. */
  readonly widths: Uint8Array;
  /**
   * Octets that the national tables take in the header of every part: 3 for each table, 0 without national tables.
   * Source: 3GPP TS 23.040, 9.2.3.24.15 and 9.2.3.24.16.
   */
  readonly headerOctets: number;
  /** Languages of the national tables. */
  readonly shifts: NationalShifts;
}

/** National tables in use, named by language. */
export interface NationalShifts {
  /** Language of the locking shift table, which replaces the basic table. */
  readonly locking?: NationalLanguage | undefined;
  /** Language of the single shift table, which replaces the extension table. */
  readonly single?: NationalLanguage | undefined;
}

/** National tables that may be used for a text. Created by `national`. */
export interface NationalTables {
  /**
   * Returns the alphabet in which the text takes the fewest parts, or `undefined` if no national table saves a part.
   *
   * @param reference bits of the concatenation reference, as in `SegmentOptions`
   */
  readonly choose: (text: string, reference: 8 | 16, keep?: 'graphemes') => Alphabet | undefined;
}
