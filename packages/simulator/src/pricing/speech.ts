/*
 * Duration of calls in seconds. The gateway's page says that `cnt` counts seconds, but not how fast its voices speak.
 * Assumptions: 15 characters per second, one second for each digit of a code, and 8000 bytes of a file per second (8 kHz, 8
 * bits).
 */
const charactersPerSecond = 15;
const bytesPerSecond = 8000;

/** Number of digits of a code that the gateway generates. Documented. */
const codeDigits = 4;

/** Text that requests a call with a generated code. The response contains this code. */
export const codeWord = 'code';

/** Returns the duration of a call with a text and files. It is at least one second. */
export function speechSeconds(text: string, fileBytes: number): number {
  const spoken = text === codeWord ? codeDigits : Math.ceil([...text].length / charactersPerSecond);
  return Math.max(1, spoken + Math.ceil(fileBytes / bytesPerSecond));
}

/** Generates a code. It is derived from an id, so that the simulator stays deterministic. */
export function confirmationCode(id: string): string {
  let code = 1234;
  for (let at = 0; at < id.length; at++) code = (code * 31 + id.charCodeAt(at)) % 10 ** codeDigits;
  return String(code).padStart(codeDigits, '0');
}
