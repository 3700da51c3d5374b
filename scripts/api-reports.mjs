// npm run api: builds the public packages, and regenerates their API reports.
import { mustRun } from './pack.mjs';
import { packagesByName, root, run, tool } from './workspace.mjs';
import { join } from 'node:path';

const build = await run(
  process.execPath,
  [tool.turbo, 'run', 'build', '--filter=./packages/*', '--output-logs=errors-only'],
  { inherit: true },
);
if (build.code !== 0) process.exit(build.code);

for (const [name, { folder, manifest }] of packagesByName()) {
  if (manifest.private) continue;
  process.stdout.write(`${name}\n`);
  process.stdout.write(
    await mustRun(process.execPath, [join(root, 'scripts/gate.mjs'), '--write'], { cwd: folder }),
  );
}
