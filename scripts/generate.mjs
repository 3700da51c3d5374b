// Generates every list that is derived from the operations of @smsc/protocol:
//
//   npm run generate              writes the files
//   npm run generate -- --check   lists the files that are out of date, and fails if there are any
//
// The script reads the sources of `packages/protocol`, so no build is needed first.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import prettier from 'prettier';
import ts from 'typescript';
import { root } from './workspace.mjs';

const protocol = join(root, 'packages/protocol');

const parse = (file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ESNext, true);

/** Values that the sources of @smsc/protocol export. */
async function protocolValues() {
  const { outputFiles } = await build({
    entryPoints: [join(protocol, 'src/index.ts')],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** Export statements of an entry point, each with its names and with the module that they come from. */
function readExports(file) {
  return parse(file).statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? [
          {
            from: statement.moduleSpecifier?.text ?? '',
            names: statement.exportClause.elements.map((element) => ({
              name: element.name.text,
              isType: statement.isTypeOnly || element.isTypeOnly,
            })),
          },
        ]
      : [],
  );
}

/** First sentence of the doc comment of each constant in a file, by the name of the constant. */
function readSummaries(file) {
  const summaries = new Map();
  for (const statement of parse(file).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const comment = ts.getTextOfJSDocComment(statement.jsDoc?.at(-1)?.comment) ?? '';
    const [sentence = ''] = /^[^]*?\.(?=\s|$)/.exec(comment) ?? [];
    for (const { name } of statement.declarationList.declarations)
      summaries.set(name.getText(), sentence.replace(/\s+/g, ' '));
  }
  return summaries;
}

const compare = (a, b) => (a < b ? -1 : Number(a > b));
const code = (text) => `\`${text}\``;

/** Every operation with its one-sentence description, sorted by path and name. */
async function readOperations() {
  const values = await protocolValues();
  const operations = [];
  for (const { from, names } of readExports(join(protocol, 'src/index.ts'))) {
    if (!from.startsWith('./operations/')) continue;
    const summaries = readSummaries(join(protocol, 'src', from));
    for (const { name, isType } of names) {
      const value = isType ? undefined : values[name];
      if (typeof value !== 'object' || value === null || !('effect' in value)) continue;
      operations.push({ ...value, summary: summaries.get(name) ?? '' });
    }
  }
  return operations.sort((a, b) => compare(`${a.path} ${a.name}`, `${b.path} ${b.name}`));
}

/** Operations by path, in the order of the paths. */
function byPath(operations) {
  const groups = new Map();
  for (const operation of operations)
    groups.set(operation.path, [...(groups.get(operation.path) ?? []), operation]);
  return groups;
}

/** Table of all operations for a README. */
function operationsTable(operations) {
  const rows = operations.map(
    ({ name, path, effect, summary }) => `| ${code(name)} | ${code(path)} | ${effect} | ${summary} |`,
  );
  return ['| operation | endpoint | effect | description |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Table of all endpoints and the operations that use them, for a README. */
function endpointsTable(operations) {
  const rows = [...byPath(operations)].map(([path, group]) => {
    const paths = [...new Set([path, ...group.flatMap(({ restPath }) => restPath ?? [])])];
    return `| ${paths.map(code).join(', ')} | ${group.map(({ name }) => code(name)).join(', ')} |`;
  });
  return ['| endpoint | operations |', '| --- | --- |', ...rows].join('\n');
}

/** Returns input members of operations with their gateway parameters, if the two names differ. */
function wireNamesOf(operations) {
  const pairs = new Set();
  for (const [name, { params }] of operations.flatMap(({ fields }) => Object.entries(fields))) {
    // Parameters that differ only in their index are shown once, with the index `n`.
    const shown = [...new Set(params.map((param) => param.replace(/\[\d+\]/, '[n]')))];
    if (shown.length === 0 || shown.join() === name) continue;
    pairs.add(
      `${code(name)} → ${shown.length > 7 ? 'one parameter for each value' : shown.map(code).join(' ')}`,
    );
  }
  return pairs;
}

/**
 * List of the wire names of each endpoint for a README. The list of `sys/jobs.php` refers to the
 * names of `sys/send.php` instead of repeating them.
 */
function wireNamesList(operations) {
  const groups = byPath(operations);
  const sending = wireNamesOf(groups.get('sys/send.php') ?? []);
  return [...groups]
    .map(([path, group]) => {
      const names = [...wireNamesOf(group)];
      const own = path === 'sys/jobs.php' ? names.filter((pair) => !sending.has(pair)) : names;
      return [path, path === 'sys/jobs.php' ? [...own, 'and the names of `sys/send.php`'] : own];
    })
    .filter(([, names]) => names.length > 0)
    .map(([path, names]) => `- ${code(path)}: ${names.join(', ')}`)
    .join('\n');
}

/** Module that exports all operations which the main entry point of a transport package does not export. */
function operationsModule(transport) {
  const main = readExports(join(root, 'packages', transport, 'src/index.ts'));
  const taken = new Set(main.flatMap(({ names }) => names.map(({ name }) => name)));
  const names = readExports(join(protocol, 'src/index.ts'))
    .filter(({ from }) => from.startsWith('./operations/') || from === './tables/advice.ts')
    .flatMap((statement) => statement.names)
    .filter(({ name }) => !taken.has(name))
    .sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()))
    .map(({ name, isType }) => `${isType ? 'type ' : ''}${name}`);
  return `/**
 * Less common operations. Run them with \`smsc.call(operation, input)\`, or pass them to \`createSmsc\` to add methods.
 *
 * Generated by \`npm run generate\`.
 *
 * @example
 * \`\`\`ts
 * import { createSmsc } from '@smsc/${transport}';
 * import { contacts } from '@smsc/${transport}/operations';
 *
 * const smsc = createSmsc({ apiKey });
 * const customers = await smsc.call(contacts, { group: 5 });
 * \`\`\`
 */
export { ${names.join(', ')} } from '@smsc/protocol';
`;
}

/** Module with the type of all operations by name, each with its one-sentence description. */
function documentedOperationsModule(operations) {
  const names = operations.map(({ name }) => name).sort(compare);
  const members = operations
    .toSorted((a, b) => compare(a.name, b.name))
    .map(({ name, summary }) => `  /** ${summary} */\n  readonly ${name}: typeof ${name};`);
  return `import type { ${names.join(', ')} } from '@smsc/protocol';

/**
 * All operations by name. Editors show the documentation of its members on methods that are bound by name.
 *
 * Generated by \`npm run generate\`.
 */
export interface DocumentedOperations {
${members.join('\n')}
}
`;
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. */
function replaceSection(text, name, content) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`expected the markers ${start} and ${end} in a README`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

/** Returns every generated file: its path below the root, and its content. */
async function generatedFiles() {
  const operations = await readOperations();
  const read = (file) => readFileSync(join(root, file), 'utf8');
  const [readme, simulator] = ['packages/protocol/README.md', 'packages/simulator/README.md'];
  const withTable = replaceSection(read(readme), 'operations', operationsTable(operations));
  const files = [
    [readme, replaceSection(withTable, 'wire-names', wireNamesList(operations))],
    [simulator, replaceSection(read(simulator), 'endpoints', endpointsTable(operations))],
    ['packages/fetch/src/operations.ts', operationsModule('fetch')],
    ['packages/axios/src/operations.ts', operationsModule('axios')],
    ['packages/client/src/documented-operations.ts', documentedOperationsModule(operations)],
  ];
  return Promise.all(
    files.map(async ([file, text]) => {
      const filepath = join(root, file);
      const options = await prettier.resolveConfig(filepath);
      return [file, await prettier.format(text, { ...options, filepath })];
    }),
  );
}

/**
 * Writes the generated files. With `check`, only compares them.
 *
 * @param {{ check?: boolean }} options `check` leaves the files as they are
 * @returns {Promise<string[]>} files that were out of date, as paths below the root
 */
export async function generate({ check = false } = {}) {
  const stale = (await generatedFiles()).filter(
    ([file, text]) => readFileSync(join(root, file), 'utf8') !== text,
  );
  if (!check) for (const [file, text] of stale) writeFileSync(join(root, file), text);
  return stale.map(([file]) => file);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const check = process.argv.includes('--check');
  const stale = await generate({ check });
  for (const file of stale)
    console.log(check ? `${file}: out of date, run npm run generate` : `${file}: written`);
  if (check && stale.length > 0) process.exitCode = 1;
}
