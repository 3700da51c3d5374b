import { join } from 'node:path';
import ts from 'typescript';

/** Documentation that an editor shows, as text. */
export interface Hover {
  /** Names that the entry point exports, types included. */
  readonly exported: readonly string[];
  /** Returns the documentation of an exported name. Empty if there is none. */
  readonly ofExport: (name: string) => string;
  /**
   * Finds the first occurrence of an expression in the code. Returns the documentation of its last identifier:
   * `ofMember('smsc.send')` returns the documentation of `send`.
   *
   * @throws {Error} if the code does not contain the expression
   */
  readonly ofMember: (expression: string) => string;
  /** Errors that the compiler finds in the code. */
  readonly errors: readonly string[];
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
};

/** Finds the first occurrence of an expression in a text. Returns the position of its last identifier. */
function positionOf(text: string, expression: string): number {
  const start = text.search(new RegExp(`\\b${expression.replaceAll('.', '\\.')}(?!\\w)`));
  if (start < 0) throw new Error(`the code does not contain '${expression}'`);
  return start + expression.lastIndexOf('.') + 1;
}

/**
 * Uses the language service of TypeScript to read the documentation that an editor shows on hover.
 *
 * @param folder folder of the tests. The code is a file in it, and the entry point is `../src/index.ts`
 * @param code module that uses the entry point
 */
export function createHover(folder: string, code: string): Hover {
  const entry = join(folder, '../src/index.ts');
  const files = new Map([[join(folder, 'hover-example.ts'), code]]);
  const namesFile = join(folder, 'hover-names.ts');
  const codeFile = join(folder, 'hover-example.ts');
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...files.keys(), entry],
    getScriptVersion: (file) => String(files.get(file)?.length ?? 0),
    getScriptSnapshot: (file) => {
      const text = files.get(file) ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => files.has(file) || ts.sys.fileExists(file),
    readFile: (file) => files.get(file) ?? ts.sys.readFile(file),
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    realpath: ts.sys.realpath!,
  });
  const documentation = (file: string, position: number): string =>
    ts.displayPartsToString(service.getQuickInfoAtPosition(file, position)?.documentation);

  const program = service.getProgram()!;
  const symbol = program.getTypeChecker().getSymbolAtLocation(program.getSourceFile(entry)!);
  const exported = program
    .getTypeChecker()
    .getExportsOfModule(symbol!)
    .map(({ name }) => name);
  const lines = exported.map((name) => `import { type ${name} } from '../src/index.ts';\n`);
  files.set(namesFile, lines.join(''));

  return {
    exported,
    ofExport: (name) => documentation(namesFile, files.get(namesFile)!.indexOf(` ${name} }`) + 1),
    ofMember: (expression) => documentation(codeFile, positionOf(code, expression)),
    errors: service
      .getSemanticDiagnostics(codeFile)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  };
}
