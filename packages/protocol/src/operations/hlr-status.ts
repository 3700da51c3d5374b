import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { readObject, readOptionalText } from '../core/read.ts';
import { statusErrors } from '../tables/errors.ts';
import { address } from '../params/address.ts';
import { id } from '../params/id.ts';
import { needed } from '../params/needed.ts';
import { readStatus, type Status, type StatusInput, statusMembers } from './status.ts';

/** What an HLR request has found out. What the network did not say is `undefined`. It is `final` when it is complete. */
export interface HlrStatus extends Status {
  /**
   * Whether the phone can be reached; `undefined` while the answer is not complete. Source: a third party's platform.
   * Delivered with error 0 is reachable, with another error or any later state is not, without an error is not yet known.
   */
  readonly reachable: boolean | undefined;
  /** The SIM card's number, IMSI. */
  readonly imsi: string | undefined;
  /** The service centre's number, MSC. */
  readonly serviceCentre: string | undefined;
  /** Mobile country code, digits. */
  readonly mcc: string | undefined;
  /** Mobile network code, digits. */
  readonly mnc: string | undefined;
  /** Country in which the number is registered. */
  readonly country: string | undefined;
  /** Operator with which the number is registered. */
  readonly operator: string | undefined;
  /** Country in which the phone is now, if not its own. */
  readonly roamingCountry: string | undefined;
  /** Operator in whose network the phone is now, if not its own. */
  readonly roamingOperator: string | undefined;
}

const members = ['imsi', 'msc', 'mcc', 'mnc', 'cn', 'net', 'rcn', 'rnet'];

/** Whether a state and its error mean that the phone can be reached; `undefined` while that is not known. */
export function isReachable({ status, error }: Pick<Status, 'status' | 'error'>): boolean | undefined {
  if (status < 1) return undefined;
  if (status > 2) return false;
  return error === undefined ? undefined : error === 0;
}

/** The result of an HLR request, by the id that it was sent with. */
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
