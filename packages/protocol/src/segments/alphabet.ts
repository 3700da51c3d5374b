/** The languages that have national tables. Source: 3GPP TS 23.038, annex A; Spanish has no locking shift table. */
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

/** A way to write text in septets: GSM-7 as it is, or with national tables in the place of its own. */
export interface Alphabet {
  /** Septets of each of the 65,536 code units; 0 where the alphabet lacks it. */
  readonly widths: Uint8Array;
  /** Octets that its tables take in the header of every part: 0, or 3 for each. Source: 3GPP TS 23.040, 9.2.3.24.15 and 16. */
  readonly headerOctets: number;
  /** Its national tables, by language. */
  readonly shifts: NationalShifts;
}

/** National tables, by the language whose they are. */
export interface NationalShifts {
  /** The locking shift table, which stands in the place of the basic one. */
  readonly locking?: NationalLanguage | undefined;
  /** The single shift table, which stands in the place of the extension. */
  readonly single?: NationalLanguage | undefined;
}

/** National tables to choose from; `national` makes one. */
export interface NationalTables {
  /** The alphabet in which a text, cut so, takes the fewest parts; `undefined` where no national table makes them fewer. */
  readonly choose: (text: string, reference: 8 | 16, keep?: 'graphemes') => Alphabet | undefined;
}
