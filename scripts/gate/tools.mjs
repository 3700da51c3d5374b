// Runs publint and "Are the types wrong?" (attw) on a packed package.
import { mustRun } from '../pack.mjs';
import { run, tool } from '../workspace.mjs';
import { Problem } from '../report.mjs';

export async function checkWithPublint(unpacked) {
  await mustRun(process.execPath, [tool.publint, 'run', unpacked, '--pack', 'false', '--strict']);
}

/** Checks the types under every module resolution that attw knows, `node10` included. */
export async function checkWithAttw(tarball) {
  const args = [tool.attw, tarball, '--profile', 'strict', '--format', 'ascii', '--no-emoji', '--no-color'];
  const { code, output } = await run(process.execPath, args);
  if (code !== 0) throw new Problem(output.trim());
  return 'node10, node16 as CommonJS and as ES module, bundler';
}
