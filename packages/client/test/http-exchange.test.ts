import { encode, send, type Transport, TransportError, utf8, type WireRequest } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import { type ClientTransport, type HttpExchange, transportOver } from '../src/adapter.ts';
import { createClient } from '../src/index.ts';

const request: WireRequest = {
  operation: 'send',
  path: 'sys/send.php',
  body: { kind: 'text', contentType: 'text/plain', text: 'hunter2' },
};
const accepted = { status: 200, body: encode('{"id": "m1", "cnt": 1}', utf8) };
const refused = Object.assign(new Error(), { syscall: 'connect' });

type Settings = Parameters<NonNullable<ClientTransport['attempt']>>[1];

const attempt = (exchange: HttpExchange, settings: Partial<Settings> = {}): Promise<unknown> =>
  transportOver(exchange, {}).attempt!(request, { cancellation: undefined, host: undefined, ...settings });

const notSent = { phase: 'connect', mayHaveHappened: false };
const maybeSent = { phase: 'sent', mayHaveHappened: true };

describe('an exchange that fails', () => {
  it('may have sent the request if it reports no phase', async () => {
    await expect(attempt(() => Promise.reject(new Error()))).rejects.toMatchObject(maybeSent);
  });

  it('has sent nothing if it reports `connect`', async () => {
    const exchange: HttpExchange = ({ reached }) => (reached('connect'), Promise.reject(new Error()));
    await expect(attempt(exchange)).rejects.toMatchObject(notSent);
  });

  it('may have sent the request if it reports `sent`', async () => {
    const exchange: HttpExchange = ({ reached }) => {
      reached('connect');
      reached('sent');
      return Promise.reject(new Error());
    };
    await expect(attempt(exchange)).rejects.toMatchObject(maybeSent);
  });

  it('has sent the request if it reports `reply`, whatever it reports later', async () => {
    const exchange: HttpExchange = ({ reached }) => {
      reached('connect');
      reached('reply');
      reached('sent');
      reached('connect');
      return Promise.reject(refused);
    };
    await expect(attempt(exchange)).rejects.toMatchObject({ phase: 'reply', mayHaveHappened: true });
  });
});

describe('a late request', () => {
  const heldBack = { ...notSent, reason: 'held-back' };

  it('is not passed to the exchange', async () => {
    const exchange: HttpExchange = () => expect.unreachable();
    await expect(attempt(exchange, { isLate: () => true })).rejects.toMatchObject(heldBack);
  });

  it('is stopped when the exchange is about to send it', async () => {
    let isLate = false;
    const exchange: HttpExchange = ({ reached }) => {
      reached('connect');
      isLate = true;
      reached('sent');
      return expect.unreachable();
    };
    await expect(attempt(exchange, { isLate: () => isLate })).rejects.toMatchObject(heldBack);
  });

  it('is not stopped any more once it is being sent', async () => {
    let isLate = false;
    const exchange: HttpExchange = ({ reached }) => {
      reached('connect');
      reached('sent');
      isLate = true;
      reached('sent');
      return Promise.resolve(accepted);
    };
    await expect(attempt(exchange, { isLate: () => isLate })).resolves.toBe(accepted);
  });

  it('that was also cancelled is reported as cancelled', async () => {
    const controller = new AbortController();
    const exchange: HttpExchange = ({ reached }) => {
      reached('connect');
      controller.abort();
      reached('sent');
      return expect.unreachable();
    };
    await expect(
      transportOver(exchange, {}).send(request, { signal: controller.signal }),
    ).rejects.toMatchObject({ ...notSent, reason: 'aborted' });
  });
});

it('a client tells its transport until when the request of a probe may be sent', async () => {
  const seen: boolean[] = [];
  const transport: Transport & ClientTransport = {
    send: () => expect.unreachable(),
    attempt: (_, { isLate }) => {
      seen.push(isLate?.() === false);
      return seen.length === 1
        ? Promise.reject(new TransportError('lost', 'sent', 'network'))
        : Promise.resolve(accepted);
    },
  };
  const client = createClient({ transport, credentials: { apiKey: 'k' } });
  const sent = await client.call(send, { id: 'm1', to: '380501234567', text: 'a' });
  if (sent.outcome !== 'unknown') return expect.unreachable();
  expect((await sent.settle({ probe: true })).outcome).toBe('accepted');
  expect(seen).toEqual([false, true]);
});
