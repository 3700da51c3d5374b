import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { formatLine, type Line } from './format.ts';

/** The open file of a journal. */
export interface Storage {
  /** Appends a line. @throws an error if the file is closed or cannot be written */
  append(line: Line): void;
  /** Replaces the content of the file, and opens the file if it is not open. */
  replace(content: string): void;
  /** True if so many lines were appended that the file should be compacted. */
  isFull(): boolean;
  close(): void;
}

/** Maximum number of characters to append before the file is compacted. */
const maxAppended = 2_000_000;

/**
 * Creates the file if it does not exist, and returns its real path. Compaction replaces the file at a path. At the path
 * of a link, it would replace the link instead of the target. A relative path would break when the working directory
 * changes.
 */
export function createFile(path: string): string {
  closeSync(openSync(path, 'a', 0o600));
  return realpathSync(path);
}

/**
 * Flushes a folder's names to the disk. Without this flush, a renamed file may have its old name again after a power
 * failure.
 */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } catch {
    // Some systems do not support flushing a folder.
  } finally {
    closeSync(folder);
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/**
 * Writes content to a new file beside `path` and renames it to `path`. Returns the descriptor of the new file. After an
 * error, the old file is unchanged.
 */
function writeNewFile(path: string, content: string, durable: boolean): number {
  const temporary = `${path}.new`;
  // Remove a leftover file: it would keep its own permissions.
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeAll(file, content);
    if (durable) fdatasyncSync(file);
    renameSync(temporary, path);
    return file;
  } catch (error) {
    closeSync(file);
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Creates the storage of a journal; `replace` opens its file. With `durable`, each write is flushed to the disk. */
export function createStorage(path: string, durable: boolean): Storage {
  /** Descriptor of the file; `undefined` while it is closed. */
  let file: number | undefined;
  /** Number of characters that can be appended before compaction. */
  let room = 0;
  /** True if the file may end in half a line after a failed write. The next line then starts with a line break. */
  let torn = false;
  return {
    append: (line) => {
      // The descriptor of a closed file may belong to another file by now.
      if (file === undefined) throw new Error('fileJournal: the journal is closed');
      const text = torn ? `\n${formatLine(line)}` : formatLine(line);
      torn = true;
      writeAll(file, text);
      torn = false;
      if (durable) fdatasyncSync(file);
      room -= text.length;
    },
    replace: (content) => {
      const previous = file;
      file = writeNewFile(path, content, durable);
      room = maxAppended + content.length;
      torn = false;
      if (durable) syncFolder(dirname(path));
      // Close the previous descriptor last. Nothing uses it any more, so an error in closing it does no harm here.
      if (previous !== undefined) closeSync(previous);
    },
    isFull: () => room < 0,
    close: () => {
      const previous = file;
      file = undefined;
      if (previous !== undefined) closeSync(previous);
    },
  };
}
