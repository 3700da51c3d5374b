import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const inRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The configuration of every package's tests. Each package runs vitest from its own folder. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: [
      inRoot('packages/testing/src/configure-fast-check.ts'),
      // Fails every test in which a secret leaks into an error or into the output.
      inRoot('apps/canary/src/watch-every-test.ts'),
    ],
    reporters: ['default', ['json', { outputFile: '.reports/test.json' }]],
    // Hides the leak watcher's own frames, which are on the stack of every error.
    onStackTrace: (_, { file }) => !file.endsWith('/apps/canary/src/watch.ts'),
    // Long enough for a slow machine. A test that hangs still fails.
    testTimeout: 60_000,
  },
});
