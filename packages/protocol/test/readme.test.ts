import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const [, section = ''] = /\n## What the gateway pushes\n([^]*?)\n## /.exec(readme) ?? [];
const examples = Array.from(section.matchAll(/```ts\n([^]*?)```/g), ([, code]) => code!);

/** What the compiler says to examples, each a file of its own beside this one. */
function complaintsAbout(files: ReadonlyMap<string, string>): readonly string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    files.has(file)
      ? ts.createSourceFile(file, files.get(file)!, ts.ScriptTarget.ES2022)
      : getSourceFile(file, ...rest);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()]
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

it('shows handlers of pushes that compile as they stand', () => {
  const at = (name: string): string => join(import.meta.dirname, `${name}.ts`);
  expect(examples).toHaveLength(3);
  expect(complaintsAbout(new Map(examples.map((code, index) => [at(`readme-${index}`), code])))).toEqual([]);
  expect(
    complaintsAbout(new Map([[at('readme-wrong'), examples[0]!.replace(/secret: .*\n/, '\n')]])),
  ).toHaveLength(1);
});
