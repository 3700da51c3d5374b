import type { Check, Checks } from '../core/checks.ts';
import type { IssueContext } from '../core/issues.ts';
import { readOptions } from '../core/options.ts';
import type { UnknownRecord } from '../core/own-members.ts';
import { checkChoice } from '../params/choice.ts';
import type { CharsetName } from '../exchange/wire.ts';
import { type SignatureAlgorithm, algorithms } from './signature.ts';

/** What makes a push believable. One of the two has to be said. */
export type CallbackTrust =
  | {
      /** The «control string» of the account's settings, with which the gateway signs. */
      readonly secret: string;
      /**
       * The signatures that count, of which one has to be there. Default: `['md5', 'sha1']`. `crc32` has to be asked for: it
       * is a checksum, and whoever has seen one push can make another that fits.
       */
      readonly algorithms?: readonly SignatureAlgorithm[] | undefined;
      readonly unsigned?: undefined;
    }
  | {
      /**
       * Believes everybody. Whoever knows your address can then send anything: take a push as a hint only, and ask the
       * gateway (`status`, `hlrStatus`, `incoming`) before something depends on it.
       */
      readonly unsigned: 'i-check-by-status';
      readonly secret?: undefined;
      readonly algorithms?: undefined;
    };

/** How a push is read. */
export type ReadCallbackOptions = CallbackTrust & {
  /**
   * The charset that the handler's address asks for in the account's settings. Default: `charset` of the request's query,
   * then what its Content-Type or its XML declaration says, then windows-1251, as the gateway has it. In XML and JSON the
   * gateway does not use koi8-r, so there that counts only where the body itself, or its header, says so.
   */
  readonly charset?: CharsetName | undefined;
  /** Most bytes of a body, or of a query. Default: 256 KiB. 0 allows none. */
  readonly maxBytes?: number | undefined;
};

const checkSecret: Check = (value, at) =>
  void at.expect(
    typeof value === 'string' && value !== '',
    value,
    'the control string that the gateway signs with',
  );

const checkAlgorithms: Check = (value, at) => {
  const known =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => algorithms.includes(each as SignatureAlgorithm));
  at.expect(known, value, `a list of ${algorithms.join(', ')}`);
};

const checkBytes: Check = (value, at) =>
  void at.expect(
    Number.isSafeInteger(value) && (value as number) >= 0,
    value,
    'a number of bytes, 0 or more',
  );

const checks = (): Checks => ({
  secret: checkSecret,
  algorithms: checkAlgorithms,
  unsigned: checkChoice(['i-check-by-status']),
  charset: checkChoice(['windows-1251', 'koi8-r', 'utf-8']),
  maxBytes: checkBytes,
});

/** Adds an issue unless the options name exactly one kind of trust. */
function checkTrust(options: UnknownRecord, at: IssueContext): void {
  const [secret, unsigned, algorithms] = ['secret', 'unsigned', 'algorithms'].map(
    (name) => options[name] !== undefined,
  );
  if (secret === unsigned) at.addIssue("expected either secret, or unsigned: 'i-check-by-status'");
  if (!secret && algorithms) at.inside('algorithms').addIssue('is only allowed together with secret');
}

/**
 * Checks the options of a callback handler.
 *
 * @param further optional members that the caller has besides
 * @throws {InputError}
 */
export function checkOptions(
  caller: string,
  options: object,
  needed: Checks = {},
  further: Checks = {},
): void {
  readOptions(caller, options, { ...checks(), ...further }, needed, checkTrust);
}
