import type { Counter, Histogram, MeterProvider, UpDownCounter } from '@opentelemetry/api';

/** What is measured. */
export interface Instruments {
  readonly duration: Histogram;
  readonly attempts: Counter;
  readonly outcomes: Counter;
  readonly inFlight: UpDownCounter;
}

/** Seconds: from an answer on the same machine to a send that was repeated, and settled for a minute and a half. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** The instruments of a provider. */
export function instrumentsOf(provider: MeterProvider): Instruments {
  const meter = provider.getMeter('@smsc/opentelemetry');
  return {
    duration: meter.createHistogram('smsc.client.call.duration', {
      description: 'How long a call took, with all its attempts, waits and questions',
      unit: 's',
      advice: { explicitBucketBoundaries: seconds },
    }),
    attempts: meter.createCounter('smsc.client.attempts', {
      description: 'Requests that were made',
      unit: '{attempt}',
    }),
    outcomes: meter.createCounter('smsc.client.outcomes', {
      description: 'What calls came to',
      unit: '{call}',
    }),
    inFlight: meter.createUpDownCounter('smsc.client.in_flight', {
      description: 'Requests whose answer has not come yet',
      unit: '{attempt}',
    }),
  };
}
