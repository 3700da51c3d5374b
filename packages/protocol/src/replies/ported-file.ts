import { ReplyError } from '../core/errors.ts';

/** Line of the file of ported numbers. */
export interface PortedLine {
  /** Phone number, as digits. */
  readonly phone: string;
  /** Country code and network code of the number's current operator, as digits. */
  readonly mccMnc: string;
}

/** Maximum length of a line in characters. A real line has a phone number and six digits. */
const maxLine = 200;

const unreadable = (problem: string): ReplyError => new ReplyError('portedNumbersFile', 200, problem);

/** Converts bytes to text. The file is ASCII. */
const toText = (bytes: Uint8Array): string => {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192)
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return text;
};

function toLine(line: string): PortedLine | undefined {
  const [phone, mccMnc, more] = line.trim().split(';');
  // Skips the header, and an empty line at the end.
  if (phone === '' || phone?.toLowerCase() === 'phone') return undefined;
  if (
    phone === undefined ||
    mccMnc === undefined ||
    more !== undefined ||
    !/^\d+$/.test(phone) ||
    !/^\d*$/.test(mccMnc)
  )
    throw unreadable('expected lines of the form Phone;mccmnc');
  return { phone, mccMnc };
}

/**
 * Parses the file of ported numbers line by line. `chunks` is the `body` of a `fetch` response, or `[bytes]` with the
 * whole file. Keeps only one line and one chunk in memory. Source of the file's format: third parties.
 *
 * @throws {ReplyError} for an invalid line, such as an error message of the gateway
 */
export async function* parsePortedNumbers(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<PortedLine, void, undefined> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + toText(chunk)).split('\n');
    rest = lines.pop()!;
    if (rest.length > maxLine) throw unreadable(`a line has more than ${maxLine} characters`);
    for (const line of lines) {
      const ported = toLine(line);
      if (ported) yield ported;
    }
  }
  const last = toLine(rest);
  if (last) yield last;
}
