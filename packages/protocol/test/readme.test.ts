import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as protocol from '../src/index.ts';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
};

/** Values that examples use without declaring them. */
const assumed: Readonly<Record<string, string>> = {
  apiKey: 'string',
  bytes: 'Uint8Array<ArrayBuffer>',
  lastId: 'string',
  newPassword: 'string',
  smsc: "import('../../fetch/src/index.ts').Smsc",
  SmscError: "import('../src/index.ts').SmscError",
};

/** Adds declarations for the assumed values that an example uses, and makes it a module. */
function complete(code: string): string {
  const used = Object.entries(assumed).filter(
    ([name]) =>
      new RegExp(`\\b${name}\\b`).test(code) &&
      !new RegExp(`const \\{?[^}=(]*\\b${name}\\b|import .*\\b${name}\\b[^']* from|\\b${name}: \\w+,`).test(
        code,
      ),
  );
  const declarations = used.map(([name, type]) =>
    /^[A-Z]/.test(name) ? `type ${name} = ${type};` : `declare const ${name}: ${type};`,
  );
  return `${code}\n${declarations.join('\n')}\nexport {};\n`;
}

const at = (name: string): string => join(import.meta.dirname, `example-${name}.ts`);

/** Returns the compiler's errors for examples. Each example is compiled as a file in this folder. */
function diagnose(files: ReadonlyMap<string, string>): readonly string[] {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    files.has(file)
      ? ts.createSourceFile(file, files.get(file)!, ts.ScriptTarget.ES2022)
      : getSourceFile(file, ...rest);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(
        ({ messageText, file: source, start = 0 }) =>
          `${ts.flattenDiagnosticMessageText(messageText, '\n')} in: ${source?.text.slice(start).split('\n')[0]}`,
      ),
  );
}

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const examples = Array.from(readme.matchAll(/```ts\n([^]*?)```/g), ([, code]) => code!);

describe('the README', () => {
  it('has examples that compile', () => {
    expect(examples.length).toBeGreaterThan(12);
    const files = examples.map((code, index) => [at(`readme-${index}`), complete(code)] as const);
    expect(diagnose(new Map(files))).toEqual([]);
  }, 60_000);

  it('has an example of a webhook that does not compile without a secret', () => {
    const webhook = examples.find((code) => code.includes('secret: process.env'))!;
    const wrong = webhook.replace(/secret: .*\n/, '\n');
    expect(diagnose(new Map([[at('wrong'), complete(wrong)]]))).toHaveLength(1);
  }, 60_000);
});

/** Adds imports for the exports of the main entry that an example uses. */
function withImports(code: string): string {
  const names = Object.keys(protocol).filter((name) =>
    new RegExp(`(?<![.'{]\\s?)\\b${name}\\b(?!['":])`).test(code.replace(/\/\/.*/g, '')),
  );
  return `import { ${names.join(', ')} } from '../src/index.ts';\n${code}`;
}

describe('the doc comment', () => {
  const folder = join(import.meta.dirname, '../src/operations');
  const comments = readdirSync(folder).flatMap((file) =>
    Array.from(
      readFileSync(join(folder, file), 'utf8').matchAll(
        /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const (\w+): Operation</g,
      ),
      ([, comment, name]) => ({ name: name!, comment: comment! }),
    ),
  );
  const found = comments.map(({ name, comment }) => ({
    name,
    code: /@example\n \* ```ts\n([^]*?) \* ```/.exec(comment)?.[1]?.replace(/^ \* ?/gm, ''),
  }));

  it('of each operation has an example', () => {
    expect(found.length).toBeGreaterThan(60);
    expect(found.flatMap(({ name, code }) => (code === undefined ? [name] : []))).toEqual([]);
  });

  it('of each operation has an example that compiles', () => {
    const files = found.map(
      ({ name, code }) => [at(name), complete(withImports(`{\n${code ?? ''}\n}`))] as const,
    );
    expect(diagnose(new Map(files))).toEqual([]);
  }, 60_000);
});
