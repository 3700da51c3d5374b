import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Temporary folder of this run. */
export const folder = mkdtempSync(join(tmpdir(), 'smsc-chaos-'));

/** Seed of all random decisions of this run. Set CHAOS_SEED to repeat a run. */
export const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Date.now() % 1_000_000));

const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

/** Bundles a program of this folder, because Node 20 does not run TypeScript. Returns the path of the bundle. */
export async function bundle(entry) {
  const outfile = join(folder, `${entry}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `${entry}.mjs`)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    outfile,
    banner,
    logLevel: 'error',
  });
  return outfile;
}

/** Runs a program until it ends. Resolves to its exit code, the signal that ended it, and its output. */
export const runChild = (file, argument) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, JSON.stringify(argument)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => void (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
