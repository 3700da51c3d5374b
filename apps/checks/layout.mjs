// Checks that all packages have the same scripts, that no folder of sources has too many files, and that the index of the
// decisions is complete.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Problem, throwIfProblems } from '../../scripts/report.mjs';
import { packagesByName, root } from '../../scripts/workspace.mjs';
import { sourceFiles } from './sources.mjs';

/** Maximum number of files in a folder of sources. */
const maximum = 25;

/** Folders with one file for each operation of the gateway. They have no maximum. */
const similarFiles = /\/(?:operations|endpoints)$/;

function checkFolders() {
  const counts = new Map();
  for (const file of sourceFiles().filter((each) => each.includes('/src/')))
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  if (counts.size === 0) throw new Problem('expected folders with sources, found none');
  throwIfProblems(
    [...counts]
      .filter(([folder, count]) => count > maximum && !similarFiles.test(folder))
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
const publishedOnly = ['build', 'gate'];

function checkScripts() {
  const packages = [...packagesByName()].filter(([, { folder }]) => basename(dirname(folder)) === 'packages');
  throwIfProblems(
    packages.flatMap(([name, { manifest }]) =>
      Object.entries(scripts)
        .filter(([script]) => !(manifest.private && publishedOnly.includes(script)))
        .filter(([script, command]) => manifest.scripts?.[script] !== command)
        .map(([script, command]) => `the script "${script}" of ${name} is not "${command}"`),
    ),
  );
  return `${packages.length} packages`;
}

const statuses = /^(?:accepted|superseded by \d{4})$/;

/**
 * Returns the problems of the index. `pages` has the texts of all pages by file name, and `index` is the text of the index.
 */
function problemsOfIndex(pages, index) {
  const rows = [...index.matchAll(/^\| (\d{4}) +\| \[(.+?)\]\((.+?)\) +\| (.+?) +\|$/gm)];
  const files = [...pages.keys()].sort();
  const listed = rows.map(([, , , file]) => file);
  return [
    ...files.filter((file) => !listed.includes(file)).map((file) => `the index does not list ${file}`),
    ...files
      .filter((file, position) => Number(file.slice(0, 4)) !== position + 1)
      .map((file) => `${file}: a number before it is missing or used twice`),
    ...rows.flatMap(([, number, title, file, status]) => [
      ...(pages.has(file) ? [] : [`the index lists ${file}, which does not exist`]),
      ...(file.startsWith(`${number}-`) ? [] : [`the index gives ${file} the number ${number}`]),
      ...(statuses.test(status) ? [] : [`the index gives ${file} the unknown status "${status}"`]),
      ...(!pages.has(file) || pages.get(file).startsWith(`# ${number}: ${title}\n\nStatus: ${status}\n`)
        ? []
        : [`the index gives ${file} another title or status than the page has`]),
    ]),
  ];
}

function checkDecisions() {
  const folder = join(root, 'decisions');
  const read = (file) => readFileSync(join(folder, file), 'utf8');
  const pages = new Map(
    readdirSync(folder)
      .filter((file) => /^\d/.test(file))
      .map((file) => [file, read(file)]),
  );
  if (pages.size === 0) throw new Problem('expected decisions, found none');
  throwIfProblems(problemsOfIndex(pages, read('README.md')));
  const [first, second] = [...pages.keys()];
  const planted = new Map(pages)
    .set(first, '# 0001: Another title\n\nStatus: accepted\n')
    .set('0099-planted.md', '# 0099: Planted\n\nStatus: accepted\n');
  planted.delete(second);
  if (problemsOfIndex(planted, read('README.md')).length < 4)
    throw new Problem('expected at least 4 problems in the planted pages, got fewer');
  return `${pages.size} pages`;
}

export async function checkLayout(report) {
  await report.check('the index lists every decision, with its title and status', checkDecisions);
  await report.check(`no folder of sources has more than ${maximum} files`, checkFolders);
  await report.check('every package has the same scripts', checkScripts);
}
