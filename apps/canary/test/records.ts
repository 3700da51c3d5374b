import { logging, memoryJournal } from '@smsc/client';
import type { SmscOptions } from '@smsc/fetch';
import { telemetry } from '@smsc/opentelemetry';
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

/** Everything that keeps a record of calls, as options of a client; and what it has kept. */
export interface Records {
  readonly options: Pick<SmscOptions, 'interceptors' | 'journal'>;
  readonly kept: () => Promise<Readonly<Record<string, unknown>>>;
}

/** One record of each kind. A new kind is one line of `options`, and one of `kept`. */
export function records(): Records {
  const spans = new InMemorySpanExporter();
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 2_000_000_000 })] });
  const lines: unknown[] = [];
  const journal = memoryJournal();
  return {
    options: { interceptors: [telemetry({ tracerProvider, meterProvider, ids: true }), logging((line) => void lines.push(line))], journal },
    kept: async () => {
      await meterProvider.forceFlush();
      const told = spans.getFinishedSpans().map(({ name, attributes, events, links, status, resource }) => ({ name, attributes, events, links, status, resource: resource.attributes }));
      return { spans: told, metrics: measured.getMetrics(), log: lines, journal };
    },
  };
}
