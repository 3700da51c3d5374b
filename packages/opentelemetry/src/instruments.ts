import type { Counter, Histogram, MeterProvider, UpDownCounter } from '@opentelemetry/api';

/** Instruments of the metrics. */
export interface Instruments {
  readonly duration: Histogram;
  readonly attempts: Counter;
  readonly outcomes: Counter;
  readonly inFlight: UpDownCounter;
}

/** Histogram boundaries in seconds: from a response on the same machine to a send that was retried and settled for 90 s. */
const durationBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Creates the instruments of a provider. */
export function createInstruments(provider: MeterProvider): Instruments {
  const meter = provider.getMeter('@smsc/opentelemetry');
  return {
    duration: meter.createHistogram('smsc.client.call.duration', {
      description: 'Duration of a call, with all its attempts, waits and status requests',
      unit: 's',
      advice: { explicitBucketBoundaries: durationBoundaries },
    }),
    attempts: meter.createCounter('smsc.client.attempts', {
      description: 'Requests sent',
      unit: '{attempt}',
    }),
    outcomes: meter.createCounter('smsc.client.outcomes', {
      description: 'Completed calls by outcome',
      unit: '{call}',
    }),
    inFlight: meter.createUpDownCounter('smsc.client.in_flight', {
      description: 'Requests that wait for a response',
      unit: '{attempt}',
    }),
  };
}
