import { isRecipient } from './recipients.ts';

/** One message of the parameter `list`. */
export interface ListLine {
  /** `undefined` if the line has no sender. */
  readonly sender: string | undefined;
  /** Time zone in hours from Moscow time, as written. `undefined` if the line has no time zone. */
  readonly tz: string | undefined;
  readonly phones: string;
  readonly text: string;
}

/**
 * Matches a line of the form `sender,tz|numbers:text`. The part up to `|` is optional, and so is its `tz`. `;` may replace
 * `:`.
 */
const linePattern = /^(?:([^|:;]*)\|)?([^|:;]*)[:;](.*)$/s;

/** Returns true if a line begins with a recipient. In a list with `nl=1`, such a line begins a new message. */
function startsMessage(line: string): boolean {
  const [first = ''] = linePattern.exec(line)?.[2]?.split(',', 1) ?? [];
  return isRecipient(first.trim());
}

function readLine(line: string): ListLine | undefined {
  const match = linePattern.exec(line);
  if (!match || match[2]!.trim() === '') return undefined;
  const [, front, phones, text] = match;
  const comma = front?.lastIndexOf(',') ?? -1;
  return {
    sender: comma < 0 ? front : front!.slice(0, comma),
    tz: comma < 0 ? undefined : front!.slice(comma + 1),
    phones: phones!,
    text: text!.replaceAll('\\n', '\n'),
  };
}

/**
 * Reads the parameter `list`. Each line is a message. A literal `\n` in a text stands for a line break. With `multiline`
 * (`nl=1`), a line that does not begin with a recipient continues the previous text. This rule is an assumption: the
 * gateway's page does not give one.
 *
 * @returns the messages, or `undefined` if a line is malformed or the list is empty
 */
export function readList(list: string, multiline: boolean): readonly ListLine[] | undefined {
  const messages: string[][] = [];
  for (const line of list.replace(/\r\n?/g, '\n').split('\n')) {
    const last = messages.at(-1);
    if (multiline && last && !startsMessage(line)) last.push(line);
    else if (line.trim() !== '') messages.push([line]);
  }
  const lines = messages.map((message) => {
    while (message.at(-1) === '') message.pop();
    return readLine(message.join('\n'));
  });
  return lines.length > 0 && lines.every((line) => line !== undefined) ? lines : undefined;
}
