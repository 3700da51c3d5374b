// Checks the whole workspace with command lines that need nothing else: prettier and knip.
import { mustRun } from '../../scripts/pack.mjs';
import { Problem } from '../../scripts/report.mjs';
import { run, tool } from '../../scripts/workspace.mjs';

export async function checkWithTools(report) {
  await report.check('prettier changes no file', async () => {
    await mustRun(process.execPath, [tool.prettier, '--check', '--log-level', 'warn', '.']);
  });
  await report.check('knip finds no unused file, export or dependency', async () => {
    const { code, output } = await run(process.execPath, [tool.knip, '--no-progress']);
    if (code !== 0) throw new Problem(output.trim());
  });
}
