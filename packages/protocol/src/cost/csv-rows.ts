import type { IssueContext } from '../core/issues.ts';

/** One row of a CSV text. */
export interface CsvRow {
  /** Number of the line on which the row starts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Separator of cells. */
export type Separator = ',' | ';' | '\t';

/**
 * Returns the most frequent separator in the first line, ignoring quoted text. Returns a comma if there is no
 * separator.
 */
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

/** Reads cells one after another. */
class CellReader {
  readonly #text: string;
  readonly #separator: Separator;
  readonly #context: IssueContext;
  /**
   * Positions of the next line break and the next separator; the end of the text if there is none. Kept until the
   * reader has passed them, so that no part of the text is searched twice.
   */
  #breakAt = -1;
  #separatorAt = -1;
  at = 0;
  line = 1;

  constructor(text: string, separator: Separator, context: IssueContext) {
    this.#text = text;
    this.#separator = separator;
    this.#context = context;
  }

  #next(sought: string, known: number): number {
    if (known >= this.at) return known;
    const found = this.#text.indexOf(sought, this.at);
    return found < 0 ? this.#text.length : found;
  }

  /** Reads up to the next separator or line break. */
  #readPlain(): string {
    this.#breakAt = this.#next('\n', this.#breakAt);
    this.#separatorAt = this.#next(this.#separator, this.#separatorAt);
    const start = this.at;
    this.at = Math.min(this.#breakAt, this.#separatorAt);
    return this.#text.slice(start, this.at);
  }

  /** Reads a cell in quotes. Two successive quotes inside the cell stand for one quote. */
  #readQuoted(column: number): string {
    const startLine = this.line;
    let cell = '';
    this.at++;
    for (;;) {
      const end = this.#text.indexOf('"', this.at);
      const piece = this.#text.slice(this.at, end < 0 ? this.#text.length : end);
      for (let from = piece.indexOf('\n'); from >= 0; from = piece.indexOf('\n', from + 1)) this.line++;
      cell += piece;
      if (end < 0) {
        this.#context
          .inside(`line ${startLine}, column ${column}`)
          .addIssue('has an opening quote without a closing one');
        this.at = this.#text.length;
        return cell;
      }
      this.at = end + 1;
      if (this.#text[this.at] !== '"') return cell;
      cell += '"';
      this.at++;
    }
  }

  /** Reads the cell at the current position. */
  readCell(column: number): string {
    if (this.#text[this.at] !== '"') return this.#readPlain();
    const cell = this.#readQuoted(column);
    const line = this.line;
    if (this.#readPlain().trim() !== '')
      this.#context.inside(`line ${line}, column ${column}`).addIssue('has text after its closing quote');
    return cell;
  }
}

/** Returns true if a row is a blank line. */
const isBlank = ({ cells }: CsvRow): boolean =>
  cells.length <= 1 && cells.every((cell) => cell.trim() === '');

/** Reads CSV according to RFC 4180: a cell in quotes may contain separators, line breaks, and quotes written twice. */
export function readCsv(text: string, separator: Separator, context: IssueContext): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  const reader = new CellReader(text, separator, context);
  while (reader.at < text.length) {
    const { line } = reader;
    const cells: string[] = [];
    for (;;) {
      cells.push(reader.readCell(cells.length + 1));
      if (reader.at >= text.length || text[reader.at] !== separator) break;
      reader.at++;
      // A separator at the end of a line is followed by an empty cell.
      if (reader.at < text.length && text[reader.at] !== '\n') continue;
      cells.push('');
      break;
    }
    rows.push({ line, cells });
    reader.at++;
    reader.line++;
  }
  while (rows.length > 0 && isBlank(rows.at(-1)!)) rows.pop();
  return rows;
}
