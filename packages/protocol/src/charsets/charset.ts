import type { CharsetName } from '../exchange/wire.ts';

/**
 * Charset that the gateway supports. Converts text to a form body, and bytes to text. The function `encode` converts
 * text to bytes.
 */
export interface Charset {
  /** Name of the charset, as written in the request parameter `charset`. */
  readonly name: CharsetName;
  /**
   * Returns the characters of `text` that the charset lacks, with their positions. Empty if the charset can encode the
   * whole text.
   */
  readonly unencodable: (text: string) => readonly UnencodableCharacter[];
  /**
   * Percent-encodes a text for a form body; a space becomes `%20`. Throws an `UnencodableError` if the charset lacks a
   * character of the text; never substitutes `?`. To substitute, call `replaceUnencodable` first.
   */
  readonly percent: (text: string) => string;
  /** Converts bytes to text. Invalid bytes become U+FFFD. */
  readonly decode: (bytes: Uint8Array) => string;
}

/** A character that a charset lacks. */
export interface UnencodableCharacter {
  /** Index in UTF-16 code units. */
  readonly index: number;
  /** The character, or a lone surrogate. */
  readonly character: string;
}
