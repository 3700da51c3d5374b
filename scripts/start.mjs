// npm start: builds the demo with the packages that it needs, and runs it. Only the demo's output is shown.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';
import { root, step, tool } from './workspace.mjs';

await prepare();
await step('Building the demo', process.execPath, [
  tool.turbo,
  'run',
  'build',
  '--filter=@smsc/demo...',
  '--output-logs=errors-only',
]);

const demo = spawn(process.execPath, [join(root, 'apps/demo/dist/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// A terminal sends Ctrl+C to the demo as well. This program exits when the demo does.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => demo.kill(signal));
demo.once('close', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
