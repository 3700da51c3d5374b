import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { readObject, readOptionalText } from '../core/read.ts';
import { statusErrors } from '../tables/errors.ts';
import { address } from '../params/address.ts';
import { id } from '../params/id.ts';
import { needed } from '../params/needed.ts';
import { readStatus, type Status, type StatusInput, statusMembers } from './status.ts';

/**
 * Result of an HLR request. A member that the network did not send is `undefined`. `final` is `true` if the result is
 * complete.
 */
export interface HlrStatus extends Status {
  /**
   * `true` if the phone can be reached, `false` if not, `undefined` while the result is incomplete. In the states 1 and
   * 2, error 0 means reachable, any other error means unreachable, and without an error the result is incomplete. All
   * higher states mean unreachable. Source: a third party's platform.
   */
  readonly reachable: boolean | undefined;
  /** IMSI, the number of the SIM card. */
  readonly imsi: string | undefined;
  /** Number of the MSC, the switching centre that serves the phone. */
  readonly serviceCentre: string | undefined;
  /** Mobile country code, as digits. */
  readonly mcc: string | undefined;
  /** Mobile network code, as digits. */
  readonly mnc: string | undefined;
  /** Country where the number is registered. */
  readonly country: string | undefined;
  /** Operator where the number is registered. */
  readonly operator: string | undefined;
  /** Country of the current network, if the phone is roaming. */
  readonly roamingCountry: string | undefined;
  /** Operator of the current network, if the phone is roaming. */
  readonly roamingOperator: string | undefined;
}

const members = ['imsi', 'msc', 'mcc', 'mnc', 'cn', 'net', 'rcn', 'rnet'];

/** Returns `true` if the phone can be reached, `false` if not, and `undefined` while the result is incomplete. */
export function isReachable({ status, error }: Pick<Status, 'status' | 'error'>): boolean | undefined {
  if (status < 1) return undefined;
  if (status > 2) return false;
  return error === undefined ? undefined : error === 0;
}

/**
 * Returns the result of an HLR request, by the id and the phone number of the request.
 *
 * @example
 * ```ts
 * const sent = await smsc.call(send, { kind: 'hlr', to: '380501234567', id: 'check-1' });
 * // Some seconds later:
 * const { reachable, operator } = await smsc.call(hlrStatus, { id: 'check-1', phone: '380501234567' });
 * ```
 */
export const hlrStatus: Operation<StatusInput, HlrStatus, 'reads'> = {
  name: 'hlrStatus',
  path: 'sys/status.php',
  effect: 'reads',
  fields: { id, phone: address },
  rules: /* @__PURE__ */ needed('id', 'phone'),
  errors: statusErrors,
  format: jsonFormat,
  result: (reply) => {
    const object = readObject(reply);
    const found = readStatus(object, [...statusMembers, ...members]);
    const reachable = isReachable(found);
    return {
      ...found,
      final: found.final && reachable !== undefined,
      reachable,
      imsi: readOptionalText(object, 'imsi'),
      serviceCentre: readOptionalText(object, 'msc'),
      mcc: readOptionalText(object, 'mcc'),
      mnc: readOptionalText(object, 'mnc'),
      country: readOptionalText(object, 'cn'),
      operator: readOptionalText(object, 'net'),
      roamingCountry: readOptionalText(object, 'rcn'),
      roamingOperator: readOptionalText(object, 'rnet'),
    };
  },
};
