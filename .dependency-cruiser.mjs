// Rules for imports between modules. Type-only imports count as well, because a reader has to follow them.

/** The workspace packages that each package may import. Add a line for each new package. */
const packages = {
  'packages/protocol': [],
  'packages/client': ['protocol'],
  'packages/fetch': ['client', 'protocol'],
  'packages/axios': ['client', 'protocol'],
  'packages/browser': ['client', 'protocol'],
  'packages/ledger': ['client', 'protocol'],
  'packages/opentelemetry': ['client', 'protocol'],
  'packages/simulator': ['protocol'],
  'packages/conformance': ['client', 'protocol'],
  'packages/testing': ['client', 'protocol', 'simulator'],
  'apps/demo': ['fetch', 'protocol', 'simulator'],
  'apps/canary': ['client', 'protocol'],
  'apps/chaos': ['axios', 'fetch', 'ledger', 'protocol', 'simulator', 'testing'],
  'apps/runtimes': ['axios', 'browser', 'conformance', 'fetch', 'testing'],
  'apps/bench': ['axios', 'client', 'fetch', 'ledger', 'protocol', 'simulator'],
  // The example programs in `consumers/` import the packages as users do.
  'apps/checks': ['client', 'conformance', 'fetch', 'opentelemetry', 'protocol', 'simulator'],
};

/** Packages that also run outside Node. Their sources import none of Node's modules. */
const portable = ['protocol', 'client', 'fetch', 'browser', 'opentelemetry'];

/**
 * The folders of a package, lowest first. A folder may import from all folders of earlier rows, and from the folders of its
 * own row. Files directly in `src/` are above all folders.
 */
const folders = {
  protocol: [
    ['charsets', 'tables'],
    ['core'],
    ['segments', 'replies'],
    ['exchange'],
    ['params'],
    ['content'],
    ['operations'],
    ['cost', 'callbacks'],
  ],
  simulator: [
    ['wire'],
    ['params'],
    ['pricing'],
    ['push'],
    ['options'],
    ['state'],
    ['sending'],
    ['events'],
    ['endpoints'],
  ],
};

/** Modules of the protocol whose types lower folders may import. */
const sharedTypes = '^packages/protocol/src/(?:exchange/(?:json|wire)|replies/format)\\.ts$';

/**
 * Folders of the protocol that are useful without the gateway, each with the folders from which it may import values. For
 * example, a bundle with the segmenter must contain no operation.
 */
const standalone = {
  charsets: ['charsets'],
  tables: ['tables'],
  segments: ['segments', 'core', 'charsets'],
  cost: ['cost', 'core', 'segments', 'charsets', 'tables', 'params'],
};

const anyOf = (names) => `(?:${names.join('|')})`;

const packageRules = Object.entries(packages).map(([folder, allowed]) => ({
  name: `${folder} imports packages below it`,
  comment: 'The list of allowed packages is in .dependency-cruiser.mjs.',
  severity: 'error',
  from: { path: `^${folder}/(?!test/|planted/)` },
  to: {
    path: '^(?:packages|apps)/',
    pathNot: [`^${folder}/`, ...(allowed.length > 0 ? [`^packages/${anyOf(allowed)}/`] : [])],
  },
}));

const folderRules = Object.entries(folders).flatMap(([name, rows]) =>
  rows.flatMap((row, index) => {
    const above = rows.slice(index + 1).flat();
    const src = `^packages/${name}/src/`;
    return [
      {
        name: `${name}/${row.join('+')} imports folders below it`,
        comment: 'The order of the folders is in .dependency-cruiser.mjs.',
        severity: 'error',
        from: { path: `${src}${anyOf(row)}/` },
        to: {
          path: `${src}(?:[^/]+$${above.length > 0 ? `|${anyOf(above)}/` : ''})`,
          ...(name === 'protocol' ? { pathNot: sharedTypes } : {}),
        },
      },
    ];
  }),
);

const unlistedFolderRules = Object.entries(folders).map(([name, rows]) => ({
  name: `${name} has no unlisted folder`,
  comment: 'Add the new folder to its row in .dependency-cruiser.mjs.',
  severity: 'error',
  from: {},
  to: {
    path: `^packages/${name}/src/[^/]+/`,
    pathNot: `^packages/${name}/src/${anyOf(rows.flat())}/`,
  },
}));

const standaloneRules = Object.entries(standalone).map(([folder, allowed]) => ({
  name: `protocol/${folder} stands alone`,
  comment: 'At run time this folder must not need any other folder of the protocol.',
  severity: 'error',
  from: { path: `^packages/protocol/src/${folder}/` },
  to: {
    path: '^packages/protocol/src/',
    pathNot: `^packages/protocol/src/${anyOf(allowed)}/`,
    dependencyTypesNot: ['type-only'],
  },
}));

export default {
  forbidden: [
    {
      name: 'no import circles',
      comment: 'Move the part that both need to a module of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no unresolved imports',
      comment: 'The file does not exist, or the package is not a dependency of the importing package.',
      severity: 'error',
      from: { pathNot: '^apps/checks/consumers/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no undeclared dependencies',
      comment: 'List each package that sources import in dependencies or peerDependencies.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer'],
        // tinyqueue is bundled into the simulator: it is an ES module, which a CommonJS build could not load everywhere.
        pathNot: '/node_modules/tinyqueue/',
      },
    },
    {
      name: 'no tests in sources',
      severity: 'error',
      from: { path: '^(?:packages|apps)/[^/]+/(?:src/|[^/]+$)', pathNot: '^apps/runtimes/' },
      to: { path: '^(?:packages|apps)/[^/]+/test/' },
    },
    {
      name: 'no deep imports across packages',
      comment: 'Import another package by its name. Only tests share files by path, from test folders.',
      severity: 'error',
      // The watcher mocks modules of the packages, by their paths.
      from: { path: '^((?:packages|apps)/[^/]+)/', pathNot: '^apps/canary/src/watch-every-test\\.ts$' },
      to: {
        path: '^(?:packages|apps)/[^/]+/',
        pathNot: ['^$1/', '^packages/[^/]+/test/'],
        dependencyTypes: ['local'],
      },
    },
    {
      name: 'conformance needs the client only for ledgers',
      comment: 'Authors of transports use the main entry, and need not install the client.',
      severity: 'error',
      from: { path: '^packages/conformance/src/', pathNot: '^packages/conformance/src/ledger[/.]' },
      to: { path: ['^packages/client/', '^packages/conformance/src/ledger[/.]'] },
    },
    {
      name: 'no orphans',
      comment: 'A module that nothing imports and that imports nothing is dead, unless it is a program.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.json$', '\\.d\\.ts$', '\\.config\\.[jt]s$'] },
      to: {},
    },
    ...portable.map((name) => ({
      name: `${name} runs without Node`,
      severity: 'error',
      from: { path: `^packages/${name}/src/` },
      to: { dependencyTypes: ['core'] },
    })),
    ...packageRules,
    ...folderRules,
    ...standaloneRules,
    ...unlistedFolderRules,
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)(?:dist|\\.reports|\\.turbo)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mts', '.cts', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
    },
  },
};
