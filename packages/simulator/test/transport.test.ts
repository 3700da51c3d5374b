import { fromReply, send, status, toRequest } from '@smsc/protocol';
import { expect, it } from 'vitest';
import { createGateway, gatewayTransport } from '../src/index.ts';
import { noon } from './submit.ts';

const credentials = { login: 'demo', password: 'demo' };

it('a request of the protocol is passed to the gateway, and its response is returned', async () => {
  const gateway = createGateway();
  let now = noon;
  const transport = gatewayTransport(gateway, { now: () => now });
  const sent = fromReply(
    send,
    await transport.send(
      toRequest(send, { to: '380501234567', text: 'Їжак 👋', report: 'balance' }, credentials),
    ),
  );
  expect(sent).toMatchObject({ id: '1', parts: 1, cost: '0.385', balance: '999.615' });
  expect(gateway.messages()[0]!.text).toBe('Їжак 👋');
  now += 10_000;
  const { status: state } = fromReply(
    status,
    await transport.send(toRequest(status, { id: sent.id, phone: '380501234567' }, credentials)),
  );
  expect(state).toBe(1);
});

it('a message with files is sent without its comment', async () => {
  const gateway = createGateway();
  const transport = gatewayTransport(gateway, { now: () => noon });
  const files = [{ name: 'a.jpg', content: Uint8Array.of(13, 10, 45, 45) }];
  const request = toRequest(
    send,
    { kind: 'mms', to: '380501234567', text: 'один\nдва\r', comment: 'to myself', files },
    credentials,
  );
  expect(fromReply(send, await transport.send(request))).toMatchObject({ parts: 1 });
  expect(gateway.messages()[0]).toMatchObject({
    text: 'один\nдва\r',
    comment: 'to myself',
    files: [{ name: 'a.jpg', size: 4 }],
  });
});

it('files are sent with their names and types', async () => {
  const gateway = createGateway();
  const transport = gatewayTransport(gateway, { now: () => noon });
  const files = [
    { name: 'звук.wav', content: new Uint8Array(300) },
    { name: 'b.bin', content: new Blob(['abc'], { type: 'audio/wav' }) },
  ];
  await transport.send({
    operation: 'send',
    path: 'sys/send.php',
    body: {
      kind: 'multipart',
      fields: [
        ['login', 'demo'],
        ['psw', 'demo'],
        ['charset', 'utf-8'],
        ['phones', '380501234567'],
        ['mms', '1'],
        ['mes', 'Їжак'],
      ],
      files,
    },
  });
  expect(gateway.messages()[0]).toMatchObject({
    text: 'Їжак',
    files: [
      { name: 'звук.wav', size: 300 },
      { name: 'b.bin', size: 3 },
    ],
  });
});

it('held requests are in flight', async () => {
  const gateway = createGateway();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const transport = gatewayTransport(gateway, { now: () => noon, hold: () => held });
  const responses = Array.from({ length: 15 }, (_, at) =>
    transport.send(toRequest(send, { to: '380501234567', text: `text ${at}` }, credentials)),
  );
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(gateway.requests.inFlight).toBe(15);
  release();
  const bodies = (await Promise.all(responses)).map(({ body }) => Buffer.from(body).toString());
  expect(bodies.filter((body) => body.includes('"error_code": 9'))).toHaveLength(1);
  expect(gateway.requests.inFlight).toBe(0);
});
