import { createServer, type RequestListener, type Server } from 'node:http';
import { listen } from '@smsc/testing/servers';

/** Starts an HTTP server for a relay. Closes it when the current test has ended. */
export async function serve(
  listener: RequestListener,
): Promise<{ readonly url: string; readonly port: number; readonly server: Server }> {
  const server = createServer(listener);
  const { port } = await listen(server);
  return { url: `http://127.0.0.1:${port}/api/sms`, port, server };
}
