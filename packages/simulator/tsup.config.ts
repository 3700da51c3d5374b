import type { Options } from 'tsup';
import { library } from '../../tsup.base.ts';

/** Bundles all dependencies into the command, so that it starts from anywhere. */
const command: Options = {
  entry: { bin: 'src/bin.ts' },
  format: ['esm'],
  dts: false,
  // The library's build cleans the folder.
  clean: false,
  target: 'es2022',
  splitting: false,
  noExternal: [/^@smsc\//],
};

/*
 * tinyqueue is a development dependency, so the library bundles it as well. It is an ES module, which the CommonJS build could not load
 * everywhere.
 */
export default [library({ index: 'src/index.ts' }), command];
