// Checks that packages look alike: the same scripts in each, and folders of sources that a reader can scan.
import { basename, dirname } from 'node:path';
import { Problem, throwIfProblems } from '../../scripts/report.mjs';
import { packagesByName } from '../../scripts/workspace.mjs';
import { sourceFiles } from './sources.mjs';

/** Maximum number of files in a folder of sources. */
const maximum = 25;

/** Folders whose files are all alike: one for each operation of the gateway. */
const alike = /\/(?:operations|endpoints)$/;

function checkFolders() {
  const counts = new Map();
  for (const file of sourceFiles().filter((each) => each.includes('/src/')))
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  if (counts.size === 0) throw new Problem('found no folder of sources');
  throwIfProblems(
    [...counts]
      .filter(([folder, count]) => count > maximum && !alike.test(folder))
      .map(([folder, count]) => `${folder} has ${count} files`),
  );
  return `${counts.size} folders`;
}

const scripts = {
  build: 'tsup',
  typecheck: 'tsc -p tsconfig.json && tsc -p test/tsconfig.json',
  test: 'vitest run --config ../../vitest.config.ts',
  lint: 'eslint --config ../../eslint.config.js .',
  gate: 'node ../../scripts/gate.mjs',
};

/** Scripts that only a published package has. */
const ofPublished = ['build', 'gate'];

function checkScripts() {
  const packages = [...packagesByName()].filter(([, { folder }]) => basename(dirname(folder)) === 'packages');
  throwIfProblems(
    packages.flatMap(([name, { manifest }]) =>
      Object.entries(scripts)
        .filter(([script]) => !(manifest.private && ofPublished.includes(script)))
        .filter(([script, command]) => manifest.scripts?.[script] !== command)
        .map(([script, command]) => `the script "${script}" of ${name} is not "${command}"`),
    ),
  );
  return `${packages.length} packages`;
}

export async function checkLayout(report) {
  await report.check(`no folder of sources has more than ${maximum} files`, checkFolders);
  await report.check('every package has the same scripts', checkScripts);
}
