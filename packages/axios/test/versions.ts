import { vi } from 'vitest';
import type * as Axios from 'axios';
import type * as Ours from '../src/index.ts';

type Package = typeof Ours & { readonly axios: typeof Axios };

/** Tested versions of axios: the oldest supported one and the newest. */
export const versions = ['1.16.0', 'the newest'] as const;

/** Loads this package with one of the axios versions. */
export async function over(version: (typeof versions)[number]): Promise<Package> {
  vi.resetModules();
  if (version === '1.16.0') vi.doMock('axios', () => vi.importActual('axios-oldest'));
  else vi.doUnmock('axios');
  return { ...(await import('../src/index.ts')), axios: await import('axios') };
}
