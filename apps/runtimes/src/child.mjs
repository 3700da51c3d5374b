// Runs trials in another process, on Node, Bun or Deno. Reads one trial per line and writes one result per line, each with
// the number of its trial. Writes a result with the number 0 as soon as the process is ready.
import { createInterface } from 'node:readline';
import { runTrial } from '@smsc/conformance';
import { axiosTransport } from '@smsc/axios';
import { platform, undici, viaNodeFetch } from '../../../packages/fetch/test/subjects.ts';

const transports = {
  fetch: platform.transport,
  undici: undici.transport,
  'node-fetch': viaNodeFetch.transport,
  axios: axiosTransport,
};
const makeTransport = transports[process.argv[2]];

process.on('unhandledRejection', (error) => {
  process.stdout.write(`${JSON.stringify({ unhandled: String(error?.stack ?? error) })}\n`);
});

// The time limit of the first trial must not include the start of the process.
process.stdout.write(`${JSON.stringify({ number: 0, result: true })}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const { number, trial } = JSON.parse(line);
  const output = await runTrial(makeTransport, trial).then(
    (result) => ({ number, result }),
    (error) => ({ number, error: String(error?.stack ?? error) }),
  );
  process.stdout.write(`${JSON.stringify(output)}\n`);
}
process.exit(0);
