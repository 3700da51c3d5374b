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

/** In a list with `nl=1`, what begins a message rather than going on with the last: something that looks like recipients. */
const beginning = /^(?:[^|:;]{0,40}\|)?\s*(?:[+\d(]|G\d|[@#]\w)[\d\s()+.,@#\w-]*[:;]/;

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
 * line that does not begin with recipients goes on with the text before it: the page does not say how the lines are told
 * apart, so this is assumed.
 *
 * @returns the messages; `undefined` when a line is none, or there are none
 */
export function readList(list: string, multiline: boolean): readonly ListLine[] | undefined {
  const messages: string[] = [];
  for (const line of list.replace(/\r\n?/g, '\n').split('\n')) {
    if (multiline && messages.length > 0 && !beginning.test(line)) messages.push(`${messages.pop()!}\n${line}`);
    else if (line.trim() !== '') messages.push(line);
  }
  const lines = messages.map((message) => readLine(message.replace(/\n+$/, '')));
  return lines.length > 0 && lines.every((line) => line !== undefined) ? lines : undefined;
}
