import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, isBusy, openDatabase } from '../src/database.ts';

let folder: string;
let [own, other]: Database[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smsc-database-'));
  const path = join(folder, 'file');
  own = openDatabase(path);
  own.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, value INTEGER)');
  own.exec('INSERT INTO t VALUES (1, 0), (2, 0)');
  other = openDatabase(path);
});

afterEach(() => {
  own!.close();
  other!.close();
  rmSync(folder, { recursive: true });
});

/** Runs a statement while another connection holds the lock. */
function runWhileBusy(run: () => unknown): void {
  other!.exec('BEGIN IMMEDIATE');
  try {
    run();
    expect.unreachable();
  } catch (error) {
    expect(isBusy(error)).toBe(true);
  } finally {
    other!.exec('COMMIT');
  }
}

test('a connection can write after several of its statements found the file locked', () => {
  const update = own!.prepare('UPDATE t SET value = 1 WHERE id = ?');
  const remove = own!.prepare('DELETE FROM t WHERE id = ?');
  runWhileBusy(() => update.run(1));
  runWhileBusy(() => remove.run(9));
  // A statement that was not reset would keep the snapshot of this read for ever.
  expect(own!.prepare('SELECT value FROM t WHERE id = 1').get()).toMatchObject({ value: 0 });
  other!.exec('UPDATE t SET value = 5 WHERE id = 1');

  expect(update.run(2)).toBe(1);
  expect(remove.run(9)).toBe(0);
  expect(own!.prepare('SELECT value FROM t ORDER BY id').all()).toMatchObject([{ value: 5 }, { value: 1 }]);
});

test('a statement that fails leaves no transaction open', () => {
  const insert = own!.prepare('INSERT INTO t VALUES (?, 0)');
  expect(() => insert.run(1)).toThrow('UNIQUE');
  other!.exec('UPDATE t SET value = 5 WHERE id = 1');
  expect(insert.run(3)).toBe(1);
});

test('statements inside a transaction are undone together', () => {
  const insert = own!.prepare('INSERT INTO t VALUES (?, 0)');
  own!.exec('BEGIN IMMEDIATE');
  insert.run(3);
  insert.run(4);
  own!.exec('ROLLBACK');
  expect(own!.prepare('SELECT id FROM t').all()).toHaveLength(2);
});

test('a closed database rejects statements', () => {
  const insert = own!.prepare('INSERT INTO t VALUES (?, 0)');
  own!.close();
  expect(() => insert.run(3)).toThrow('the database is closed');
  expect(() => own!.exec('DELETE FROM t')).toThrow('the database is closed');
  own = openDatabase(join(folder, 'file'));
  expect(own.prepare('SELECT id FROM t').all()).toHaveLength(2);
});
