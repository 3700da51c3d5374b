import { inspect } from 'node:util';
import { SpanStatusCode } from '@opentelemetry/api';
import { bind, createClient, type Interceptor } from '@smsc/client';
import type { AttemptOptions } from '@smsc/client/adapter';
import { balance, encode, send, type Transport, TransportError, utf8 } from '@smsc/protocol';
import { instantClock } from '@smsc/testing/clocks';
import { describe, expect, it } from 'vitest';
import { telemetry } from '../src/index.ts';
import { asHttpDoes, record, told, withContexts } from './record.ts';

withContexts();

const noConnection = new TransportError(
  'send: failed (ECONNREFUSED); nothing was sent',
  'connect',
  'network',
);
const input = { id: 'order-7', to: '380501234567', text: 'Ваш код: 4821' };

/** A client that is recorded, over a transport that answers so, one time after the other. */
function rig(answers: readonly (string | Error)[], more: readonly Interceptor[] = []) {
  const kept = record();
  let asked = 0;
  const answerNext: Transport<AttemptOptions>['send'] = () => {
    asHttpDoes(kept.providers.tracerProvider);
    const answer = answers[asked++]!;
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ status: 200, body: encode(answer, utf8) });
  };
  const client = createClient({
    transport: { send: answerNext },
    clock: instantClock,
    credentials: { login: 'alex', password: 'hunter2' },
    hosts: ['smsc.ua', 'www2.smsc.ua'],
    interceptors: [telemetry(kept.providers), ...more],
  });
  return { kept, smsc: bind(client, { send, balance }) };
}

/** Describes spans in short lines. */
const lines = (spans: Parameters<typeof told>[0]): readonly string[] =>
  (
    told(spans) as readonly {
      name: string;
      parent?: string;
      attributes: Readonly<Record<string, unknown>>;
      status: { code: SpanStatusCode };
    }[]
  ).map(({ name, parent, attributes, status }) =>
    [
      name,
      parent && `in ${parent}`,
      attributes['smsc.attempt'],
      attributes['server.address'],
      attributes['smsc.outcome'],
      attributes['error.type'],
      status.code === SpanStatusCode.ERROR && 'ERROR',
    ]
      .filter(Boolean)
      .join(' '),
  );

describe('a client', () => {
  it('that tries again is one span, with a child for each attempt and theirs below', async () => {
    const { kept, smsc } = rig([noConnection, '{"id": "order-7", "cnt": 1}']);
    expect((await smsc.send(input)).outcome).toBe('accepted');
    expect(lines(kept.spans())).toEqual([
      'POST in smsc send attempt',
      'smsc send attempt in smsc send 1 smsc.ua not-sent network ERROR',
      'POST in smsc send attempt',
      'smsc send attempt in smsc send 2 www2.smsc.ua accepted',
      'smsc send accepted',
    ]);
  });

  it('that asks has its question recorded, with what came of it', async () => {
    const { kept, smsc } = rig(['{"balance": "1.50"}', '{"error": "x", "error_code": 9}']);
    await smsc.balance();
    await expect(smsc.balance({})).rejects.toMatchObject({ code: 9 });
    expect(
      lines(kept.spans()).filter((line) => line.startsWith('smsc balance') && !line.includes(' in ')),
    ).toEqual(['smsc balance done', 'smsc balance failed gateway ERROR']);
  });

  it('that is held back by another interceptor is recorded as well', async () => {
    const { kept, smsc } = rig([], [{ call: () => Promise.reject(new Error('no money for this')) }]);
    expect((await smsc.send(input)).outcome).toBe('not-sent');
    expect(lines(kept.spans())).toEqual(['smsc send not-sent held-back ERROR']);
  });

  it('has nothing recorded of whom, what, and with which password', async () => {
    const { kept, smsc } = rig([
      noConnection,
      '{"error": "380501234567 hunter2", "error_code": 7, "id": "order-7"}',
      'hunter2 380501234567',
    ]);
    await smsc.send(input);
    await smsc.send(input);
    const everything = inspect(await kept.everything(), { depth: Infinity, showHidden: true, getters: true });
    expect(everything).toContain('smsc.client.call.duration');
    expect(everything).not.toMatch(/hunter2|alex|380501234567|4821|order-7/);
  });
});
