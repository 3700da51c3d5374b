import * as protocol from '@smsc/protocol';
import type { Operation, SendTime } from '@smsc/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { endpoints } from '../../protocol/test/endpoints.ts';
import usualReplies from '../../protocol/test/vectors/replies.json' with { type: 'json' };
import usualRequests from '../../protocol/test/vectors/requests.json' with { type: 'json' };
import { createSmsc } from '../src/index.ts';
import { nodeHandler } from '../src/relay.ts';
import { asBrowser } from './browser.ts';
import { serve } from './serve.ts';
import { clientOf, input, type Options, type World, world } from './world.ts';

beforeEach(asBrowser);

type Page = Readonly<Record<string, (given: unknown) => Promise<unknown>>>;

/** Opens a page whose relay has a real server. `effects`: the effects of the operations that not every page has. */
async function openPage(
  options: Options,
  effects: Readonly<Record<string, string>> = {},
): Promise<World & { readonly page: Page }> {
  const shop = world(options);
  const { url } = await serve(nodeHandler(shop.relay));
  return { ...shop, page: createSmsc({ relay: url, operations: effects }) as unknown as Page };
}

/** Lists all dates in a value as `path=time`. */
function listDates(value: unknown, path = ''): readonly string[] {
  if (value instanceof Date) return [`${path}=${value.toISOString()}`];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([name, member]) => listDates(member, `${path}.${name}`));
}

type RowOf<Output> = Output extends readonly (infer Row)[] ? Row : Output;
type DateIn<Row> = Row extends unknown ? Extract<Row[keyof Row], Date> : never;
type Protocol = typeof protocol;

/** Names of the operations whose result, or whose rows, have a member of the type `Date`. */
type DatedName = {
  [Name in keyof Protocol]: Protocol[Name] extends Operation<never, infer Output>
    ? [DateIn<RowOf<Output>>] extends [never]
      ? never
      : Name
    : never;
}[keyof Protocol];

/** The compiler reports an operation that returns a date and is not listed, and a listed one that returns none. */
const dated: Readonly<Record<DatedName, true>> = {
  status: true,
  statuses: true,
  hlrStatus: true,
  history: true,
  messageData: true,
  messageDataWithOperator: true,
};

const operations = protocol as unknown as Readonly<Record<string, Operation<never, unknown>>>;
const parse = (operation: string, body: string): unknown =>
  protocol.fromReply(operations[operation]!, { status: 200, body: new TextEncoder().encode(body) });

/** Results with dates, parsed from the protocol's vectors of replies. */
const results = [...Object.values(endpoints).flatMap(({ replies }) => replies), ...usualReplies.vectors]
  .filter((vector) => 'result' in vector && '3' in vector.replies)
  .map(({ name, operation, replies }) => ({
    name,
    operation,
    result: parse(operation, (replies as Readonly<Record<string, string>>)['3']!),
  }))
  .filter(({ result }) => listDates(result).length > 0);

const requestVectors = [
  ...Object.values(endpoints).flatMap(({ requests }) => requests),
  ...usualRequests.vectors,
] as readonly { readonly operation: string; readonly input: Readonly<Record<string, unknown>> }[];

describe('a date in a result', () => {
  it('occurs in the vectors of every operation that has one by its type', () => {
    expect([...new Set(results.map(({ operation }) => operation))].sort()).toEqual(Object.keys(dated).sort());
  });

  it.each(results)('of $operation reaches the page as a Date: $name', async ({ operation: name, result }) => {
    const operation = operations[name]!;
    expect(operation.effect).toBe('reads');
    const given = requestVectors.find((vector) => vector.operation === name)!.input;
    const { page } = await openPage(
      {
        client: clientOf(() => result),
        operations: {
          [name]: {
            operation,
            members: Object.keys(given),
            ...(operation.path === 'sys/status.php' && { anyId: true }),
          },
        },
      },
      name === 'status' ? {} : { [name]: 'reads' },
    );
    expect(listDates(await page[name]!(given))).toEqual(listDates(result));
  });
});

describe('sendAt', () => {
  const instant = new Date('2026-11-24T08:00:00Z');

  it.each<[name: string, sendAt: SendTime, time: string, tz: string | null]>([
    ['a Date', instant, '01795507200', null],
    ['ISO 8601 text in UTC', '2026-11-24T08:00:00Z', '01795507200', null],
    ['ISO 8601 text with an offset', '2026-11-24T10:00+02:00', '01795507200', null],
    ['a Date in a time zone', { at: instant, utcOffset: 2 }, '2411261000', '-1'],
  ])('reaches the gateway through the relay as %s', async (_, sendAt, time, tz) => {
    const { page, requests } = await openPage({});
    expect(await page['send']!({ ...input, sendAt })).toMatchObject({ outcome: 'accepted' });
    const { body } = requests[0]!;
    const params = new URLSearchParams(body.kind === 'text' ? body.text : '');
    expect([params.get('time'), params.get('tz')]).toEqual([time, tz]);
  });

  it('without an offset is refused by the relay before anything is sent', async () => {
    const { page, requests } = await openPage({});
    await expect(page['send']!({ ...input, sendAt: '2026-11-24T10:00' })).rejects.toMatchObject({
      kind: 'invalid-input',
      issues: [{ path: 'sendAt' }],
    });
    expect(requests).toEqual([]);
  });
});
