// A process with a thousand concurrent callers, which share five clients of one login. Prints how often each outcome occurred.
import { createSmsc } from '@smsc/fetch';
import { seededRandom } from '@smsc/testing/random';

const { host, maxInFlight, impatient, seed } = JSON.parse(process.argv[2]);
const random = seededRandom(seed);
/** Functions that abort a call some milliseconds after its request was sent, by message id. */
const abortLater = new Map();
const abortAfterSending = { attempt: (info, next) => (abortLater.get(info.id)?.(), next()) };
const impatientOptions = { timeoutMs: 50, interceptors: [abortAfterSending] };
const clients = Array.from({ length: 5 }, () =>
  createSmsc({
    login: 'demo',
    password: 'demo',
    host,
    ...(maxInFlight && { maxInFlight }),
    ...(impatient && impatientOptions),
  }),
);
const counts = {};
await Promise.all(
  Array.from({ length: 1000 }, async (_, caller) => {
    const controller = new AbortController();
    const id = `m${caller}`;
    if (impatient && caller % 3 === 0)
      abortLater.set(id, () => setTimeout(() => controller.abort(), random() * 60));
    const sent = await clients[caller % clients.length].send(
      { id, to: String(380_500_000_000 + caller), text: 'a' },
      { signal: controller.signal },
    );
    const name = sent.outcome === 'rejected' ? `error ${sent.code}` : sent.outcome;
    counts[name] = (counts[name] ?? 0) + 1;
  }),
);
process.stdout.write(JSON.stringify(counts));
