import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSmsc as createOverAxios } from '@smsc/axios';
import { createSmsc as createPage } from '@smsc/browser';
import { createRelay, nodeHandler } from '@smsc/browser/relay';
import { createSmsc, type SmscOptions } from '@smsc/fetch';
import type { Operation } from '@smsc/protocol';
import { openServer } from '@smsc/testing/servers';
import nodeFetch from 'node-fetch';
import { fetch as undiciFetch } from 'undici';
import { fieldsOf, operations } from '../../../packages/protocol/test/operations.ts';

/** The part of a client that these tests use. */
export interface Client {
  call(
    operation: Operation<unknown, unknown>,
    input: object,
    options?: { readonly signal?: AbortSignal },
  ): Promise<unknown>;
}

const origin = 'https://shop.example';
const manyCalls = { most: 100_000, perMs: 1000 };

/** Relays by the path at which they answer. */
const relays = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();
const server = createServer((request, response) => {
  // A browser sends this header for a page. Node's fetch does not.
  request.headers['origin'] = origin;
  relays.get(request.url!)!(request, response);
});
const { port } = await openServer(server);
server.unref();

const allowed = Object.fromEntries(
  Object.values(operations).map((operation) => {
    const members = Object.keys(fieldsOf(operation)).filter((name) => name !== 'visitor');
    const show = operation.name === 'callWithCode' ? ['id', 'parts', 'extra'] : undefined;
    return [
      operation.name,
      {
        operation,
        members,
        show,
        groups: true,
        maxRecipients: 1000,
        limits: { visitor: manyCalls, total: manyCalls },
      },
    ];
  }),
);
const effects = Object.fromEntries(
  Object.values(operations).map((operation) => [
    operation.name,
    operation.effect === 'spends' && !Object.hasOwn(fieldsOf(operation), 'id')
      ? 'spends-without-id'
      : operation.effect,
  ]),
);

/** Creates a client for a page, and the relay that the client calls. The relay's own client has the credentials. */
function overRelay(options: SmscOptions): Client {
  const path = `/${relays.size}`;
  const relay = createRelay({
    client: createSmsc(options),
    origins: [origin],
    operations: allowed,
    limits: { visitor: manyCalls, total: manyCalls },
    maxBodyBytes: 1_000_000,
  } as unknown as Parameters<typeof createRelay>[0]);
  relays.set(path, nodeHandler(relay));
  const page = createPage({
    relay: `http://127.0.0.1:${port}${path}`,
    operations: effects,
  });
  return {
    call: async (operation, input, how) => {
      const outcome = (await (page.call as (...call: unknown[]) => Promise<unknown>)(
        operation.name,
        input,
        how,
      )) as { readonly settle?: (how: object) => Promise<unknown> };
      // Leaves out the options of the tests: they contain `probe`, which `settle` of a page does not have.
      return typeof outcome.settle === 'function'
        ? { ...outcome, settle: () => outcome.settle!({ patienceMs: 0 }) }
        : outcome;
    },
  };
}

/** Every transport. The tests run each of them through every failure. Add a line for a new transport. */
export const carriers: readonly (readonly [name: string, create: (options: SmscOptions) => Client])[] = [
  ['the platform’s fetch', (options) => createSmsc(options)],
  ['undici', (options) => createSmsc({ ...options, fetch: undiciFetch })],
  ['node-fetch', (options) => createSmsc({ ...options, fetch: nodeFetch })],
  ['axios', (options) => createOverAxios(options)],
  ['a page and its relay', overRelay],
];
