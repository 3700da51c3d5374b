import { Agent } from 'node:http';
import { Worker } from 'node:worker_threads';
import { send, toRequest, type WireReply } from '@smsc/protocol';
import { closeAfterTest, serve } from '@smsc/testing/servers';
import { describe, expect, it } from 'vitest';
import { axiosTransport } from '../src/index.ts';

const request = toRequest(
  send,
  { id: 'm1', to: '380501234567', text: 'Ваш код: 4821' },
  { login: 'alex', password: 'hunter2' },
);
const accepted = '{"id": "m1", "cnt": 1}';
const text = ({ body }: WireReply): string => Buffer.from(body).toString();

/**
 * Starts a server in a worker, so that it responds while this thread is busy. After the first response of each connection,
 * the server sends a refusal that nobody asked for, after 20 ms.
 */
async function serveStale(): Promise<string> {
  const program = `
    const { parentPort } = require('node:worker_threads');
    const write = (socket, body) => socket.write('HTTP/1.1 200 OK\\r\\ncontent-length: ' + body.length + '\\r\\n\\r\\n' + body);
    const server = require('node:net').createServer((socket) => {
      let count = 0;
      socket.setNoDelay(true).on('error', () => undefined).on('data', () => {
        write(socket, '${accepted}');
        if (++count === 1) setTimeout(write, 20, socket, '{"error": "x", "error_code": 2}');
      });
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;
  const worker = new Worker(program, { eval: true });
  closeAfterTest(() => worker.terminate());
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  return `http://127.0.0.1:${port}`;
}

function stayBusy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('a response that nobody asked for', () => {
  it('is not read as the response to the next request, even if the program was busy when it arrived', async () => {
    const transport = axiosTransport({ host: await serveStale() });
    for (let turn = 0; turn < 3; turn++) {
      const reply = await transport.send(request);
      expect([text(reply), reply.connection]).toEqual([accepted, 'new']);
      stayBusy(60);
    }
  });

  it('is not read either if the next request follows a timer', async () => {
    const transport = axiosTransport({ host: await serveStale() });
    expect(text(await transport.send(request))).toBe(accepted);
    const busy = new Promise<WireReply>((resolve, reject) => {
      setTimeout(() => {
        stayBusy(60);
        transport.send(request).then(resolve, reject);
      }, 1);
    });
    expect(text(await busy)).toBe(accepted);
  });
});

describe.each([
  ['the agent of the transport', undefined],
  ['an agent that is passed', new Agent({ keepAlive: true })],
])('with %s', (_, httpAgent) => {
  it.each<readonly [name: string, fail: 'wait' | 'reset' | 'cut off']>([
    ['timed out', 'wait'],
    ['was reset', 'reset'],
    ['was cut off', 'cut off'],
  ])('a request after one that %s gets a new connection', async (__, fail) => {
    let requests = 0;
    const { host } = await serve((response) => {
      if (++requests !== 4) return void setTimeout(() => response.end(accepted), 20);
      if (fail === 'reset') response.socket!.resetAndDestroy();
      if (fail === 'cut off') response.writeHead(200, { 'content-length': 99 }).end('x');
    });
    const transport = axiosTransport({ host, timeoutMs: 300, ...(httpAgent && { httpAgent }) });
    // Opens three connections and leaves them idle.
    await Promise.all([transport.send(request), transport.send(request), transport.send(request)]);
    await expect(transport.send(request)).rejects.toMatchObject({ mayHaveHappened: true });
    const replies = [await transport.send(request), await transport.send(request)];
    expect(replies.map(({ connection }) => connection)).toEqual(['new', 'used']);
    httpAgent?.destroy();
  });
});
