// Contents and manifest of a packed package.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { throwIfProblems } from '../report.mjs';
import { formatBytes, targetsOf } from './entries.mjs';

const allowed = /^(?:dist\/.+|package\.json|README\.md|LICENSE|CHANGELOG\.md|CONTRACT\.md|THIRD-PARTY\.md)$/;

/** Every file under a folder, as paths relative to it. */
const filesOf = (top) =>
  readdirSync(top, { recursive: true })
    .map(String)
    .filter((file) => statSync(join(top, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

export function checkFiles(unpacked) {
  const files = filesOf(unpacked);
  throwIfProblems([
    ...files.filter((file) => !allowed.test(file)).map((file) => `${file} does not belong in the tarball`),
    ...['README.md', 'LICENSE'].filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
  ]);
  const size = files.reduce((sum, file) => sum + statSync(join(unpacked, file)).size, 0);
  return `${files.length} files, ${formatBytes(size)} unpacked`;
}

export function checkManifest(unpacked) {
  const text = readFileSync(join(unpacked, 'package.json'), 'utf8');
  const { exports, bin, main, types, dependencies = {} } = JSON.parse(text);
  const targets = targetsOf([exports, bin, main, types]);
  const exists = (target) => existsSync(join(unpacked, target));
  const isProgram = (target) =>
    readFileSync(join(unpacked, target), 'utf8').startsWith('#!/usr/bin/env node\n');
  throwIfProblems([
    ...(text.match(/"(?:workspace|catalog|link|file):[^"]*"/g) ?? []).map(
      (unresolved) => `${unresolved} was not replaced by a version`,
    ),
    ...targets.filter((target) => !exists(target)).map((target) => `${target} does not exist`),
    ...targetsOf(bin)
      .filter((target) => exists(target) && !isProgram(target))
      .map((target) => `${target} does not start with #!/usr/bin/env node`),
  ]);
  return `${targets.length} targets, ${Object.keys(dependencies).length} dependencies`;
}
