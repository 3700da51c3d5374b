import type { CharsetName } from '../exchange/wire.ts';

/** A charset of the gateway: text to a form body, and bytes to text. `encode` makes bytes of text. */
export interface Charset {
  readonly name: CharsetName;
  /** The characters of `text` that the charset lacks, and where. Empty when all fit. */
  readonly unencodable: (text: string) => readonly UnencodableCharacter[];
  /**
   * Text to percent-encoding, as in a form body; a space is `%20`. Throws a `UnencodableError` that lists the characters
   * that do not fit, and their places; never a silent `?`. `replaceUnencodable` is for those who want one.
   */
  readonly percent: (text: string) => string;
  /** Bytes to text. What is no character of the charset becomes U+FFFD. */
  readonly decode: (bytes: Uint8Array) => string;
}

/** A character that does not fit. */
export interface UnencodableCharacter {
  /** Index in UTF-16 code units. */
  readonly index: number;
  /** The character; for a lone surrogate, that surrogate. */
  readonly character: string;
}
