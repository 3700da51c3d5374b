import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

type Done = ((error: Error | null, stream: Duplex) => void) | undefined;

/** What an attempt ends with when there is no connection in time: the system's own words for it. */
const tooLate = (): Error => Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT', syscall: 'connect' });

/** Gives a connection up that is not there in time: name, address and, where there is one, the handshake of TLS. */
function limit(socket: Duplex, event: 'connect' | 'secureConnect', ms: number): Duplex {
  const timer = setTimeout(() => socket.destroy(tooLate()), ms);
  const clear = (): void => clearTimeout(timer);
  socket.once(event, clear);
  socket.once('close', clear);
  return socket;
}

/** Connections that are kept and used again, and not waited for longer than this, in milliseconds. */
export function agentsOf(connectTimeoutMs: number): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } {
  const options: AgentOptions = { keepAlive: true };
  class Plain extends HttpAgent {
    override createConnection(to: object, done?: Done): Duplex | null | undefined {
      const socket = super.createConnection(to, done);
      return socket && limit(socket, 'connect', connectTimeoutMs);
    }
  }
  class Secure extends HttpsAgent {
    override createConnection(to: object, done?: Done): Duplex | null | undefined {
      const socket = super.createConnection(to, done);
      return socket && limit(socket, 'secureConnect', connectTimeoutMs);
    }
  }
  return { httpAgent: new Plain(options), httpsAgent: new Secure(options) };
}
