// A slow gateway with two counts: of all requests in flight, and of the requests in flight whose caller still waits.
import { createServer } from 'node:http';
import { setImmediate } from 'node:timers';
import { createGateway } from '@smsc/simulator';
import { seededRandom } from '@smsc/testing/random';

/** Counts the callers that wait for a response. */
function countWaitingCallers() {
  let waiting = 0;
  let most = 0;
  /** Counts the caller on a connection. Returns a function to call when its request ends. */
  function count(socket) {
    let counted = false;
    let callerWaits = true;
    // Counts two turns of the event loop later: the system may report a request before it reports that earlier callers, or
    // even the caller of this request, have left.
    setImmediate(() =>
      setImmediate(() => {
        if (!callerWaits) return;
        counted = true;
        most = Math.max(most, ++waiting);
      }),
    );
    const gone = () => {
      if (callerWaits && counted) waiting--;
      callerWaits = false;
      socket.off('end', gone).off('error', gone).off('close', gone);
    };
    // A caller that leaves ends its side of the connection some time before the connection is closed.
    socket.once('end', gone).once('error', gone).once('close', gone);
    return gone;
  }
  return { count, maximum: () => most };
}

/**
 * Starts the gateway.
 *
 * @param options `latencyMs`: time until a response; `resets`: resets one connection in ten, and varies the latency between
 * half and double; `seed`: seed of these decisions; `limits`: limits of the gateway. Default: any number of concurrent requests
 */
export async function openCounter({
  latencyMs,
  resets = false,
  seed = 0,
  limits = { concurrent: Infinity },
}) {
  const random = seededRandom(seed);
  const gateway = createGateway({ limits });
  const { count, maximum } = countWaitingCallers();
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
      const callerGone = count(socket);
      const cut = resets && random() < 0.1;
      const answer = () => {
        release();
        callerGone();
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
    /** Returns the maximum number of requests in flight, including abandoned ones. */
    inFlight: () => gateway.requests.mostInFlight,
    /** Returns the maximum number of requests in flight whose caller still waited. */
    awaited: maximum,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
