import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CallOperation,
  collect,
  iterateHistory,
  iterateIncoming,
  encode,
  fromReply,
  toRequest,
  utf8,
} from '../src/index.ts';
import type { Operation } from '../src/core/operation.ts';

/** Simulates a gateway with these messages. Returns pages as documented for history and incoming messages. */
function gatewayWith(ids: readonly number[], requested: Record<string, string>[] = []): CallOperation {
  const newest = [...ids].sort((a, b) => b - a);
  const respond = (params: Record<string, string>): string => {
    const count = Number(params['cnt']);
    const rows = params['get_messages']
      ? newest
          .filter((id) => params['prev_id'] === undefined || id < Number(params['prev_id']))
          .slice(0, count)
          .map((id) => ({ status: 1, id: `m${id}`, int_id: id }))
      : [...newest]
          .reverse()
          .filter((id) => id > Number(params['after_id'] ?? 0))
          .slice(0, count)
          .map((id) => ({ id, message: `m${id}` }));
    return rows.length === 0 ? '{"error": "not found", "error_code": 3}' : JSON.stringify(rows);
  };
  return <Input, Output>(operation: Operation<Input, Output, 'reads'>, input: Input) => {
    const { body } = toRequest(operation, input, { apiKey: 'k' });
    const params = Object.fromEntries(new URLSearchParams(body.kind === 'text' ? body.text : ''));
    requested.push(params);
    return Promise.resolve(fromReply(operation, { status: 200, body: encode(respond(params), utf8) }));
  };
}

/** Answers every request with the same rows. */
const respondAlways =
  (body: string): CallOperation =>
  (operation) =>
    Promise.resolve(fromReply(operation, { status: 200, body: encode(body, utf8) }));

describe('all messages, page by page', () => {
  it('are returned once each, in order, with any page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        async (ids, count) => {
          const descending = [...ids].sort((a, b) => b - a);
          const sent = await collect(iterateHistory(gatewayWith(ids), { count }), { limit: 1000 });
          expect(sent.map(({ serverId }) => Number(serverId))).toEqual(descending);
          const received = await collect(iterateIncoming(gatewayWith(ids), { count }), { limit: 1000 });
          expect(received.map(({ id }) => Number(id))).toEqual([...descending].reverse());
        },
      ),
      { numRuns: 200 },
    );
  });

  it('end at the limit without requesting further pages', async () => {
    const requested: Record<string, string>[] = [];
    const rows = await collect(
      iterateHistory(gatewayWith([1, 2, 3, 4, 5, 6], requested), {
        count: 2,
        from: '2026-11-01',
        to: '2026-11-30',
      }),
      { limit: 3 },
    );
    expect(rows.map(({ serverId }) => serverId)).toEqual(['6', '5', '4']);
    expect(requested.map(({ prev_id: before, cnt, start }) => [before, cnt, start])).toEqual([
      [undefined, '2', '01.11.2026'],
      ['5', '2', '01.11.2026'],
    ]);
  });

  it('are requested a thousand at a time', async () => {
    const requested: Record<string, string>[] = [];
    expect(await collect(iterateHistory(gatewayWith([], requested)), { limit: 1 })).toEqual([]);
    expect(await collect(iterateIncoming(gatewayWith([], requested), { after: 5 }), { limit: 1 })).toEqual(
      [],
    );
    expect(requested.map(({ cnt, after_id: after }) => [cnt, after])).toEqual([
      ['1000', undefined],
      ['1000', '5'],
    ]);
  });

  it('may have ids that are too large for a float', async () => {
    let pages = 0;
    const call: CallOperation = (operation) => {
      const body = [
        '[{"status": 1, "id": 1, "int_id": "90071992547409931"}]',
        '[{"status": 1, "id": 1, "int_id": "90071992547409930"}]',
        '[]',
      ][pages++]!;
      return Promise.resolve(fromReply(operation, { status: 200, body: encode(body, utf8) }));
    };
    expect(await collect(iterateHistory(call), { limit: 9 })).toHaveLength(2);
  });

  it('stop with an error if the gateway ignores the position of a page', async () => {
    await expect(
      collect(iterateHistory(respondAlways('[{"status": 1, "id": 1, "int_id": 5}]')), { limit: 100 }),
    ).rejects.toThrow('history: unreadable reply (HTTP 200): a page does not continue from the previous one');
    await expect(collect(iterateIncoming(respondAlways('[{"id": 5}]')), { limit: 100 })).rejects.toThrow(
      'incoming: unreadable reply (HTTP 200): a page does not continue from the previous one',
    );
  });

  it('need an id to continue from', async () => {
    await expect(
      collect(iterateHistory(respondAlways('[{"status": 1, "id": "a"}]')), { limit: 100 }),
    ).rejects.toThrow('a row has no id to continue from');
  });

  it('are not collected without a limit', async () => {
    // @ts-expect-error a limit has to be stated
    await expect(collect(iterateHistory(gatewayWith([1])), {})).rejects.toThrow(
      'collect: limit expected a whole number from 1 to 9007199254740991, got undefined',
    );
    await expect(collect(iterateHistory(gatewayWith([1])), { limit: Infinity })).rejects.toThrow(
      'collect: limit expected',
    );
  });

  it('throw the error of a page', async () => {
    await expect(
      collect(iterateHistory(respondAlways('{"error": "authorise error", "error_code": 2}')), { limit: 1 }),
    ).rejects.toMatchObject({ kind: 'gateway', code: 2 });
  });
});
