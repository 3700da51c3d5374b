import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal, type JournalRecord, logging, memoryJournal } from '@smsc/client';
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

/** Everything that keeps a record of calls, as options of a client; and what it has kept. */
export interface Records {
  readonly options: Pick<SmscOptions, 'interceptors' | 'journal'>;
  readonly kept: () => Promise<Readonly<Record<string, unknown>>>;
}

/** One file for all of them: a key for each would take longer than all the rest. */
const path = join(mkdtempSync(join(tmpdir(), 'smsc-canary-')), 'journal');
const inFile = fileJournal(path, { secret: 'a secret of the canary' });
let read = 0;

/** What stands in the file, from where it was read last. */
function written(): string {
  const text = readFileSync(path, 'latin1');
  const news = text.slice(text.length < read ? 0 : read);
  read = text.length;
  return news;
}

/** Without when and how long: any seven digits stand in those sooner or later. */
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

/** Keeps everything twice. */
const both = (one: Journal, other: Journal): Journal => ({
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

/** One record of each kind. A new kind is one line of `options`, and one of `kept`. */
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
      journal: both(journal, inFile),
    },
    kept: async () => {
      await meterProvider.forceFlush();
      const told = spans.getFinishedSpans().map(({ name, attributes, events, links, status, resource }) => ({
        name,
        attributes,
        events,
        links,
        status,
        resource: resource.attributes,
      }));
      return {
        spans: told,
        metrics: withoutTimes(measured.getMetrics()),
        log: lines,
        journal,
        file: written(),
      };
    },
  };
}
