import type { Endpoint } from './endpoint.ts';
import * as endpoints from './index.ts';

/** Endpoints by path. Any other path gets HTTP 404. */
export const routes: ReadonlyMap<string, Endpoint> = new Map(
  Object.values(endpoints).map((endpoint: Endpoint) => [endpoint.path, endpoint]),
);
