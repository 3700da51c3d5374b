// Makes trials in another process: one request a line, one answer a line, each with the number of its trial. Runs on Node,
// Bun and Deno.
import { createInterface } from 'node:readline';
import { runTrial } from '@smsc/conformance';
import { axiosTransport } from '@smsc/axios';
import { platform, undici, viaNodeFetch } from '../../../packages/fetch/test/subjects.ts';

const makers = {
  fetch: platform.transport,
  undici: undici.transport,
  'node-fetch': viaNodeFetch.transport,
  axios: axiosTransport,
};
const make = makers[process.argv[2]];

process.on('unhandledRejection', (error) => {
  process.stdout.write(`${JSON.stringify({ unhandled: String(error?.stack ?? error) })}\n`);
});

for await (const line of createInterface({ input: process.stdin })) {
  const { number, trial } = JSON.parse(line);
  const answer = await runTrial(make, trial).then(
    (seen) => ({ number, seen }),
    (error) => ({ number, broken: String(error?.stack ?? error) }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
