import { metrics } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { telemetry } from '../src/index.ts';
import { accepted, balance, carry, summaryOf, notSent, rejected, send } from './calls.ts';
import { record } from './record.ts';

const ofSend = { 'smsc.operation': 'send', 'smsc.effect': 'spends' };
const ofBalance = { 'smsc.operation': 'balance', 'smsc.effect': 'reads' };

describe('metrics', () => {
  it('measure the duration of calls in seconds', async () => {
    const kept = record();
    let at = 1000;
    const layer = telemetry({ ...kept.providers, now: () => at });
    const waits = (ms: number) => (): void => void (at += ms);
    await carry(layer, send, [
      { end: notSent, meanwhile: waits(200) },
      { end: accepted, meanwhile: waits(300) },
    ]);
    await carry(layer, send, [{ end: accepted, meanwhile: waits(1500) }]);
    await carry(layer, send, [{ end: rejected, meanwhile: waits(20) }]);
    expect(await kept.points('smsc.client.call.duration')).toEqual([
      [
        { ...ofSend, 'smsc.outcome': 'accepted' },
        { count: 2, sum: 2 },
      ],
      [
        { ...ofSend, 'smsc.outcome': 'rejected', 'smsc.error.code': 7, 'error.type': 'gateway' },
        { count: 1, sum: 0.02 },
      ],
    ]);
  });

  it('use the platform’s clock by default', async () => {
    const kept = record();
    await carry(telemetry(kept.providers), send, [{ end: accepted }]);
    const [[, duration]] = (await kept.points('smsc.client.call.duration')) as [
      [object, { count: number; sum: number }],
    ];
    expect(duration.count).toBe(1);
    expect(duration.sum).toBeGreaterThanOrEqual(0);
    expect(duration.sum).toBeLessThan(60);
  });

  it('count attempts by host and outcome', async () => {
    const kept = record();
    const layer = telemetry(kept.providers);
    for (let sent = 0; sent < 3; sent++)
      await carry(layer, send, [
        { host: 'smsc.ua', end: notSent },
        { host: 'www2.smsc.ua', end: accepted },
      ]);
    expect(await kept.points('smsc.client.attempts')).toEqual([
      [{ ...ofSend, 'server.address': 'smsc.ua', 'smsc.outcome': 'not-sent', 'error.type': 'network' }, 3],
      [{ ...ofSend, 'server.address': 'www2.smsc.ua', 'smsc.outcome': 'accepted' }, 3],
    ]);
  });

  it('count calls by outcome', async () => {
    const kept = record();
    const layer = telemetry(kept.providers);
    await carry(layer, send, [{ end: accepted }]);
    await carry(layer, send, [{ end: notSent }, { end: accepted }]);
    await carry(layer, send, [{ end: rejected }]);
    await carry(layer, balance, [{ end: summaryOf('done') }]);
    expect(await kept.points('smsc.client.outcomes')).toEqual([
      [{ ...ofSend, 'smsc.outcome': 'accepted' }, 2],
      [{ ...ofSend, 'smsc.outcome': 'rejected', 'smsc.error.code': 7, 'error.type': 'gateway' }, 1],
      [{ ...ofBalance, 'smsc.outcome': 'done' }, 1],
    ]);
  });

  it('count requests in flight: none once all have ended, errors included', async () => {
    const kept = record();
    const layer = telemetry(kept.providers);
    const inFlight = async (): Promise<unknown> =>
      (await kept.points('smsc.client.in_flight')).map(([, value]) => value);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const calls = [1, 2, 3].map(() => carry(layer, send, [{ end: accepted, meanwhile: () => held }]));
    const broken = carry(layer, send, [
      { end: accepted, meanwhile: () => held.then(() => Promise.reject(new Error('x'))) },
    ]);
    expect(await inFlight()).toEqual([4]);
    release();
    await Promise.all(calls);
    await expect(broken).rejects.toThrow('x');
    expect(await inFlight()).toEqual([0]);
  });
});

describe('without a provider of their own', () => {
  afterEach(() => metrics.disable());

  it('the global one is used, even if it is registered later', async () => {
    const kept = record();
    const layer = telemetry();
    await carry(layer, send, [{ end: accepted }]);
    metrics.setGlobalMeterProvider(kept.providers.meterProvider);
    await carry(layer, send, [{ end: accepted }]);
    await carry(layer, send, [{ end: accepted }]);
    expect((await kept.points('smsc.client.outcomes')).map(([, value]) => value)).toEqual([2]);
  });
});
