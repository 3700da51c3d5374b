import fc from 'fast-check';
import { internationalNumber } from '@smsc/testing/arbitraries';
import { describe, expect, it } from 'vitest';
import { parsePortedNumbers, encode, type PortedLine, utf8 } from '../src/index.ts';

async function linesOf(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<PortedLine[]> {
  const found: PortedLine[] = [];
  for await (const line of parsePortedNumbers(chunks)) found.push(line);
  return found;
}
const line = fc.record({ phone: internationalNumber, mccMnc: fc.stringMatching(/^\d{0,6}$/) });

describe('the file of ported numbers', () => {
  it('is parsed line by line, with any chunk boundaries and line endings', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.nat(300), { maxLength: 8 }),
        async (lines, end, last, cuts) => {
          const bytes = encode(
            ['Phone;mccmnc', ...lines.map(({ phone, mccMnc }) => `${phone};${mccMnc}`)].join(end) +
              (last ? end : ''),
            utf8,
          );
          const edges = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
          expect(await linesOf(edges.slice(1).map((edge, at) => bytes.subarray(edges[at], edge)))).toEqual(
            lines,
          );
        },
      ),
    );
  });

  it('is parsed from a stream of chunks', async () => {
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield encode('Phone;mccmnc\n79991234567;25001\n7999', utf8);
      yield await Promise.resolve(encode('1234568;25002', utf8));
    }
    expect(await linesOf(stream())).toEqual([
      { phone: '79991234567', mccMnc: '25001' },
      { phone: '79991234568', mccMnc: '25002' },
    ]);
  });

  it.each([
    'ERROR = 2 (authorise error)',
    '{"error": "authorise error", "error_code": 2}',
    'Phone;mccmnc\n79991234567',
    'Phone;mccmnc\n79991234567;25001;x',
    '<html></html>',
    'a'.repeat(300),
  ])('is rejected as unreadable if it has another format: %s', async (wrong) => {
    await expect(linesOf([encode(wrong, utf8)])).rejects.toMatchObject({
      kind: 'unreadable-reply',
      operation: 'portedNumbersFile',
    });
  });
});
