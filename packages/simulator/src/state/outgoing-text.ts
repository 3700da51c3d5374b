import type { MessageKind } from '../params/kinds.ts';
import type { MessageFile } from './message.ts';
import type { SendRequest } from '../params/send-request.ts';
import type { ShortenedLink } from './short-links.ts';

/** Text with its recipients: one line of a list, or the whole request. */
export interface OutgoingText {
  readonly kind: MessageKind;
  /** Recipients as the request lists them. */
  readonly phones: string;
  /** Sender name. `undefined`: the account's default applies. Empty: no sender. */
  readonly sender: string | undefined;
  /** Text as it is sent. */
  readonly text: string;
  /** Text as it was written, without prefix and comment. Stop words are searched in this text. */
  readonly original: string;
  readonly comment: string | undefined;
  /** Number of SMS, or seconds of a call, for one recipient. */
  readonly parts: number;
  /** Short links in the text. */
  readonly links: readonly ShortenedLink[];
  /** Instant at which sending begins. */
  readonly dueAt: number;
}

/** Send request with its texts and files. */
export interface PreparedSend {
  readonly request: SendRequest;
  readonly texts: readonly OutgoingText[];
  readonly files: readonly MessageFile[];
}
