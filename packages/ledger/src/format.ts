import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Planned } from '@smsc/client';
import { copyOwn } from '@smsc/protocol/adapter';

/**
 * One line of the file: a send was `p`lanned, its request was `w`ritten, or it `e`nded. The value of `p`, `w` or `e` is
 * the number of the send.
 */
export type Line =
  | {
      readonly p: number;
      readonly id: string;
      readonly operation: string;
      readonly to: string;
      readonly at: number;
    }
  | { readonly w: number; readonly at: number }
  | { readonly e: number; readonly outcome: string };

/** A send as stored in the file. Its account and recipients are encrypted. */
export interface Entry {
  readonly planned: Omit<Planned, 'to' | 'account'>;
  readonly sealed: string;
  writtenAt: number | undefined;
}

/** Sends by number. */
export type Entries = Map<number, Entry>;

const header = 'smsc-journal-1';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 8);

/** Formats a line, with a digest that shows whether it is complete. */
export function formatLine(line: Line): string {
  const text = JSON.stringify(line);
  return `${digest(text)} ${text}\n`;
}

/** Returns the lines of an open send. */
export const linesOf = ([number, { planned, sealed, writtenAt }]: readonly [
  number,
  Entry,
]): readonly Line[] => [
  { p: number, id: planned.id, operation: planned.operation, to: sealed, at: planned.at },
  ...(writtenAt === undefined ? [] : [{ w: number, at: writtenAt }]),
];

/** Formats a whole file: the header with the salt, and the open sends. */
export const formatFile = (salt: string, open: Iterable<readonly [number, Entry]>): string =>
  `${header} ${salt}\n${[...open].flatMap(linesOf).map(formatLine).join('')}`;

function applyLine(entries: Entries, line: Line): void {
  if ('p' in line) {
    const planned = { id: line.id, operation: line.operation, at: line.at };
    entries.set(line.p, { planned, sealed: line.to, writtenAt: undefined });
  } else if ('w' in line) {
    const entry = entries.get(line.w);
    if (entry) entry.writtenAt = line.at;
  } else entries.delete(line.e);
}

/**
 * Reads the open sends and the salt of a file. Skips lines that were cut off when the process or the machine stopped. An
 * empty file, or one with an incomplete header, gets a new salt.
 *
 * @throws an error if the file is not a journal
 */
export function readJournal(path: string): { readonly salt: string; readonly entries: Entries } {
  const entries: Entries = new Map();
  const text = readFileSync(path, 'utf8');
  const start = `${header} `;
  if (!text.includes('\n') && start.startsWith(text.slice(0, start.length)))
    return { salt: randomBytes(16).toString('base64url'), entries };
  const [first = '', ...lines] = text.split('\n');
  const [name, salt] = first.split(' ');
  if (name !== header || salt?.length !== 22)
    throw new Error(
      `fileJournal: the file is not a journal: expected a first line with ${header} and a salt`,
    );
  for (const line of lines) {
    if (line.length < 10 || digest(line.slice(9)) !== line.slice(0, 8)) continue;
    applyLine(entries, copyOwn(JSON.parse(line.slice(9)) as Line));
  }
  return { salt, entries };
}
