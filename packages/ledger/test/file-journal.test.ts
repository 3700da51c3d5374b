import fs, {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createClient } from '@smsc/client';
import { encode, InputError, send, TransportError, utf8, type WireRequest } from '@smsc/protocol';
import fc from 'fast-check';
import { VirtualClock } from '@smsc/testing/clocks';
import { whilePolluted } from '@smsc/testing/pollution';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileJournal, type FileJournalOptions } from '../src/index.ts';

const options = { secret: 'a secret of the test' };
const planned = { id: 'm1', operation: 'send', account: 'alex', to: ['380501234567'], at: 1000 };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'sends.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Opens the journal as a new process would, and returns its open sends. */
function found(): readonly {
  readonly id: string;
  readonly to: readonly string[];
  readonly writtenAt: number | undefined;
}[] {
  const journal = fileJournal(path, options);
  const open = journal.open() as Awaited<ReturnType<typeof journal.open>>;
  journal.close();
  return open.map(({ id, to, writtenAt }) => ({ id, to, writtenAt }));
}

describe('a journal in a file', () => {
  it('keeps open sends over a restart, with the time of their request', async () => {
    const journal = fileJournal(path, options);
    await journal.plan(planned);
    await (await journal.plan({ ...planned, id: 'm2', to: ['a@b.example', '+380671112233'] })).written(2000);
    const third = await journal.plan({ ...planned, id: 'm3' });
    await third.written(3000);
    await third.ended('accepted');
    const fourth = await journal.plan({ ...planned, id: 'm4' });
    await fourth.written(4000);
    await fourth.ended('unknown');
    expect(found()).toEqual([
      { id: 'm1', to: ['380501234567'], writtenAt: undefined },
      { id: 'm2', to: ['a@b.example', '+380671112233'], writtenAt: 2000 },
      { id: 'm4', to: ['380501234567'], writtenAt: 4000 },
    ]);
    journal.close();
  });

  it('distinguishes sends with the same id', async () => {
    const journal = fileJournal(path, options);
    const [first] = [await journal.plan(planned), await journal.plan(planned)];
    await first.ended('accepted');
    journal.close();
    expect(found()).toHaveLength(1);
  });

  it('returns unknown sends as open, but not running ones', async () => {
    const journal = fileJournal(path, options);
    await journal.plan(planned);
    const lost = await journal.plan({ ...planned, id: 'm2' });
    await lost.ended('unknown');
    expect((await journal.open()).map(({ id }) => id)).toEqual(['m2']);
    await lost.ended('accepted');
    expect(await journal.open()).toEqual([]);
    journal.close();
  });

  it('is readable when it is cut off at any byte: it has exactly the complete lines', async () => {
    const journal = fileJournal(path, options);
    for (let at = 1; at <= 4; at++) {
      const record = await journal.plan({ ...planned, id: `m${at}`, at });
      await record.written(at * 10);
      if (at % 2 === 0) await record.ended('rejected');
    }
    journal.close();
    const whole = readFileSync(path);
    const seen = new Set<string>();
    for (let bytes = 0; bytes <= whole.length; bytes++) {
      writeFileSync(path, whole);
      truncateSync(path, bytes);
      const text = whole.subarray(0, bytes).toString();
      if (!text.includes('\n') && bytes > 0) {
        // The header is incomplete, so no send had started.
        expect(found()).toEqual([]);
        continue;
      }
      // A line is valid as soon as its last byte is in the file; the line break may be missing.
      const lines = text
        .split('\n')
        .slice(1)
        .map((line) => /"(p|w|e)":(\d)/.exec(line.length > 9 && line.endsWith('}') ? line : ''));
      const expected = new Map<number, number | undefined>();
      for (const [, what, number] of lines.flatMap((line) => (line ? [line] : []))) {
        if (what === 'e') expected.delete(Number(number));
        else expected.set(Number(number), what === 'w' ? Number(number) * 10 : undefined);
      }
      const open = found();
      expect(open.map(({ id, writtenAt }) => [id, writtenAt])).toEqual(
        [...expected].map(([number, at]) => [`m${number}`, at]),
      );
      seen.add(JSON.stringify(open));
    }
    expect(seen.size).toBe(9);
  });

  it('ignores a line with any changed byte', async () => {
    const journal = fileJournal(path, options);
    for (let at = 1; at <= 3; at++) await (await journal.plan({ ...planned, id: `m${at}` })).written(5);
    journal.close();
    const whole = readFileSync(path);
    const start = whole.indexOf(10) + 1;
    const ids = found();
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (place, change) => {
          const changed = Uint8Array.from(whole);
          changed[place]! ^= change;
          writeFileSync(path, changed);
          for (const each of found())
            expect(
              ids.some((one) => one.id === each.id && (each.writtenAt === undefined || each.writtenAt === 5)),
            ).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shows no number, address or login, neither in the file nor in the object', async () => {
    const journal = fileJournal(path, options);
    await journal.plan({ ...planned, account: 'olena-shop', to: ['380501234567', 'olena@mail.example'] });
    const everything =
      readFileSync(path, 'latin1') +
      inspect(journal, { depth: Infinity, showHidden: true }) +
      JSON.stringify(journal);
    expect(everything).not.toMatch(/380501234567|olena|secret/);
    journal.close();
  });

  it('rejects another secret and leaves the file unchanged', async () => {
    const journal = fileJournal(path, options);
    await journal.plan(planned);
    journal.close();
    const before = readFileSync(path, 'utf8');
    expect(() => fileJournal(path, { secret: 'another secret than that' })).toThrow(
      'fileJournal: the file was written with another secret',
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it.each<readonly [options: object, words: string]>([
    [{}, 'secret expected at least 16 characters'],
    [{ secret: 'short' }, 'secret expected at least 16 characters'],
    [{ ...options, durable: 'yes' }, 'durable expected true or false'],
    [{ ...options, sync: true }, 'sync is unknown; valid names: secret, durable'],
  ])('rejects invalid options: %j', (wrong, words) => {
    expect(() => fileJournal(path, wrong as FileJournalOptions)).toThrow(InputError);
    expect(() => fileJournal(path, wrong as FileJournalOptions)).toThrow(words);
  });

  it.each([undefined, '', new URL('file:///tmp/sends.log'), 7])(
    'rejects a value that is not a path: %j',
    (wrong) => {
      expect(() => fileJournal(wrong as string, options)).toThrow(
        'fileJournal: path expected the path of a file',
      );
    },
  );

  it.each(['my shopping list\nmilk\n', 'precious notes without a line break', 'smsc-journal-2 or so\n'])(
    'does not change a file that is not a journal: %j',
    (content) => {
      writeFileSync(path, content);
      expect(() => fileJournal(path, options)).toThrow('fileJournal: the file is not a journal');
      expect(readFileSync(path, 'utf8')).toBe(content);
    },
  );

  it('does not write to another file after it is closed, and can be closed again', async () => {
    const journal = fileJournal(path, options);
    const record = await journal.plan(planned);
    journal.close();
    // This file gets the descriptor of the closed journal.
    const other = openSync(join(folder, 'other'), 'w+');
    expect(() => record.ended('accepted')).toThrow('fileJournal: the journal is closed');
    expect(() => journal.plan(planned)).toThrow('fileJournal: the journal is closed');
    journal.close();
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('');
    closeSync(other);
    expect(found()).toHaveLength(1);
  });

  it('records the time of a probe', async () => {
    const journal = fileJournal(path, options);
    const record = await journal.plan(planned);
    await record.written(1000);
    await record.ended('unknown');
    await record.written(41_000);
    expect(await journal.open()).toMatchObject([{ writtenAt: 41_000 }]);
    journal.close();
    expect(found()).toMatchObject([{ writtenAt: 41_000 }]);
  });

  it('forgets the open sends of an id, and no others', async () => {
    const journal = fileJournal(path, options);
    for (const id of ['to-a-group', 'other', 'to-a-group'])
      await (await journal.plan({ ...planned, id, to: ['G5'] })).ended('unknown');
    await journal.plan({ ...planned, id: 'to-a-group' });
    expect([journal.forget('to-a-group'), journal.forget('nobody')]).toEqual([2, 0]);
    expect((await journal.open()).map(({ id }) => id)).toEqual(['other']);
    journal.close();
    expect(found().map(({ id }) => id)).toEqual(['other', 'to-a-group']);
  });

  it('continues in the old file if the disk is full during compaction', async () => {
    const journal = fileJournal(path, options);
    const { writeSync } = fs;
    let full = false;
    fs.writeSync = ((to: number, bytes: Uint8Array, ...more: readonly never[]) => {
      // Only compaction writes that many bytes at once.
      if (full && bytes.length > 100_000) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      return writeSync(to, bytes, ...more);
    }) as typeof writeSync;
    syncBuiltinESMExports();
    try {
      const open = [];
      for (let at = 0; at < 1000; at++) open.push(await journal.plan({ ...planned, id: `s${at}` }));
      full = true;
      for (let at = 0; at < 12_000; at++) {
        const record = await journal.plan(planned);
        await record.written(1);
        // The end is written; the error says that compaction failed.
        try {
          await record.ended('accepted');
        } catch (error) {
          expect(error).toMatchObject({ code: 'ENOSPC' });
        }
      }
      await (await journal.plan({ ...planned, id: 'after' })).written(99);
      expect([existsSync(`${path}.new`), readFileSync(path, 'utf8').includes('"after"')]).toEqual([
        false,
        true,
      ]);
      full = false;
      await open[0]!.ended('accepted');
    } finally {
      fs.writeSync = writeSync;
      syncBuiltinESMExports();
    }
    journal.close();
    expect(found().map(({ id }) => id)).toEqual([
      ...Array.from({ length: 999 }, (_, at) => `s${at + 1}`),
      'after',
    ]);
  });

  it('does not grow with ended sends', async () => {
    const journal = fileJournal(path, options);
    await journal.plan({ ...planned, id: 'open' });
    for (let at = 0; at < 25_000; at++) {
      const record = await journal.plan(planned);
      await record.written(1);
      await record.ended('accepted');
    }
    expect(statSync(path).size).toBeLessThan(10_000_000);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    journal.close();
    expect(found().map(({ id }) => id)).toEqual(['open']);
    expect(statSync(path).size).toBeLessThan(500);
  });

  it('does not grow with ended sends to many recipients', async () => {
    const journal = fileJournal(path, options);
    const to = Array.from({ length: 20_000 }, (_, at) => String(380_500_000_000 + at));
    for (let at = 0; at < 30; at++) await (await journal.plan({ ...planned, to })).ended('accepted');
    expect(statSync(path).size).toBeLessThan(3_000_000);
    journal.close();
  });

  it('follows links, also to a missing file, and survives a change of the working directory', async () => {
    mkdirSync(join(folder, 'shared'));
    for (const release of ['first', 'second']) {
      mkdirSync(join(folder, release));
      symlinkSync('../shared/sends.log', join(folder, release, 'sends.log'));
    }
    path = join(folder, 'first', 'sends.log');
    const journal = fileJournal(path, options);
    await (await journal.plan(planned)).written(5);
    journal.close();
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    path = join(folder, 'second', 'sends.log');
    expect(found()).toMatchObject([{ id: 'm1', writtenAt: 5 }]);
    const before = process.cwd();
    process.chdir(join(folder, 'shared'));
    try {
      const relative = fileJournal('sends.log', options);
      process.chdir(folder);
      const to = Array<string>(200_000).fill('380501234567');
      await (await relative.plan({ ...planned, to })).ended('accepted');
      relative.close();
    } finally {
      process.chdir(before);
    }
    expect([existsSync(join(folder, 'sends.log')), found()]).toMatchObject([false, [{ id: 'm1' }]]);
  });

  it('compacts into a new file, whatever exists under its name', () => {
    writeFileSync(join(folder, 'other'), 'of another program');
    symlinkSync('other', `${path}.new`);
    fileJournal(path, options).close();
    expect([lstatSync(path).isFile(), readFileSync(join(folder, 'other'), 'utf8')]).toEqual([
      true,
      'of another program',
    ]);
    writeFileSync(`${path}.new`, '', { mode: 0o644 });
    fileJournal(path, options).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('does not write to a file that could not be closed', async () => {
    const { closeSync: close } = fs;
    for (const compacts of [true, false]) {
      const journal = fileJournal(path, options);
      const record = await journal.plan({
        ...planned,
        to: Array<string>(compacts ? 200_000 : 1).fill('380501234567'),
      });
      let failed: number | undefined;
      fs.closeSync = (file) => {
        close(file);
        if (failed !== undefined) return;
        failed = file;
        throw Object.assign(new Error('the other machine’s disk is full'), { code: 'EDQUOT' });
      };
      syncBuiltinESMExports();
      let others: number | undefined;
      try {
        expect(() => (compacts ? record.ended('accepted') : journal.close())).toThrow('full');
        others = openSync(join(folder, 'others'), 'w');
        expect(others).toBe(failed);
        try {
          await journal.plan({ ...planned, id: 'after' });
        } catch (error) {
          expect(error).toMatchObject({ message: 'fileJournal: the journal is closed' });
        }
        journal.close();
      } finally {
        fs.closeSync = close;
        syncBuiltinESMExports();
        if (others !== undefined) close(others);
      }
      expect(readFileSync(join(folder, 'others'), 'utf8')).toBe('');
      expect(found().map(({ id }) => id)).toEqual(compacts ? ['after'] : ['after', 'm1']);
    }
  });

  it('is read correctly although Object.prototype is polluted', async () => {
    const journal = fileJournal(path, options);
    await (await journal.plan(planned)).written(5);
    await (await journal.plan({ ...planned, id: 'm2' })).ended('accepted');
    journal.close();
    const whole = readFileSync(path);
    for (const name of ['p', 'w', 'e']) {
      writeFileSync(path, whole);
      expect(whilePolluted({ [name]: 1 }, found)).toEqual([{ id: 'm1', to: ['380501234567'], writtenAt: 5 }]);
    }
  });
});

describe('a client with a journal', () => {
  const status = (code: number) => ({
    status: 200,
    body: encode(`{"status": ${code}, "last_date": "", "last_timestamp": 1}`, utf8),
  });
  const input = { id: 'm1', to: '380501234567', text: 'a' };
  const credentials = { login: 'alex', password: 'hunter2' };

  it('settles the open sends of an earlier run', async () => {
    const journal = fileJournal(path, options);
    await journal.plan({ ...planned, id: 'never-left' });
    await (await journal.plan({ ...planned, id: 'there' })).written(2000);
    await (await journal.plan({ ...planned, id: 'not-there' })).written(2000);
    journal.close();
    const requests: WireRequest[] = [];
    const again = fileJournal(path, options);
    const client = createClient({
      transport: {
        send: (request) => {
          requests.push(request);
          const isThere = request.body.kind === 'text' && request.body.text.includes('id=there');
          return Promise.resolve(status(isThere ? 1 : -3));
        },
      },
      credentials,
      journal: again,
      clock: new VirtualClock(),
    });
    const recovered = await client.recover();
    expect(recovered.map(({ id, outcome, operation }) => [id, outcome, operation])).toEqual([
      ['never-left', 'not-sent', 'send'],
      ['there', 'accepted', 'send'],
      ['not-there', 'not-sent', 'send'],
    ]);
    expect(new Set(requests.map(({ operation }) => operation))).toEqual(new Set(['status']));
    expect(await client.recover()).toEqual([]);
    again.close();
    expect(found()).toEqual([]);
  });

  it('sends nothing that it cannot record', async () => {
    let carried = 0;
    const journal = fileJournal(path, options);
    const client = createClient({
      transport: { send: () => Promise.reject(new TransportError('x', (carried++, 'sent'), 'network')) },
      credentials,
      journal,
    });
    expect(await client.call(send, input)).toMatchObject({ outcome: 'unknown' });
    journal.close();
    expect(await client.call(send, { ...input, id: 'm2' })).toMatchObject({
      outcome: 'not-sent',
      error: {
        reason: 'held-back',
        message: 'send: held back: the journal could not be written; nothing was sent',
      },
    });
    expect(carried).toBe(1);
    expect(found().map(({ id }) => id)).toEqual(['m1']);
  });
});
