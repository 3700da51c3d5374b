import type { Charset } from '../charsets/charset.ts';
import type { Issue } from '../errors.ts';
import { complain, type Field, isObject, type Loose, typeName, unknownMembers } from '../fields.ts';
import type { Params } from '../wire.ts';
import { checkTogether, checkWords, joinComment } from './message.ts';
import { joinRecipients, type Recipients } from './recipients.ts';
import { checkSender } from './sender.ts';
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

const members = ['to', 'text', 'comment', 'sender', 'utcOffset'];

/** Characters that end something in a list: a sender, a zone, the recipients, the message. */
const separators = /[|,:;\r\n]/;

function checkEntry(entry: unknown, path: string, charset: Charset): readonly Issue[] {
  if (!isObject(entry)) return complain(path, `is ${typeName(entry)}; expected { to, text }`);
  const { text, comment, sender, utcOffset } = entry;
  const issues = [
    ...unknownMembers(entry, members, path),
    ...checkWords(text, `${path}.text`, charset),
    ...checkTogether(entry, `${path}.`),
  ];
  if (comment !== undefined) issues.push(...checkWords(comment, `${path}.comment`, charset));
  for (const [name, value] of Object.entries({ text, comment })) {
    if (typeof value !== 'string') continue;
    if (value.includes('\\n')) issues.push({ path: `${path}.${name}`, message: 'has a backslash before an n, which a list reads as a line break' });
    if (value.includes('\r')) issues.push({ path: `${path}.${name}`, message: 'has a carriage return, which a list could read as the end of a message; end lines with a line feed' });
    if (sender === undefined && value.includes('|')) issues.push({ path: `${path}.${name}`, message: 'has a |, which a list could read as the end of a sender; give this message a sender' });
  }
  if (sender !== undefined) {
    issues.push(...checkSender(sender, `${path}.sender`));
    if (typeof sender === 'string' && separators.test(sender)) issues.push({ path: `${path}.sender`, message: 'has one of | , : ; which end a sender in a list' });
  }
  if (utcOffset !== undefined) {
    issues.push(...checkOffset(utcOffset, `${path}.utcOffset`));
    if (sender === undefined) issues.push({ path: `${path}.utcOffset`, message: 'needs a sender beside it' });
  }
  return issues;
}

const encodeEntry = ({ to, text, comment, sender, utcOffset }: ListMessage, raw: boolean): string => {
  const zone = utcOffset === undefined ? '' : `,${tz(utcOffset)}`;
  const words = joinComment(text, comment);
  return `${sender === undefined ? '' : `${sender}${zone}|`}${joinRecipients(to)}:${raw ? words : words.replaceAll('\n', '\\n')}`;
};

/** `list`: a line for each message, `phones:text` or `sender,tz|phones:text`. */
export const messages: Field<readonly ListMessage[]> = {
  params: ['list'],
  check: (value, path, charset) => {
    if (!Array.isArray(value)) return complain(path, `is ${typeName(value)}; expected an array of { to, text }`);
    if (value.length === 0) return complain(path, 'needs at least one message');
    return value.flatMap((entry, at) => checkEntry(entry, `${path}[${at}]`, charset));
  },
  encode: (value, input) => ({ list: value.map((entry) => encodeEntry(entry, input['lineBreaks'] === 'raw')).join('\n') }),
};

/** `nl`. */
export const lineBreaks: Field<LineBreaks> = {
  params: ['nl'],
  check: (value, path) => (value === 'escape' || value === 'raw' ? [] : complain(path, 'expected escape or raw')),
  encode: (value): Params => (value === 'raw' ? { nl: 1 } : {}),
};

/** Complains of raw texts whose further lines have what could begin the next message of a list. */
export const checkRawBreaks = ({ messages, lineBreaks }: Loose): readonly Issue[] =>
  lineBreaks !== 'raw' || !Array.isArray(messages)
    ? []
    : messages.flatMap((entry: unknown, at) => {
        if (!isObject(entry) || typeof entry['text'] !== 'string') return [];
        const further = joinComment(entry['text'], entry['comment']).split('\n').slice(1);
        return further.some((line) => /[:;|]/.test(line))
          ? complain(`messages[${at}].text`, 'has a further line with : ; or |, which could be read as the next message; use lineBreaks: «escape»')
          : [];
      });
