import { inspect } from 'node:util';
import { SpanStatusCode } from '@opentelemetry/api';
import { bind, createClient, type Interceptor } from '@smsc/client';
import type { AttemptOptions } from '@smsc/client/adapter';
import { balance, encode, send, type Transport, TransportError, utf8 } from '@smsc/protocol';
import { instantClock } from '@smsc/testing/clocks';
import { describe, expect, it } from 'vitest';
import { telemetry } from '../src/index.ts';
import { simulateHttpSpan, record, describeSpans, withContexts } from './record.ts';

withContexts();

const noConnection = new TransportError(
  'send: failed (ECONNREFUSED); nothing was sent',
  'connect',
  'network',
);
const input = { id: 'order-7', to: '380501234567', text: 'Ваш код: 4821' };

/** Creates a client with telemetry whose transport returns or throws the responses in order. */
function setup(answers: readonly (string | Error)[], more: readonly Interceptor[] = []) {
  const kept = record();
  let asked = 0;
  const answerNext: Transport<AttemptOptions>['send'] = () => {
    simulateHttpSpan(kept.providers.tracerProvider);
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

/** Formats spans as one line each. */
const lines = (spans: Parameters<typeof describeSpans>[0]): readonly string[] =>
  (
    describeSpans(spans) as readonly {
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

describe('a call of a client', () => {
  it('with a retry is one span, with a child for each attempt and HTTP spans below', async () => {
    const { kept, smsc } = setup([noConnection, '{"id": "order-7", "cnt": 1}']);
    expect((await smsc.send(input)).outcome).toBe('accepted');
    expect(lines(kept.spans())).toEqual([
      'POST in smsc send attempt',
      'smsc send attempt in smsc send 1 smsc.ua not-sent network ERROR',
      'POST in smsc send attempt',
      'smsc send attempt in smsc send 2 www2.smsc.ua accepted',
      'smsc send accepted',
    ]);
  });

  it('that reads is recorded with its outcome', async () => {
    const { kept, smsc } = setup(['{"balance": "1.50"}', '{"error": "x", "error_code": 9}']);
    await smsc.balance();
    await expect(smsc.balance({})).rejects.toMatchObject({ code: 9 });
    expect(
      lines(kept.spans()).filter((line) => line.startsWith('smsc balance') && !line.includes(' in ')),
    ).toEqual(['smsc balance done', 'smsc balance failed gateway ERROR']);
  });

  it('that another interceptor holds back is recorded as well', async () => {
    const { kept, smsc } = setup([], [{ call: () => Promise.reject(new Error('no money for this')) }]);
    expect((await smsc.send(input)).outcome).toBe('not-sent');
    expect(lines(kept.spans())).toEqual(['smsc send not-sent held-back ERROR']);
  });

  it('has no recipient, text or credentials in its record', async () => {
    const { kept, smsc } = setup([
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
