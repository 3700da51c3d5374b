import { Worker } from 'node:worker_threads';
import { createSmsc } from '@smsc/fetch';
import { send, toRequest } from '@smsc/protocol';
import { startGateway } from '@smsc/simulator';
import { compare, type Subject } from './measure.ts';
import { gatewayOptions } from './options.ts';

const atOnce = 10;
const rounds = 41;
const times = 500;
/** What a send through the client is to reach of bare fetch. */
const wanted = 0.85;

/** Does `work` so many times, ten at once. */
const together = async (count: number, work: () => Promise<void>): Promise<void> => {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
};

const credentials = { login: 'demo', password: 'demo' };
const input = { to: '380501234567', text: 'Ваш код: 4821' };

const clientOf = (host: string): Subject => {
  const smsc = createSmsc({ ...credentials, host });
  return {
    name: 'createSmsc().send',
    run: (count) =>
      together(count, async () => {
        const sent = await smsc.send(input);
        if (sent.outcome !== 'accepted') throw new Error(`a send was ${sent.outcome}`);
      }),
  };
};

// The same request, already written but for its id, which is a new one each time as the client's is: a gateway has more
// to do for a message that it does not know. What is left is the platform's own work.
const bareOf = (host: string): Subject => {
  const id = crypto.randomUUID();
  const { path, body } = toRequest(send, { ...input, id }, credentials);
  if (body.kind !== 'text') throw new Error('a message without files is text');
  const [before, after] = body.text.split(id) as [string, string];
  return {
    name: 'bare fetch and JSON.parse',
    run: (count) =>
      together(count, async () => {
        const response = await fetch(host + path, { method: 'POST', headers: { 'content-type': body.contentType }, body: before + crypto.randomUUID() + after });
        const reply = JSON.parse(await response.text()) as { id?: unknown };
        if (reply.id === undefined) throw new Error('a send was not accepted');
      }),
  };
};

/** Compares the two against a gateway, and says what came of it. */
async function report(where: string, host: string): Promise<number> {
  const client = clientOf(host);
  const bare = bareOf(host);
  const { ratio, subject, floor } = await compare(client, bare, rounds, times);
  console.log(`${client.name}: ${ratio.toFixed(2)} of the throughput of ${bare.name}, ${atOnce} at once, the gateway ${where}`);
  console.log(`  medians of ${rounds} rounds of ${times}: ${Math.round(subject).toLocaleString('en')} and ${Math.round(floor).toLocaleString('en')} a second`);
  return ratio;
}

const gateway = await startGateway(gatewayOptions);
const ratio = await report('in the same process', gateway.url);
await gateway.close();

// For comparison: with the gateway out of the way, all that is left to wait for is the client.
const thread = new Worker(new URL('./gateway.js', import.meta.url));
await report('in a thread of its own', await new Promise<string>((resolve) => thread.once('message', resolve)));
await thread.terminate();

console.log(`wanted, in the same process: at least ${wanted.toFixed(2)}`);
process.exitCode = ratio >= wanted ? 0 : 1;
