import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Each package is linted from its own folder, so the paths below are told where they start. */
const root = fileURLToPath(new URL('.', import.meta.url));
const inRoot = (config) => ({ basePath: root, ...config });

// --- everywhere ---

const unpredictable = {
  object: 'Math',
  property: 'random',
  message: 'Math.random can be guessed. Take random bytes from the caller, or from crypto.',
};

const modules = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'An export has one name, the same everywhere: no default export.',
  },
  ...['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'].map(
    (node) => ({
      selector: `${node} > Literal.source[value=/^\\.{1,2}\\u002F/]:not([value=/\\.(?:ts|mjs|js|json)$/])`,
      message: 'An import names the file, extension included.',
    }),
  ),
];

// --- the protocol: no clock, no random, no host ---

/** What exists in the host and not in the language, and `Date`, which is in both. As types they may be used. */
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
    message: 'It knows the time zone of the machine. Compute with the instant that the caller gave.',
  },
];

/** Methods of a `Date` that answer in the time zone of the machine. */
const localTime = {
  selector:
    'MemberExpression[property.name=/^(?:[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)|getTimezoneOffset|toLocale(?:Date|Time)String|to(?:Date|Time)String)$/]',
  message: 'It answers in the time zone of the machine. Use the UTC methods.',
};

/** Whether a text in code ends in `Z`: a time in UTC, and not in the zone of the machine. */
const endsInZ = (node) =>
  (node?.type === 'Literal' ? String(node.value) : (node?.quasis?.at(-1)?.value.cooked ?? '')).endsWith('Z');

/** What `Date` can do without asking anyone: `new Date(instant)`, `Date.UTC(…)`, `Date.parse(`…Z`)`. */
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

/** `no-restricted-globals` cannot tell a value from a type, and `Date` is welcome as a type. */
const noHost = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { host: '{{name}} belongs to the host. The protocol asks nobody: take it as an argument.' },
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

export default defineConfig(
  { ignores: ['**/dist/**', '**/.reports/**', '**/.turbo/**'] },
  // Programs as users write them, which is each in its own way.
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
      // `[...text]` is what goes by characters here; what goes by code units says so.
      '@typescript-eslint/no-misused-spread': 'off',
      // Beside `noUncheckedIndexedAccess`, the mark for an index that was just checked.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Operations and options are plain objects of functions; none of them has a `this`.
      '@typescript-eslint/unbound-method': 'off',
      // It does not see that the objects are gone when `typeof` has sorted them out of an `unknown`.
      '@typescript-eslint/no-base-to-string': 'off',
      // Questions of style.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // Control characters are what a wire format is careful about.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['**/test/**'],
    rules: {
      // `expect.any()` is one, and a test may well use what others should not.
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
    },
  },
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
