// Compares the values that the types of an entry point declare with the values that exist at run time. Also checks that each
// exported name has a doc comment. As a program: node scripts/gate/values.mjs <folder of an installed package>
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { throwIfProblems } from '../report.mjs';
import { isMain, readJson } from '../workspace.mjs';
import { entriesOf } from './entries.mjs';

/** Follows re-exports to the original symbol. */
const original = (checker, symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

function isDocumented(checker, symbol) {
  const comments = [symbol, original(checker, symbol)].flatMap((each) =>
    each.getDocumentationComment(checker),
  );
  return comments.some(({ text }) => text.trim() !== '');
}

/**
 * Returns the names that a declaration file exports. Each name comes with two flags: whether it is a value, and whether it has
 * a doc comment.
 */
export function declaredIn(file) {
  // Skips the standard library, because no exported name depends on it.
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  // The type of the namespace object has a property for each value, and none for `export type`.
  const namespace = checker.getTypeOfSymbol(module);
  return checker.getExportsOfModule(module).map((symbol) => ({
    name: symbol.name,
    isValue: namespace.getProperty(symbol.name) !== undefined,
    isDocumented: isDocumented(checker, symbol),
  }));
}

/** Names that exist at run time, for each of the two module systems. */
async function existing(folder, { import: esm, require: commonjs }) {
  return {
    'ES module': Object.keys(await import(pathToFileURL(join(folder, esm.default)).href)),
    CommonJS: Object.keys(createRequire(import.meta.url)(join(folder, commonjs.default))),
  };
}

function compare(system, declared, found) {
  const values = declared.filter(({ isValue }) => isValue).map(({ name }) => name);
  return [
    ...values
      .filter((name) => !found.includes(name))
      .map((name) => `${system}: the types declare the value ${name}, which does not exist at run time`),
    ...found
      .filter((name) => !values.includes(name))
      .map((name) => `${system}: ${name} exists at run time, and the types do not declare it as a value`),
  ];
}

/**
 * Throws if the types of an entry point declare values that do not exist, or do not declare values that exist.
 *
 * @param folder the installed package, with its dependencies beside it
 * @param conditions the entry point's `import` and `require`
 */
export async function checkValues(folder, conditions) {
  const found = await existing(folder, conditions);
  const declared = {
    'ES module': declaredIn(join(folder, conditions.import.types)),
    CommonJS: declaredIn(join(folder, conditions.require.types)),
  };
  throwIfProblems(Object.keys(found).flatMap((system) => compare(system, declared[system], found[system])));
  const values = found['ES module'].length;
  return `${values} values, ${declared['ES module'].length - values} types`;
}

/** Throws if an exported name has no doc comment, or if there are more names than `limit`. */
export function checkNames(folder, conditions, limit = Infinity) {
  const declared = declaredIn(join(folder, conditions.import.types));
  throwIfProblems([
    ...(declared.length > limit ? [`exports ${declared.length} names; the limit is ${limit}`] : []),
    ...declared.filter((each) => !each.isDocumented).map(({ name }) => `${name} has no doc comment`),
  ]);
  return `${declared.length} names${limit < Infinity ? ` of at most ${limit}` : ''}`;
}

async function main(folder) {
  for (const [path, conditions] of entriesOf(readJson(join(folder, 'package.json')))) {
    try {
      console.log(`${path}: ${await checkValues(folder, conditions)}`);
    } catch (error) {
      console.log(`${path}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}

if (isMain(import.meta.url)) await main(resolve(process.argv[2]));
