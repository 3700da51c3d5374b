import type { Options } from 'tsup';

const options: Options = {
  entry: { main: 'src/main.ts', 'gateway-thread': 'src/gateway-thread.ts' },
  format: 'esm',
  target: 'node20',
  clean: true,
  // The workspace's packages are TypeScript where they stand, so what runs carries them.
  noExternal: [/^@smsc\//],
};

export default options;
