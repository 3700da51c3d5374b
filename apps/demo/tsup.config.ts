import type { Options } from 'tsup';

const options: Options = {
  entry: { main: 'src/main.ts' },
  format: 'esm',
  target: 'node20',
  clean: true,
  // Bundles the packages of the workspace, because their entry points in the workspace are TypeScript sources.
  noExternal: [/^@smsc\//],
};

export default options;
