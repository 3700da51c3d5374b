import type { Octets, Scheme } from '../params/binary.ts';
import type { LineBreaks, ListMessage } from '../params/list.ts';
import type { Recipients } from '../params/recipients.ts';
import type { Pacing } from '../params/pacing.ts';
import type { SendTime } from '../params/time.ts';
import type { Validity } from '../params/validity.ts';
import type { Visitor } from '../params/visitor.ts';
import type { Dialing, Voice } from '../params/voice.ts';
import type { Attachment } from '../exchange/wire.ts';

/** Amounts that the gateway reports with an accepted message. `balance` reports the cost as well. */
export type Report = 'cost' | 'balance' | 'none';

/** All members that a message can have. Each kind accepts some of them. */
export interface SendFields {
  /** Recipient, or a list of recipients: phone numbers, contact groups, e-mail addresses or Telegram names, depending on the kind. */
  readonly to: Recipients;
  /**
   * Text of the message: 1 to 1000 UTF-16 code units, the comment included. A text that is too long for one SMS is sent
   * in several parts, and each part is charged. `segment` shows the parts. For `email` the text is HTML; for
   * `telegram-code` it is the code.
   */
  readonly text: string;
  /** Note that is shown in your sending history on the gateway's website. It is neither sent nor charged. */
  readonly comment: string;
  /**
   * Id of the message, used to query its status: a whole number from 1 to 2147483647, or up to 40 characters of
   * `A-Z a-z 0-9 . - _`. It need not be unique. Default: the client generates one.
   */
  readonly id: string | number;
  /**
   * Sender that the phone shows: up to 11 characters or up to 15 digits, registered with the gateway. For `email`, the
   * sender's e-mail address. Default: the account's default sender.
   */
  readonly sender: string;
  /**
   * Time of sending: a `Date`, an ISO 8601 text with an offset, or another form of {@link SendTime}. Default: now. A
   * time in the past also means now.
   */
  readonly sendAt: SendTime;
  /** Spreads the messages of the request over a period. Default: all are sent at once. */
  readonly pacing: Pacing;
  /**
   * Time during which the operator tries to deliver the message: `{ hours }` from 1 to 24, or `{ minutes }` from 1 to
   * 1440. Default: 24 hours, chosen by the gateway (source: third parties).
   */
  readonly validFor: Validity;
  /** Transliterates the text into Latin letters: 1 writes `translit`, 2 writes `mpaHc/Ium`. Default: no transliteration. */
  readonly translit: 1 | 2;
  /** Replaces links in the text with short links and counts their clicks. Default: false. */
  readonly shortenLinks: boolean;
  /**
   * Maximum number of parts, 1 to 255. The gateway cuts off the rest of a longer text, so this option limits the price.
   * The header of a part can count at most 255 parts; the gateway's page states no maximum. Default: no limit.
   */
  readonly maxParts: number;
  /** Subject of an e-mail or an MMS. One line. */
  readonly subject: string;
  /** Files to send with the message: pictures and sounds of an MMS, attachments of an e-mail, the sound of a call. Default: none. */
  readonly files: readonly Attachment[];
  /** URL (`http` or `https`) of a file that the gateway downloads and sends with the message. The file must have at least 101 bytes. */
  readonly fileUrl: string;
  /** Octets of a binary message, without the user-data header. Header and data together have at most 140 octets. */
  readonly data: Octets;
  /** User-data header of a binary message, without its length octet. Default: none. */
  readonly udh: Octets;
  /** TP-PID and TP-DCS of a binary message, each from 0 to 255. Default: chosen by the gateway. */
  readonly scheme: Scheme;
  /** Encoding of a binary message in the request. Default: `hex`, which is safe in every charset. */
  readonly encoding: 'hex' | 'bytes';
  /** URL (`http` or `https`) that a WAP push opens. */
  readonly url: string;
  /** Title that a WAP push shows for its URL. One line. */
  readonly title: string;
  /** Voice that reads the text of a call, and its language. Default: `m3`, chosen by the gateway. */
  readonly voice: Voice;
  /** Ringing time, retry interval and number of attempts of a call. Default: chosen by the gateway. */
  readonly dialing: Dialing;
  /** Telegram bot as `@name_bot`, or the number of a WhatsApp bot (5 to 15 digits). */
  readonly bot: string;
  /**
   * IP address and captcha answer of the visitor of your site who caused this message. The gateway uses them to limit
   * abuse.
   */
  readonly visitor: Visitor;
  /**
   * Days after which a number should be confirmed again, 10 to 999. The gateway's website hides the text of the
   * message, and warns if the last confirmation is older than this number of days. Default: off.
   */
  readonly reconfirmAfterDays: number;
  /** Id of the referral partner that this request is counted for: 1 to 2147483647. Default: none. */
  readonly partnerId: number;
  /** Amounts to report: the cost of the message (`cost`), the cost and the new balance (`balance`), or nothing (`none`). Default: `cost`. */
  readonly report: Report;
  /** Adds a report for every recipient to the result: operator, cost, status and error. Default: false. */
  readonly perRecipient: boolean;
  /** Adds a report for every invalid number to the result. The layout of these reports is not documented; it is inferred. Default: false. */
  readonly listErrors: boolean;
}

/** Members that only a list has. */
export interface ListFields {
  /** The messages, each with its own text and recipients. They share one id. */
  readonly messages: readonly ListMessage[];
  /** Encoding of line breaks inside the texts. Default: `escape`. */
  readonly lineBreaks: LineBreaks;
}
