import { Worker } from 'node:worker_threads';
import { createSmsc } from '@smsc/fetch';
import { send, toRequest } from '@smsc/protocol';
import { compare, type Subject } from './measure.ts';

const atOnce = 10;
const rounds = 21;
const times = 2000;
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

const gateway = new Worker(new URL('./gateway.js', import.meta.url));
const host = await new Promise<string>((resolve) => gateway.once('message', resolve));

const credentials = { login: 'demo', password: 'demo' };
const input = { to: '380501234567', text: 'Ваш код: 4821' };

const smsc = createSmsc({ ...credentials, host });
const client: Subject = {
  name: 'createSmsc().send',
  run: (count) =>
    together(count, async () => {
      const sent = await smsc.send(input);
      if (sent.outcome !== 'accepted') throw new Error(`a send was ${sent.outcome}`);
    }),
};

// The same request, already written: what is left is the platform's own work.
const { path, body } = toRequest(send, { ...input, id: 's22222222222222222222' }, credentials);
if (body.kind !== 'text') throw new Error('a message without files is text');
const bare: Subject = {
  name: 'bare fetch and JSON.parse',
  run: (count) =>
    together(count, async () => {
      const response = await fetch(host + path, { method: 'POST', headers: { 'content-type': body.contentType }, body: body.text });
      const reply = JSON.parse(await response.text()) as { id?: unknown };
      if (reply.id === undefined) throw new Error('a send was not accepted');
    }),
};

const { ratio, subject, floor } = await compare(client, bare, rounds, times);
await gateway.terminate();

console.log(`${client.name}: ${ratio.toFixed(2)} of the throughput of ${bare.name}, ${atOnce} at once (wanted: at least ${wanted.toFixed(2)})`);
console.log(`medians of ${rounds} rounds of ${times.toLocaleString('en')}: ${Math.round(subject).toLocaleString('en')} and ${Math.round(floor).toLocaleString('en')} a second`);
process.exitCode = ratio >= wanted ? 0 : 1;
