import type { Octets, Scheme } from '../params/binary.ts';
import type { LineBreaks, ListMessage } from '../params/list.ts';
import type { Recipients } from '../params/recipients.ts';
import type { Pacing } from '../params/pacing.ts';
import type { SendTime } from '../params/time.ts';
import type { Validity } from '../params/validity.ts';
import type { Visitor } from '../params/visitor.ts';
import type { Dialing, Voice } from '../params/voice.ts';
import type { Attachment } from '../exchange/wire.ts';

/** Amounts that the gateway reports with an accepted message. `balance` includes the cost. */
export type Report = 'cost' | 'balance' | 'none';

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
  /** Spreads the messages of the request over time. */
  readonly pacing: Pacing;
  /** How long the operator tries to deliver: `{ hours }` from 1 to 24, or `{ minutes }` from 1 to 1440. The gateway's default: 24 hours (third party). */
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
  readonly encoding: 'hex' | 'bytes';
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
  /** Amounts to report: the cost of the message (`cost`), the cost and the new balance (`balance`), or none. Default: `cost`. */
  readonly report: Report;
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
