import { Worker } from 'node:worker_threads';
import { createSmsc } from '@smsc/fetch';
import { send, toRequest } from '@smsc/protocol';
import { startGateway } from '@smsc/simulator';
import { gatewayOptions } from './gateway-options.ts';
import { type Line, median } from './measure.ts';

const atOnce = 10;
const rounds = 41;
const times = 500;

/** Sends a number of messages. */
type Sending = (count: number) => Promise<void>;

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

const byClient = (host: string): Sending => {
  const smsc = createSmsc({ ...credentials, host });
  return (count) =>
    together(count, async () => {
      const sent = await smsc.send(input);
      if (sent.outcome !== 'accepted') throw new Error(`a send was ${sent.outcome}`);
    });
};

// The same request, already written but for its id, which is a new one each time as the client's is: a gateway has more
// to do for a message that it does not know. What is left is the platform's own work.
const byFetch = (host: string): Sending => {
  const id = crypto.randomUUID();
  const { path, body } = toRequest(send, { ...input, id }, credentials);
  if (body.kind !== 'text') throw new Error('a message without files is text');
  const [before, after] = body.text.split(id) as [string, string];
  return (count) =>
    together(count, async () => {
      const response = await fetch(host + path, { method: 'POST', headers: { 'content-type': body.contentType }, body: before + crypto.randomUUID() + after });
      const reply = JSON.parse(await response.text()) as { id?: unknown };
      if (reply.id === undefined) throw new Error('a send was not accepted');
    });
};

async function secondsOf(sending: Sending): Promise<number> {
  const start = process.hrtime.bigint();
  await sending(times);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The client's throughput as a share of bare fetch's, in turns, so that whatever else the machine does meets both. */
async function shareOf(host: string): Promise<number> {
  const [client, bare] = [byClient(host), byFetch(host)];
  // Not counted: compilers and connections warm up.
  for (const each of [client, bare]) await each(times);
  const shares: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? await secondsOf(client) : 0;
    const floor = await secondsOf(bare);
    shares.push(floor / (first || (await secondsOf(client))));
  }
  return median(shares);
}

/** A send through the whole client, against bare fetch and `JSON.parse`. */
export async function sends(): Promise<readonly Line[]> {
  const gateway = await startGateway(gatewayOptions);
  const beside = await shareOf(gateway.url);
  await gateway.close();
  // For comparison: with the gateway out of the way, all that is left to wait for is the client.
  const thread = new Worker(new URL('./gateway-thread.js', import.meta.url));
  const apart = await shareOf(await new Promise<string>((resolve) => thread.once('message', resolve)));
  await thread.terminate();
  const detail = `bare fetch and JSON.parse, ${atOnce} at once, medians of ${rounds} rounds of ${times}`;
  return [
    { name: 'createSmsc().send: share of the throughput of bare fetch', ratio: beside, wanted: { atLeast: 0.85 }, detail: `${detail}, the gateway in the same process` },
    { name: 'createSmsc().send, the gateway in a thread of its own: share of the throughput of bare fetch', ratio: apart, detail: `${detail}, the gateway in a thread of its own` },
  ];
}
