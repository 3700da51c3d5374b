import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { checkWhole } from '../params/number.ts';
import { history, type HistoryInput, type HistoryMessage, maxHistoryPage } from './history.ts';
import { incoming, type IncomingInput, type IncomingMessage } from './incoming.ts';
import type { Operation } from '../core/operation.ts';
import { ReplyError } from '../core/errors.ts';

/** Function that runs an operation with the effect `reads`, such as the `call` of a client. */
export type CallOperation = <Input, Output>(
  operation: Operation<Input, Output, 'reads'>,
  input: Input,
) => Promise<Output>;

/** Page size of incoming messages if the input has no `count`. */
const defaultIncomingPage = 1000;

/** Returns true if id `a` is greater than id `b`. Uses `BigInt`, because ids can be too large for exact floats. */
const isGreater = (a: string, b: string): boolean => BigInt(a) > BigInt(b);

/**
 * Returns the furthest id of a page, compared with `isFurther`. The next page continues from this id. Throws if a row has
 * no valid id.
 */
function furthest(
  operation: string,
  ids: readonly (string | undefined)[],
  isFurther: (a: string, b: string) => boolean,
): string {
  let found: string | undefined;
  for (const id of ids) {
    if (id === undefined || !/^\d{1,40}$/.test(id))
      throw new ReplyError(operation, 200, 'a row has no id to continue from');
    if (found === undefined || isFurther(id, found)) found = id;
  }
  return found!;
}

/**
 * Yields the rows of all pages. Each request continues from the furthest id of the previous page. Stops at an empty
 * page.
 */
async function* eachRow<Row>(
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
    // Without this check, a gateway that ignores the id would return the same page forever.
    if (from !== undefined && !isFurther(next, from))
      throw new ReplyError(operation, 200, 'a page does not continue from the previous one');
    yield* page;
    from = next;
  }
}

/**
 * Iterates over all messages that were sent, newest first. Requests one page of up to 1000 messages at a time, and only
 * when it is needed. To stop, break out of the loop. {@link collect} turns the sequence into a list.
 *
 * @param call `call` of a client
 * @param input filter, as for `history`; `count` is the page size
 * @throws {ReplyError} if a page does not continue from the previous one
 *
 * @example
 * ```ts
 * for await (const message of iterateHistory(smsc.call, { from: '2026-03-01' })) console.log(message.id, message.state);
 * ```
 */
export const iterateHistory = (
  call: CallOperation,
  input: HistoryInput = {},
): AsyncGenerator<HistoryMessage, void, undefined> =>
  eachRow(
    history.name,
    (before) =>
      call(history, { count: maxHistoryPage, ...input, ...(before === undefined ? {} : { before }) }),
    ({ serverId }) => serverId,
    (a, b) => isGreater(b, a),
  );

/**
 * Iterates over all incoming messages after `after`. Requests one page of 1000 messages at a time, and only when it is
 * needed. Inferred: a page starts with the messages nearest to `after`.
 *
 * @param call `call` of a client
 * @param input filter, as for `incoming`; `count` is the page size
 * @throws {ReplyError} if a page does not continue from the previous one
 *
 * @example
 * ```ts
 * for await (const { from, text } of iterateIncoming(smsc.call, { after: lastId })) console.log(from, text);
 * ```
 */
export const iterateIncoming = (
  call: CallOperation,
  input: IncomingInput = {},
): AsyncGenerator<IncomingMessage, void, undefined> =>
  eachRow(
    incoming.name,
    (after) =>
      call(incoming, { count: defaultIncomingPage, ...input, ...(after === undefined ? {} : { after }) }),
    ({ id }) => id,
    isGreater,
  );

/**
 * Collects the items of an asynchronous sequence in a list.
 *
 * @param options `limit`: maximum number of items, from 1. The limit is required, because a history can be very long.
 * @throws {InputError} if `limit` is not a whole number from 1
 *
 * @example
 * ```ts
 * const latest = await collect(iterateHistory(smsc.call), { limit: 500 });
 * ```
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
