import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Isolate, workerIsolate } from '@smsc/conformance';
import { build } from 'esbuild';

/**
 * Opens realms in which the transport is tried. A worker runs no TypeScript, so what is written in it becomes one
 * file; everything else is loaded as it is for everybody.
 */
export async function realms(): Promise<() => Isolate> {
  const outfile = join(import.meta.dirname, '../.reports/realm/axios.mjs');
  const contents =
    "import { runTrial } from '@smsc/conformance/trial'; import { axiosTransport } from '../src/index.ts'; export const run = (trial) => runTrial(axiosTransport, trial);";
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    external: ['axios'],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  return () => workerIsolate(pathToFileURL(outfile).href);
}
