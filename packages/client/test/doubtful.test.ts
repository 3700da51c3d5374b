import { GatewayError, ReplyError, TransportError, type WireReply } from '@smsc/protocol';
import { whilePolluted } from '@smsc/testing/pollution';
import { describe, expect, it } from 'vitest';
import { toAttemptResult } from '../src/attempt-result.ts';

const rejection = (code: number, id?: string): GatewayError => new GatewayError('send', code, 'x', id);
const replyOn = (connection: WireReply['connection']): WireReply => ({
  status: 200,
  body: new Uint8Array(),
  connection,
});

describe('a rejection proves that this message was rejected', () => {
  it.each(['new', 'used', undefined] as const)('if it has the id of the message (connection: %s)', (on) => {
    expect(toAttemptResult('spends', rejection(7, 'm1'), undefined, replyOn(on)).doubtful).toBe(false);
  });

  it.each([1, 2, 4, 5, 250])('if it has no id and the connection is new (error %i)', (code) => {
    expect(toAttemptResult('spends', rejection(code), undefined, replyOn('new')).doubtful).toBe(false);
  });
});

describe('a rejection is doubtful', () => {
  it.each([1, 2, 4, 5, 250])('if it has no id and the connection may have been used (error %i)', (code) => {
    for (const on of ['used', undefined] as const)
      expect(toAttemptResult('spends', rejection(code), undefined, replyOn(on))).toMatchObject({
        doubtful: true,
        outcome: 'rejected',
      });
  });

  it('if an equal request may have come before (error 9)', () => {
    for (const id of [undefined, 'm1'])
      expect(toAttemptResult('spends', rejection(9, id), undefined, replyOn('new')).doubtful).toBe(true);
  });

  it('if the transport rejects with it, without a response', () => {
    expect(toAttemptResult('spends', rejection(2)).doubtful).toBe(true);
  });

  it('if only the prototype of the response says that the connection is new', () => {
    const { doubtful } = whilePolluted({ connection: 'new' }, () =>
      toAttemptResult('spends', rejection(2), undefined, { status: 200, body: new Uint8Array() }),
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
    expect(toAttemptResult('spends', error, {}).doubtful).toBe(false);
});
