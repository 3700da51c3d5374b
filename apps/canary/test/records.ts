import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournal, type Journal, type JournalRecord, logging, memoryJournal } from '@smsc/client';
import type { SmscOptions } from '@smsc/fetch';
import { fileJournal } from '@smsc/journal';
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
  readonly options: Pick<SmscOptions, 'interceptors' | 'journal'>;
  readonly kept: () => Promise<Readonly<Record<string, unknown>>>;
}

/** One file for all clients: deriving a key for each client would take most of the run time. */
const path = join(mkdtempSync(join(tmpdir(), 'smsc-canary-')), 'journal');
const inFile = fileJournal(path, { secret: 'a secret of the canary' });
let readLength = 0;

/** Returns the text added to the file since the last call. */
function written(): string {
  const text = readFileSync(path, 'latin1');
  const added = text.slice(text.length < readLength ? 0 : readLength);
  readLength = text.length;
  return added;
}

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

/** Combines two journals: both record everything. */
const combined = (one: Journal, other: Journal): Journal =>
  createJournal({
    plan: async (planned): Promise<JournalRecord> => {
      const [first, second] = [await one.plan(planned), await other.plan(planned)];
      return {
        written: async (at) => {
          await first.written(at);
          await second.written(at);
        },
        ended: async (outcome) => {
          await first.ended(outcome);
          await second.ended(outcome);
        },
      };
    },
    open: () => one.open(),
  });

/** Creates one record of each kind. For a new kind, add a line to `options` and one to `kept`. */
export function records(): Records {
  const spans = new InMemorySpanExporter();
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 2_000_000_000 })],
  });
  const lines: unknown[] = [];
  const journal = memoryJournal();
  return {
    options: {
      interceptors: [
        telemetry({ tracerProvider, meterProvider, ids: true }),
        logging((line) => void lines.push(line)),
      ],
      journal: combined(journal, inFile),
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
        journal,
        file: written(),
      };
    },
  };
}
