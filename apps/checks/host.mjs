// The protocol asks its host for nothing. The compiler refuses what only hosts have; the linter refuses the clock and
// chance, which the language itself has.
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { complain, Problem } from '../../scripts/report.mjs';
import { root } from '../../scripts/workspace.mjs';

const protocol = join(root, 'packages/protocol');

/** One expression for each thing that the compiler must not know. */
const unknown = {
  fetch: "fetch('https://example.org')",
  process: 'process.env',
  Buffer: "Buffer.from('')",
  URL: "new URL('https://example.org')",
  TextEncoder: 'new TextEncoder()',
  setTimeout: 'setTimeout(() => undefined, 1)',
  console: 'console.log()',
  performance: 'performance.now()',
  crypto: 'crypto.randomUUID()',
};

/** One expression for each thing that the linter must refuse. */
const refused = {
  'Date.now()': 'Date.now()',
  'new Date()': 'new Date()',
  'new Date of local numbers': 'new Date(2026, 0, 1)',
  'Date.parse of a local time': "Date.parse('2026-01-01T00:00')",
  'Math.random()': 'Math.random()',
  'Intl.DateTimeFormat': 'new Intl.DateTimeFormat()',
  'the local time zone': '((when: Date) => when.getHours())',
};

/** What the linter lets pass: `Date` as a type, and as a calendar. */
const allowed =
  'export const probe = (when: Date): number => new Date(when.getTime()).getUTCFullYear() + Date.UTC(2026, 0, 1);\n';

/** "Cannot find name", and the same with a suggestion: of another name, of Node's types, of the DOM's. */
const cannotFind = [2304, 2552, 2580, 2584, 2591];

/** The compiler's complaints about programs that exist only here, each as if it stood in the protocol's own folder. */
function compile(probes) {
  const config = join(protocol, 'tsconfig.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    dirname(config),
  );
  const files = new Map(
    Object.entries(probes).map(([name, text]) => [join(protocol, `src/probe-${name}.ts`), text]),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    files.has(file)
      ? ts.createSourceFile(file, files.get(file), ts.ScriptTarget.ES2022)
      : getSourceFile(file, ...rest);
  const program = ts.createProgram([...files.keys()], options, host);
  return (name) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(join(protocol, `src/probe-${name}.ts`)));
}

const asModule = (expression) => `export const probe: unknown = ${expression};\n`;
const message = ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ');

async function lint(text) {
  const eslint = new ESLint({ cwd: root });
  // The text stands for that of a file which the type-aware rules know.
  const [{ messages }] = await eslint.lintText(text, { filePath: join(protocol, 'src/index.ts') });
  return messages;
}

export async function checkHost(report) {
  const diagnosticsOf = compile({
    nothing: asModule("'nothing'"),
    ...Object.fromEntries(Object.entries(unknown).map(([name, text]) => [name, asModule(text)])),
  });
  for (const name of Object.keys(unknown)) {
    await report.check(`the compiler refuses ${name} in the protocol`, () => {
      complain(
        diagnosticsOf('nothing').map(
          (each) => `a program without it does not compile either: ${message(each)}`,
        ),
      );
      const found = diagnosticsOf(name).find(({ code }) => cannotFind.includes(code));
      if (!found)
        throw new Problem(
          `it compiles, or fails in another way: ${diagnosticsOf(name).map(message).join(' ')}`,
        );
      return `TS${found.code} ${message(found)}`;
    });
  }
  await report.check('the linter lets the protocol count with a Date that it is given', async () => {
    complain((await lint(allowed)).map((each) => each.message));
  });
  for (const [name, text] of Object.entries(refused)) {
    await report.check(`the linter refuses ${name} in the protocol`, async () => {
      const messages = await lint(asModule(text));
      const found = messages.find(({ ruleId }) => /^(?:smsc\/no-host|no-restricted-\w+)$/.test(ruleId ?? ''));
      if (!found)
        throw new Problem(
          `it passes, or fails in another way: ${messages.map((each) => each.message).join(' ')}`,
        );
      return `${found.ruleId}: ${found.message}`;
    });
  }
}
