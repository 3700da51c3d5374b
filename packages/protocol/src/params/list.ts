import { type Check, checkEach, checkShape } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import { copyOwn, type UnknownRecord } from '../core/own-members.ts';
import { checkChoice } from './choice.ts';
import { checkComment, checkWords, joinComment } from './message.ts';
import { isEmail } from './email.ts';
import { joinRecipients, type Recipients } from './recipients.ts';
import { sender } from './sender.ts';
import { asText } from './text.ts';
import { checkOffset, tz } from './time.ts';

/** One message of a list, with its own text and recipients. */
export interface ListMessage {
  /** Recipients of the message. */
  readonly to: Recipients;
  /** Text of the message: 1 to 1000 UTF-16 code units, including the comment. */
  readonly text: string;
  /** Note that is shown in your sending history on the gateway's website. It is neither sent nor charged. */
  readonly comment?: string | undefined;
  /**
   * Sender of this message. Required if the text contains a `|`, because the gateway reads the part before the `|` as
   * the sender.
   */
  readonly sender?: string | undefined;
  /**
   * Time zone of `sendAt` for this message, in hours east of UTC. Requires `sender`, and a `sendAt` of the form
   * `{ at, utcOffset }` or `{ local }`.
   */
  readonly utcOffset?: number | undefined;
}

/**
 * Encoding of line breaks in the texts of a list.
 *
 * - `escape` (the default): as `\n`, a backslash and a letter.
 * - `raw`: unchanged, in the gateway's special mode (`nl=1`). It is not documented how the gateway then finds the end
 *   of a message. Therefore a text is rejected if it ends with a line break, or if a later line could be read as the
 *   next message.
 */
export type LineBreaks = 'escape' | 'raw';

/** Adds an issue for each character sequence that a text in a list must not contain. */
function checkListWords(value: unknown, at: IssueContext, sender: unknown): void {
  checkWords(value, at);
  const words = asText(value);
  if (words.includes('\\n')) at.addIssue('has \\n as two characters, which a list reads as a line break');
  if (words.includes('\r')) at.addIssue('has a carriage return; use a line feed');
  if (sender === undefined && words.includes('|'))
    at.addIssue('has a |, which a list reads as the end of the sender; set `sender`');
}

const checkEntry: Check = (entry, at) => {
  const own = copyOwn(Object(entry) as UnknownRecord);
  const { sender: name, utcOffset } = own;
  const checkOwn: Check = (value, memberAt) => checkListWords(value, memberAt, name);
  checkShape(
    entry,
    at,
    { text: checkOwn },
    {
      // `checkListKind` checks the recipients, because their type depends on the kind of message.
      to: () => undefined,
      comment: checkOwn,
      sender: (value, memberAt) => {
        sender.check(value, memberAt);
        if (/[|,:;]/.test(asText(value)))
          memberAt.addIssue('has a character of |,:; which a list reads as the end of the sender');
        if (isEmail(value, memberAt)) memberAt.addIssue('is an e-mail address; use a name or a number');
      },
      utcOffset: checkOffset,
    },
  );
  checkComment(own, at);
  if (utcOffset !== undefined && name === undefined) at.inside('utcOffset').addIssue('requires sender');
};

const encodeEntry = (
  { to, text, comment, sender, utcOffset }: ListMessage,
  raw: boolean,
  recipients: string[],
): string => {
  const zone = utcOffset === undefined ? '' : `,${tz(utcOffset)}`;
  const from = sender === undefined ? '' : `${sender}${zone}|`;
  const words = joinComment(text, comment);
  return `${from}${joinRecipients(to, recipients)}:${raw ? words : words.replaceAll('\n', '\\n')}`;
};

/** `list`: one line for each message, written `phones:text` or `sender,tz|phones:text`. */
export const messages: Field<readonly ListMessage[]> = {
  params: ['list'],
  check: (value, at) => checkEach(value, at, checkEntry),
  encode: (value, { lineBreaks }, { recipients }) =>
    value.map((entry) => encodeEntry(copyOwn(entry), lineBreaks === 'raw', recipients)).join('\n'),
};

/** `nl`: 1 for raw line breaks. */
export const lineBreaks: Field<LineBreaks> = {
  params: ['nl'],
  check: (value, at) => checkChoice(['escape', 'raw'])(value, at),
  encode: (value) => (value === 'raw' ? 1 : undefined),
};

/** Adds an issue if a raw text ends with a line break, or if a later line could be read as the next message of the list. */
export function checkRawBreaks({ text, comment }: UnknownRecord, at: IssueContext): void {
  const laterLines = joinComment(asText(text), comment).split('\n').slice(1);
  if (/\n$/.test(typeof comment === 'string' ? comment : asText(text)))
    at.addIssue('ends with a line break, which could get lost; use lineBreaks: escape');
  if (laterLines.some((line) => /[:;|]/.test(line)))
    at.inside('text').addIssue(
      'has a line with : ; or |, which could start the next message; use lineBreaks: escape',
    );
}
