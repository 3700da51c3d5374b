// Reads the comments and texts of all source files of the workspace.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { root } from '../../scripts/workspace.mjs';

const code = /\.(?:ts|mts|cts|mjs|cjs|js)$/;
const generated = new Set(['node_modules', 'dist', '.reports', '.turbo', '.git', 'out']);

function* walk(folder, extension) {
  for (const each of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, each.name);
    if (each.isDirectory()) {
      if (!generated.has(each.name)) yield* walk(path, extension);
    } else if (extension.test(each.name)) yield path;
  }
}

/** Files of the workspace whose names match, as sorted paths relative to its root. */
const filesOf = (extension) =>
  [...walk(root, extension)].map((path) => relative(root, path).replaceAll('\\', '/')).sort();

export const sourceFiles = () => filesOf(code);
export const documents = () => filesOf(/\.md$/);

export const readText = (file) => readFileSync(join(root, file), 'utf8');

const parse = (file, text) =>
  ts.createSourceFile(file, text, { languageVersion: ts.ScriptTarget.Latest }, true);

export const lineOf = (text, position) => text.slice(0, position).split('\n').length;

// --- comments ---

/**
 * Yields the ranges of comments before the token that starts at `end`. Scans only the text before the token, so that no
 * regular expression is taken for a comment.
 */
function* triviaComments(text, start, end) {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard);
  scanner.setText(text, start, end - start);
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia)
      yield { start: scanner.getTokenStart(), end: scanner.getTokenEnd() };
  }
}

function* commentRanges(source, node = source) {
  const isJsDoc = node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode;
  if (isJsDoc) return;
  const children = node.getChildren(source);
  if (children.length === 0) yield* triviaComments(source.text, node.getFullStart(), node.getStart(source));
  for (const child of children) yield* commentRanges(source, child);
}

/** Returns the text of a comment without its marks. */
const plain = (comment) =>
  comment
    .replace(/^\/\*+|\*+\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\/+|\*(?!\*))?\s?/, '').trim())
    .join('\n')
    .trim();

/** Joins `//` comments on consecutive lines into one. */
function joinLines(text, ranges) {
  const joined = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    const isLine = text.startsWith('//', range.start);
    const between = last && text.slice(last.end, range.start);
    if (isLine && last?.isLine && /^\r?\n[ \t]*$/.test(between)) last.end = range.end;
    else joined.push({ ...range, isLine });
  }
  return joined;
}

/** Matches directives for tools. They do not count as comments. */
const directive =
  /^(?:eslint-|@ts-|prettier-ignore|[@#]__PURE__|v8 ignore|@vite|@vitest|!\/usr\/bin|<reference|\/ ?<reference|global )/;

/** Returns the comments of a file, each with its first line and its text. */
export function commentsOf(file, text = readText(file)) {
  const ranges = [...commentRanges(parse(file, text))];
  return joinLines(text, ranges)
    .map(({ start, end }) => ({ file, line: lineOf(text, start), text: plain(text.slice(start, end)) }))
    .filter((comment) => comment.text !== '' && !directive.test(comment.text));
}

/** All comments of the workspace. */
export const allComments = () => sourceFiles().flatMap((file) => commentsOf(file));

// --- texts in code ---

function* nodesOf(source, node = source) {
  yield node;
  for (const child of node.getChildren(source)) yield* nodesOf(source, child);
}

const nameOf = (callee) => (ts.isPropertyAccessExpression(callee) ? callee.name : callee).text ?? '';

const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** Yields the text literals and templates among the arguments of a call. */
function* textsIn(source, call) {
  for (const argument of call.arguments ?? [])
    for (const node of nodesOf(source, argument)) if (isText(node)) yield node;
}

const asText = (file, source, node) => ({
  file,
  line: lineOf(source.text, node.getStart(source)),
  text: node.getText(source),
});

/** Matches functions whose arguments are messages for users. */
const messageFunctions = /^(?:addIssue|expect|issue|fail|reject|warn)$/;

/** Returns the error messages of a file: texts with a space in them that are passed to an error or to the validation. */
export function messagesOf(file, text = readText(file)) {
  const source = parse(file, text);
  const found = new Map();
  for (const node of nodesOf(source)) {
    const isError = ts.isNewExpression(node) && /(?:Error|Problem)$/.test(nameOf(node.expression));
    const isIssue = ts.isCallExpression(node) && messageFunctions.test(nameOf(node.expression));
    if (!isError && !isIssue) continue;
    for (const each of textsIn(source, node))
      if (each.getText(source).includes(' ')) found.set(each.pos, asText(file, source, each));
  }
  return [...found.values()];
}

/** Titles of a file's tests. */
export function titlesOf(file, text = readText(file)) {
  const source = parse(file, text);
  return [...nodesOf(source)]
    .filter((node) => ts.isCallExpression(node) && /^(?:describe|it|test)$/.test(nameOf(node.expression)))
    .flatMap((node) => node.arguments.slice(0, 1).filter(isText))
    .map((node) => asText(file, source, node));
}
