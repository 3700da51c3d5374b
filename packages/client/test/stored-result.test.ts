import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromStoredResult, toStoredResult } from '../src/ledger/stored-result.ts';

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.date({ noInvalidDate: false }),
    fc.bigInt(),
    fc.uint8Array({ maxLength: 8 }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$smsc', 'value')), tie('any'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).any;

describe('a stored result', () => {
  it('is read back unchanged', () => {
    fc.assert(
      fc.property(value, (result) => {
        expect(fromStoredResult(toStoredResult(result)!)).toStrictEqual(result);
      }),
    );
  });

  it('is missing if it contains itself', () => {
    const result: Record<string, unknown> = {};
    result['self'] = result;
    expect(toStoredResult(result)).toBeUndefined();
  });
});
