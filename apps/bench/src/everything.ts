import { Agent } from 'node:http';
import { createSmsc as overAxios } from '@smsc/axios';
import { createSmsc as overFetch, logging, memoryJournal, recipientThrottle } from '@smsc/fetch';
import axios from 'axios';
import type { Line } from './measure.ts';
import { growthApart } from './growth.ts';
import {
  concurrency,
  beside,
  byClient,
  byFetch,
  byPost,
  credentials,
  rounds,
  type Sending,
  shareOf,
  times,
} from './send.ts';

/**
 * Options that turn on every feature. The throttle allows a million messages to one number, because all sends go to the same
 * number.
 */
const everything = {
  ...credentials,
  journal: memoryJournal(),
  interceptors: [logging(() => undefined)],
  recipientThrottle: recipientThrottle({ messages: 1_000_000 }),
  breaker: true,
  callTimeoutMs: 60_000,
  maxInFlight: 10,
};

const wholeFetch = (host: string): Sending => byClient(overFetch({ ...everything, host }));
const wholeAxios = (host: string): Sending => byClient(overAxios({ ...everything, host }));

const byAxios = (host: string): Sending => {
  // The agent of the client also keeps connections alive.
  const bare = axios.create({ httpAgent: new Agent({ keepAlive: true }) });
  return byPost(
    host,
    async (url, body, contentType) =>
      (await bare.post<unknown>(url, body, { headers: { 'content-type': contentType } })).data,
  );
};

/** Clients whose retained memory is measured, each in a process of its own. */
export const growing: Readonly<Record<string, (host: string) => Sending>> = { wholeFetch, wholeAxios };

/** Measures the client with every feature: its throughput relative to the bare transport, and the memory that it retains. */
export async function whole(): Promise<readonly Line[]> {
  const fetchShare = await beside((host) => shareOf(wholeFetch(host), byFetch(host)));
  const axiosShare = await beside((host) => shareOf(wholeAxios(host), byAxios(host)));
  const detail = `${concurrency} concurrent sends, medians of ${rounds} rounds of ${times}, the gateway in the same process`;
  return [
    {
      name: 'createSmsc().send with every feature, over fetch: share of the throughput of bare fetch',
      ratio: fetchShare,
      wanted: { atLeast: 0.8 },
      detail: `bare fetch and JSON.parse, ${detail}`,
    },
    {
      name: 'createSmsc().send with every feature, over axios: share of the throughput of bare axios',
      ratio: axiosShare,
      wanted: { atLeast: 0.8 },
      detail: `bare axios with a keep-alive agent, ${detail}`,
    },
    await growthApart(
      'createSmsc().send with every feature, over fetch: MB retained by 10,000 sends',
      'wholeFetch',
    ),
    await growthApart(
      'createSmsc().send with every feature, over axios: MB retained by 10,000 sends',
      'wholeAxios',
    ),
  ];
}
