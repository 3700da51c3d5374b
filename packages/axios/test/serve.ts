import { createServer as createSocketServer, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { cert, key } from '@smsc/testing/certificate';
import { closeAfterTest, listen, type ReceivedRequest, type RecordingServer } from '@smsc/testing/servers';

/** Starts a plain TCP server. The test handles each connection. */
export async function serveSockets(connected: (socket: Socket) => void): Promise<{ readonly port: number }> {
  return listen(createSocketServer((socket) => connected(socket.on('error', () => undefined))));
}

/**
 * Starts an HTTP server in a worker, where `Object.prototype` is not polluted. The server sends the same response to
 * every request.
 */
export async function serveElsewhere(
  answer: string,
  { secure = false } = {},
): Promise<Omit<RecordingServer, 'seen'> & { readonly seen: () => Promise<ReceivedRequest[]> }> {
  const program = `
    const { parentPort, workerData: { answer, tls } } = require('node:worker_threads');
    const seen = [];
    const listener = (request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString('latin1') });
        response.end(answer);
      });
    };
    const server = tls ? require('node:https').createServer(tls, listener) : require('node:http').createServer(listener);
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
    parentPort.on('message', () => parentPort.postMessage(seen));`;
  const worker = new Worker(program, {
    eval: true,
    workerData: { answer, tls: secure ? { cert, key } : undefined },
  });
  const nextMessage = <Message>(): Promise<Message> =>
    new Promise((resolve) => worker.once('message', resolve));
  const close = async (): Promise<void> => void (await worker.terminate());
  closeAfterTest(close);
  const port = await nextMessage<number>();
  const seen = (): Promise<ReceivedRequest[]> => (
    worker.postMessage('list requests'),
    nextMessage<ReceivedRequest[]>()
  );
  return { host: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`, port, close, seen };
}
