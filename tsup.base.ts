import type { Options } from 'tsup';

/** What every package is published as: ESM and CommonJS, with types for both. */
export const library = (entry: Record<string, string>): Options => ({
  entry,
  format: ['esm', 'cjs'],
  dts: true,
  clean: true,
  target: 'es2022',
  // Two entry points of one package share their classes and tables instead of each carrying a copy.
  splitting: true,
  treeshake: false,
  sourcemap: false,
});
