/** Letters and digits that no reader takes for one another: without 0, 1, l and o. 32 of them, so each is five bits. */
const alphabet = '23456789abcdefghijkmnpqrstuvwxyz';

/** Random characters of an id: 100 bits, so that two ids of all that were ever made are not the same. */
const length = 20;

/** Fills an array with random bytes, as `crypto.getRandomValues` does. */
export type RandomSource = (bytes: Uint8Array) => void;

/**
 * A new message id: an `s` and 20 small letters and digits. Within what the gateway takes (40 of `A-Z a-z 0-9 . - _`), and
 * never to be read as a number.
 */
export function createId(random: RandomSource): string {
  const bytes = new Uint8Array(length);
  random(bytes);
  return 's' + Array.from(bytes, (byte) => alphabet[byte % 32]).join('');
}
