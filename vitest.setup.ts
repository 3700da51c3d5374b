import fc from 'fast-check';
import { afterEach, vi } from 'vitest';
import type * as request from './packages/protocol/src/request.ts';
import { leaked, learn, watch } from './apps/canary/src/watch.ts';

// A text that may have 500 characters shall have them: without this, no generated text is longer than ten or so.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });

// Every test of every package is watched: nothing that our code throws, and nothing that is printed, may show what was sent.
watch();
vi.mock('./packages/protocol/src/request.ts', async (importOriginal) => {
  const original = await importOriginal<typeof request>();
  const toRequest: typeof original.toRequest = (operation, input, credentials, options) => {
    learn(input, credentials);
    return original.toRequest(operation, input, credentials, options);
  };
  return { ...original, toRequest };
});
afterEach(() => {
  const leaks = leaked();
  if (leaks.length > 0) throw new Error(`leaked:\n${leaks.join('\n')}`);
});
