import type { Check, Checks } from '../core/checks.ts';
import type { IssueContext } from '../core/issues.ts';
import { readOptions } from '../core/options.ts';
import type { UnknownRecord } from '../core/own-members.ts';
import { checkChoice } from '../params/choice.ts';
import type { CharsetName } from '../exchange/wire.ts';
import { type SignatureAlgorithm, algorithms } from './signature.ts';

/**
 * Selects the callbacks to trust: those with a valid signature (`secret`), or all (`unsigned`). One of the two is
 * required.
 */
export type CallbackTrust =
  | {
      /** The «control string» from the account settings. The gateway signs callbacks with this string. */
      readonly secret: string;
      /**
       * Accepted signature algorithms. A callback needs a signature by at least one of these algorithms. Default:
       * `['md5', 'sha1']`. `crc32` is off by default, because it is a checksum: anyone who has seen one callback can
       * forge another.
       */
      readonly algorithms?: readonly SignatureAlgorithm[] | undefined;
      readonly unsigned?: undefined;
    }
  | {
      /**
       * Accepts callbacks without a signature. Anyone who knows the URL of your handler can then send false callbacks.
       * Treat a callback only as a hint, and ask the gateway (`status`, `hlrStatus`, `incoming`) before you rely on it.
       */
      readonly unsigned: 'i-check-by-status';
      readonly secret?: undefined;
      readonly algorithms?: undefined;
    };

/** Options of `readCallback`. */
export type ReadCallbackOptions = CallbackTrust & {
  /**
   * Charset that the URL of your handler requests, as entered in the account settings. Default: the query parameter
   * `charset`, then the Content-Type header, then the XML declaration, then windows-1251, the gateway's default. The
   * gateway does not send XML or JSON in koi8-r. So for these formats, koi8-r is used only if the body or the
   * Content-Type header declares it.
   */
  readonly charset?: CharsetName | undefined;
  /**
   * Maximum number of bytes of a body or a query. Default: 256 KiB. With 0, every body or query that is not empty is
   * rejected.
   */
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

/** Adds an issue unless the options have exactly one of `secret` and `unsigned`. */
function checkTrust(options: UnknownRecord, at: IssueContext): void {
  const [secret, unsigned, algorithms] = ['secret', 'unsigned', 'algorithms'].map(
    (name) => options[name] !== undefined,
  );
  if (secret === unsigned) at.addIssue("expected either secret, or unsigned: 'i-check-by-status'");
  if (!secret && algorithms) at.inside('algorithms').addIssue('requires secret');
}

/**
 * Checks the options of a callback handler.
 *
 * @param needed checks of the caller's additional required options
 * @param further checks of the caller's additional optional options
 * @throws {InputError} with all issues
 */
export function checkOptions(
  caller: string,
  options: object,
  needed: Checks = {},
  further: Checks = {},
): void {
  readOptions(caller, options, { ...checks(), ...further }, needed, checkTrust);
}
