// Every transport in every runtime, with what it cannot know there and why.
import { join } from 'node:path';

const folderOf = (name) => join(import.meta.dirname, '../node_modules', name);

const noConnectLimit = {
  outcome: 'unknown',
  because: 'it has a limit of its own for connecting, which cannot be set from outside',
};
const no100 = { outcome: 'unknown', because: 'it takes a 100 that it did not ask for for a fault' };
const silent = { outcome: 'unknown', because: 'it does not say that it had no connection' };
const twoLengths = { outcome: 'accepted', because: 'it takes two equal lengths for one, as HTTP allows' };
const again = {
  outcome: 'unknown',
  requests: 3,
  because:
    'it sends a request again by itself when a connection that it had used before ends, and cannot be kept from it',
};
const queued = {
  outcome: 'unknown',
  requests: 'fewer',
  because: 'it has six connections to a host: most wait in it, and are called off there',
};
/** Where every failure of the network looks alike. */
const opaque = {
  'connection refused': silent,
  'name that does not resolve': silent,
  'certificate of nobody': silent,
  'no connection in time': noConnectLimit,
};
const lost = { outcome: 'unknown', because: 'it loses an answer when garbage follows it' };

const ofNode = {
  fetch: { 'no connection in time': noConnectLimit, '100 before the answer': no100 },
  undici: { '100 before the answer': no100 },
  'node-fetch': { 'no connection in time': noConnectLimit, 'garbage right behind the answer': lost },
  axios: {},
};

const node = (name, command) =>
  Object.entries(ofNode).map(([transport, differences]) => ({
    runtime: name,
    transport,
    command: [command],
    differences,
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
    differences: { 'no connection in time': noConnectLimit, 'two equal Content-Lengths': twoLengths },
  },
  {
    runtime: 'Deno',
    transport: 'fetch',
    command: [join(folderOf('deno'), 'deno'), 'run', '--allow-all', '--quiet'],
    differences: { 'no connection in time': noConnectLimit, 'two equal Content-Lengths': twoLengths },
  },
];

const inChromium = {
  ...opaque,
  'two equal Content-Lengths': twoLengths,
  'two hundred given up at once by one signal': queued,
  'a connection that was used before, reset after the request': again,
  'a connection that was used before, closed after the request': again,
};

export const pages = ['fetch', '@smsc/browser'].map((transport) => ({
  runtime: 'Chromium',
  transport,
  differences: inChromium,
  ...(transport === 'fetch' ? {} : { files: 'numbered', toRelay: true }),
}));
