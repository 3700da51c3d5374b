// A setup file of every test run of every package: see `setupFiles` in vitest.config.ts at the root.
//
// Fails a test in which a secret leaks: an error of our code, or the output, shows credentials, texts or a whole phone number
// of a request. The watcher is in watch.ts.
//
// The two modules below are mocked to inform the watcher. Their behaviour stays the same. The functions that write requests
// tell the watcher which values are secret. The calls of clients tell it which errors callers receive.
//
// `planted/` contains leaks on purpose, and test/planted.test.ts proves that each of them is found. That test also fails if a
// mocked file is moved, or if clients write their requests with other functions.
import { afterAll, afterEach, vi } from 'vitest';
import type * as client from '../../../packages/client/src/client.ts';
import type * as request from '../../../packages/protocol/src/exchange/request.ts';
import { learnSecrets, takeLateLeaks, takeLeaks, watchCall, watchErrorsAndOutput } from './watch.ts';

watchErrorsAndOutput();

vi.mock('../../../packages/protocol/src/exchange/request.ts', async (importOriginal) => {
  const original = await importOriginal<typeof request>();
  const toRequest: typeof original.toRequest = (operation, input, credentials, options) => {
    learnSecrets(input, credentials);
    return original.toRequest(operation, input, credentials, options);
  };
  // Clients call this function. Its options contain their credentials.
  const writeRequest: typeof original.writeRequest = (operation, input, options, context) => {
    learnSecrets(input, options.credentials);
    return original.writeRequest(operation, input, options, context);
  };
  return { ...original, toRequest, writeRequest };
});

/** Watches each step of an iteration as a call. */
const watchEach = <Item>(items: AsyncIterableIterator<Item>): AsyncIterableIterator<Item> => ({
  next: () => watchCall(items.next()),
  return: (value) => watchCall(items.return!(value)),
  [Symbol.asyncIterator]() {
    return this;
  },
});

vi.mock('../../../packages/client/src/client.ts', async (importOriginal) => {
  const original = await importOriginal<typeof client>();
  const watched =
    <Options>(create: (options: Options) => client.Client) =>
    (options: Options): client.Client => {
      const created = create(options);
      return {
        ...created,
        call: (...call) => watchCall(created.call(...call)),
        recover: (...recovery) => watchEach(created.recover(...recovery)),
      };
    };
  return {
    ...original,
    createClient: watched(original.createClient),
    clientOf: watched(original.clientOf),
  };
});

function failIfLeaked(leaks: readonly string[]): void {
  if (leaks.length > 0) throw new Error(`leaked:\n${leaks.join('\n')}`);
}

afterEach(() => failIfLeaked(takeLeaks()));
// An error that is created after the last test has ended belongs to no test, so the whole file fails.
afterAll(() => failIfLeaked(takeLateLeaks()));
