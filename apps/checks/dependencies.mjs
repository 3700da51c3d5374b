// Checks the imports between modules with dependency-cruiser and the rules of .dependency-cruiser.mjs.
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { withTemporaryFolder } from '../../scripts/pack.mjs';
import { Problem, throwIfProblems } from '../../scripts/report.mjs';
import { packageFolders, root, run, tool } from '../../scripts/workspace.mjs';

const isWithin = (folder, module) => module.startsWith(`${folder}/`);

/** Reads all modules under `targets`, paths relative to `cwd`, and returns dependency-cruiser's result. */
async function cruise(cwd, targets) {
  const config = join(root, '.dependency-cruiser.mjs');
  const { stdout, output } = await run(
    process.execPath,
    [tool.depcruise, '--config', config, '--output-type', 'json', ...targets],
    { cwd },
  );
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Problem(`dependency-cruiser printed no result: ${output}`);
  }
}

const describeViolation = ({ rule, from, to, cycle }) =>
  `${rule.name}: ${cycle ? [from, ...cycle.map(({ name }) => name)].join(' → ') : `${from} → ${to}`}`;

/** Throws if no module or no dependency of the folder was read: a folder that was skipped has no violations. */
function countModules(modules, folder) {
  const own = modules.filter(({ source }) => isWithin(folder, source));
  const dependencies = own.flatMap((each) => each.dependencies);
  if (own.length === 0 || dependencies.length === 0)
    throw new Problem(`read ${own.length} modules and ${dependencies.length} dependencies; expected some`);
  return `${own.length} modules, ${dependencies.length} dependencies`;
}

// --- violations planted on purpose ---

/**
 * Files with a forbidden import, which are added to a copy of the workspace. Grouped by the rule that has to report the
 * import.
 */
const planted = {
  'no import circles': {
    'packages/protocol/src/tables/planted-a.ts':
      "import type { B } from './planted-b.ts';\nexport type A = B | 1;\n",
    'packages/protocol/src/tables/planted-b.ts':
      "import type { A } from './planted-a.ts';\nexport type B = A | 2;\n",
  },
  'protocol/core imports folders below it': {
    'packages/protocol/src/core/planted-upwards.ts': "export type { Send } from '../operations/send.ts';\n",
  },
  'protocol/segments stands alone': {
    'packages/protocol/src/segments/planted-neighbour.ts': "export * from '../replies/format.ts';\n",
  },
  'simulator/wire imports folders below it': {
    'packages/simulator/src/wire/planted-upwards.ts': "export * from '../state/message.ts';\n",
  },
  'protocol runs without Node': {
    'packages/protocol/src/tables/planted-host.ts': "export { readFileSync } from 'node:fs';\n",
  },
  'no tests in sources': {
    'packages/protocol/src/planted-test.ts': "export * from '../test/planted.ts';\n",
    'packages/protocol/test/planted.ts': 'export const planted = 1;\n',
  },
  'no deep imports across packages': {
    'packages/client/src/planted-deep.ts': "export * from '../../protocol/src/core/errors.ts';\n",
  },
  'packages/client imports packages below it': {
    'packages/client/src/planted-sideways.ts': "export * from '@smsc/fetch';\n",
  },
  'no unresolved imports': {
    'apps/chaos/planted-unknown.mjs': "import './does-not-exist.mjs';\n",
  },
  'no orphans': { 'apps/chaos/planted-orphan.mjs': 'export {};\n' },
};

function plant(copy) {
  for (const name of ['protocol', 'client', 'simulator', 'fetch']) {
    for (const part of ['package.json', 'src'])
      cpSync(join(root, 'packages', name, part), join(copy, 'packages', name, part), { recursive: true });
  }
  const installed = join(copy, 'packages/client/node_modules/@smsc');
  mkdirSync(installed, { recursive: true });
  for (const name of ['protocol', 'fetch'])
    symlinkSync(join(copy, 'packages', name), join(installed, name), 'junction');
  for (const [file, text] of Object.values(planted).flatMap(Object.entries)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }
}

async function checkPlanted(report) {
  const { summary } = await withTemporaryFolder(async (copy) => {
    plant(copy);
    return cruise(copy, ['packages', 'apps']);
  });
  for (const [rule, files] of Object.entries(planted)) {
    await report.check(`dependency-cruiser notices what is planted against "${rule}"`, () => {
      const found = summary.violations.find(
        (each) => each.rule.name === rule && Object.keys(files).includes(each.from),
      );
      if (!found) throw new Problem(`expected a violation in ${Object.keys(files).join(' or ')}, got none`);
      return describeViolation(found);
    });
  }
}

export async function checkDependencies(report) {
  const { modules, summary } = await cruise(root, ['packages', 'apps', 'scripts']);
  await report.check('no import circles and no forbidden imports, type-only imports included', () => {
    throwIfProblems(summary.violations.map(describeViolation));
    return `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} dependencies`;
  });
  for (const folder of packageFolders()) {
    const path = relative(root, folder).replaceAll('\\', '/');
    await report.check(`dependency-cruiser reads ${path}`, () => countModules(modules, path));
  }
  await checkPlanted(report);
}
