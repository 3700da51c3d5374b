import { isRecipient } from './recipients.ts';

/** One line of `list`. */
export interface ListLine {
  /** Absent where the line names none. */
  readonly sender: string | undefined;
  /** Hours from Moscow, as it is written. */
  readonly tz: string | undefined;
  readonly phones: string;
  readonly text: string;
}

/** `sender,tz|` in front is optional, and so is `tz` in it; then numbers, then `:` or `;`, then the text. */
const form = /^(?:([^|:;]*)\|)?([^|:;]*)[:;](.*)$/s;

/** In a list with `nl=1`, whether a line begins a message rather than going on with the last: its first recipient is one. */
function isBeginning(line: string): boolean {
  const [first = ''] = form.exec(line)?.[2]?.split(',', 1) ?? [];
  return isRecipient(first.trim());
}

const readLine = (line: string): ListLine | undefined => {
  const match = form.exec(line);
  if (!match || match[2]!.trim() === '') return undefined;
  const [, front, phones, text] = match;
  const comma = front?.lastIndexOf(',') ?? -1;
  return {
    sender: comma < 0 ? front : front!.slice(0, comma),
    tz: comma < 0 ? undefined : front!.slice(comma + 1),
    phones: phones!,
    text: text!.replaceAll('\\n', '\n'),
  };
};

/**
 * Reads `list`. Every line is a message; `\n` within a text, written so, is a line break. With `multiline` (`nl=1`) a
 * line that does not begin with a recipient goes on with the text before it: the page does not say how the lines are told
 * apart, so this is assumed.
 *
 * @returns the messages; `undefined` when a line is none, or there are none
 */
export function readList(list: string, multiline: boolean): readonly ListLine[] | undefined {
  const messages: string[][] = [];
  for (const line of list.replace(/\r\n?/g, '\n').split('\n')) {
    const last = messages.at(-1);
    if (multiline && last && !isBeginning(line)) last.push(line);
    else if (line.trim() !== '') messages.push([line]);
  }
  const lines = messages.map((message) => {
    while (message.at(-1) === '') message.pop();
    return readLine(message.join('\n'));
  });
  return lines.length > 0 && lines.every((line) => line !== undefined) ? lines : undefined;
}
