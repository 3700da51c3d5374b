import { GatewayError, ReplyError, TransportError, type WireReply } from '@smsc/protocol';
import { whilePolluted } from '@smsc/testing/pollution';
import { describe, expect, it } from 'vitest';
import { toAttemptResult } from '../src/attempt-result.ts';
import { isDoubtful } from '../src/ledger/doubtful.ts';

const rejection = (code: number, id?: string): GatewayError => new GatewayError('send', code, 'x', id);
const replyOn = (connection: WireReply['connection']): WireReply => ({
  status: 200,
  body: new Uint8Array(),
  connection,
});

describe('a rejection proves that this message was rejected', () => {
  it.each(['new', 'used', undefined] as const)('if it has the id of the message (connection: %s)', (on) => {
    expect(isDoubtful(toAttemptResult('spends', rejection(7, 'm1'), undefined, replyOn(on)))).toBe(false);
  });

  it.each([1, 2, 4, 5, 250])('if it has no id and the connection is new (error %i)', (code) => {
    expect(isDoubtful(toAttemptResult('spends', rejection(code), undefined, replyOn('new')))).toBe(false);
  });
});

describe('a rejection is doubtful', () => {
  it.each([1, 2, 4, 5, 250])('if it has no id and the connection may have been used (error %i)', (code) => {
    for (const on of ['used', undefined] as const) {
      const result = toAttemptResult('spends', rejection(code), undefined, replyOn(on));
      expect([isDoubtful(result), result.outcome]).toEqual([true, 'rejected']);
    }
  });

  it('if an equal request may have come before (error 9)', () => {
    for (const id of [undefined, 'm1'])
      expect(isDoubtful(toAttemptResult('spends', rejection(9, id), undefined, replyOn('new')))).toBe(true);
  });

  it('if the transport rejects with it, without a response', () => {
    expect(isDoubtful(toAttemptResult('spends', rejection(2)))).toBe(true);
  });

  it('if only the prototype of the response says that the connection is new', () => {
    const doubtful = whilePolluted({ connection: 'new' }, () =>
      isDoubtful(toAttemptResult('spends', rejection(2), undefined, { status: 200, body: new Uint8Array() })),
    );
    expect(doubtful).toBe(true);
  });
});

it('no other outcome is doubtful', () => {
  for (const error of [
    undefined,
    new ReplyError('send', 200, 'x'),
    new TransportError('x', 'sent', 'network'),
    new TransportError('x', 'connect', 'network'),
  ])
    expect(isDoubtful(toAttemptResult('spends', error, {}))).toBe(false);
});
