// npm start: builds the demo and what it stands on, and runs it. What the demo prints is all there is to see.
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
// Ctrl+C reaches the demo by itself, and its end is this program's end.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => demo.kill(signal));
demo.once('close', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
