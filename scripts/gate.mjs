// What is published, checked as it is packed. Run from a package's folder; with --pin it writes exports.json anew.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { filterProblems } from '@arethetypeswrong/core/problems';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { installPacked, withTemporaryFolder } from './pack.mjs';
import { complain, Problem, Report } from './report.mjs';
import { readJson } from './workspace.mjs';

const folder = process.cwd();
const { name } = readJson(join(folder, 'package.json'));

const bytes = (count) => `${count.toLocaleString('en')} bytes`;

/** Every file under a folder, as paths relative to it. */
const filesOf = (top) =>
  readdirSync(top, { recursive: true })
    .map(String)
    .filter((file) => statSync(join(top, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

/** Every path that an `exports` or `bin` names, however deep. */
const targetsOf = (value) =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(targetsOf);

/** The entry points that are code: everything but `./package.json`. */
const entriesOf = (manifest) =>
  Object.entries(manifest.exports).filter(([path]) => path !== './package.json');

// --- the checks ---

const allowed = /^(?:dist\/.+|package\.json|README\.md|LICENSE|CHANGELOG\.md|CONTRACT\.md)$/;

function checkFiles(unpacked) {
  const files = filesOf(unpacked);
  complain([
    ...files.filter((file) => !allowed.test(file)).map((file) => `${file} has no place in the tarball`),
    ...['README.md', 'LICENSE'].filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
  ]);
  return `${files.length} files, ${bytes(files.reduce((sum, file) => sum + statSync(join(unpacked, file)).size, 0))} unpacked`;
}

function checkManifest(unpacked) {
  const text = readFileSync(join(unpacked, 'package.json'), 'utf8');
  const { exports, bin, dependencies = {} } = JSON.parse(text);
  const targets = targetsOf([exports, bin]);
  complain([
    ...(text.match(/"(?:workspace|catalog|link|file):[^"]*"/g) ?? []).map(
      (left) => `${left} was not resolved`,
    ),
    ...targets
      .filter((target) => !existsSync(join(unpacked, target)))
      .map((target) => `${target} does not exist`),
    ...targetsOf(bin)
      .filter(
        (target) =>
          existsSync(join(unpacked, target)) &&
          !readFileSync(join(unpacked, target), 'utf8').startsWith('#!/usr/bin/env node\n'),
      )
      .map((target) => `${target} does not start with #!/usr/bin/env node`),
  ]);
  return `${targets.length} targets, ${Object.keys(dependencies).length} dependencies`;
}

async function checkWithPublint(unpacked) {
  const { messages, pkg } = await publint({ pkgDir: unpacked, pack: false, strict: true });
  complain(messages.map((message) => `${message.type}: ${formatMessage(message, pkg, { color: false })}`));
}

/** Every way of resolving but that of Node 10, which knows no `exports`: these packages ask for Node 20. */
const resolutions = ['node16-cjs', 'node16-esm', 'bundler'];

async function checkTypes(tarball) {
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
  if (!analysis.types) throw new Problem('there are no types');
  const entrypoints = Object.keys(analysis.entrypoints).filter((path) => path !== './package.json');
  const problems = new Set(
    entrypoints.flatMap((entrypoint) =>
      resolutions.flatMap((resolutionKind) => filterProblems(analysis, { entrypoint, resolutionKind })),
    ),
  );
  complain([...problems].map((problem) => JSON.stringify(problem)));
  return `${entrypoints.length} entry points, each in ${resolutions.join(', ')}`;
}

/** What a declaration file exports: values by their name, types as `type Name`. */
function declaredIn(file, values) {
  // Names alone are asked for, and no name depends on the standard library.
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
  return symbols.map(({ name }) => (values.includes(name) ? name : `type ${name}`));
}

const inOrder = (names) =>
  [...names].sort(
    (a, b) => Number(a.startsWith('type ')) - Number(b.startsWith('type ')) || (a < b ? -1 : 1),
  );

/** What an entry point exports, as ES module and as CommonJS. */
async function exportsOf(unpacked, conditions) {
  const esm = Object.keys(await import(pathToFileURL(join(unpacked, conditions.import.default)).href));
  const cjs = Object.keys(createRequire(import.meta.url)(join(unpacked, conditions.require.default)));
  const declared = {
    esm: declaredIn(join(unpacked, conditions.import.types), esm),
    cjs: declaredIn(join(unpacked, conditions.require.types), cjs),
  };
  return {
    esm: inOrder(declared.esm),
    cjs: inOrder(declared.cjs),
    undeclared: [
      ...esm.filter((each) => !declared.esm.includes(each)),
      ...cjs.filter((each) => !declared.cjs.includes(each)),
    ],
  };
}

const difference = (label, found, pinned) => [
  ...found.filter((each) => !pinned.includes(each)).map((each) => `${label}: ${each} is new`),
  ...pinned.filter((each) => !found.includes(each)).map((each) => `${label}: ${each} is gone`),
];

async function checkExports(unpacked, path, conditions, pinned) {
  const { esm, cjs, undeclared } = await exportsOf(unpacked, conditions);
  complain([
    ...undeclared.map((each) => `${each} has no type`),
    ...difference('ES module', esm, pinned),
    ...difference('CommonJS', cjs, pinned),
  ]);
  const values = esm.filter((each) => !each.startsWith('type ')).length;
  return `${values} values, ${esm.length - values} types`;
}

/** A line of `size-budget.json` as an application's bundler would see it. */
async function bundle(temporary, line) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export ${line.import} from '${line.from}';`, resolveDir: temporary, loader: 'js' },
    absWorkingDir: temporary,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    // No host at all: what needs Node's modules does not bundle.
    platform: 'browser',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return {
    code: outputFiles[0].contents,
    inputs: Object.keys(Object.values(metafile.outputs)[0].inputs),
    read: Object.keys(metafile.inputs),
  };
}

async function checkSize(temporary, line) {
  const { code, read } = await bundle(temporary, line);
  const size = gzipSync(code, { level: 9 }).length;
  const figure = `${bytes(size)} gzipped, ${bytes(code.length)} minified`;
  complain([
    ...(line.gzip !== undefined && size > line.gzip
      ? [`${figure}; the budget is ${bytes(line.gzip)} gzipped`]
      : []),
    ...(line.without ?? []).flatMap((unwanted) =>
      read
        .filter((input) => input.includes(`/${unwanted}/`))
        .slice(0, 1)
        .map((input) => `${input} came along`),
    ),
  ]);
  return line.gzip === undefined ? figure : `${figure}, of ${bytes(line.gzip)}`;
}

// --- one package ---

async function pin(unpacked, manifest) {
  const pinned = {};
  for (const [path, conditions] of entriesOf(manifest))
    pinned[path] = (await exportsOf(unpacked, conditions)).esm;
  writeFileSync(join(folder, 'exports.json'), `${JSON.stringify(pinned, null, 2)}\n`);
  console.log(
    `${relative(process.cwd(), join(folder, 'exports.json'))}: ${Object.entries(pinned)
      .map(([path, names]) => `${path} ${names.length}`)
      .join(', ')}`,
  );
}

async function gate(temporary, unpacked, tarball, manifest) {
  const report = new Report(join(folder, '.reports/gate.json'));
  await report.check(`${name} packs nothing but what belongs`, () => checkFiles(unpacked));
  await report.check(`${name} has a complete manifest`, () => checkManifest(unpacked));
  await report.check(`${name} passes publint`, () => checkWithPublint(unpacked));
  await report.check(`${name} has the right types (attw)`, () => checkTypes(tarball));
  const pins = join(folder, 'exports.json');
  const pinned = existsSync(pins) ? readJson(pins) : {};
  for (const [path, conditions] of entriesOf(manifest)) {
    await report.check(`${join(name, path)} exports what is pinned`, () => {
      if (!pinned[path]) throw new Problem('nothing is pinned: run "node ../../scripts/gate.mjs --pin"');
      return checkExports(unpacked, path, conditions, pinned[path]);
    });
  }
  const budgets = join(folder, 'size-budget.json');
  for (const line of existsSync(budgets) ? readJson(budgets) : []) {
    const without = line.without ? ` without ${line.without.join(', ')}` : '';
    await report.check(`${line.import} from ${line.from} is small enough${without}`, () =>
      checkSize(temporary, line),
    );
  }
  return report.finish();
}

process.exitCode = await withTemporaryFolder(async (temporary) => {
  const { tarball, installed } = await installPacked(name, temporary);
  const unpacked = installed.get(name);
  const manifest = readJson(join(unpacked, 'package.json'));
  return process.argv.includes('--pin')
    ? pin(unpacked, manifest)
    : gate(temporary, unpacked, tarball, manifest);
});
