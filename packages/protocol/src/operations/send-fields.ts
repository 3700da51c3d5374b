import { asIs } from '../format/as-is.ts';
import { as, data, type Octets, type Scheme, scheme, udh } from '../format/binary.ts';
import { bot } from '../format/bot.ts';
import { choice } from '../format/choice.ts';
import { files } from '../format/files.ts';
import { flag } from '../format/flag.ts';
import { id } from '../format/id.ts';
import { lineBreaks, type LineBreaks, type ListMessage, messages } from '../format/list.ts';
import { comment, text } from '../format/message.ts';
import { whole } from '../format/number.ts';
import { type Recipients, recipients } from '../format/recipients.ts';
import { sender } from '../format/sender.ts';
import { spread, type Spread } from '../format/spread.ts';
import { checkWebAddress, line } from '../format/text.ts';
import { type SendTime, time } from '../format/time.ts';
import { type Validity, validity } from '../format/validity.ts';
import { visitor, type Visitor } from '../format/visitor.ts';
import { dialing, type Dialing, voice, type Voice } from '../format/voice.ts';
import { title, url } from '../format/wap-push.ts';
import type { Field } from '../fields.ts';
import type { Fields } from '../operation.ts';
import type { Attachment } from '../wire.ts';
import { kind, type Kind } from './kinds.ts';

/** Everything that a message can be given. Which of it a kind takes is said by the table of kinds. */
export interface SendFields {
  /** Whom it goes to: numbers, groups, addresses or names, as the kind has it. */
  readonly to: Recipients;
  /**
   * The message: 1 to 1000 UTF-16 code units, the comment included. What is too long for one SMS is cut into parts,
   * each of which is charged; `segment` shows them. HTML for an e-mail; the code for `telegram-code`.
   */
  readonly text: string;
  /** A note for your own history in the gateway's cabinet. Neither sent nor charged. */
  readonly comment: string;
  /**
   * The message's id, to ask for its state with: a whole number from 1 to 2147483647, or up to 40 characters of
   * `A-Z a-z 0-9 . - _`. It need not be unique. Default: the client makes one up.
   */
  readonly id: string | number;
  /** What the phone shows as the sender: 11 characters or 15 digits, registered with the gateway; for an e-mail its address. */
  readonly sender: string;
  /** When to send. Default: at once. What lies in the past is sent at once. */
  readonly sendAt: SendTime;
  /** Stretches a mailing over hours, so that it arrives by and by. */
  readonly spread: Spread;
  /** How long the operator tries to deliver: 1 to 24 hours, or `hh:mm` from 00:01 to 24:00. The gateway's default is 24 hours (third party). */
  readonly validFor: Validity;
  /** Writes the text in Latin letters: 1 as `translit`, 2 as `mpaHc/Ium`. Default: as it is. */
  readonly translit: 1 | 2;
  /** Replaces links by short ones, whose clicks are counted. Default: false. */
  readonly shortenLinks: boolean;
  /** Most parts that the text may be cut into, 1 to 255, which is what a header can count; the page has no such limit. What is longer is cut off: a ceiling on the price. */
  readonly maxParts: number;
  /** The subject, of an e-mail or an MMS. */
  readonly subject: string;
  /** Files that are sent along: pictures and sounds of an MMS, attachments of an e-mail, the sound of a call. */
  readonly files: readonly Attachment[];
  /** Address of a file that the gateway fetches and sends along, at least 101 bytes long. `http` or `https`. */
  readonly fileUrl: string;
  /** The octets of a binary message, without its header. */
  readonly data: Octets;
  /** The user-data header without its length octet. Default: none. */
  readonly udh: Octets;
  /** TP-PID and TP-DCS of a binary message. */
  readonly scheme: Scheme;
  /** How a binary message travels. Default: `hex`, which no charset can harm. */
  readonly as: 'hex' | 'bytes';
  /** The address that a WAP push opens. */
  readonly url: string;
  /** What a WAP push shows for its address: one line. */
  readonly title: string;
  /** Who reads the text of a call, and in which language. Default: `m3`. */
  readonly voice: Voice;
  /** How long a call rings and how often it is tried. */
  readonly dialing: Dialing;
  /** A Telegram bot, `@name_bot`; or the number of a WhatsApp bot, digits only. */
  readonly bot: string;
  /** The person on your site who caused this message: their address, and what they typed for the captcha. */
  readonly visitor: Visitor;
  /**
   * The gateway's cabinet hides the text of the message, and warns that the number should be confirmed if that was last
   * done more than so many days ago: 10 to 999.
   */
  readonly reconfirmAfterDays: number;
  /** Counts this one request as a referral of a partner. */
  readonly partnerId: number;
  /** Adds to the answer what the message has cost, or that and the new balance. Default: neither. */
  readonly report: 'cost' | 'balance';
  /** Adds to the answer a line for every recipient: operator, cost, state, error. Default: false. */
  readonly perRecipient: boolean;
  /** Adds to the answer a line for every wrong number. Its layout is inferred: not documented. Default: false. */
  readonly listErrors: boolean;
}

/** What a list has of its own. */
export interface ListFields {
  /** The messages, each with a text and recipients of its own. They share one id. */
  readonly messages: readonly ListMessage[];
  /** How line breaks inside the texts travel. Default: `escape`. */
  readonly lineBreaks: LineBreaks;
}

/** The fields of everything that is sent, alone or as a list. */
const shared = {
  kind,
  id,
  sender,
  sendAt: time,
  spread,
  validFor: validity,
  translit: /* @__PURE__ */ whole('translit', 1, 2) as Field<1 | 2>,
  shortenLinks: /* @__PURE__ */ flag('tinyurl'),
  maxParts: /* @__PURE__ */ whole('maxsms', 1, 255),
  fileUrl: /* @__PURE__ */ asIs<string>('fileurl', checkWebAddress),
  voice,
  dialing,
  bot,
  visitor,
  reconfirmAfterDays: /* @__PURE__ */ whole('smsreq', 10, 999, ' days'),
  partnerId: /* @__PURE__ */ whole('pp', 1, 2147483647),
  report: /* @__PURE__ */ choice<'cost' | 'balance'>('cost', { cost: 2, balance: 3 }),
  perRecipient: /* @__PURE__ */ flag('op'),
  listErrors: /* @__PURE__ */ flag('err'),
};

type SingleTable = Fields<SendFields & { kind: Kind }>;
type ListTable = Fields<ListFields & Omit<SendFields, 'to' | 'text' | 'comment' | 'files' | 'subject' | 'data' | 'udh' | 'scheme' | 'as' | 'url' | 'title'> & { kind: Kind }>;

/** The fields of one text to many. */
export const singleFields: SingleTable = /* @__PURE__ */ Object.assign(
  {
    to: recipients,
    text,
    comment,
    subject: /* @__PURE__ */ line('subj'),
    files,
    data,
    udh,
    scheme,
    as,
    url,
    title,
  },
  shared,
);

/** The fields of a list. */
export const listFields: ListTable = /* @__PURE__ */ Object.assign({ messages, lineBreaks }, shared);
