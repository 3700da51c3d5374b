import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Isolate, workerIsolate } from '@smsc/conformance';
import { build } from 'esbuild';

/**
 * Opens realms in which a subject of these tests is tried. A worker runs no TypeScript, so what is written in it becomes one
 * file; everything else is loaded as it is for everybody.
 */
export async function realmsOf(subject: string): Promise<() => Isolate> {
  const outfile = join(import.meta.dirname, `../.reports/realm/${subject}.mjs`);
  const contents = `import { runTrial } from '@smsc/conformance/trial'; import { ${subject} } from './subjects.ts'; export const run = (trial) => runTrial(${subject}.transport, trial);`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    external: ['node-fetch', 'undici'],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  return () => workerIsolate(pathToFileURL(outfile).href);
}
