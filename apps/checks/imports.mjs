// Who may import whom. Everything goes one way: between packages, and between the rooms of the protocol.
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { complain } from '../../scripts/report.mjs';
import { packagesByName, root } from '../../scripts/workspace.mjs';

/** A package of ours may import these of ours. A new package gets a line. */
const packages = {
  '@smsc/protocol': [],
  '@smsc/client': ['@smsc/protocol'],
  '@smsc/fetch': ['@smsc/client', '@smsc/protocol'],
  '@smsc/axios': ['@smsc/client', '@smsc/protocol'],
  '@smsc/browser': ['@smsc/client', '@smsc/protocol'],
  '@smsc/journal': ['@smsc/client', '@smsc/protocol'],
  '@smsc/opentelemetry': ['@smsc/client', '@smsc/protocol'],
  '@smsc/simulator': ['@smsc/protocol'],
  '@smsc/conformance': ['@smsc/protocol'],
  '@smsc/demo': ['@smsc/fetch', '@smsc/protocol', '@smsc/simulator'],
  '@smsc/canary': [],
  '@smsc/chaos': ['@smsc/client', '@smsc/fetch', '@smsc/journal', '@smsc/protocol', '@smsc/simulator'],
  '@smsc/runtimes': ['@smsc/axios', '@smsc/browser', '@smsc/conformance', '@smsc/fetch'],
  '@smsc/bench': ['@smsc/axios', '@smsc/fetch', '@smsc/protocol', '@smsc/simulator'],
};

/** Packages that run without Node, and so import none of its modules. */
const anywhere = ['@smsc/protocol', '@smsc/client', '@smsc/fetch', '@smsc/browser', '@smsc/opentelemetry'];

/**
 * The rooms of the protocol, lowest first; a room is a folder or a file. A room imports from lower ones, and from those
 * beside it.
 */
const rooms = [
  ['wire', 'json', 'errors', 'complaints', 'charsets', 'segments', 'tables', 'money'],
  ['fields', 'form', 'read', 'formats', 'cost'],
  ['format', 'operation', 'input'],
  ['operations', 'credentials'],
  ['options', 'repeat', 'request', 'reply', 'service-indication', 'voice-menu', 'paging', 'ported-file'],
  ['index', 'xml', 'callbacks'],
];

/** Rooms that stand alone: whoever wants a segmenter or a charset gets no gateway with it. What goes wrong is said as everywhere. */
const alone = ['charsets', 'segments', 'tables'];
const belowAll = ['errors', 'complaints'];

/** Of these everyone may know the shape, by `import type`. */
const shapes = [
  'wire',
  'json',
  'operation',
  'charsets/charset',
  'format/recipients',
  'operations/kinds',
  'operations/send',
  'operations/send-list',
];

/** The imports and re-exports of a file, and which of them vanish when it is compiled. */
function importsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found = [];
  (function visit(node) {
    if (ts.isImportDeclaration(node) || (ts.isExportDeclaration(node) && node.moduleSpecifier))
      found.push({ from: node.moduleSpecifier.text, typeOnly: isTypeOnly(node) });
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push({ from: node.arguments[0].text ?? '', typeOnly: false });
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      found.push({ from: node.argument.literal.text, typeOnly: true });
    ts.forEachChild(node, visit);
  })(source);
  return found;
}

function isTypeOnly(node) {
  if (ts.isExportDeclaration(node))
    return node.isTypeOnly || (node.exportClause?.elements?.every((each) => each.isTypeOnly) ?? false);
  const { importClause: clause } = node;
  if (!clause) return false;
  return (
    clause.isTypeOnly ||
    (!clause.name &&
      clause.namedBindings?.elements?.length > 0 &&
      clause.namedBindings.elements.every((each) => each.isTypeOnly))
  );
}

/** Every source file of a package, as a path below `src/`, with its imports. */
function sourcesOf(folder) {
  const src = join(folder, 'src');
  return readdirSync(src, { recursive: true })
    .map((path) => String(path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => ({ path, imports: importsOf(join(src, path)) }));
}

const isOwn = (from) => from.startsWith('.');
const packageOf = (from) =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
/** `./format/time.ts` seen from `operations/send.ts` → `format/time`. */
const target = (path, from) => posix.join(posix.dirname(path), from).replace(/\.ts$/, '');
const roomOf = (module) => module.replace(/\.ts$/, '').split('/')[0];
const levelOf = (room) => rooms.findIndex((level) => level.includes(room));

function complaintOfPackage(name, manifest, path, from) {
  if (isBuiltin(from))
    return anywhere.includes(name) ? `${path} imports ${from}, which only Node has` : undefined;
  const wanted = packageOf(from);
  if (wanted.startsWith('@smsc/') && !packages[name].includes(wanted))
    return `${path} imports ${wanted}, which stands above it or beside it`;
  const needed = { ...manifest.dependencies, ...manifest.peerDependencies };
  return wanted in needed ? undefined : `${path} imports ${wanted}, which is no dependency`;
}

function complaintOfRoom(path, { from, typeOnly }) {
  const [room, module] = [roomOf(path), target(path, from)];
  const other = roomOf(module);
  if (levelOf(room) < 0) return `${path} is in no room: name it in apps/checks/imports.mjs`;
  if (room === other) return undefined;
  if (typeOnly && shapes.includes(module)) return undefined;
  if (belowAll.includes(other)) return undefined;
  if (alone.includes(room)) return `${path} imports ${module}: ${room}/ stands alone`;
  return levelOf(other) <= levelOf(room) ? undefined : `${path} imports ${module}, which stands above it`;
}

/** A circle of imports that are there at run time, if there is one. */
function circleIn(sources) {
  const graph = new Map(
    sources.map(({ path, imports }) => [
      path.replace(/\.ts$/, ''),
      imports.filter(({ from, typeOnly }) => isOwn(from) && !typeOnly).map(({ from }) => target(path, from)),
    ]),
  );
  const done = new Set();
  function walk(module, trail) {
    if (trail.includes(module)) return [...trail.slice(trail.indexOf(module)), module];
    if (done.has(module)) return undefined;
    for (const next of graph.get(module) ?? []) {
      const circle = walk(next, [...trail, module]);
      if (circle) return circle;
    }
    done.add(module);
    return undefined;
  }
  for (const module of graph.keys()) {
    const circle = walk(module, []);
    if (circle) return circle;
  }
  return undefined;
}

const count = (sources) =>
  `${sources.length} files, ${sources.reduce((sum, { imports }) => sum + imports.length, 0)} imports`;

export async function checkImports(report) {
  for (const [name, { folder, manifest }] of packagesByName()) {
    if (folder === import.meta.dirname) continue;
    await report.check(`${name} imports only what stands below it`, () => {
      const sources = sourcesOf(folder);
      const circle = circleIn(sources);
      complain([
        ...(packages[name] ? [] : [`${name} has no line in apps/checks/imports.mjs`]),
        ...(circle ? [`a circle: ${circle.join(' → ')}`] : []),
        ...sources
          .flatMap(({ path, imports }) =>
            imports
              .filter(({ from }) => !isOwn(from))
              .map(({ from }) => packages[name] && complaintOfPackage(name, manifest, path, from)),
          )
          .filter(Boolean),
      ]);
      return count(sources);
    });
  }
  await report.check('the rooms of the protocol import one way', () => {
    const sources = sourcesOf(join(root, 'packages/protocol'));
    complain(
      sources
        .flatMap(({ path, imports }) =>
          imports.filter(({ from }) => isOwn(from)).map((each) => complaintOfRoom(path, each)),
        )
        .filter(Boolean),
    );
    return count(sources);
  });
}
