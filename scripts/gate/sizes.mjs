// Measures the size of a packed package in an application's bundle with size-limit, and finds modules that must not be in the
// bundle.
import fileSize from '@size-limit/file';
import esbuildBundle from '@size-limit/esbuild';
import sizeLimit from 'size-limit';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Problem, throwIfProblems } from '../report.mjs';
import { formatBytes } from './entries.mjs';

/** Build settings of an application for browsers. A module that needs Node fails to bundle. */
const asApplication = (config) => ({
  ...config,
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  logLevel: 'silent',
});

/** Returns the file that `specifier` resolves to in an ES module of the temporary folder. */
const resolveFrom = (temporary, specifier) => {
  const manifest = createRequire(join(temporary, 'application.js'));
  const [scope, name, ...rest] = specifier.split('/');
  const folder = join(temporary, 'node_modules', scope, name);
  const { exports } = manifest(join(folder, 'package.json'));
  return join(folder, exports[['.', ...rest].join('/')].import.default);
};

/**
 * Bundles the names that one entry of `gate.json` imports. Throws if the bundle is larger than `gzip` bytes, or contains a
 * package of `without`.
 *
 * @param temporary folder with the packed package in its `node_modules`
 */
export async function checkSize(temporary, { import: names, from, gzip, without = [] }) {
  const check = {
    files: [],
    import: { [resolveFrom(temporary, from)]: names },
    gzip: true,
    modifyEsbuildConfig: asApplication,
  };
  const [{ size }] = await sizeLimit([esbuildBundle, fileSize], { cwd: temporary, checks: [check] }).catch(
    (error) => {
      throw new Problem(`does not bundle: ${error.message}`);
    },
  );
  const modules = Object.keys(check.esbuildMetafile.inputs);
  const figure = `${formatBytes(size)} gzipped`;
  throwIfProblems([
    ...(gzip !== undefined && size > gzip ? [`${figure}; the budget is ${formatBytes(gzip)}`] : []),
    ...without.flatMap((unwanted) =>
      modules
        .filter((module) => module.includes(`/${unwanted}/`))
        .slice(0, 1)
        .map((module) => `the bundle contains ${module}`),
    ),
  ]);
  return gzip === undefined ? figure : `${figure}, of ${formatBytes(gzip)}`;
}
