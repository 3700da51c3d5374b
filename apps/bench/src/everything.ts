import { Agent } from 'node:http';
import { createSmsc as overAxios } from '@smsc/axios';
import { createSmsc as overFetch, logging, memoryLedger, recipientThrottle } from '@smsc/fetch';
import axios from 'axios';
import type { Figure } from './measure.ts';
import { measureGrowth } from './growth.ts';
import {
  concurrency,
  withGatewayInProcess,
  byClient,
  byFetch,
  byPost,
  credentials,
  rounds,
  type Sending,
  throughputShare,
  times,
} from './send.ts';

/**
 * Options that turn on every feature. The throttle allows a million messages to one number, because all sends go to the same
 * number.
 */
const allFeatures = {
  ...credentials,
  ledger: memoryLedger(),
  interceptors: [logging(() => undefined)],
  recipientThrottle: recipientThrottle({ messages: 1_000_000 }),
  breaker: true,
  callTimeoutMs: 60_000,
  maxInFlight: 10,
};

const fetchWithAllFeatures = (host: string): Sending => byClient(overFetch({ ...allFeatures, host }));
const axiosWithAllFeatures = (host: string): Sending => byClient(overAxios({ ...allFeatures, host }));

const byAxios = (host: string): Sending => {
  // Keeps connections alive, as the client's own agent does.
  const bare = axios.create({ httpAgent: new Agent({ keepAlive: true }) });
  return byPost(
    host,
    async (url, body, contentType) =>
      (await bare.post<unknown>(url, body, { headers: { 'content-type': contentType } })).data,
  );
};

/** Clients whose retained memory is measured, each in a process of its own. */
export const growthTests: Readonly<Record<string, (host: string) => Sending>> = {
  fetchWithAllFeatures,
  axiosWithAllFeatures,
};

/** Measures the client with every feature: its throughput relative to the bare transport, and the memory that it retains. */
export async function measureAllFeatures(): Promise<readonly Figure[]> {
  const fetchShare = await withGatewayInProcess((host) =>
    throughputShare(fetchWithAllFeatures(host), byFetch(host)),
  );
  const axiosShare = await withGatewayInProcess((host) =>
    throughputShare(axiosWithAllFeatures(host), byAxios(host)),
  );
  const detail = `${concurrency} concurrent sends, medians of ${rounds} rounds of ${times}, the gateway in the same process`;
  return [
    {
      name: 'createSmsc().send with every feature, over fetch: share of the throughput of bare fetch',
      ratio: fetchShare,
      target: { atLeast: 0.8 },
      detail: `bare fetch and JSON.parse, ${detail}`,
    },
    {
      name: 'createSmsc().send with every feature, over axios: share of the throughput of bare axios',
      ratio: axiosShare,
      target: { atLeast: 0.8 },
      detail: `bare axios with a keep-alive agent, ${detail}`,
    },
    await measureGrowth(
      'createSmsc().send with every feature, over fetch: MB retained by 10,000 sends',
      'fetchWithAllFeatures',
    ),
    await measureGrowth(
      'createSmsc().send with every feature, over axios: MB retained by 10,000 sends',
      'axiosWithAllFeatures',
    ),
  ];
}
