import {
  type Attributes,
  context,
  type MeterProvider,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type TracerProvider,
} from '@opentelemetry/api';
import type { CallInfo, CallSummary, Interceptor } from '@smsc/client';
import { checkFunction, checkMember } from '@smsc/client/adapter';
import { type Check, checkFlag, readOptions } from '@smsc/protocol/adapter';
import { attemptAttributes, callAttributes, summaryAttributes } from './attributes.ts';
import { type Instruments, createInstruments } from './instruments.ts';

/** Options of `telemetry`. */
export interface TelemetryOptions {
  /** Provider of the tracer. Default: the global provider, looked up at each call, so it may be registered later. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Provider of the meter. Default: the global provider, looked up at each call. */
  readonly meterProvider?: MeterProvider | undefined;
  /**
   * Adds the message id to spans, as `smsc.message.id`. Metrics never have it. Default: false, because your own ids may
   * identify the recipient.
   */
  readonly ids?: boolean | undefined;
  /** Monotonic clock, in ms, for durations. Default: `performance.now`. Spans use the provider's own clock. */
  readonly now?: (() => number) | undefined;
}

const checks: Readonly<Record<keyof TelemetryOptions, Check>> = {
  tracerProvider: /* @__PURE__ */ checkMember('getTracer', 'function', 'a TracerProvider'),
  meterProvider: /* @__PURE__ */ checkMember('getMeter', 'function', 'a MeterProvider'),
  ids: checkFlag,
  now: checkFunction,
};

/**
 * Runs a function and ignores its errors. If an interceptor throws, the message is held back. A failing provider or
 * exporter must not cause that.
 */
function ignoreErrors<Value>(record: () => Value): Value | undefined {
  try {
    return record();
  } catch {
    return undefined;
  }
}

/** Runs `next` inside a span. Spans started by other code meanwhile become its children. */
function inside(span: Span | undefined, next: () => Promise<CallSummary>): Promise<CallSummary> {
  let running: Promise<CallSummary> | undefined;
  if (span)
    ignoreErrors(() => context.with(trace.setSpan(context.active(), span), () => void (running = next())));
  return running ?? next();
}

/** Ends a span. A thrown error is not recorded, because it may hold secrets; the attributes describe it. */
function close(span: Span, end: Attributes): void {
  span.setAttributes(end);
  if ('error.type' in end) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/**
 * Creates an interceptor that records calls: a span for each call, a child span for each attempt, and four metrics. They
 * contain no credentials, texts or phone numbers: interceptors do not get any.
 *
 * @example
 * ```ts
 * const smsc = createSmsc({ apiKey, interceptors: [telemetry()] });
 * ```
 *
 * @throws {InputError} for invalid options
 */
export function telemetry(options: TelemetryOptions = {}): Interceptor {
  const {
    tracerProvider,
    meterProvider,
    ids = false,
    now = () => performance.now(),
  } = readOptions('telemetry', options, checks);

  let known: { readonly provider: MeterProvider; readonly instruments: Instruments } | undefined;
  /** Returns the instruments of the current provider. The global provider can change. */
  function instruments(): Instruments {
    const provider = meterProvider ?? metrics.getMeterProvider();
    if (known?.provider !== provider) known = { provider, instruments: createInstruments(provider) };
    return known.instruments;
  }

  function startSpan(name: string, { id }: CallInfo, attributes: Attributes): Span {
    const tracer = (tracerProvider ?? trace.getTracerProvider()).getTracer('@smsc/opentelemetry');
    const more = ids && id !== undefined ? { 'smsc.message.id': id } : {};
    return tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes: { ...attributes, ...more } });
  }

  return {
    call: async (info, next) => {
      const attributes = callAttributes(info);
      const startedAt = ignoreErrors(now);
      const span = ignoreErrors(() => startSpan(`smsc ${info.operation}`, info, attributes));
      let summary: CallSummary | undefined;
      try {
        return (summary = await inside(span, next));
      } finally {
        const end = ignoreErrors(() => summaryAttributes(summary)) ?? {};
        ignoreErrors(
          () => span && close(span, { ...end, ...(summary && { 'smsc.attempts': summary.attempts }) }),
        );
        ignoreErrors(
          () =>
            startedAt !== undefined &&
            instruments().duration.record((now() - startedAt) / 1000, { ...attributes, ...end }),
        );
        ignoreErrors(() => instruments().outcomes.add(1, { ...attributes, ...end }));
      }
    },

    attempt: async (info, next) => {
      const attributes = attemptAttributes(info);
      const span = ignoreErrors(() =>
        startSpan(`smsc ${info.operation} attempt`, info, { ...attributes, 'smsc.attempt': info.attempt }),
      );
      const inFlight = ignoreErrors(() => instruments().inFlight);
      ignoreErrors(() => inFlight?.add(1, attributes));
      let summary: CallSummary | undefined;
      try {
        return (summary = await inside(span, next));
      } finally {
        const end = ignoreErrors(() => summaryAttributes(summary)) ?? {};
        ignoreErrors(() => inFlight?.add(-1, attributes));
        ignoreErrors(() => span && close(span, end));
        ignoreErrors(() => instruments().attempts.add(1, { ...attributes, ...end }));
      }
    },
  };
}
