import type { MessageKind } from '../params/kinds.ts';
import type { ShortenedLink } from './short-links.ts';

/** One text and whom it goes to: of a list one line, otherwise the whole request. */
export interface OutgoingText {
  readonly kind: MessageKind;
  /** As the request has it. */
  readonly phones: string;
  /** Absent where only the account's default applies; empty where the default is switched off. */
  readonly sender: string | undefined;
  /** Hours from UTC, where a line of a list has its own. */
  readonly zone: number | undefined;
  /** What is sent. */
  readonly text: string;
  /** What was written, for the stop words. */
  readonly original: string;
  readonly comment: string | undefined;
  /** SMS, or seconds of a call, for one recipient. */
  readonly parts: number;
  /** Short links in the text. */
  readonly links: readonly ShortenedLink[];
}

/** What a request wants to have sent: its letters, and when each of them is due. */
export interface Order {
  readonly texts: readonly OutgoingText[];
  readonly times: ReadonlyMap<OutgoingText, number>;
}
