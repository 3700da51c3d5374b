import { isIP } from 'node:net';
import { type MessageKind, readKind } from './kinds.ts';
import { isEmail } from './recipients.ts';
import { type Pacing, readPacing, readValidity, readZone } from './schedule.ts';
import {
  flag,
  matching,
  oneOf,
  optional,
  type Reader,
  readValues,
  text,
  wholeNumber,
} from './read-values.ts';
import { type CallDialing, isVoice, readDialing } from './voice.ts';
import { isWebAddress } from './web-address.ts';

/**
 * Parsed parameters of a send, except `time`, under the gateway's names. Source of the ranges: the gateway's page, unless a comment says
 * otherwise.
 */
interface SendValues {
  readonly phones: string;
  readonly mes: string;
  readonly list: string;
  readonly subj: string;
  readonly sender: string;
  /** `null`: the gateway chooses an id. */
  readonly id: string | null;
  readonly translit: 0 | 1 | 2;
  readonly tinyurl: boolean;
  /** Hours from UTC. `null`: the account's time zone. */
  readonly tz: number | null;
  /** 1: `mes` is bytes. 2: `mes` is hexadecimal digits. */
  readonly bin: 0 | 1 | 2;
  readonly bot: string;
  readonly smsreq: number | null;
  readonly fileurl: string | null;
  readonly voice: string | null;
  readonly param: CallDialing;
  /** 0 sends. 1 computes the cost. 2 sends and reports the cost, 3 also the balance. */
  readonly cost: 0 | 1 | 2 | 3;
  readonly nl: boolean;
  /** Validity in milliseconds. */
  readonly valid: number;
  readonly period: string;
  readonly freq: string;
  /** 0: no limit. */
  readonly maxsms: number;
  readonly imgcode: string;
  readonly userip: string | null;
  readonly err: boolean;
  readonly op: boolean;
  readonly pp: number | null;
}

const readers: { readonly [Name in keyof SendValues]: Reader<SendValues[Name]> } = {
  phones: text,
  mes: text,
  list: text,
  subj: text,
  sender: text,
  // 0 means «automatic»; the official library always sends it. Assumption: numbers beyond 32 bits are text.
  id: optional((value) => {
    if (value === '0') return null;
    return /^[\w.-]{1,40}$/.test(value) ? value : undefined;
  }),
  translit: oneOf(0, 1, 2),
  tinyurl: flag,
  tz: optional(readZone),
  bin: oneOf(0, 1, 2),
  bot: matching(/^(?:|@\w{3,32}|wa:\+?\d{5,15})$/),
  smsreq: optional(wholeNumber(10, 999)),
  // The gateway fetches the file, of at least 101 bytes. The simulator never uses the network.
  fileurl: optional((value) => (isWebAddress(value) ? value : undefined)),
  voice: optional((value) => (isVoice(value) ? value : undefined)),
  param: readDialing,
  cost: oneOf(0, 1, 2, 3),
  nl: flag,
  valid: readValidity,
  period: text,
  freq: text,
  // Assumptions: 0 means «no limit», and the maximum is 255, the most that a concatenation header counts.
  maxsms: wholeNumber(0, 255, 0),
  imgcode: matching(/^[A-Za-z\d]{0,32}$/),
  userip: optional((value) => (isIP(value) === 0 ? undefined : value)),
  err: flag,
  op: flag,
  pp: optional(wholeNumber(1, 2147483647)),
};

/** Parsed parameters of a send. */
export interface SendRequest extends SendValues {
  readonly kind: MessageKind;
  readonly pacing: Pacing | 'none';
  /** False if the request has no parameter `sender`. An empty sender switches the account's default off. */
  readonly hasSender: boolean;
}

/**
 * Returns true for «11 characters or 15 digits», «Latin letters, digits, the space and some signs». Assumption: every ASCII
 * sign is allowed. An empty sender is valid.
 */
export const isValidSender = (sender: string): boolean =>
  /^[ -~]{0,11}$/.test(sender) || /^\+?\d{1,15}$/.test(sender);

/** Parses the parameters of a send once. Returns `undefined` if one is out of range, which is error 1. */
export function readSendRequest(values: ReadonlyMap<string, string>): SendRequest | undefined {
  const kind = readKind(values);
  const parsed = kind && readValues(values, readers);
  if (!parsed) return undefined;
  const pacing = readPacing(parsed.period, parsed.freq);
  if (pacing === undefined) return undefined;
  // «Has to be used together with userip.» The simulator cannot know if the code is the one in the picture.
  if (parsed.imgcode !== '' && parsed.userip === null) return undefined;
  const { sender } = parsed;
  const validSender = kind === 'mail' ? sender === '' || isEmail(sender) : isValidSender(sender);
  return validSender ? { ...parsed, kind, pacing, hasSender: values.has('sender') } : undefined;
}
