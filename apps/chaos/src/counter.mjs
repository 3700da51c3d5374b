// A gateway that takes its time, and counts what it has in flight: all of it, and what somebody still waits for.
import { createServer } from 'node:http';
import { setImmediate } from 'node:timers';
import { createGateway } from '@smsc/simulator';
import { randomOf } from './random.mjs';

/** Opens it. With `resets` it cuts one of ten requests off, and takes from half to twice as long. */
export async function openCounter({ latencyMs, resets = false, seed = 0 }) {
  const random = randomOf(seed);
  const gateway = createGateway({ limits: { concurrent: Infinity } });
  let waiting = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const chunks = [];
    const { socket } = request;
    request.on('error', () => undefined);
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { reply, release } = gateway.receive(
        {
          method: request.method,
          url: request.url,
          contentType: request.headers['content-type'],
          body: Buffer.concat(chunks),
          connection: socket.remotePort,
        },
        Date.now(),
      );
      let counted = false;
      let here = true;
      // Two rounds later: the system may tell of a request before it tells of those who went away earlier, its own caller
      // among them.
      setImmediate(() =>
        setImmediate(() => {
          if (!here) return;
          counted = true;
          most = Math.max(most, ++waiting);
        }),
      );
      const gone = () => {
        if (here && counted) waiting--;
        here = false;
      };
      // Who goes away is gone with the end of what it sends, some time before the connection is closed.
      socket.once('end', gone).once('error', gone).once('close', gone);
      const cut = resets && random() < 0.1;
      const answer = () => {
        release();
        gone();
        socket.off('end', gone).off('error', gone).off('close', gone);
        if (cut) socket.resetAndDestroy();
        else
          response
            .writeHead(reply.status, {
              'content-type': reply.contentType,
              'content-length': reply.body.length,
            })
            .end(reply.body);
      };
      setTimeout(answer, resets ? latencyMs * (0.5 + 1.5 * random()) : latencyMs);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `http://127.0.0.1:${server.address().port}`,
    /** The most requests at once, those that were given up among them. */
    inFlight: () => gateway.requests.mostInFlight,
    /** The most at once whose caller was there. */
    waitedFor: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
