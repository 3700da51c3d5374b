import type { IssueContext } from '../core/issues.ts';

/** One row of a CSV text. */
export interface CsvRow {
  /** The line of the text on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type Separator = ',' | ';' | '\t';

/** What separates the cells: what the first line has most of, outside quotes. A comma where it has none. */
export function findSeparator(text: string): Separator {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const character of text.slice(0, 100_000)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) break;
    else if (!quoted && character in counts) counts[character as Separator]++;
  }
  if (counts['\t'] > 0 && counts['\t'] >= counts[','] && counts['\t'] >= counts[';']) return '\t';
  return counts[';'] > counts[','] ? ';' : ',';
}

/** Cells in rows, as RFC 4180 has them: a cell in quotes may hold separators, line breaks, and quotes written twice. */
export function readCsv(text: string, separator: Separator, context: IssueContext): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let [at, line, begun] = [0, 1, 1];
  /** Where the next of two characters stands, or the end. The one that was found last is kept: no part is read twice. */
  let breakAt = -1;
  let separatorAt = -1;
  const next = (sought: string, known: number): number => {
    if (known >= at) return known;
    const found = text.indexOf(sought, at);
    return found < 0 ? text.length : found;
  };
  while (at < text.length) {
    if (text[at] === '"') {
      let cell = '';
      const opened = line;
      at++;
      for (;;) {
        const end = text.indexOf('"', at);
        const piece = text.slice(at, end < 0 ? text.length : end);
        for (let from = piece.indexOf('\n'); from >= 0; from = piece.indexOf('\n', from + 1)) line++;
        cell += piece;
        if (end < 0) {
          context
            .inside(`line ${opened}, column ${cells.length + 1}`)
            .addIssue('has a quote that is never closed');
          at = text.length;
          break;
        }
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at++;
      }
      cells.push(cell);
      breakAt = next('\n', breakAt);
      separatorAt = next(separator, separatorAt);
      const stop = Math.min(breakAt, separatorAt);
      if (text.slice(at, stop).trim() !== '')
        context.inside(`line ${line}, column ${cells.length}`).addIssue('has text behind its closing quote');
      at = stop;
    } else {
      breakAt = next('\n', breakAt);
      separatorAt = next(separator, separatorAt);
      const stop = Math.min(breakAt, separatorAt);
      cells.push(text.slice(at, stop));
      at = stop;
    }
    if (at < text.length && text[at] === separator) {
      at++;
      // A separator at the very end has an empty cell behind it.
      if (at === text.length || text[at] === '\n') cells.push('');
      if (at < text.length && text[at] !== '\n') continue;
    }
    rows.push({ line: begun, cells });
    cells = [];
    at++;
    begun = ++line;
  }
  // Blank lines at the end are no rows.
  while (
    rows.length > 0 &&
    rows.at(-1)!.cells.every((cell) => cell.trim() === '') &&
    rows.at(-1)!.cells.length <= 1
  )
    rows.pop();
  return rows;
}
