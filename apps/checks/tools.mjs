// Checks the whole workspace with command-line tools: prettier, knip, and the generator of lists.
import { join } from 'node:path';
import { mustRun } from '../../scripts/pack.mjs';
import { Problem } from '../../scripts/report.mjs';
import { root, run, tool } from '../../scripts/workspace.mjs';

export async function checkWithTools(report) {
  await report.check('prettier changes no file', async () => {
    await mustRun(process.execPath, [tool.prettier, '--check', '--log-level', 'warn', '.']);
  });
  await report.check('the lists that follow from the operations are up to date', async () => {
    await mustRun(process.execPath, [join(root, 'scripts/generate.mjs'), '--check']);
  });
  await report.check('knip finds no unused file, export or dependency', async () => {
    const { code, output } = await run(process.execPath, [tool.knip, '--no-progress']);
    if (code !== 0) throw new Problem(output.trim());
  });
}
