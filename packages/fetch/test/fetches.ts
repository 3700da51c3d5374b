import nodeFetch from 'node-fetch';
import { fetch as undiciFetch } from 'undici';
import type { FetchLike } from '../src/index.ts';

/** Implementations of fetch. All have to behave alike, so the tests of the transport run with each. */
export const fetches: readonly (readonly [name: string, fetch: FetchLike])[] = [
  ['the platform’s fetch', globalThis.fetch],
  ['undici', undiciFetch],
  ['node-fetch', nodeFetch],
];
