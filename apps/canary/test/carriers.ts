import { createSmsc, type SmscOptions } from '@smsc/fetch';
import nodeFetch from 'node-fetch';
import { fetch as undiciFetch } from 'undici';

type Client = ReturnType<typeof createSmsc>;

/** Everything that carries requests. Each is watched in every failure: a new transport is one line here. */
export const carriers: readonly (readonly [name: string, create: (options: SmscOptions) => Client])[] = [
  ['the platform’s fetch', (options) => createSmsc(options)],
  ['undici', (options) => createSmsc({ ...options, fetch: undiciFetch })],
  ['node-fetch', (options) => createSmsc({ ...options, fetch: nodeFetch })],
];
