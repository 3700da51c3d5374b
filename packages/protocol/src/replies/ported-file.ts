import { ReplyError } from '../core/errors.ts';

/** A line of the file of ported numbers. */
export interface PortedLine {
  readonly phone: string;
  /** Country and operator that the number belongs to now, as digits. */
  readonly mccMnc: string;
}

/** Longest line that is read. A line has a number and six digits. */
const maxLine = 200;

const wrong = (problem: string): ReplyError => new ReplyError('portedNumbersFile', 200, problem);

/** Octets as characters of the same numbers: the file is ASCII. */
const toText = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
};

function toLine(line: string): PortedLine | undefined {
  const [phone, mccMnc, more] = line.trim().split(';');
  // The header, and an empty line at the end.
  if (phone === '' || phone?.toLowerCase() === 'phone') return undefined;
  if (
    phone === undefined ||
    mccMnc === undefined ||
    more !== undefined ||
    !/^\d+$/.test(phone) ||
    !/^\d*$/.test(mccMnc)
  )
    throw wrong('a line that is not Phone;mccmnc');
  return { phone, mccMnc };
}

/**
 * The lines of the file of ported numbers, as it comes: from a `fetch` response's `body`, or from the whole of it,
 * `[bytes]`. No more of it is held than one line and one chunk. Source of the form: third parties.
 *
 * @throws {ReplyError} for what is no such line, the gateway's refusals among them
 */
export async function* parsePortedNumbers(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<PortedLine, void, undefined> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + toText(chunk)).split('\n');
    rest = lines.pop()!;
    if (rest.length > maxLine) throw wrong('a line too long');
    for (const line of lines) {
      const ported = toLine(line);
      if (ported) yield ported;
    }
  }
  const last = toLine(rest);
  if (last) yield last;
}
