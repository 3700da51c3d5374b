import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { checkWhole } from '../params/number.ts';
import { history, type HistoryInput, type HistoryMessage, maxHistoryPage } from './history.ts';
import { incoming, type IncomingInput, type IncomingMessage } from './incoming.ts';
import type { Operation } from '../core/operation.ts';
import { ReplyError } from '../core/errors.ts';

/** Runs an operation that only reads, such as a client's `call`. */
export type CallOperation = <Input, Output>(
  operation: Operation<Input, Output, 'reads'>,
  input: Input,
) => Promise<Output>;

/** What a page of incoming messages holds unless another size is asked for. */
const incomingPage = 1000;

/** Numbers of the gateway's are longer than a float is exact. */
const beyond = (a: string, b: string): boolean => BigInt(a) > BigInt(b);

/** The number of a page that is the furthest on, by `isFurther`. Rows without a number cannot be gone on from. */
function furthest(
  operation: string,
  ids: readonly (string | undefined)[],
  isFurther: (a: string, b: string) => boolean,
): string {
  let found: string | undefined;
  for (const id of ids) {
    if (id === undefined || !/^\d{1,40}$/.test(id))
      throw new ReplyError(operation, 200, 'a row without a number to go on from');
    if (found === undefined || isFurther(id, found)) found = id;
  }
  return found!;
}

/** Page after page, each from where the last one ended, until one is empty. */
async function* pages<Row>(
  operation: string,
  fetchPage: (from: string | undefined) => Promise<readonly Row[]>,
  idOf: (row: Row) => string | undefined,
  isFurther: (a: string, b: string) => boolean,
): AsyncGenerator<Row, void, undefined> {
  let from: string | undefined;
  for (;;) {
    const page = await fetchPage(from);
    if (page.length === 0) return;
    const next = furthest(operation, page.map(idOf), isFurther);
    // A gateway that takes no notice of the number would give the same page for ever.
    if (from !== undefined && !isFurther(next, from))
      throw new ReplyError(operation, 200, 'a page that does not go on from the last one');
    yield* page;
    from = next;
  }
}

/**
 * Every message that was sent, newest first, one request for a page of up to a thousand. Ask for all of them with
 * {@link collect}, or stop when you have seen enough: no page is fetched before it is needed.
 *
 * @param call a client's `call`
 * @param input as for `history`; `count` is the size of a page
 */
export const eachOfHistory = (
  call: CallOperation,
  input: HistoryInput = {},
): AsyncGenerator<HistoryMessage, void, undefined> =>
  pages(
    history.name,
    (before) =>
      call(history, { count: maxHistoryPage, ...input, ...(before === undefined ? {} : { before }) }),
    ({ serverId }) => serverId,
    (a, b) => beyond(b, a),
  );

/**
 * Every message that came in behind `after`, a page at a time. That a page begins with those nearest to `after` is
 * inferred.
 *
 * @param call a client's `call`
 * @param input as for `incoming`; `count` is the size of a page
 */
export const eachOfIncoming = (
  call: CallOperation,
  input: IncomingInput = {},
): AsyncGenerator<IncomingMessage, void, undefined> =>
  pages(
    incoming.name,
    (after) => call(incoming, { count: incomingPage, ...input, ...(after === undefined ? {} : { after }) }),
    ({ id }) => id,
    beyond,
  );

/**
 * What a sequence gives, as one list, up to a limit that has to be stated: a history has no end that anybody knows of.
 *
 * @throws {InputError} for a limit that is none
 */
export async function collect<Item>(
  items: AsyncIterable<Item>,
  { limit }: { readonly limit: number },
): Promise<readonly Item[]> {
  const at = new IssueContext(utf8);
  checkWhole(1, Number.MAX_SAFE_INTEGER)(limit, at.inside('limit'));
  throwIfIssues('collect', at);
  const collected: Item[] = [];
  for await (const item of items) {
    collected.push(item);
    if (collected.length >= limit) break;
  }
  return collected;
}
