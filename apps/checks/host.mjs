// Checks that the protocol cannot use its host. The compiler rejects names that only hosts have. The linter rejects the
// clock and random numbers, which are part of the language.
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { throwIfProblems, Problem } from '../../scripts/report.mjs';
import { root } from '../../scripts/workspace.mjs';

const protocol = join(root, 'packages/protocol');

/** Expressions that must not compile in the protocol. */
const rejectedByCompiler = {
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

/** Expressions that the linter must reject in the protocol. */
const rejectedByLinter = {
  'Date.now()': 'Date.now()',
  'new Date()': 'new Date()',
  'new Date of local numbers': 'new Date(2026, 0, 1)',
  'Date.parse of a local time': "Date.parse('2026-01-01T00:00')",
  'Math.random()': 'Math.random()',
  'Intl.DateTimeFormat': 'new Intl.DateTimeFormat()',
  'the local time zone': '((when: Date) => when.getHours())',
};

/** A program that the linter accepts: `Date` as a type, and as a calendar. */
const allowed =
  'export const probe = (when: Date): number => new Date(when.getTime()).getUTCFullYear() + Date.UTC(2026, 0, 1);\n';

/** Error codes of "Cannot find name", with and without a suggestion: another name, Node's types, the DOM. */
const cannotFind = [2304, 2552, 2580, 2584, 2591];

/**
 * Compiles programs as if they were files of the protocol. Returns a function that takes the name of a program and returns its
 * errors.
 */
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
  // The type-aware rules need a file that is part of the project.
  const [{ messages }] = await eslint.lintText(text, { filePath: join(protocol, 'src/index.ts') });
  return messages;
}

export async function checkHost(report) {
  const diagnosticsOf = compile({
    valid: asModule("'valid'"),
    ...Object.fromEntries(Object.entries(rejectedByCompiler).map(([name, text]) => [name, asModule(text)])),
  });
  for (const name of Object.keys(rejectedByCompiler)) {
    await report.check(`the compiler rejects ${name} in the protocol`, () => {
      throwIfProblems(
        diagnosticsOf('valid').map(
          (each) => `a program without it does not compile either: ${message(each)}`,
        ),
      );
      const found = diagnosticsOf(name).find(({ code }) => cannotFind.includes(code));
      if (!found)
        throw new Problem(
          `expected an error for an unknown name, got ${diagnosticsOf(name).map(message).join(' ') || 'none'}`,
        );
      return `TS${found.code} ${message(found)}`;
    });
  }
  await report.check('the linter accepts a Date as a type and as a calendar', async () => {
    throwIfProblems((await lint(allowed)).map((each) => each.message));
  });
  for (const [name, text] of Object.entries(rejectedByLinter)) {
    await report.check(`the linter rejects ${name} in the protocol`, async () => {
      const messages = await lint(asModule(text));
      const found = messages.find(({ ruleId }) => /^(?:smsc\/no-host|no-restricted-\w+)$/.test(ruleId ?? ''));
      if (!found)
        throw new Problem(
          `expected an error for a forbidden name, got ${messages.map((each) => each.message).join(' ') || 'none'}`,
        );
      return `${found.ruleId}: ${found.message}`;
    });
  }
}
