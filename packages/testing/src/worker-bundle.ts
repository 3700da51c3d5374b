import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles a TypeScript module for a worker thread, which runs only JavaScript. Returns the URL of the bundle.
 *
 * @param source text of the module
 * @param options `folder`: the tests' folder, from which imports are resolved; `name`: name of the bundle in
 *   `.reports/isolate`; `external`: packages that are not bundled, because the worker imports them
 */
export async function bundleForWorker(
  source: string,
  options: { readonly folder: string; readonly name: string; readonly external: readonly string[] },
): Promise<string> {
  const outfile = join(options.folder, `../.reports/isolate/${options.name}.mjs`);
  await build({
    stdin: { contents: source, resolveDir: options.folder, loader: 'ts' },
    bundle: true,
    external: [...options.external],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  return pathToFileURL(outfile).href;
}
