import fc from 'fast-check';
import { afterAll, afterEach, vi } from 'vitest';
import type * as client from './packages/client/src/client.ts';
import type * as request from './packages/protocol/src/exchange/request.ts';
import { leaked, leakedAfterwards, learn, noteFate, watch } from './apps/canary/src/watch.ts';

// A text that may have 500 characters shall have them: without this, no generated text is longer than ten or so.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });

// Every test of every package is watched: nothing that our code throws, and nothing that is printed, may show what was sent.
watch();
vi.mock('./packages/protocol/src/exchange/request.ts', async (importOriginal) => {
  const original = await importOriginal<typeof request>();
  const toRequest: typeof original.toRequest = (operation, input, credentials, options) => {
    learn(input, credentials);
    return original.toRequest(operation, input, credentials, options);
  };
  return { ...original, toRequest };
});
vi.mock('./packages/client/src/client.ts', async (importOriginal) => {
  const original = await importOriginal<typeof client>();
  const noted =
    <Options>(make: (options: Options) => client.Client) =>
    (options: Options): client.Client => {
      const made = make(options);
      return {
        ...made,
        call: (...call) => noteFate(made.call(...call)),
        recover: (...how) => noteFate(made.recover(...how)),
      };
    };
  return { ...original, createClient: noted(original.createClient), clientOf: noted(original.clientOf) };
});

function complain(leaks: readonly string[]): void {
  if (leaks.length > 0) throw new Error(`leaked:\n${leaks.join('\n')}`);
}
afterEach(() => complain(leaked()));
// What is made when its test has ended is of no test.
afterAll(() => complain(leakedAfterwards()));
