import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  type DataPoint,
  DataPointType,
  type Histogram,
  InMemoryMetricExporter,
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach } from 'vitest';

/** Everything that was recorded. */
export interface Record {
  readonly providers: { readonly tracerProvider: BasicTracerProvider; readonly meterProvider: MeterProvider };
  /** Spans that have ended, in the order in which they did. */
  spans(): readonly ReadableSpan[];
  /** The points of a metric, each as its attributes and its value; of a histogram, its count and sum. */
  points(name: string): Promise<readonly (readonly [attributes: object, value: unknown])[]>;
  /** All of it, as an exporter sees it. */
  everything(): Promise<readonly unknown[]>;
}

/** A record that is kept in memory. */
export function record(): Record {
  const exported = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exported)] });
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 2_000_000_000 })],
  });
  const collect = async () => {
    measured.reset();
    await meterProvider.forceFlush();
    return measured.getMetrics();
  };
  return {
    providers: { tracerProvider, meterProvider },
    spans: () => exported.getFinishedSpans(),
    points: async (name) =>
      (await collect())
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
        .filter(({ descriptor }) => descriptor.name === name)
        .flatMap(({ dataPointType, dataPoints }) =>
          (dataPoints as readonly DataPoint<unknown>[]).map(({ attributes, value }) => {
            if (dataPointType !== DataPointType.HISTOGRAM) return [attributes, value] as const;
            const { count, sum } = value as Histogram;
            return [attributes, { count, sum }] as const;
          }),
        ),
    everything: async () => [...exported.getFinishedSpans(), ...(await collect())],
  };
}

/** Describes spans: name, name of the parent, status and attributes. */
export function told(spans: readonly ReadableSpan[]): readonly object[] {
  const nameOf = (id: string | undefined): string | undefined =>
    spans.find((span) => span.spanContext().spanId === id)?.name;
  return spans.map(({ name, parentSpanContext, kind, status, attributes, events }) => ({
    name,
    parent: nameOf(parentSpanContext?.spanId),
    kind,
    status,
    attributes,
    events,
  }));
}

/** Spans know their parents as in a program whose SDK is set up. */
export function withContexts(): void {
  beforeEach(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
  afterEach(() => context.disable());
}

/** Imitates an HTTP instrumentation: starts a span below the active one. */
export const asHttpDoes = (provider: BasicTracerProvider): void =>
  provider.getTracer('http').startSpan('POST', {}, context.active()).end();
