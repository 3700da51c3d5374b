import type { JsonObject } from '../exchange/json.ts';
import { isReachable } from '../operations/hlr-status.ts';
import type { Kind } from '../operations/kinds.ts';
import { messageTypes } from '../tables/message-types.ts';
import { isFinal, stateName } from '../tables/states.ts';
import {
  type CallbackFields,
  takeRemaining,
  take,
  takeInstant,
  takeRequired,
  takeNumber,
  takeStrictly,
  whole,
} from './fields.ts';

/**
 * Report that the state of a message changed. The signature covers only `id`, `phone` and `status`; without TLS, all
 * other members could have been altered in transit. The list of fields is known from third parties. A field that was
 * not sent is `undefined`.
 */
interface Report {
  /** Id of the message. */
  readonly id: string;
  /** Number or address of the recipient. */
  readonly phone: string;
  /** Number of the state: -1 waiting, 0 passed to the operator, 1 delivered, 20 undeliverable … */
  readonly status: number;
  /** Name of the state in English; `unknown` for undocumented numbers. */
  readonly state: string;
  /** `true` if the state is final (inferred). Exception: «delivered» may still change to «read» or «link clicked». */
  readonly final: boolean;
  /** Number of the delivery error. */
  readonly error: number | undefined;
  /** Time of the change. */
  readonly changedAt: Date | undefined;
  /** Time of the change in the gateway's notation: `DD.MM.YYYY hh:mm:ss`. */
  readonly changedAtLocal: string | undefined;
  /** Number of parts of a message, or of seconds of a call (inferred). */
  readonly parts: number | undefined;
  /** Kind of the message; `undefined` for an unknown `type`. Telegram and WhatsApp have no known type. */
  readonly kind: Kind | undefined;
  /** Type of the message as sent by the gateway. */
  readonly type: number | undefined;
  /** Flags of the message, as bits. */
  readonly flags: number | undefined;
  /** Cost as an exact decimal. */
  readonly cost: string | undefined;
  /** Sender name that the phone showed. */
  readonly sender: string | undefined;
  /** MCC and MNC of the number as digits, such as `25503`. */
  readonly mccMnc: string | undefined;
  /** Field `syserr`, whose meaning is not documented. */
  readonly systemError: string | undefined;
  /** Unknown fields and fields with unexpected values, unchanged. */
  readonly extra: JsonObject;
}

/** State of a message that you sent. */
export interface DeliveryReport extends Report {
  /** Distinguishes the kinds of callbacks. */
  readonly event: 'status';
}

/** Result of an HLR request. The result is `final` once all its data has arrived. */
export interface HlrReport extends Report {
  /** Distinguishes the kinds of callbacks. */
  readonly event: 'hlr';
  /** `true` if the phone can be reached; `undefined` while the result is incomplete. Source: a third-party platform. */
  readonly reachable: boolean | undefined;
  /** IMSI, the number of the SIM card. */
  readonly imsi: string | undefined;
  /** Number of the serving switching centre (MSC). */
  readonly serviceCentre: string | undefined;
  /** Mobile country code, digits. */
  readonly mcc: string | undefined;
  /** Mobile network code, digits. */
  readonly mnc: string | undefined;
  /** Country in which the number is registered. */
  readonly country: string | undefined;
  /** Operator with which the number is registered. */
  readonly operator: string | undefined;
  /** Country where the phone is roaming. */
  readonly roamingCountry: string | undefined;
  /** Operator in whose network the phone is roaming. */
  readonly roamingOperator: string | undefined;
}

/**
 * Allows no colon. Colons separate the signed values; a colon inside a value would let one signature match two
 * different callbacks.
 */
const id = /^[^:\s]{1,100}$/;
const phone = /^[^:\u0000-\u001f]{1,100}$/;
/**
 * Allows at most two digits, so that a state cannot be confused with the receiving number of an incoming message. All
 * known states have one or two digits.
 */
const state = /^-?\d{1,2}$/;
const amount = /^-?\d+(?:\.\d+)?$/;

const isHlr = (fields: CallbackFields, kind: Kind | undefined, sender: string | undefined): boolean =>
  kind === 'hlr' || (kind === undefined && (sender === 'HLR' || fields.has('imsi') || fields.has('msc')));

const toNumber = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** Reads and removes the signed fields. Returns the values in the order in which they are signed. */
export const signedOfReport = (fields: CallbackFields): readonly string[] => [
  takeRequired(fields, 'id', id, 'an id'),
  takeRequired(fields, 'phone', phone, 'a number or an address'),
  takeRequired(fields, 'status', state, 'a state number'),
];

/** Creates a report from its signed values and the remaining fields. */
export function readReport(
  [messageId, recipient, code]: readonly string[],
  fields: CallbackFields,
): DeliveryReport | HlrReport {
  const status = Number(code);
  const error = toNumber(takeStrictly(fields, 'err', whole, 'an error number'));
  const type = toNumber(takeStrictly(fields, 'type', /^\d{1,4}$/, 'a message type number'));
  const kind = (messageTypes as Readonly<Record<number, Kind>>)[type ?? -1];
  const sender = take(fields, 'sender') ?? take(fields, 'sender_id');
  const hlr = isHlr(fields, kind, sender);
  const reachable = isReachable({ status, error });
  const report = {
    id: messageId!,
    phone: recipient!,
    status,
    state: stateName(status),
    // An HLR request or ping is final only once its result is complete: the same state may arrive again with an error.
    // Source: a third party.
    final: isFinal(status) && (reachable !== undefined || !(hlr || kind === 'ping')),
    error,
    changedAt: takeInstant(fields, 'ts'),
    changedAtLocal: take(fields, 'time'),
    parts: takeNumber(fields, 'cnt'),
    kind,
    type,
    flags: takeNumber(fields, 'flag'),
    cost: take(fields, 'cost', amount),
    sender,
    mccMnc: take(fields, 'mccmnc'),
    systemError: take(fields, 'syserr'),
  };
  if (!hlr) return { event: 'status', ...report, extra: takeRemaining(fields) };
  return {
    event: 'hlr',
    ...report,
    reachable,
    imsi: take(fields, 'imsi'),
    serviceCentre: take(fields, 'msc'),
    mcc: take(fields, 'mcc'),
    mnc: take(fields, 'mnc'),
    country: take(fields, 'cn'),
    operator: take(fields, 'net'),
    roamingCountry: take(fields, 'rcn'),
    roamingOperator: take(fields, 'rnet'),
    extra: takeRemaining(fields),
  };
}
