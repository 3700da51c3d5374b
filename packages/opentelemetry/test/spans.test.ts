import { inspect } from 'node:util';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { telemetry } from '../src/index.ts';
import type { CallSummary } from '@smsc/client';
import {
  accepted,
  balance,
  carry,
  summaryOf,
  failed,
  notSent,
  rejected,
  send,
  unknown,
  unreadable,
} from './calls.ts';
import { simulateHttpSpan, record, describeSpans, withContexts } from './record.ts';

withContexts();

const failure = { code: SpanStatusCode.ERROR };

describe('a span', () => {
  it('covers the call, with a child for each attempt and HTTP spans below', async () => {
    const kept = record();
    const meanwhile = (): unknown => simulateHttpSpan(kept.providers.tracerProvider);
    await carry(telemetry(kept.providers), send, [
      { host: 'smsc.ua', end: notSent, meanwhile },
      { host: 'www2.smsc.ua', end: accepted, meanwhile },
    ]);
    const common = { 'smsc.operation': 'send', 'smsc.effect': 'spends' };
    const http = {
      name: 'POST',
      parent: 'smsc send attempt',
      kind: SpanKind.INTERNAL,
      status: { code: SpanStatusCode.UNSET },
      attributes: {},
      events: [],
    };
    expect(describeSpans(kept.spans())).toEqual([
      http,
      {
        name: 'smsc send attempt',
        parent: 'smsc send',
        kind: SpanKind.CLIENT,
        status: failure,
        events: [],
        attributes: {
          ...common,
          'smsc.attempt': 1,
          'server.address': 'smsc.ua',
          'smsc.outcome': 'not-sent',
          'error.type': 'network',
        },
      },
      http,
      {
        name: 'smsc send attempt',
        parent: 'smsc send',
        kind: SpanKind.CLIENT,
        status: { code: SpanStatusCode.UNSET },
        events: [],
        attributes: {
          ...common,
          'smsc.attempt': 2,
          'server.address': 'www2.smsc.ua',
          'smsc.outcome': 'accepted',
        },
      },
      {
        name: 'smsc send',
        parent: undefined,
        kind: SpanKind.CLIENT,
        status: { code: SpanStatusCode.UNSET },
        events: [],
        attributes: { ...common, 'smsc.outcome': 'accepted', 'smsc.attempts': 2 },
      },
    ]);
  });

  it('is below the caller’s active span, also for parallel calls', async () => {
    const kept = record();
    const tracer = kept.providers.tracerProvider.getTracer('app');
    const layer = telemetry(kept.providers);
    await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        tracer.startActiveSpan(name, async (span) => {
          await carry(layer, send, [{ end: accepted }, { end: accepted }]);
          span.end();
        }),
      ),
    );
    const spans = kept.spans();
    for (const root of spans.filter(({ name }) => /^(?:one|two|three)$/.test(name))) {
      const { traceId, spanId } = root.spanContext();
      const call = spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === spanId);
      expect(call.map(({ name }) => name)).toEqual(['smsc send']);
      const attempts = spans.filter(
        ({ parentSpanContext }) => parentSpanContext?.spanId === call[0]!.spanContext().spanId,
      );
      expect(attempts.map((span) => [span.attributes['smsc.attempt'], span.spanContext().traceId])).toEqual([
        [1, traceId],
        [2, traceId],
      ]);
    }
    expect(spans).toHaveLength(12);
  });

  it.each<readonly [name: string, info: typeof send, end: CallSummary, attributes: object]>([
    [
      'a rejected send',
      send,
      rejected,
      { 'smsc.outcome': 'rejected', 'smsc.error.code': 7, 'error.type': 'gateway' },
    ],
    ['a send that was not sent', send, notSent, { 'smsc.outcome': 'not-sent', 'error.type': 'network' }],
    ['a send with an unknown outcome', send, unknown, { 'smsc.outcome': 'unknown', 'error.type': 'timeout' }],
    [
      'an unreadable response',
      send,
      unreadable,
      { 'smsc.outcome': 'unknown', 'error.type': 'unreadable-reply' },
    ],
    [
      'a failed read',
      balance,
      failed,
      { 'smsc.outcome': 'failed', 'smsc.error.code': 2, 'error.type': 'gateway' },
    ],
    [
      'a send that an interceptor held back',
      send,
      summaryOf('not-sent'),
      { 'smsc.outcome': 'not-sent', 'error.type': '_OTHER' },
    ],
  ])('has the status ERROR for %s', async (_, info, end, attributes) => {
    const kept = record();
    await carry(telemetry(kept.providers), info, [{ end }]);
    const [attempt, call] = kept.spans();
    expect([attempt!.status, call!.status]).toEqual([failure, failure]);
    expect(attempt!.attributes).toMatchObject(attributes);
    expect(call!.attributes).toEqual({
      'smsc.operation': info.operation,
      'smsc.effect': info.effect,
      ...attributes,
      'smsc.attempts': 1,
    });
  });

  it('has no status after success', async () => {
    const kept = record();
    await carry(telemetry(kept.providers), balance, [{ end: summaryOf('done') }]);
    expect(
      kept
        .spans()
        .map(({ status, attributes }) => [status.code, attributes['smsc.outcome'], attributes['error.type']]),
    ).toEqual([
      [0, 'done', undefined],
      [0, 'done', undefined],
    ]);
  });

  it.each([
    ['smsc.kz', { 'server.address': 'smsc.kz' }],
    ['https://smsc.kz', { 'server.address': 'smsc.kz' }],
    ['http://127.0.0.1:8025', { 'server.address': '127.0.0.1', 'server.port': 8025 }],
    ['https://user:hunter2@smsc.kz', { 'server.address': 'smsc.kz' }],
    ['no host', {}],
    [undefined, {}],
  ])('has the host of an attempt: %s', async (host, attributes) => {
    const kept = record();
    await carry(telemetry(kept.providers), send, [{ host, end: accepted }]);
    const { attributes: all } = kept.spans()[0]!;
    expect(Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('server.')))).toEqual(
      attributes,
    );
    expect(JSON.stringify(all)).not.toContain('hunter2');
  });

  it('has the message id only with the option ids; metrics never have it', async () => {
    for (const [ids, id] of [
      [undefined, undefined],
      [false, undefined],
      [true, 'order-7'],
    ] as const) {
      const kept = record();
      await carry(telemetry({ ...kept.providers, ids }), send, [{ end: accepted }]);
      expect(kept.spans().map(({ attributes }) => attributes['smsc.message.id'])).toEqual([id, id]);
      expect(JSON.stringify(await kept.points('smsc.client.outcomes'))).not.toContain('order-7');
    }
    const kept = record();
    await carry(telemetry({ ...kept.providers, ids: true }), balance, [{ end: summaryOf('done') }]);
    expect(kept.spans().map(({ attributes }) => 'smsc.message.id' in attributes)).toEqual([false, false]);
  });

  it('shows only the type of an error', async () => {
    const kept = record();
    const foreign = Object.assign(new Error('hunter2'), {
      kind: 'hunter2',
      reason: 'hunter2',
      code: 'hunter2',
      mayHaveHappened: true,
      cause: { body: 'hunter2' },
    });
    const end = {
      outcome: 'unknown',
      code: 'hunter2',
      error: foreign,
      attempts: 1,
    } as unknown as CallSummary;
    const layer = telemetry(kept.providers);
    await carry(layer, send, [{ end }]);
    await carry(layer, send, [
      {
        end: {
          ...end,
          error: Object.assign(new Error('hunter2'), { kind: 'transport', reason: 'hunter2' }),
        } as unknown as CallSummary,
      },
    ]);
    await expect(layer.call!(send, () => Promise.reject(foreign))).rejects.toBe(foreign);
    await expect(
      layer.attempt!({ ...send, attempt: 1, host: undefined }, () => Promise.reject(foreign)),
    ).rejects.toBe(foreign);
    expect(
      kept.spans().map(({ attributes, status, events }) => [attributes['error.type'], status, events]),
    ).toEqual(kept.spans().map(() => ['_OTHER', failure, []]));
    expect(kept.spans()).toHaveLength(6);
    expect(
      inspect(await kept.everything(), { depth: Infinity, showHidden: true, getters: true }),
    ).not.toContain('hunter2');
  });
});

describe('without a provider of its own', () => {
  afterEach(() => trace.disable());

  it('the global one is used, even if it is registered later', async () => {
    const kept = record();
    const layer = telemetry();
    await carry(layer, send, [{ end: accepted }]);
    trace.setGlobalTracerProvider(kept.providers.tracerProvider);
    await carry(layer, send, [{ end: accepted }]);
    expect(kept.spans().map(({ name }) => name)).toEqual(['smsc send attempt', 'smsc send']);
  });

  it('calls work without any provider', async () => {
    expect(await carry(telemetry(), send, [{ end: accepted }])).toEqual(accepted);
  });
});
