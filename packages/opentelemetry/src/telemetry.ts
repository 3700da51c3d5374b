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
import { type Check, readOptions } from '@smsc/protocol/adapter';
import { ofAttempt, ofCall, ofEnd } from './attributes.ts';
import { type Instruments, instrumentsOf } from './instruments.ts';

/** What is recorded, and where. */
export interface TelemetryOptions {
  /** Where spans go. Default: the global one, looked up at each call, so that it may be registered later. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Where metrics go. Default: the global one, looked up at each call. */
  readonly meterProvider?: MeterProvider | undefined;
  /**
   * Whether a span holds the message's id, as `smsc.message.id`. Metrics never do. Default: no, since ids of your own can
   * say who the message is for.
   */
  readonly ids?: boolean | undefined;
  /** Milliseconds of a clock that does not go back. Default: `performance.now`. Spans go by the provider's own clock. */
  readonly now?: (() => number) | undefined;
}

const checks: Readonly<Record<keyof TelemetryOptions, Check>> = {
  tracerProvider: /* @__PURE__ */ checkMember('getTracer', 'function', 'a TracerProvider'),
  meterProvider: /* @__PURE__ */ checkMember('getMeter', 'function', 'a MeterProvider'),
  ids: (value, at) => void at.expect(typeof value === 'boolean', value, 'true or false'),
  now: checkFunction,
};

/**
 * What keeps a record must not keep a message from going out, as an interceptor that throws does: a provider or an
 * exporter that fails is as none.
 */
function quietly<Value>(record: () => Value): Value | undefined {
  try {
    return record();
  } catch {
    return undefined;
  }
}

/** Runs what goes on inside a span: spans that are begun there, by whomever, are its children. */
function inside(span: Span | undefined, next: () => Promise<CallSummary>): Promise<CallSummary> {
  let running: Promise<CallSummary> | undefined;
  if (span) quietly(() => context.with(trace.setSpan(context.active(), span), () => void (running = next())));
  return running ?? next();
}

/** Ends a span. Nothing of what was thrown is kept, as it can hold anything; and our own words for it are attributes. */
function close(span: Span, end: Attributes): void {
  span.setAttributes(end);
  if ('error.type' in end) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/**
 * An interceptor that records calls: a span for each, with a child for each attempt, and four metrics. Holds no
 * credentials, texts or numbers, as no interceptor is told any.
 *
 * ```ts
 * const smsc = createSmsc({ apiKey, interceptors: [telemetry()] });
 * ```
 *
 * @throws {InputError} for options that cannot be meant
 */
export function telemetry(options: TelemetryOptions = {}): Interceptor {
  const {
    tracerProvider,
    meterProvider,
    ids = false,
    now = () => performance.now(),
  } = readOptions('telemetry', options, checks);

  let known: { readonly provider: MeterProvider; readonly instruments: Instruments } | undefined;
  /** The global provider can change, and its instruments with it. */
  function instruments(): Instruments {
    const provider = meterProvider ?? metrics.getMeterProvider();
    if (known?.provider !== provider) known = { provider, instruments: instrumentsOf(provider) };
    return known.instruments;
  }

  function open(name: string, { id }: CallInfo, attributes: Attributes): Span {
    const tracer = (tracerProvider ?? trace.getTracerProvider()).getTracer('@smsc/opentelemetry');
    const more = ids && id !== undefined ? { 'smsc.message.id': id } : {};
    return tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes: { ...attributes, ...more } });
  }

  return {
    call: async (info, next) => {
      const what = ofCall(info);
      const began = quietly(now);
      const span = quietly(() => open(`smsc ${info.operation}`, info, what));
      let ended: CallSummary | undefined;
      try {
        return (ended = await inside(span, next));
      } finally {
        const end = quietly(() => ofEnd(ended)) ?? {};
        quietly(() => span && close(span, { ...end, ...(ended && { 'smsc.attempts': ended.attempts }) }));
        quietly(
          () =>
            began !== undefined && instruments().duration.record((now() - began) / 1000, { ...what, ...end }),
        );
        quietly(() => instruments().outcomes.add(1, { ...what, ...end }));
      }
    },

    attempt: async (info, next) => {
      const what = ofAttempt(info);
      const span = quietly(() =>
        open(`smsc ${info.operation} attempt`, info, { ...what, 'smsc.attempt': info.attempt }),
      );
      const inFlight = quietly(() => instruments().inFlight);
      quietly(() => inFlight?.add(1, what));
      let ended: CallSummary | undefined;
      try {
        return (ended = await inside(span, next));
      } finally {
        const end = quietly(() => ofEnd(ended)) ?? {};
        quietly(() => inFlight?.add(-1, what));
        quietly(() => span && close(span, end));
        quietly(() => instruments().attempts.add(1, { ...what, ...end }));
      }
    },
  };
}
