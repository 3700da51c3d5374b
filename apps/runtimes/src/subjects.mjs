// Every transport on every runtime, with its known deviations from the contract and their reasons.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folderOf = (name) => join(import.meta.dirname, '../node_modules', name);

/** Known deviations in Node, by transport. The tests of @smsc/fetch expect the same deviations. */
const ofNode = {
  ...JSON.parse(
    readFileSync(new URL('../../../packages/fetch/test/deviations.json', import.meta.url), 'utf8'),
  ),
  axios: {},
};

/** Deviation of transports whose platform does not tell when the connection is established. */
const noConnectLimit = ofNode['node-fetch']['the connection is not established in time'];
const noConnectionUnreported = {
  outcome: 'unknown',
  reason: 'it does not report that there was no connection',
};
const equalLengthsAccepted = { outcome: 'accepted', reason: 'it accepts two equal lengths, as HTTP allows' };
const resendsRequest = {
  outcome: 'unknown',
  requests: 3,
  reason: 'it resends the request by itself after a reused connection ends, which cannot be turned off',
};
const resendsAfterStatus = {
  outcome: 'unknown',
  reason: 'it resends the request by itself after this status, which cannot be turned off',
};
const queuesAttempts = {
  outcome: 'unknown',
  requests: 'fewer',
  reason: 'it opens six connections to a host, so most requests are aborted before they are sent',
};
/** Deviations of a page, which does not see why a request failed. */
const pageDeviations = {
  'the connection is refused': noConnectionUnreported,
  'the host name does not resolve': noConnectionUnreported,
  'the certificate is not trusted': noConnectionUnreported,
  'the connection is not established in time': noConnectLimit,
};

const node = (name, command) =>
  Object.entries(ofNode).map(([transport, deviations]) => ({
    runtime: name,
    transport,
    command: [command],
    deviations,
  }));

export const processes = [
  ...node('Node 20', process.execPath),
  ...node('Node 22', join(folderOf('node22'), 'bin/node')),
  ...node('Node 24', join(folderOf('node24'), 'bin/node')),
  ...node('Node 26', join(folderOf('node26'), 'bin/node')),
  {
    runtime: 'Bun',
    transport: 'fetch',
    command: [join(folderOf('bun'), 'bin/bun')],
    deviations: {
      'Content-Length occurs twice with the same value': equalLengthsAccepted,
    },
  },
  {
    runtime: 'Deno',
    transport: 'fetch',
    command: [join(folderOf('deno'), 'deno'), 'run', '--allow-all', '--quiet'],
    deviations: {
      'the connection is not established in time': noConnectLimit,
      'Content-Length occurs twice with the same value': equalLengthsAccepted,
    },
  },
];

const inChromium = {
  ...pageDeviations,
  'Content-Length occurs twice with the same value': equalLengthsAccepted,
  '200 parallel attempts are aborted by one signal': queuesAttempts,
  'a reused connection is reset after the request': resendsRequest,
  'a reused connection is closed after the request': resendsRequest,
  'a reused connection is closed after a form with files': resendsRequest,
  'status 408 invites the client to send the request again, on a reused connection': {
    ...resendsAfterStatus,
    requests: 3,
  },
  ...Object.fromEntries(
    ['a text form', 'a JSON body', 'a form with files'].flatMap((body) => [
      [`status 421 answers ${body}`, { ...resendsAfterStatus, requests: 2, connections: 2 }],
      [`status 421 answers ${body} after an earlier response`, { ...resendsAfterStatus, requests: 3 }],
    ]),
  ),
};

export const pages = ['fetch', '@smsc/browser'].map((transport) => ({
  runtime: 'Chromium',
  transport,
  deviations: inChromium,
  ...(transport === 'fetch' ? {} : { form: 'platform', toRelay: true }),
}));
