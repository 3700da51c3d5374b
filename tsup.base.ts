import type { Options } from 'tsup';

/** Build settings of a published package: ESM and CommonJS, with types for both. */
export const library = (entry: Record<string, string>): Options => ({
  entry,
  format: ['esm', 'cjs'],
  dts: true,
  clean: true,
  target: 'es2022',
  // Shares classes and tables between the entry points of a package, instead of a copy in each.
  splitting: true,
  treeshake: false,
  sourcemap: false,
});
