// One process of callers: a thousand at once, through five clients of one login.
import { createSmsc } from '@smsc/fetch';

const { host, maxInFlight } = JSON.parse(process.argv[2]);
const clients = Array.from({ length: 5 }, () => createSmsc({ login: 'demo', password: 'demo', host, ...(maxInFlight && { maxInFlight }) }));
const counts = {};
await Promise.all(
  Array.from({ length: 1000 }, async (_, caller) => {
    const sent = await clients[caller % clients.length].send({ to: String(380_500_000_000 + caller), text: 'a' });
    const name = sent.outcome === 'rejected' ? `error ${sent.code}` : sent.outcome;
    counts[name] = (counts[name] ?? 0) + 1;
  }),
);
process.stdout.write(JSON.stringify(counts));
