import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** One configuration for every package: each runs it from its own folder. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: [fileURLToPath(new URL('vitest.setup.ts', import.meta.url))],
    reporters: ['default', ['json', { outputFile: '.reports/test.json' }]],
    // What watches errors is in the stack of each.
    onStackTrace: (_, { file }) => !file.endsWith('/apps/canary/src/watch.ts'),
    // A test that hangs is a failure, and a slow machine is not.
    testTimeout: 60_000,
  },
});
