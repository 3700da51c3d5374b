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

/** One message of a list: its own text, and whom it goes to. */
export interface ListMessage {
  /** Whom it goes to. */
  readonly to: Recipients;
  /** 1 to 1000 UTF-16 code units, the comment included. */
  readonly text: string;
  /** A note for your own history; neither sent nor charged. */
  readonly comment?: string | undefined;
  /** A sender of its own. Needed where the text has a `|`, which ends a sender's name in this form. */
  readonly sender?: string | undefined;
  /** The zone of `sendAt` for this message, in hours east of UTC. Needs `sender`, and a `sendAt` that is a date. */
  readonly utcOffset?: number | undefined;
}

/**
 * How line breaks in a text travel.
 *
 * - `escape` (the default): as `\n`, a backslash and a letter.
 * - `raw`: as they are, with the gateway's special mode switched on (`nl=1`). How it then finds the end of a message is
 *   not documented, so a text is refused if one of its further lines could be read as the next message.
 */
export type LineBreaks = 'escape' | 'raw';

/** Complains of what a text of a list cannot hold. */
function checkListWords(value: unknown, at: IssueContext, sender: unknown): void {
  checkWords(value, at);
  const words = asText(value);
  if (words.includes('\\n')) at.addIssue('has a backslash before an n, which a list reads as a line break');
  if (words.includes('\r')) at.addIssue('has a carriage return, which could end a message of a list');
  if (sender === undefined && words.includes('|'))
    at.addIssue('has a |, which could end a sender; give this message a sender');
}

const checkEntry: Check = (entry, at) => {
  const own = copyOwn(Object(entry) as UnknownRecord);
  const { sender: name, utcOffset } = own;
  const checkOwn: Check = (value, place) => checkListWords(value, place, name);
  checkShape(
    entry,
    at,
    { text: checkOwn },
    {
      // Which recipients a kind can have is a rule of the kind.
      to: () => undefined,
      comment: checkOwn,
      sender: (value, place) => {
        sender.check(value, place);
        if (/[|,:;]/.test(asText(value))) place.addIssue('has one of | , : ; which end a sender in a list');
        if (isEmail(value, place)) place.addIssue('is an address, which nothing in a list is sent from');
      },
      utcOffset: checkOffset,
    },
  );
  checkComment(own, at);
  if (utcOffset !== undefined && name === undefined)
    at.inside('utcOffset').addIssue('needs a sender beside it');
};

const encodeEntry = ({ to, text, comment, sender, utcOffset }: ListMessage, raw: boolean): string => {
  const zone = utcOffset === undefined ? '' : `,${tz(utcOffset)}`;
  const words = joinComment(text, comment);
  return `${sender === undefined ? '' : `${sender}${zone}|`}${joinRecipients(to)}:${raw ? words : words.replaceAll('\n', '\\n')}`;
};

/** `list`: a line for each message, `phones:text` or `sender,tz|phones:text`. */
export const messages: Field<readonly ListMessage[]> = {
  params: ['list'],
  check: (value, at) => checkEach(value, at, checkEntry),
  encode: (value, input) =>
    value
      .map((entry) =>
        encodeEntry(
          copyOwn(entry as unknown as UnknownRecord) as unknown as ListMessage,
          input['lineBreaks'] === 'raw',
        ),
      )
      .join('\n'),
};

/** `nl`. */
export const lineBreaks: Field<LineBreaks> = {
  params: ['nl'],
  check: (value, at) => checkChoice(['escape', 'raw'])(value, at),
  encode: (value) => (value === 'raw' ? 1 : undefined),
};

/** Complains of raw texts whose further lines have what could begin the next message of a list. */
export function checkRawBreaks({ text, comment }: UnknownRecord, at: IssueContext): void {
  const further = joinComment(asText(text), comment).split('\n').slice(1);
  if (/\n$/.test(typeof comment === 'string' ? comment : asText(text)))
    at.addIssue('ends with a line break, which could get lost; use lineBreaks: escape');
  if (further.some((line) => /[:;|]/.test(line)))
    at.inside('text').addIssue(
      'has a further line with : ; or |, which could begin the next message; use lineBreaks: escape',
    );
}
