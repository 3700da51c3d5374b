import { Worker } from 'node:worker_threads';
import { createSmsc } from '@smsc/fetch';
import { send, toRequest } from '@smsc/protocol';
import { startGateway } from '@smsc/simulator';
import { gatewayOptions } from './gateway-options.ts';
import { type Figure, median } from './measure.ts';

export const concurrency = 10;
export const rounds = 41;
export const times = 500;

/** Sends a number of messages. */
export type Sending = (count: number) => Promise<void>;

/** Runs `work` `count` times, ten at a time. */
export const runConcurrently = async (count: number, work: () => Promise<void>): Promise<void> => {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
};

export const credentials = { login: 'demo', password: 'demo' };
export const input = { to: '380501234567', text: 'Ваш код: 4821' };

/** Sends through a client. */
export const byClient =
  (smsc: { readonly send: (message: typeof input) => Promise<{ readonly outcome: string }> }): Sending =>
  (count) =>
    runConcurrently(count, async () => {
      const sent = await smsc.send(input);
      if (sent.outcome !== 'accepted')
        throw new Error(`expected an accepted send, got outcome ${sent.outcome}`);
    });

/**
 * Sends through a function that posts a body and reads JSON. The request is encoded only once, so that only the work of the
 * platform is measured. Each request gets a new id, as from a client, because the gateway does more work for a new message
 * than for a known one.
 */
export function byPost(
  host: string,
  post: (url: string, body: string, contentType: string) => Promise<unknown>,
): Sending {
  const id = crypto.randomUUID();
  const { path, body } = toRequest(send, { ...input, id }, credentials);
  if (body.kind !== 'text') throw new Error('expected a text body for a message without files');
  const [before, after] = body.text.split(id) as [string, string];
  return (count) =>
    runConcurrently(count, async () => {
      const reply = (await post(host + path, before + crypto.randomUUID() + after, body.contentType)) as {
        id?: unknown;
      };
      if (reply.id === undefined) throw new Error('expected a reply with an id, got none');
    });
}

export const byFetch = (host: string): Sending =>
  byPost(host, async (url, body, contentType) => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': contentType }, body });
    return JSON.parse(await response.text()) as unknown;
  });

async function secondsOf(sending: Sending): Promise<number> {
  const start = process.hrtime.bigint();
  await sending(times);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Returns the client's throughput as a share of the bare transport's. Runs both in turn, so that other load affects both alike. */
export async function throughputShare(client: Sending, bare: Sending): Promise<number> {
  // Warms up compilers and connections.
  for (const each of [client, bare]) await each(times);
  const shares: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? await secondsOf(client) : 0;
    const floor = await secondsOf(bare);
    shares.push(floor / (first || (await secondsOf(client))));
  }
  return median(shares);
}

/** Measures with a simulator in this process. */
export async function withGatewayInProcess<Result>(
  measure: (host: string) => Promise<Result>,
): Promise<Result> {
  const gateway = await startGateway(gatewayOptions);
  const result = await measure(gateway.url);
  await gateway.close();
  return result;
}

/** Measures with a simulator in a thread of its own. */
export async function withGatewayInThread<Result>(
  measure: (host: string) => Promise<Result>,
): Promise<Result> {
  const thread = new Worker(new URL('./gateway-thread.js', import.meta.url));
  const result = await measure(await new Promise<string>((resolve) => thread.once('message', resolve)));
  await thread.terminate();
  return result;
}

/** Measures a send through the whole client relative to bare fetch and `JSON.parse`. */
export async function measureSends(): Promise<readonly Figure[]> {
  const measure = (host: string): Promise<number> =>
    throughputShare(byClient(createSmsc({ ...credentials, host })), byFetch(host));
  // The second figure is for comparison: in another thread, the gateway takes no time from the client.
  const [sameProcess, ownThread] = [await withGatewayInProcess(measure), await withGatewayInThread(measure)];
  const detail = `bare fetch and JSON.parse, ${concurrency} concurrent sends, medians of ${rounds} rounds of ${times}`;
  return [
    {
      name: 'createSmsc().send: share of the throughput of bare fetch',
      ratio: sameProcess,
      target: { atLeast: 0.85 },
      detail: `${detail}, the gateway in the same process`,
    },
    {
      name: 'createSmsc().send, the gateway in a thread of its own: share of the throughput of bare fetch',
      ratio: ownThread,
      detail: `${detail}, the gateway in a thread of its own`,
    },
  ];
}
