import { Agent as HttpsAgent } from 'node:https';
import { send, toRequest, type TransportError, type WireReply } from '@smsc/protocol';
import { cert } from '@smsc/testing/certificate';
import { serveSecondHandshake } from '@smsc/testing/second-handshake';
import { serve } from '@smsc/testing/servers';
import nodeFetch from 'node-fetch';
import { Agent, fetch as undiciFetch } from 'undici';
import { describe, expect, it } from 'vitest';
import { type FetchLike, fetchTransport } from '../src/index.ts';
import { fetches } from './fetches.ts';

const request = toRequest(
  send,
  { id: 'm1', to: '380501234567', text: 'Ваш код: 4821' },
  { login: 'alex', password: 'hunter2' },
);

const failure = (sent: Promise<WireReply>): Promise<TransportError> =>
  sent.then(
    () => expect.unreachable(),
    (error: unknown) => error as TransportError,
  );

const mayBeSent = { kind: 'transport', phase: 'sent', mayHaveHappened: true };
const notSent = { kind: 'transport', phase: 'connect', mayHaveHappened: false };

/** Message of Deno's own `fetch` if nobody listens. */
const messageOfDeno =
  'error sending request for url (https://smsc.ua/sys/send.php): client error (Connect): tcp connect error: Connection refused (os error 111)';

describe('a message that was sent is not reported as not sent', () => {
  it('if node-fetch quotes a Location header that looks like a message of Deno', async () => {
    let requests = 0;
    const { host, seen } = await serve((response) => {
      if (++requests === 1) response.end('{"id": "m1", "cnt": 1}');
      else response.writeHead(307, { location: `http://[${messageOfDeno}` }).end();
    });
    const transport = fetchTransport({ fetch: nodeFetch, host });
    await transport.send(request);
    expect(await failure(transport.send(request))).toMatchObject(mayBeSent);
    expect(seen).toHaveLength(2);
  });

  it.each<readonly [name: string, fetch: FetchLike]>([
    [
      'undici',
      (url, init) => undiciFetch(url, { ...init, dispatcher: new Agent({ connect: { ca: cert } }) }),
    ],
    ['node-fetch', (url, init) => nodeFetch(url, { ...init, agent: new HttpsAgent({ ca: cert }) })],
  ])('if the server presents another certificate after it has read the request (%s)', async (_, fetch) => {
    const { host, bytesRead } = await serveSecondHandshake();
    expect(await failure(fetchTransport({ fetch, host, timeoutMs: 5000 }).send(request))).toMatchObject({
      ...mayBeSent,
      message: 'send: failed (DEPTH_ZERO_SELF_SIGNED_CERT); the request may have been sent',
    });
    expect(bytesRead()).toBeGreaterThan(100);
  });

  it.each<readonly [name: string, error: Error]>([
    ['Deno', new TypeError('fetch failed', { cause: new Error(messageOfDeno) })],
    ['Bun', new TypeError('ECONNREFUSED: Unable to connect. Is the computer able to access the url?')],
  ])('if a given fetch fails with a message of %s', async (_, error) => {
    const fetch: FetchLike = async (url, init) => {
      await new Response(init.body as string).text();
      throw error;
    };
    expect(await failure(fetchTransport({ fetch }).send(request))).toMatchObject(mayBeSent);
  });
});

describe.each(fetches)('with %s, a message is reported as not sent', (_, fetch) => {
  it('if nobody listens', async () => {
    const { host, close } = await serve(() => undefined);
    await close();
    expect(await failure(fetchTransport({ fetch, host }).send(request))).toMatchObject(notSent);
  });
});

it.each(fetches.slice(0, 2))(
  'reports a name with several addresses as not sent if nobody listens (%s)',
  async (_, fetch) => {
    const { port, close } = await serve(() => undefined);
    await close();
    const transport = fetchTransport({ fetch, host: `http://localhost:${port}` });
    expect(await failure(transport.send(request))).toMatchObject(notSent);
  },
);
