import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientOptions, createClient, type Ledger, memoryLedger } from '@smsc/client';
import { openLedger } from '@smsc/ledger';
import { send } from '@smsc/protocol';
import Libsql from 'libsql';
import { type Figure, median } from './measure.ts';

/** Sends of one round. */
const times = 2_000;
const rounds = 9;
/** Sends at the same time: as many as `maxInFlight` allows by default. */
const concurrency = 10;

const encoder = new TextEncoder();

/** A transport without a network. It accepts each message at once. */
const transport: ClientOptions['transport'] = {
  send: (request) => {
    const text = request.body.kind === 'text' ? request.body.text : '';
    const id = /(?:^|&)id=([^&]*)/.exec(text)?.[1];
    return Promise.resolve({
      status: 200,
      body: encoder.encode(`{"id": "${id}", "cnt": 1, "cost": "0.77"}`),
    });
  },
};

let ids = 0;

/** Returns the time of one send through a client, in milliseconds. */
async function timeOfSend(ledger: Ledger | undefined): Promise<number> {
  const client = createClient({ transport, credentials: { apiKey: 'benchmark' }, ledger });
  let left = times;
  const sendAll = async (): Promise<void> => {
    while (left-- > 0)
      await client.call(send, { id: `bench-${ids++}`, to: '380501234567', text: 'Ваш код: 4821' });
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: concurrency }, sendAll));
  return (performance.now() - start) / times;
}

/** Returns a function that measures one change of a row in a bare database with the same settings, in milliseconds. */
function bareDatabase(path: string): () => number {
  const database = new Libsql(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  database.exec('CREATE TABLE sends (id TEXT PRIMARY KEY, state INTEGER NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO sends VALUES (?, 1)');
  return () => {
    const start = performance.now();
    for (let left = times; left > 0; left--) insert.run(`bench-${ids++}`);
    return (performance.now() - start) / times;
  };
}

/** Measures the time that a ledger adds to a send. */
export async function measureLedger(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'smsc-bench-'));
  const inFile = openLedger(join(folder, 'sends.db'), { secret: 'a secret of the benchmark' });
  const inMemory = memoryLedger();
  const timeOfChange = bareDatabase(join(folder, 'bare.db'));
  const file: number[] = [];
  const memory: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const plain = await timeOfSend(undefined);
      file.push((await timeOfSend(inFile)) / timeOfChange());
      memory.push((await timeOfSend(inMemory)) / plain);
    }
  } finally {
    await inFile.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const detail = `medians of ${rounds} rounds of ${times} sends without a network, ${concurrency} at the same time`;
  return [
    {
      name: 'openLedger: time of a whole send, as a multiple of a bare change of one row',
      ratio: median(file),
      detail: `an insert of libsql with the same settings, where the ledger makes five changes; ${detail}`,
    },
    {
      name: 'memoryLedger: time of a whole send, as a multiple of a send without a ledger',
      ratio: median(memory),
      detail: `the same client without a ledger; ${detail}`,
    },
  ];
}
