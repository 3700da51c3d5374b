import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Each package is linted from its own folder. The paths below start at the root. */
const root = fileURLToPath(new URL('.', import.meta.url));
const inRoot = (config) => ({ basePath: root, ...config });

// --- everywhere ---

const unpredictable = {
  object: 'Math',
  property: 'random',
  message: 'Math.random is predictable. Take random bytes from the caller, or from crypto.',
};

const modules = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Export by name: a default export can have a different name in every importing file.',
  },
  ...['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'].map(
    (node) => ({
      selector: `${node} > Literal.source[value=/^\\.{1,2}\\u002F/]:not([value=/\\.(?:ts|mjs|js|json)$/])`,
      message: 'Import a file with its extension.',
    }),
  ),
];

// --- the protocol: no clock, no random numbers, no host ---

/** Names that the host provides, and `Date`, which reads the host's clock. They may be used as types. */
const host = [
  'Date',
  'performance',
  'crypto',
  'console',
  'process',
  'Buffer',
  'global',
  'globalThis',
  'window',
  'self',
  'navigator',
  'require',
  'fetch',
  'Request',
  'Response',
  'Headers',
  'FormData',
  'Blob',
  'File',
  'XMLHttpRequest',
  'WebSocket',
  'AbortController',
  'AbortSignal',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'atob',
  'btoa',
  'structuredClone',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
];

const hostProperties = [
  {
    object: 'Intl',
    property: 'DateTimeFormat',
    message: 'It uses the time zone of the machine. Compute with the instant that the caller passed.',
  },
];

/** Methods of `Date` that use the time zone of the machine. */
const localTime = {
  selector:
    'MemberExpression[property.name=/^(?:[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)|getTimezoneOffset|toLocale(?:Date|Time)String|to(?:Date|Time)String)$/]',
  message: 'This method uses the time zone of the machine. Use the UTC method.',
};

/** Returns true if a text in code ends in `Z`: a time in UTC, not in the time zone of the machine. */
const endsInZ = (node) =>
  (node?.type === 'Literal' ? String(node.value) : (node?.quasis?.at(-1)?.value.cooked ?? '')).endsWith('Z');

/** Returns true for uses of `Date` that do not read the clock: `new Date(instant)`, `Date.UTC(…)`, `Date.parse(`…Z`)`. */
function isCalendar(identifier) {
  const { parent } = identifier;
  const call = parent.parent;
  if (parent.type === 'NewExpression')
    return (
      parent.callee === identifier &&
      parent.arguments.length === 1 &&
      parent.arguments[0].type !== 'SpreadElement'
    );
  if (parent.type !== 'MemberExpression' || parent.computed) return false;
  return (
    parent.property.name === 'UTC' ||
    (parent.property.name === 'parse' && call.type === 'CallExpression' && endsInZ(call.arguments[0]))
  );
}

/** Forbids the host's names. `no-restricted-globals` would forbid them as types as well. */
const noHost = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { host: '{{name}} belongs to the host. Take it as an argument: the protocol does no I/O.' },
  },
  create: (context) => ({
    'Program:exit'(node) {
      const scope = context.sourceCode.getScope(node);
      const global = [
        ...scope.through,
        ...scope.variables.filter(({ defs }) => defs.length === 0).flatMap(({ references }) => references),
      ];
      for (const { identifier, isValueReference } of global) {
        if (isValueReference === false || !host.includes(identifier.name)) continue;
        if (identifier.name === 'Date' && isCalendar(identifier)) continue;
        context.report({ node: identifier, messageId: 'host', data: identifier });
      }
    },
  }),
};

/** Globals of Node that the scripts use. */
const node = Object.fromEntries(
  [
    'process',
    'console',
    'Buffer',
    'URL',
    'URLSearchParams',
    'fetch',
    'setTimeout',
    'clearTimeout',
    'AbortController',
    'AbortSignal',
  ].map((name) => [name, 'readonly']),
);

// --- size and shape of functions ---

/** Limits for functions in sources, scripts and checks. A function has to fit on a screen. */
const limits = {
  complexity: ['error', 15],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true, IIFEs: true }],
  'max-params': ['error', 4],
  'no-nested-ternary': 'error',
};

export default defineConfig(
  { ignores: ['**/dist/**', '**/.reports/**', '**/.turbo/**'] },
  // Example programs in the style of users, not of this workspace.
  inRoot({ ignores: ['apps/checks/consumers/**'] }),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `[...text]` splits a text into characters on purpose.
      '@typescript-eslint/no-misused-spread': 'off',
      // With `noUncheckedIndexedAccess`, `!` marks an index that was just checked.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Operations and options are plain objects of functions without `this`.
      '@typescript-eslint/unbound-method': 'off',
      // The rule does not see that `typeof` has excluded objects from an `unknown`.
      '@typescript-eslint/no-base-to-string': 'off',
      // These rules are only about style.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // Wire formats contain control characters.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['**/test/**'],
    rules: {
      // `expect.any()` returns `any`, and tests also cover deprecated parts.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
  {
    rules: {
      'no-restricted-properties': ['error', unpredictable],
      'no-restricted-syntax': ['error', ...modules],
      eqeqeq: ['error', 'always'],
      'no-cond-assign': ['error', 'always'],
    },
  },
  inRoot({ ignores: ['**/test/**', 'apps/canary/planted/**'], rules: limits }),
  inRoot({ files: ['packages/*/src/**'], rules: { 'no-console': 'error' } }),
  inRoot({
    files: ['packages/protocol/src/**'],
    plugins: { smsc: { rules: { 'no-host': noHost } } },
    rules: {
      'smsc/no-host': 'error',
      'no-restricted-properties': ['error', unpredictable, ...hostProperties],
      'no-restricted-syntax': ['error', ...modules, localTime],
    },
  }),
  {
    files: ['**/*.{config,base,setup}.{js,ts}', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: node, parserOptions: { projectService: false } },
    rules: { 'no-restricted-syntax': ['error', ...modules.slice(1)] },
  },
);
