// One process of callers: a thousand at once, through five clients of one login.
import { createSmsc } from '@smsc/fetch';
import { randomOf } from './random.mjs';

const { host, maxInFlight, impatient, seed } = JSON.parse(process.argv[2]);
const random = randomOf(seed);
/** Who gives up by themselves, by the id of the message: some milliseconds after it has left. */
const giveUp = new Map();
const leaving = { attempt: (info, next) => (giveUp.get(info.id)?.(), next()) };
const hasty = { timeoutMs: 50, interceptors: [leaving] };
const clients = Array.from({ length: 5 }, () =>
  createSmsc({
    login: 'demo',
    password: 'demo',
    host,
    ...(maxInFlight && { maxInFlight }),
    ...(impatient && hasty),
  }),
);
const counts = {};
await Promise.all(
  Array.from({ length: 1000 }, async (_, caller) => {
    const controller = new AbortController();
    const id = `m${caller}`;
    if (impatient && caller % 3 === 0)
      giveUp.set(id, () => setTimeout(() => controller.abort(), random() * 60));
    const sent = await clients[caller % clients.length].send(
      { id, to: String(380_500_000_000 + caller), text: 'a' },
      { signal: controller.signal },
    );
    const name = sent.outcome === 'rejected' ? `error ${sent.code}` : sent.outcome;
    counts[name] = (counts[name] ?? 0) + 1;
  }),
);
process.stdout.write(JSON.stringify(counts));
