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

/** Recorded spans and metrics. */
export interface Record {
  readonly providers: { readonly tracerProvider: BasicTracerProvider; readonly meterProvider: MeterProvider };
  /** Returns the ended spans in the order of their end. */
  spans(): readonly ReadableSpan[];
  /** Returns the points of a metric: attributes and value, or count and sum of a histogram. */
  points(name: string): Promise<readonly (readonly [attributes: object, value: unknown])[]>;
  /** Returns everything that an exporter gets. */
  everything(): Promise<readonly unknown[]>;
}

/** Creates a record in memory. */
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

/** Returns name, parent's name, status and attributes of each span. */
export function describeSpans(spans: readonly ReadableSpan[]): readonly object[] {
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

/** Enables span parents, as in a program with the SDK. */
export function withContexts(): void {
  beforeEach(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
  afterEach(() => context.disable());
}

/** Creates a span below the active one, as an HTTP instrumentation does around a request. */
export const simulateHttpSpan = (provider: BasicTracerProvider): void =>
  provider.getTracer('http').startSpan('POST', {}, context.active()).end();
