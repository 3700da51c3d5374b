import { setTimeout as pause } from 'node:timers/promises';
import { Agent as SecureAgent } from 'node:https';
import { send, toRequest, type WireRequest } from '@smsc/protocol';
import { serve } from '@smsc/testing/servers';
import { serveSlowly } from '@smsc/testing/slow-connections';
import axios from 'axios';
import { describe, expect, it } from 'vitest';
import { axiosTransport, type AxiosTransportOptions } from '../src/index.ts';

const accepted = '{"id": "m1", "cnt": 1}';
const input = { id: 'm1', to: '380501234567', text: 'Ваш код: 4821' };
const credentials = { login: 'alex', password: 'hunter2' };
const form: WireRequest = toRequest(send, input, credentials);
const requests: readonly (readonly [name: string, request: WireRequest])[] = [
  ['a text form', form],
  ['a JSON body', toRequest(send, input, credentials, { body: 'json' })],
  [
    'a form with files',
    toRequest(
      send,
      { kind: 'mms', ...input, files: [{ name: 'a.jpg', content: new Blob(['abc'.repeat(100_000)]) }] },
      credentials,
    ),
  ],
];

const heldBack = {
  kind: 'transport',
  reason: 'held-back',
  phase: 'connect',
  mayHaveHappened: false,
  message: 'send: too late to send; nothing was sent',
};

/** Time until a connection to a slow server is established, in ms. */
const connectMs = 150;

/** Returns a function that returns true from the middle of the connection time on. */
function lateWhileConnecting(): () => boolean {
  const start = performance.now();
  return () => performance.now() - start > connectMs / 2;
}

type Settings = Parameters<NonNullable<ReturnType<typeof axiosTransport>['attempt']>>[1];

const settings = (isLate: () => boolean): Settings => ({ cancellation: undefined, host: undefined, isLate });

describe.each<readonly [name: string, options: AxiosTransportOptions]>([
  ['axios', {}],
  ['an instance of axios', { axios: axios.create() }],
])('a late request, with %s,', (_, options) => {
  describe.each(requests)('with %s', (_, request) => {
    it.each([
      ['', false],
      [' over TLS', true],
    ])('is not sent when its connection%s is established too late', async (_, secure) => {
      const { host, received } = await serveSlowly(accepted, { ms: connectMs, secure });
      const httpsAgent = new SecureAgent({ rejectUnauthorized: false });
      const transport = axiosTransport({ ...options, host, httpsAgent });
      const late = settings(lateWhileConnecting());
      await expect(transport.attempt!(request, late)).rejects.toMatchObject(heldBack);
      await pause(50);
      expect(received()).toBe('');
      // The same request in time is sent.
      expect(
        (
          await transport.attempt!(
            request,
            settings(() => false),
          )
        ).status,
      ).toBe(200);
      expect(received()).toMatch(/^POST \/\S+ HTTP\/1\.1\r\n[^]*hunter2/);
    });

    it('is not sent on a kept-alive connection', async () => {
      const { host, seen } = await serve((response) => response.end(accepted));
      const transport = axiosTransport({ ...options, host });
      await transport.send(request);
      let checks = 0;
      const late = settings(() => ++checks > 1);
      await expect(transport.attempt!(request, late)).rejects.toMatchObject(heldBack);
      await pause(50);
      expect(seen).toHaveLength(1);
      expect((await transport.send(request)).status).toBe(200);
    });
  });
});
