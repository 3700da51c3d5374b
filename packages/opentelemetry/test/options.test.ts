import type { MeterProvider } from '@opentelemetry/api';
import { whilePolluted } from '@smsc/testing/pollution';
import { describe, expect, it } from 'vitest';
import { telemetry } from '../src/index.ts';
import { accepted, carry, send } from './calls.ts';
import { record } from './record.ts';

describe('options', () => {
  it.each<readonly [options: object, words: string]>([
    [{ tracerProvider: {} }, 'tracerProvider expected a TracerProvider'],
    [{ meterProvider: null }, 'meterProvider expected a MeterProvider'],
    [{ ids: 'yes' }, 'ids expected true or false'],
    [{ now: 5 }, 'now expected a function'],
    [{ id: true }, 'id is unknown; did you mean `ids`?'],
  ])('are rejected at once if they are invalid: %j', (options, words) => {
    expect(() => telemetry(options)).toThrow(`telemetry: ${words}`);
  });

  it('are own members only, not properties added to Object.prototype', async () => {
    const kept = record();
    await whilePolluted({ ids: true }, () => carry(telemetry(kept.providers), send, [{ end: accepted }]));
    expect(kept.spans()[1]!.attributes).not.toHaveProperty('smsc.message.id');
  });
});

describe('a failure of telemetry', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  const span = new Proxy({}, { get: () => broken }) as never;

  it.each<readonly [name: string, options: Parameters<typeof telemetry>[0]]>([
    ['no tracer', { tracerProvider: { getTracer: broken } }],
    ['no span', { tracerProvider: { getTracer: () => ({ startSpan: broken, startActiveSpan: broken }) } }],
    [
      'a span whose methods throw',
      { tracerProvider: { getTracer: () => ({ startSpan: () => span, startActiveSpan: broken }) } },
    ],
    ['no meter', { meterProvider: { getMeter: broken } }],
    [
      'a meter without instruments',
      { meterProvider: { getMeter: () => new Proxy({}, { get: () => broken }) } as unknown as MeterProvider },
    ],
    ['no clock', { now: broken }],
  ])('neither holds a message back nor changes its outcome: %s', async (_, options) => {
    let carried = 0;
    expect(await carry(telemetry(options), send, [{ end: accepted, meanwhile: () => carried++ }])).toEqual(
      accepted,
    );
    expect(carried).toBe(1);
  });
});
