import { resolve } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

/** Members that a plain SMS and a list have in common, each with a value. */
const shared = {
  id: `'x'`,
  sendAt: 'new Date()',
  pacing: '{ hours: 1 }',
  validFor: '{ hours: 1 }',
  translit: '1',
  shortenLinks: 'true',
  maxParts: '2',
  visitor: `{ ip: '::1' }`,
  reconfirmAfterDays: '10',
  partnerId: '1',
  perRecipient: 'true',
  listErrors: 'true',
};
const plain = { to: `'380501234567'`, text: `'x'`, comment: `'x'`, ...shared };
const sender = `'shop'`;
const report = `'none'`;
const messages = `[{ to: '380501234567', text: 'x', sender: 'shop', utcOffset: 2 }]`;

/**
 * Inputs as a program writes them. A plain SMS without `kind` shows no documentation of its `sender`: the type of an
 * e-mail needs a sender and that of an SMS does not, and an editor shows the documentation of neither while both types
 * are possible.
 */
const inputs: readonly (readonly [title: string, type: string, members: Readonly<Record<string, string>>])[] =
  [
    ['a plain SMS', 'SendInput', { ...plain, report }],
    ['an SMS with its kind', 'SendInput', { kind: `'sms'`, ...plain, sender, report }],
    ['the cost of a plain SMS', 'CostInput', plain],
    ['a plain list', 'SendListInput', { messages, lineBreaks: `'escape'`, ...shared, sender, report }],
    ['the cost of a plain list', 'CostListInput', { messages, lineBreaks: `'escape'`, ...shared, sender }],
    ['an MMS', 'SendInput', { kind: `'mms'`, to: `'x'`, text: `'x'`, subject: `'x'`, files: '[]', sender }],
    ['a call', 'SendInput', { kind: `'voice'`, to: `'x'`, text: `'x'`, voice: `'w'`, sender }],
    [
      'an e-mail',
      'SendInput',
      { kind: `'email'`, to: `'x'`, text: `'x'`, subject: `'x'`, sender, shortenLinks: 'true' },
    ],
  ];

/** Types of results whose members need documentation. */
const results = ['Sent', 'Quote', 'Status', 'RecipientReport'];

const file = resolve(import.meta.dirname, 'hover.virtual.ts');
const source = [
  `import type { CostInput, CostListInput, SendInput, SendListInput } from '../src/index.ts';`,
  `import type * as types from '../src/index.ts';`,
  ...inputs.map(([, type, members], at) => {
    const written = Object.entries(members).map(([name, value]) => `${name}: ${value}`);
    return `export const input${at}: ${type} = { ${written.join(', ')} };`;
  }),
  ...results.map((type) => `export declare const result${type}: types.${type};`),
].join('\n');

/** Starts an editor's language service over the text above. */
function createService(): ts.LanguageService {
  const folder = import.meta.dirname;
  const base = ts.readConfigFile(resolve(folder, '../../../tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(base.config, ts.sys, folder);
  const read = (name: string): string | undefined =>
    resolve(name) === file ? source : ts.sys.readFile(name);
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = read(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => resolve(name) === file || ts.sys.fileExists(name),
    readFile: read,
  });
}

describe('hovering', () => {
  let service: ts.LanguageService;
  beforeAll(() => {
    service = createService();
  });

  const at = (text: string): number => {
    const position = source.indexOf(text);
    expect(position, text).toBeGreaterThan(0);
    return position;
  };

  it('is tested on inputs that compile', () => {
    expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
  });

  inputs.forEach(([title, , members], index) => {
    const start = `input${index}: `;
    for (const name of Object.keys(members))
      it(`shows the documentation of \`${name}\` in ${title}`, () => {
        const line = source.indexOf('{ ', at(start));
        const position = source.indexOf(`${name}: `, line);
        const { documentation } = service.getQuickInfoAtPosition(file, position) ?? {};
        expect(ts.displayPartsToString(documentation)).toMatch(/\w+ \w+/);
      });
  });

  for (const type of results)
    it(`shows the documentation of each member of ${type}`, () => {
      const checker = service.getProgram()!.getTypeChecker();
      const { statements } = service.getProgram()!.getSourceFile(file)!;
      const declared = statements
        .filter(ts.isVariableStatement)
        .flatMap(({ declarationList }) => declarationList.declarations)
        .find(({ name }) => name.getText() === `result${type}`)!;
      const members = checker.getTypeAtLocation(declared).getProperties();
      expect(members.length).toBeGreaterThan(2);
      const bare = members.filter((each) => each.getDocumentationComment(checker).length === 0);
      expect(bare.map(({ name }) => name)).toEqual([]);
    });
});
