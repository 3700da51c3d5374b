import type { Json, JsonObject } from '../exchange/json.ts';
import { isReachable } from '../operations/hlr-status.ts';
import type { Kind } from '../operations/kinds.ts';
import { readStatus } from '../operations/status.ts';
import { messageTypes } from '../tables/message-types.ts';
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
 * What is told of a message whenever its state changes. The signature covers `id`, `phone` and `status` and nothing else:
 * on an address without TLS everything else could have been altered on its way. Which fields there are is known from third
 * parties; what was not sent is `undefined`.
 */
interface Report {
  /** The id that the message was sent with. */
  readonly id: string;
  /** The number that it went to, or the address. */
  readonly phone: string;
  /** The state's number: -1 waiting, 0 passed to the operator, 1 delivered, 20 undeliverable … */
  readonly status: number;
  /** The state in words. Numbers that are not documented read «unknown». */
  readonly state: string;
  /** Whether it will stay so. Inferred; a delivered message is known to become read, or its link clicked. */
  readonly final: boolean;
  /** Why it was not delivered. */
  readonly error: number | undefined;
  /** Time of the change. */
  readonly changedAt: Date | undefined;
  /** The same as the gateway writes it, `DD.MM.YYYY hh:mm:ss`. */
  readonly changedAtLocal: string | undefined;
  /** Parts, or seconds of a call (inferred). */
  readonly parts: number | undefined;
  /** What sort of message it was, where its number is known: none is for Telegram and WhatsApp. */
  readonly kind: Kind | undefined;
  /** The number of that sort, as it came. */
  readonly type: number | undefined;
  /** Bits about the message. */
  readonly flags: number | undefined;
  /** What it has cost, as an exact decimal. */
  readonly cost: string | undefined;
  /** What the phone showed as the sender. */
  readonly sender: string | undefined;
  /** Country and operator of the number as digits, such as `25503`. */
  readonly mccMnc: string | undefined;
  /** The field `syserr`, of which nothing is known but its name. */
  readonly systemError: string | undefined;
  /** Fields that are not known here, or that are not what they should be, as they came. */
  readonly extra: JsonObject;
}

/** The state of a message that you have sent. */
export interface DeliveryReport extends Report {
  readonly event: 'status';
}

/** The result of an HLR request. It is `final` when it is complete. */
export interface HlrReport extends Report {
  readonly event: 'hlr';
  /** Whether the phone can be reached; `undefined` while the answer is not complete. Source: a third party's platform. */
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

/** No colon: the values are signed with colons between them, and no signature may fit two pushes. */
const id = /^[^:\s]{1,100}$/;
const phone = /^[^:\u0000-\u001f]{1,100}$/;
/** Two digits: those known have no more, and so it cannot be taken for the number that an incoming message came to. */
const state = /^-?\d{1,2}$/;
const amount = /^-?\d+(?:\.\d+)?$/;

const isHlr = (pushed: CallbackFields, kind: Kind | undefined, sender: string | undefined): boolean =>
  kind === 'hlr' || (kind === undefined && (sender === 'HLR' || pushed.has('imsi') || pushed.has('msc')));

/** The values that are signed. */
export const signedOfReport = (pushed: CallbackFields): readonly string[] => [
  takeRequired(pushed, 'id', id, 'an id'),
  takeRequired(pushed, 'phone', phone, 'a number or an address'),
  takeRequired(pushed, 'status', state, 'the number of a state'),
];

/** The state of a message, from its signed values and what is there besides. */
export function readReport(
  [messageId, recipient, code]: readonly string[],
  pushed: CallbackFields,
): DeliveryReport | HlrReport {
  const err: Json = takeStrictly(pushed, 'err', whole, 'the number of an error') ?? null;
  const typeText = takeStrictly(pushed, 'type', /^\d{1,4}$/, 'the number of a sort of messages');
  const type = typeText === undefined ? undefined : Number(typeText);
  const kind = (messageTypes as Readonly<Record<number, Kind>>)[type ?? -1];
  const sender = take(pushed, 'sender') ?? take(pushed, 'sender_id');
  const { status, state: words, final, error } = readStatus({ status: code!, err }, []);
  const hlr = isHlr(pushed, kind, sender);
  const reachable = isReachable({ status, error });
  const report = {
    id: messageId!,
    phone: recipient!,
    status,
    state: words,
    // Of an HLR request, and of a ping, a state without an error may be followed by the same with one (third party).
    final: final && (reachable !== undefined || !(hlr || kind === 'ping')),
    error,
    changedAt: takeInstant(pushed, 'ts'),
    changedAtLocal: take(pushed, 'time'),
    parts: takeNumber(pushed, 'cnt'),
    kind,
    type,
    flags: takeNumber(pushed, 'flag'),
    cost: take(pushed, 'cost', amount),
    sender,
    mccMnc: take(pushed, 'mccmnc'),
    systemError: take(pushed, 'syserr'),
  };
  if (!hlr) return { event: 'status', ...report, extra: takeRemaining(pushed) };
  return {
    event: 'hlr',
    ...report,
    reachable,
    imsi: take(pushed, 'imsi'),
    serviceCentre: take(pushed, 'msc'),
    mcc: take(pushed, 'mcc'),
    mnc: take(pushed, 'mnc'),
    country: take(pushed, 'cn'),
    operator: take(pushed, 'net'),
    roamingCountry: take(pushed, 'rcn'),
    roamingOperator: take(pushed, 'rnet'),
    extra: takeRemaining(pushed),
  };
}
