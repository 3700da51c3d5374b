import { isIP } from 'node:net';
import { type MessageKind, readKind } from './kinds.ts';
import { isEmail } from './recipients.ts';
import { type Pacing, readPacing, readValidity, readZone } from './schedule.ts';
import { flag, matching, oneOf, optional, type Reader, text, wholeNumber } from './read-values.ts';
import { type CallDialing, isVoice, readDialing } from './voice.ts';
import { isWebAddress } from './web-address.ts';

/**
 * Parsed parameters of a send, except `time`. Members have the gateway's names. Source of the ranges: the gateway's page,
 * unless a comment says otherwise.
 */
export interface SendRequest {
  readonly phones: string;
  readonly mes: string;
  readonly list: string;
  readonly subj: string;
  readonly sender: string;
  /** False if the request has no parameter `sender`. An empty sender switches the account's default off. */
  readonly hasSender: boolean;
  /** Kind that the flags request. */
  readonly kind: MessageKind;
  /** Message id. `null`: the gateway chooses an id. */
  readonly id: string | null;
  readonly translit: 0 | 1 | 2;
  readonly tinyurl: boolean;
  /** Time zone in hours from UTC. `null`: the account's time zone. */
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
  /** Division of the recipients into groups, read from `period` and `freq`. */
  readonly pacing: Pacing | 'none';
  /** Maximum number of SMS for a text. 0: no limit. */
  readonly maxsms: number;
  readonly imgcode: string;
  readonly userip: string | null;
  readonly err: boolean;
  readonly op: boolean;
  readonly pp: number | null;
}

// 0 requests an automatic id; the official library always sends 0. Assumption: ids beyond 32 bits are treated as text.
const readId = optional((value) => {
  if (value === '0') return null;
  return /^[\w.-]{1,40}$/.test(value) ? value : undefined;
});
const readTranslit = oneOf(0, 1, 2);
const readTimeZone = optional(readZone);
const readBin = oneOf(0, 1, 2);
const readBot = matching(/^(?:|@\w{3,32}|wa:\+?\d{5,15})$/);
const readSmsreq = optional(wholeNumber(10, 999));
// The real gateway downloads the file, which must have at least 101 bytes. The simulator does not download it.
const readFileUrl = optional((value) => (isWebAddress(value) ? value : undefined));
const readVoice = optional((value) => (isVoice(value) ? value : undefined));
const readCost = oneOf(0, 1, 2, 3);
// Assumptions: 0 means «no limit», and the maximum is 255, the highest number of parts in a concatenation header.
const readMaxsms = wholeNumber(0, 255, 0);
const readImgcode = matching(/^[A-Za-z\d]{0,32}$/);
const readUserIp = optional((value) => (isIP(value) === 0 ? undefined : value));
const readPp = optional(wholeNumber(1, 2147483647));

/**
 * Parses the values. Returns `undefined` if one is out of range. Uses one object literal because this is much faster than
 * `readValues`.
 */
function readEach(values: ReadonlyMap<string, string>): SendRequest | undefined {
  const result = { refused: false };
  const read = <Value>(name: string, reader: Reader<Value>): Value => {
    const value = reader(values.get(name) ?? '');
    if (value === undefined) result.refused = true;
    // The cast is safe: if a value is refused, `readEach` does not return it.
    return value as Value;
  };
  const parsed: SendRequest = {
    phones: read('phones', text),
    mes: read('mes', text),
    list: read('list', text),
    subj: read('subj', text),
    sender: read('sender', text),
    hasSender: values.has('sender'),
    id: read('id', readId),
    translit: read('translit', readTranslit),
    tinyurl: read('tinyurl', flag),
    tz: read('tz', readTimeZone),
    bin: read('bin', readBin),
    bot: read('bot', readBot),
    smsreq: read('smsreq', readSmsreq),
    fileurl: read('fileurl', readFileUrl),
    voice: read('voice', readVoice),
    param: readDialing(values.get('param') ?? ''),
    cost: read('cost', readCost),
    nl: read('nl', flag),
    valid: read('valid', readValidity),
    pacing: read('period', (period) => readPacing(period, values.get('freq') ?? '')),
    maxsms: read('maxsms', readMaxsms),
    imgcode: read('imgcode', readImgcode),
    userip: read('userip', readUserIp),
    err: read('err', flag),
    op: read('op', flag),
    pp: read('pp', readPp),
    kind: read('kind', () => readKind(values)),
  };
  return result.refused ? undefined : parsed;
}

/**
 * Returns true for a valid sender: up to 15 digits, or up to 11 Latin letters, digits, spaces and signs. Assumption: every
 * ASCII sign is allowed. An empty sender is valid.
 */
export const isValidSender = (sender: string): boolean =>
  /^[ -~]{0,11}$/.test(sender) || /^\+?\d{1,15}$/.test(sender);

/** Parses the parameters of a send once. Returns `undefined` if one is out of range (error 1). */
export function readSendRequest(values: ReadonlyMap<string, string>): SendRequest | undefined {
  const request = readEach(values);
  if (!request) return undefined;
  // The gateway's page: `imgcode` «has to be used together with userip». The simulator accepts any code, because it does not
  // know the picture.
  if (request.imgcode !== '' && request.userip === null) return undefined;
  const { sender, kind } = request;
  const isValid = kind === 'mail' ? sender === '' || isEmail(sender) : isValidSender(sender);
  return isValid ? request : undefined;
}
