import { type Check, checkEach, checkShape } from '../core/checks.ts';
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

/**
 * Switches of a sub-account, by what they do; the number is the gateway's. Source: third parties that mirror its page.
 */
const switches = {
  smppIncoming: 'fl[1]',
  smpp: 'fl[2]',
  deliveryControl: 'fl[5]',
  forbidMailings: 'fl[6]',
  forwardIncomingToPhone: 'fl[8]',
  forwardIncomingToEmail: 'fl[9]',
  pushStatuses: 'fl[10]',
  pushIncoming: 'fl[11]',
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

/** A switch of a sub-account. */
export type SubAccountSwitch = keyof typeof switches;

/** Most that a sub-account may send. */
export interface SubAccountLimits {
  /** Messages a day. */
  readonly perDay?: number | undefined;
  /** Messages a day to one number. */
  readonly perNumber?: number | undefined;
  /** Messages a day of one text to one number. */
  readonly perText?: number | undefined;
  /** Messages a day for one IP address of `visitor`. */
  readonly perVisitor?: number | undefined;
}

/** Letters to the sub-account's mailbox at the gateway, sent on as SMS. */
export interface EmailToSms {
  readonly phones?: string | undefined;
  /** Between which hours, 0 to 24. */
  readonly fromHour?: number | undefined;
  readonly toHour?: number | undefined;
  /** Most characters of the SMS. */
  readonly maxLength?: number | undefined;
  /** The gateway's seven flags, by place. */
  readonly flags?: readonly boolean[] | undefined;
}

/**
 * Settings of a sub-account. All of them are known from third parties that mirror the gateway's page; what they do
 * exactly is said there.
 */
export interface SubAccountSettings {
  /**
   * Whose tariff and balance it has: `own` both (the default), `main-tariff` with a balance of its own, `main` both,
   * `main-balance` with a tariff of its own, `login`: one login more to the main account.
   */
  readonly billing?: 'own' | 'main-tariff' | 'main' | 'main-balance' | 'login' | undefined;
  readonly siteId?: number | undefined;
  readonly email?: string | undefined;
  readonly secondEmail?: string | undefined;
  readonly phone?: string | undefined;
  readonly secondPhone?: string | undefined;
  readonly fullName?: string | undefined;
  /** Requisites of the company. */
  readonly requisites?: string | undefined;
  readonly country?: string | undefined;
  readonly notes?: string | undefined;
  /** Number of the tariff, 0 to 8. */
  readonly tariff?: number | undefined;
  readonly lowestTariff?: number | undefined;
  readonly currency?: 'RUB' | 'USD' | 'EUR' | 'UAH' | 'KZT' | undefined;
  /** Whole hours east of UTC, -12 to 12. */
  readonly utcOffset?: number | undefined;
  readonly sender?: string | undefined;
  readonly secondSender?: string | undefined;
  /** Below which balance to be warned. */
  readonly warnBelow?: number | undefined;
  /** For how many days messages are kept. */
  readonly historyDays?: number | undefined;
  /** Beginnings of numbers that may be sent to; a `-` forbids one: `['7', '-77']`. */
  readonly prefixes?: readonly string[] | undefined;
  /** Numbers and groups of the mailings that an SMS starts. */
  readonly commandPhones?: string | undefined;
  readonly limits?: SubAccountLimits | undefined;
  /** Between which hours to send, 0 to 24. */
  readonly hours?: { readonly from: number; readonly to: number } | undefined;
  /** Validity of messages, in minutes. */
  readonly validMinutes?: number | undefined;
  /** Where statuses and incoming messages are pushed to: see `pushStatuses` and `pushIncoming`. */
  readonly callbackUrl?: string | undefined;
  readonly emailToSms?: EmailToSms | undefined;
  /** What to answer to incoming messages. */
  readonly autoReply?: string | undefined;
  /** What to answer to incoming calls. */
  readonly autoReplyToCalls?: string | undefined;
  /** What is to be on or off; what is left out stays as it is. */
  readonly switches?: Partial<Readonly<Record<SubAccountSwitch, boolean>>> | undefined;
}

const checkFlag: Check = (value, at) => void at.expect(typeof value === 'boolean', value, 'true or false');
const checkCount: Check = (value, at) => checkWhole(0, 1_000_000_000)(value, at);
const checkHour: Check = (value, at) => checkWhole(0, 24, ' hours')(value, at);

/** An object's members as parameters, those that are there. */
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
  if (typeof from === 'number' && typeof to === 'number' && from >= to) at.addIssue('ends before it begins');
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
        flags: (flags, place) => {
          checkEach(flags, place, checkFlag);
          if (Array.isArray(flags) && flags.length > 7) place.addIssue('has more than 7');
        },
      },
    );
    checkWindow(value, at);
  },
  encode: (value) => {
    const { flags = [], ...rest } = copyOwn(value);
    return {
      ...renamed(rest, { phones: 'mph', fromHour: 'mh1', toHour: 'mh2', maxLength: 'mlen' }),
      ...Object.fromEntries(flags.map((each, place) => [`mfl[${place}]`, Number(each)])),
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
    checkEach(value, at, checkPattern(/^-?\d{1,15}$/, 'digits, behind a - where they are forbidden')),
  encode: (value) => ({ fmts: value.join() }),
};

/** The settings, field by field. */
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
