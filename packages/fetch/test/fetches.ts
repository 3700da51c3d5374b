import nodeFetch from 'node-fetch';
import { fetch as undiciFetch } from 'undici';
import type { FetchLike } from '../src/index.ts';

/** All have to behave alike, so what is about carrying runs over each. */
export const fetches: readonly (readonly [name: string, fetch: FetchLike])[] = [
  ['the platform’s fetch', globalThis.fetch],
  ['undici', undiciFetch],
  ['node-fetch', nodeFetch],
];
