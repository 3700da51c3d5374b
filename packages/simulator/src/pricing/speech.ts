/*
 * How long a call is, in seconds. The gateway's page says that `cnt` counts seconds; how fast its voices speak is not
 * known. Assumed: 15 characters a second, a digit of a code one second, a file 8000 bytes a second (8 kHz, 8 bits).
 */
const charactersPerSecond = 15;
const bytesPerSecond = 8000;

/** Digits of a code that the gateway makes up. Documented: four. */
const codeDigits = 4;

/** Seconds of a call: of its text, and of its files. At least one. */
export function speechSeconds(text: string, fileBytes: number): number {
  const spoken = text === codeWord ? codeDigits : Math.ceil([...text].length / charactersPerSecond);
  return Math.max(1, spoken + Math.ceil(fileBytes / bytesPerSecond));
}

/** A call with this text dictates a code that the gateway makes up and tells in its answer. */
export const codeWord = 'code';

/** A code. It follows from the id of the message, since nothing here is left to chance. */
export function confirmationCode(id: string): string {
  let code = 1234;
  for (let at = 0; at < id.length; at++) code = (code * 31 + id.charCodeAt(at)) % 10 ** codeDigits;
  return String(code).padStart(codeDigits, '0');
}
