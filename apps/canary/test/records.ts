import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Claim, createLedger, createMemoryStore, type LedgerStore, logging } from '@smsc/client';
import type { SmscOptions } from '@smsc/fetch';
import { open } from '../../../packages/ledger/test/subject.ts';

import { telemetry } from '@smsc/opentelemetry';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** Client options for everything that records calls, and a function that returns all records. */
export interface Records {
  readonly options: Pick<SmscOptions, 'interceptors' | 'ledger'>;
  readonly kept: () => Promise<Readonly<Record<string, unknown>>>;
}

/** One file for all clients: deriving a key for each client would take most of the run time. */
const path = join(mkdtempSync(join(tmpdir(), 'smsc-canary-')), 'ledger.db');
const inFile = open(path);

/** Returns everything that the ledgers of all clients have written to the disk. */
export const ledgerFiles = (): readonly string[] =>
  ['', '-wal']
    .map((suffix) => `${path}${suffix}`)
    .filter(existsSync)
    .map((file) => readFileSync(file, 'latin1'));

/** Removes times and rounds durations: by chance they can contain the seven digits of the phone number's mark. */
const withoutTimes = (metrics: readonly unknown[]): unknown =>
  JSON.parse(
    JSON.stringify(metrics, (name, value: unknown) =>
      /^(?:start|end)Time$/.test(name)
        ? undefined
        : typeof value === 'number' && !Number.isInteger(value)
          ? Math.round(value)
          : value,
    ),
  );

let claims = 0;

/** Creates a store in memory that also records in the file, under an id of its own for each claim. */
function createStore(): LedgerStore {
  const memory = createMemoryStore();
  const inBoth = new Map<number, Claim>();
  return {
    claim: async (request) => {
      const answer = await memory.claim(request);
      if (answer.state !== 'yours') return answer;
      const second = await inFile.claim({ ...request, id: `${++claims} ${request.id}` });
      if (second.state === 'yours') inBoth.set(answer.claim.token, second.claim);
      return answer;
    },
    written: async (claim, arrivesWithinMs) => {
      await inFile.written(inBoth.get(claim.token)!, arrivesWithinMs);
      return memory.written(claim, arrivesWithinMs);
    },
    ended: async (claim, end) => {
      await inFile.ended(inBoth.get(claim.token)!, end);
      return memory.ended(claim, end);
    },
    open: () => memory.open(),
    told: (claim) => memory.told(claim),
    enter: (account, max) => memory.enter(account, max),
    entry: (id) => memory.entry(id),
    entries: (outcome) => memory.entries(outcome),
    forget: (id) => memory.forget(id),
    resolve: (id, outcome) => memory.resolve(id, outcome),
    close: () => memory.close(),
  };
}

/** Creates one record of each kind. For a new kind, add a line to `options` and one to `kept`. */
export function records(): Records {
  const spans = new InMemorySpanExporter();
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 2_000_000_000 })],
  });
  const lines: unknown[] = [];
  const ledger = createLedger(createStore());
  return {
    options: {
      interceptors: [
        telemetry({ tracerProvider, meterProvider, ids: true }),
        logging((line) => void lines.push(line)),
      ],
      ledger,
    },
    kept: async () => {
      await meterProvider.forceFlush();
      const spanData = spans
        .getFinishedSpans()
        .map(({ name, attributes, events, links, status, resource }) => ({
          name,
          attributes,
          events,
          links,
          status,
          resource: resource.attributes,
        }));
      return {
        spans: spanData,
        metrics: withoutTimes(measured.getMetrics()),
        log: lines,
        ledger,
      };
    },
  };
}
