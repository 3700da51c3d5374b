import type { Options } from 'tsup';
import { library } from '../../tsup.base.ts';

/** The command carries all it needs, so that it starts from anywhere. */
const command: Options = {
  entry: { bin: 'src/bin.ts' },
  format: ['esm'],
  dts: false,
  // The library's entry cleans the folder.
  clean: false,
  target: 'es2022',
  splitting: false,
  noExternal: [/^@smsc\//],
};

export default [library({ index: 'src/index.ts' }), command];
