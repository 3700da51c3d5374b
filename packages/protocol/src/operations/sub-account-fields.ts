import { type Check, checkEach, checkFlag, checkShape } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { copyOwn, isObject } from '../core/own-members.ts';
import { checkEmail, phone as onePhone } from '../params/address.ts';
import { asIs } from '../params/as-is.ts';
import { checkPattern, choice } from '../params/choice.ts';
import { checkWhole, whole } from '../params/number.ts';
import { sender } from '../params/sender.ts';
import { checkWebAddress, line, words } from '../params/text.ts';
import type { Fields } from '../core/operation.ts';
import type { ParamValue } from '../exchange/wire.ts';

/** Switches of a sub-account and their parameters. Source: third parties that mirror the gateway's page. */
const switches = {
  smppIncoming: 'fl[1]',
  smpp: 'fl[2]',
  deliveryControl: 'fl[5]',
  forbidJobs: 'fl[6]',
  forwardIncomingToPhone: 'fl[8]',
  forwardIncomingToEmail: 'fl[9]',
  statusCallbacks: 'fl[10]',
  incomingCallbacks: 'fl[11]',
  detectAnsweringMachines: 'fl[16]',
  statusOfEachPart: 'fl[23]',
  useMainContacts: 'fl[26]',
  forbidSettings: 'fl[27]',
  forbidPayments: 'fl[28]',
  useMainSenders: 'fl[29]',
  logRequests: 'fl[30]',
  hideMessages: 'fl2[1]',
  noCallForwarding: 'fl2[4]',
  extendedCabinet: 'fl2[8]',
  expensiveRoutes: 'fl2[9]',
  blocked: 'fl2[10]',
  replaceSenderRule1: 'fl2[12]',
  replaceSenderRule2: 'fl2[13]',
  hoursRule1: 'fl2[15]',
  hoursRule2: 'fl2[16]',
  forbidAdvertising: 'fl2[23]',
  cheapRoutesFirst: 'fl2[24]',
  testMode: 'fl2[27]',
  trustNewAddresses: 'fl3[20]',
} as const;

/** Name of a switch of a sub-account. */
export type SubAccountSwitch = keyof typeof switches;

/** Sending limits of a sub-account. */
export interface SubAccountLimits {
  /** Maximum number of messages a day. */
  readonly perDay?: number | undefined;
  /** Maximum number of messages a day to one number. */
  readonly perNumber?: number | undefined;
  /** Maximum number of messages a day with the same text to one number. */
  readonly perText?: number | undefined;
  /** Maximum number of messages a day for one IP address that is passed as `visitor`. */
  readonly perVisitor?: number | undefined;
}

/** Forwarding of e-mails as SMS. Applies to e-mails that arrive in the mailbox of the sub-account. */
export interface EmailToSms {
  /** Phone numbers that receive the SMS, as one text. */
  readonly phones?: string | undefined;
  /** First hour of forwarding, 0 to 24. */
  readonly fromHour?: number | undefined;
  /** Last hour of forwarding, 0 to 24, after `fromHour`. */
  readonly toHour?: number | undefined;
  /** Maximum length of the SMS in characters, 1 to 1000. */
  readonly maxLength?: number | undefined;
  /** Up to seven flags, in the order in which the gateway lists them. */
  readonly flags?: readonly boolean[] | undefined;
}

/** Settings of a sub-account. Source: third parties that mirror the gateway's page, which describes each setting. */
export interface SubAccountSettings {
  /**
   * Tariff and balance of the sub-account. `own` (default): both belong to the sub-account. `main`: both belong to the
   * main account. `main-tariff`: tariff of the main account, balance of the sub-account. `main-balance`: tariff of the
   * sub-account, balance of the main account. `login`: the sub-account is only another login to the main account.
   */
  readonly billing?: 'own' | 'main-tariff' | 'main' | 'main-balance' | 'login' | undefined;
  /** Value of the parameter `site_id`, 0 or more. Its meaning is not documented. */
  readonly siteId?: number | undefined;
  /** E-mail address of the user. */
  readonly email?: string | undefined;
  /** Second e-mail address of the user. */
  readonly secondEmail?: string | undefined;
  /** Phone number of the user. */
  readonly phone?: string | undefined;
  /** Second phone number of the user. */
  readonly secondPhone?: string | undefined;
  /** Full name of the user. */
  readonly fullName?: string | undefined;
  /** Legal and bank details of the company. */
  readonly requisites?: string | undefined;
  /** Country of the user. */
  readonly country?: string | undefined;
  /** Notes on the sub-account. */
  readonly notes?: string | undefined;
  /** Number of the tariff, 0 to 8. */
  readonly tariff?: number | undefined;
  /** Number of the lowest tariff that the sub-account can get, 0 to 8 (inferred). */
  readonly lowestTariff?: number | undefined;
  /** Currency of the balance, as an ISO 4217 code. */
  readonly currency?: 'RUB' | 'USD' | 'EUR' | 'UAH' | 'KZT' | undefined;
  /** Time zone of the sub-account: whole hours east of UTC, -12 to 12. */
  readonly utcOffset?: number | undefined;
  /** Default sender name. */
  readonly sender?: string | undefined;
  /** Second sender name (inferred). */
  readonly secondSender?: string | undefined;
  /** Balance below which the gateway sends a warning. */
  readonly warnBelow?: number | undefined;
  /** Number of days that messages are stored. */
  readonly historyDays?: number | undefined;
  /** Prefixes of allowed recipient numbers. A `-` in front forbids a prefix: `['7', '-77']`. */
  readonly prefixes?: readonly string[] | undefined;
  /** Recipients of jobs that the user starts by an SMS to the gateway: phone numbers and groups. */
  readonly commandPhones?: string | undefined;
  /** Limits on the number of messages. */
  readonly limits?: SubAccountLimits | undefined;
  /** Hours during which messages are sent, 0 to 24. */
  readonly hours?:
    | {
        /** First hour, 0 to 23. */
        readonly from: number;
        /** Last hour, after `from`, up to 24. */
        readonly to: number;
      }
    | undefined;
  /** Validity period of messages in minutes, 1 to 1440. */
  readonly validMinutes?: number | undefined;
  /** URL of your webhook. The switches `statusCallbacks` and `incomingCallbacks` turn the requests on. */
  readonly callbackUrl?: string | undefined;
  /** Forwarding of e-mails as SMS. */
  readonly emailToSms?: EmailToSms | undefined;
  /** Text of the automatic reply to incoming messages. */
  readonly autoReply?: string | undefined;
  /** Text of the automatic reply to incoming calls. */
  readonly autoReplyToCalls?: string | undefined;
  /** New values of switches. A switch that is left out stays unchanged. */
  readonly switches?: Partial<Readonly<Record<SubAccountSwitch, boolean>>> | undefined;
}

const checkCount: Check = (value, at) => checkWhole(0, 1_000_000_000)(value, at);
const checkHour: Check = (value, at) => checkWhole(0, 24, ' hours')(value, at);

/** Converts the members of an object to parameters, whose names are in `names`. Skips members that are `undefined`. */
const renamed = (value: object, names: Readonly<Record<string, string>>): Record<string, ParamValue> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]: [string, unknown]) => [
        names[name]!,
        typeof each === 'boolean' ? Number(each) : (each as ParamValue),
      ]),
  );

const limitNames = { perDay: 'dlim', perNumber: 'plim', perText: 'tlim', perVisitor: 'ilim' };

const limits: Field<SubAccountLimits> = {
  params: /* @__PURE__ */ Object.values(limitNames),
  check: (value, at) =>
    checkShape(
      value,
      at,
      {},
      { perDay: checkCount, perNumber: checkCount, perText: checkCount, perVisitor: checkCount },
    ),
  encode: (value) => renamed(value, limitNames),
};

const checkWindow: Check = (value, at) => {
  if (!isObject(value)) return;
  const own = copyOwn(value);
  const [from, to] = [own['from'] ?? own['fromHour'], own['to'] ?? own['toHour']];
  if (typeof from === 'number' && typeof to === 'number' && from >= to)
    at.addIssue('expected the first hour to be before the last one');
};

const hours: Field<{ readonly from: number; readonly to: number }> = {
  params: ['tmlim'],
  check: (value, at) => {
    checkShape(value, at, { from: checkHour, to: checkHour });
    checkWindow(value, at);
  },
  encode: ({ from, to }) => ({ tmlim: `${from}-${to}` }),
};

const emailToSms: Field<EmailToSms> = {
  params: ['mph', 'mh1', 'mh2', 'mlen', 'mfl[0]', 'mfl[1]', 'mfl[2]', 'mfl[3]', 'mfl[4]', 'mfl[5]', 'mfl[6]'],
  check: (value, at) => {
    checkShape(
      value,
      at,
      {},
      {
        phones: line('').check,
        fromHour: checkHour,
        toHour: checkHour,
        maxLength: checkWhole(1, 1000),
        flags: (flags, flagsAt) => {
          checkEach(flags, flagsAt, checkFlag);
          if (Array.isArray(flags) && flags.length > 7)
            flagsAt.addIssue(`expected at most 7 flags, got ${flags.length}`);
        },
      },
    );
    checkWindow(value, at);
  },
  encode: (value) => {
    const { flags = [], ...rest } = copyOwn(value);
    return {
      ...renamed(rest, { phones: 'mph', fromHour: 'mh1', toHour: 'mh2', maxLength: 'mlen' }),
      ...Object.fromEntries(flags.map((each, index) => [`mfl[${index}]`, Number(each)])),
    };
  },
};

const switchField: Field<Partial<Readonly<Record<SubAccountSwitch, boolean>>>> = {
  params: /* @__PURE__ */ Object.values(switches),
  check: (value, at) =>
    checkShape(value, at, {}, Object.fromEntries(Object.keys(switches).map((name) => [name, checkFlag]))),
  encode: (value) => renamed(value, switches),
};

const prefixes: Field<readonly string[]> = {
  params: ['fmts'],
  check: (value, at) =>
    checkEach(
      value,
      at,
      checkPattern(/^-?\d{1,15}$/, "1 to 15 digits, with a leading '-' to forbid the prefix"),
    ),
  encode: (value) => ({ fmts: value.join() }),
};

/** Fields of the settings. */
export const settingFields: Fields<SubAccountSettings> = {
  billing: /* @__PURE__ */ choice<NonNullable<SubAccountSettings['billing']>>('type', {
    own: 0,
    'main-tariff': 1,
    main: 2,
    'main-balance': 3,
    login: 4,
  }),
  siteId: /* @__PURE__ */ whole('site_id', 0, 2147483647),
  email: /* @__PURE__ */ asIs<string>('email', checkEmail),
  secondEmail: /* @__PURE__ */ asIs<string>('email2', checkEmail),
  phone: /* @__PURE__ */ onePhone('phone'),
  secondPhone: /* @__PURE__ */ onePhone('phone2'),
  fullName: /* @__PURE__ */ line('fio'),
  requisites: /* @__PURE__ */ words('props'),
  country: /* @__PURE__ */ line('cntr'),
  notes: /* @__PURE__ */ words('notes'),
  tariff: /* @__PURE__ */ whole('tariff', 0, 8),
  lowestTariff: /* @__PURE__ */ whole('mintrf', 0, 8),
  currency: /* @__PURE__ */ choice<NonNullable<SubAccountSettings['currency']>>('curr', {
    RUB: 1,
    USD: 2,
    EUR: 3,
    UAH: 4,
    KZT: 5,
  }),
  utcOffset: {
    params: ['tz'],
    check: (value, at) => checkWhole(-12, 12, ' hours')(value, at),
    encode: (value) => ({ tz: value + 12 }),
  },
  sender,
  secondSender: /* @__PURE__ */ asIs<string>('sender2', (value, at) => sender.check(value, at)),
  warnBelow: /* @__PURE__ */ whole('nb', 0, 1_000_000_000),
  historyDays: /* @__PURE__ */ whole('ktm', 0, 36_500),
  prefixes,
  commandPhones: /* @__PURE__ */ line('ph'),
  limits,
  hours,
  validMinutes: /* @__PURE__ */ whole('vld', 1, 1440),
  callbackUrl: /* @__PURE__ */ asIs<string>('url', checkWebAddress),
  emailToSms,
  autoReply: /* @__PURE__ */ words('answ', 1000),
  autoReplyToCalls: /* @__PURE__ */ words('answ_call', 1000),
  switches: switchField,
};
