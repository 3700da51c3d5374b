// Checks that the gate of a package notices two mistakes: values that its types declare but that do not exist, and names
// without a doc comment. The first mistake happens when a bundler of declarations turns `export type *` into `export *`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkNames, checkValues } from '../../scripts/gate/values.mjs';
import { withTemporaryFolder } from '../../scripts/pack.mjs';
import { Problem } from '../../scripts/report.mjs';

const conditions = {
  import: { types: './index.d.ts', default: './index.js' },
  require: { types: './index.d.cts', default: './index.cjs' },
};

const types = `/** Options. */
export interface Options { readonly name: string }
/** A class of which only the type is exported. */
export declare class Internal {}
/** A value. */
export declare const value: 1;
`;

/**
 * Writes a package that exports one value. Its declaration files re-export `types` with the statements that `reexport`
 * returns.
 */
function writePackage(folder, reexport) {
  mkdirSync(folder, { recursive: true });
  const files = {
    'package.json': JSON.stringify({ name: 'planted', type: 'module', exports: { '.': conditions } }),
    'index.js': 'export const value = 1;\n',
    'index.cjs': 'exports.value = 1;\n',
    'types.d.ts': types,
    'types.d.cts': types,
    'index.d.ts': reexport('./types.js'),
    'index.d.cts': reexport('./types.cjs'),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const cases = {
  'types of values that exist': {
    reexport: (from) => `export { value } from '${from}';\nexport type * from '${from}';\n`,
  },
  '`export *` of a class that does not exist': {
    reexport: (from) => `export * from '${from}';\n`,
    problem: /the types declare the value Internal, which does not exist at run time/,
  },
  'a value that the types do not declare': {
    reexport: (from) => `export type { value } from '${from}';\n`,
    problem: /value exists at run time, and the types do not declare it/,
  },
};

async function problemOf(action) {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

export const checkValueGate = (report) =>
  withTemporaryFolder(async (temporary) => {
    for (const [name, { reexport, problem }] of Object.entries(cases)) {
      await report.check(`the value gate ${problem ? 'rejects' : 'accepts'} ${name}`, async () => {
        const folder = writePackage(join(temporary, name.replace(/\W+/g, '-')), reexport);
        const found = await problemOf(() => checkValues(folder, conditions));
        if (problem ? !problem.test(found ?? '') : found !== undefined)
          throw new Problem(`expected ${problem ?? 'no problem'}, got ${found ?? 'no problem'}`);
        return found?.split('\n')[0];
      });
    }
    await report.check('the gate rejects names without a doc comment, and too many names', async () => {
      const folder = writePackage(
        join(temporary, 'undocumented'),
        () => 'export declare const value: 1;\n/** Documented. */\nexport type Other = 1;\n',
      );
      const found = await problemOf(() => checkNames(folder, conditions, 1));
      if (!/exports 2 names; the limit is 1\s+value has no doc comment$/.test(found ?? ''))
        throw new Problem(`expected 2 problems: too many names, and no doc comment; got ${found ?? 'none'}`);
    });
  });
