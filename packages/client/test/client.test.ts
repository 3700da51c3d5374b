import { inspect } from 'node:util';
import {
  balance,
  cost,
  createJob,
  csvFormat,
  encode,
  GatewayError,
  InputError,
  ReplyError,
  send,
  sendList,
  status,
  toRequest,
  type Transport,
  TransportError,
  utf8,
  windows1251,
  type WireRequest,
} from '@smsc/protocol';
import { faultCases } from '@smsc/testing/fault-cases';
import { whilePolluted } from '@smsc/testing/pollution';
import { describe, expect, it } from 'vitest';
import { bind, type Client, createClient, unwrap } from '../src/index.ts';
import { type AttemptOptions, transportOver } from '../src/adapter.ts';

const input = { to: '380501234567', text: 'a' };
const credentials = { login: 'alex', password: 'hunter2' };

interface RecordingClient {
  readonly client: Client;
  readonly requests: WireRequest[];
  readonly options: unknown[];
}

/** Creates a client whose transport always returns this response, or always fails with this error. */
function clientWith(answer: string | Error, httpStatus = 200): RecordingClient {
  const requests: WireRequest[] = [];
  const options: unknown[] = [];
  const send: Transport<AttemptOptions>['send'] = (request, option) => {
    requests.push(request);
    options.push(option);
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ status: httpStatus, body: encode(answer, utf8) });
  };
  let made = 0;
  return {
    client: createClient({ transport: { send }, credentials, createId: () => `made-${++made}` }),
    requests,
    options,
  };
}

const form = (request: WireRequest | undefined): URLSearchParams =>
  new URLSearchParams(request?.body.kind === 'text' ? request.body.text : '');

describe('the outcome of a send', () => {
  it('is accepted, together with the members of the result', async () => {
    const { client } = clientWith('{"id": "made-1", "cnt": 2}');
    expect(await client.call(send, input)).toEqual({
      outcome: 'accepted',
      id: 'made-1',
      parts: 2,
      cost: undefined,
      balance: undefined,
      recipients: [],
      extra: {},
    });
  });

  it('is rejected if the gateway returns an error', async () => {
    const { client } = clientWith('{"error": "invalid number", "error_code": 7, "id": 33}');
    expect(await client.call(send, { ...input, id: 33 })).toEqual({
      outcome: 'rejected',
      code: 7,
      fault: 'message',
      meaning: 'invalid phone number',
      id: '33',
      error: expect.any(GatewayError),
    });
  });

  it.each(faultCases)('is rejected with code %i and the fault %s', async (code, fault) => {
    const { client } = clientWith(`{"error": "x", "error_code": ${code}}`);
    const sent = await client.call(send, input);
    expect(sent).toMatchObject({ outcome: 'rejected', code, fault });
    expect(() => unwrap(sent)).toThrow(expect.objectContaining({ name: 'OutcomeError', code, fault }));
  });

  it('is rejected with the fault unknown if the operation gives the code another meaning', async () => {
    const { client } = clientWith('{"error": "x", "error_code": 3}');
    const paid = await client.call({ ...balance, effect: 'spends' as const }, {});
    expect(paid).toMatchObject({ outcome: 'rejected', code: 3, fault: 'unknown' });
  });

  it('is rejected with the generated id if the gateway returns none', async () => {
    const { client, requests } = clientWith('ERROR = 9 (duplicate request, wait a minute)');
    const sent = await client.call(send, input);
    expect(sent).toMatchObject({ outcome: 'rejected', code: 9, id: form(requests[0]).get('id') });
  });

  it('is not-sent if no byte left', async () => {
    const error = new TransportError(
      'send: no connection (ECONNREFUSED); nothing was sent',
      'connect',
      'network',
    );
    expect(await clientWith(error).client.call(send, { ...input, id: 'order-7' })).toEqual({
      outcome: 'not-sent',
      id: 'order-7',
      error,
    });
  });

  it.each(['sent', 'reply'] as const)(
    'is unknown if the connection failed in the phase %s',
    async (phase) => {
      const error = new TransportError('send: the connection failed', phase, 'network');
      expect(await clientWith(error).client.call(send, { ...input, id: 'order-7' })).toEqual({
        outcome: 'unknown',
        id: 'order-7',
        error,
        settle: expect.any(Function),
      });
    },
  );

  it.each([
    ['cut off', '{"id": 12', 200],
    ['an error page', '<html>502</html>', 502],
    ['empty', '', 200],
  ])('is unknown if the response is %s', async (_, body, code) => {
    const sent = await clientWith(body, code).client.call(send, { ...input, id: 'order-7' });
    expect(sent).toEqual({
      outcome: 'unknown',
      id: 'order-7',
      error: expect.any(ReplyError),
      settle: expect.any(Function),
    });
  });

  it('is unknown, without the thrown value, if a transport throws an unexpected value', async () => {
    const foreign = Object.assign(new Error('hunter2'), { name: 'hunter2', config: { data: 'psw=hunter2' } });
    for (const thrown of [
      foreign,
      undefined,
      null,
      'hunter2',
      { kind: 'transport' },
      { kind: 'gateway', code: 7 },
      { mayHaveHappened: false },
    ]) {
      const transport: Transport = { send: Promise.reject.bind(Promise, thrown) as Transport['send'] };
      const sent = await createClient({ transport, credentials }).call(sendList, { messages: [input] });
      expect(sent).toMatchObject({
        outcome: 'unknown',
        error: { kind: 'transport', phase: 'sent', mayHaveHappened: true },
      });
      expect(inspect(sent, { depth: Infinity, showHidden: true })).not.toContain('hunter2');
      await expect(createClient({ transport, credentials }).call(balance, {})).rejects.toMatchObject({
        kind: 'transport',
        message: 'balance: the transport failed; the request may have been sent',
      });
    }
  });

  it('is unknown if a success or an error has another id', async () => {
    for (const answer of ['{"id": "other", "cnt": 1}', '{"error": "x", "error_code": 7, "id": "other"}']) {
      const sent = await clientWith(answer).client.call(send, { ...input, id: 'order-7' });
      expect(sent).toMatchObject({
        outcome: 'unknown',
        id: 'order-7',
        error: { kind: 'unreadable-reply', mayHaveHappened: true },
      });
    }
  });

  it('is accepted if a numeric id is returned as a number or as text', async () => {
    for (const id of [7, '7']) {
      for (const answer of ['{"id": 7, "cnt": 1}', '{"id": "7", "cnt": 1}'])
        expect((await clientWith(answer).client.call(send, { ...input, id })).outcome).toBe('accepted');
    }
  });

  it('has the id of the request, in the types as well', async () => {
    const sent = await clientWith('').client.call(send, input);
    const id: string = sent.id;
    expect(id).toBe('made-1');
    const made = await clientWith('').client.call(createJob, { name: 'a', to: input.to, text: 'a' });
    if (made.outcome === 'unknown') {
      // @ts-expect-error the gateway assigns the id of a job
      const none: string = made.id;
      expect(none).toBeUndefined();
    }
    expect(made.outcome).toBe('unknown');
    expect(
      await clientWith('{"id": 5}').client.call(createJob, { name: 'a', to: input.to, text: 'a' }),
    ).toMatchObject({ outcome: 'accepted', id: '5' });
  });
});

describe('a call', () => {
  it('throws for invalid input, because nothing is sent', async () => {
    const { client, requests } = clientWith('{"id": 1, "cnt": 1}');
    await expect(client.call(send, { to: [], text: '' })).rejects.toThrow(InputError);
    await expect(client.call(send, undefined as never)).rejects.toThrow('send: expected an object');
    await expect(client.call(send, [] as never)).rejects.toThrow('send: expected an object, got an array');
    // An accessor of a class, such as `maxParts` here, would not be sent. The price would then have no limit.
    class Message {
      readonly to = '380501234567';
      readonly text = 'a';
      get maxParts(): number {
        return 1;
      }
    }
    await expect(client.call(send, new Message())).rejects.toThrow('send: expected a plain object');
    await expect(
      client.call(send, Object.assign(Object.create(null) as object, input)),
    ).resolves.toMatchObject({ outcome: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  it.each([undefined, null, 'send', 5])('rejects a value that is not an operation: %s', async (operation) => {
    const { client, requests } = clientWith('{"id": 1, "cnt": 1}');
    const called = client.call(operation as never, {});
    await expect(called).rejects.toMatchObject({
      kind: 'invalid-input',
      message: 'call: expected an operation',
    });
    expect(() => toRequest(operation as never, {}, { apiKey: 'k' })).toThrow('call: expected an operation');
    expect(requests).toEqual([]);
  });

  it('of an operation that does not spend returns the result or throws', async () => {
    expect(await clientWith('{"balance": "1.50"}').client.call(balance, {})).toEqual({
      balance: '1.50',
      currency: undefined,
      credit: undefined,
      extra: {},
    });
    await expect(
      clientWith('{"error": "x", "error_code": 2}').client.call(balance, {}),
    ).rejects.toMatchObject({
      kind: 'gateway',
      code: 2,
    });
    await expect(clientWith('').client.call(cost, input)).rejects.toMatchObject({ kind: 'unreadable-reply' });
    await expect(
      clientWith(new TransportError('x', 'connect', 'network')).client.call(balance, {}),
    ).rejects.toMatchObject({ kind: 'transport' });
  });

  it('passes its signal and its progress callback to the transport', async () => {
    const { client, options } = clientWith('{"id": 1, "cnt": 1}');
    const callOptions = { signal: new AbortController().signal, onProgress: () => undefined };
    await client.call(send, input, callOptions);
    expect(options).toEqual([{ ...callOptions, host: undefined }]);
  });

  it('of a custom operation may have an unreadable result', async () => {
    const nothing = { ...balance, result: () => undefined };
    const spending = { ...balance, effect: 'spends' as const, result: () => null };
    expect(await clientWith('{}').client.call(nothing, {})).toBeUndefined();
    expect(await clientWith('{}').client.call(spending, {})).toEqual({ outcome: 'accepted' });
  });

  it('uses the given transport, a wrapper included', async () => {
    const inner = transportOver(
      () => Promise.resolve({ status: 200, body: encode('{"balance": "1"}', utf8) }),
      {},
    );
    const calls: unknown[] = [];
    const send: Transport<AttemptOptions>['send'] = (...given) => (calls.push(given), inner.send(...given));
    const wrappers: readonly Transport<AttemptOptions>[] = [
      { send },
      { ...inner, send },
      Object.assign(Object.create(inner) as typeof inner, { send }),
    ];
    for (const transport of wrappers) await createClient({ transport, credentials }).call(balance, {});
    expect(calls).toHaveLength(3);
  });

  it('throws a transport’s error about its options, because nothing is sent', async () => {
    const error = new InputError('send', [{ path: 'signal', message: 'is none' }]);
    await expect(clientWith(error).client.call(send, input)).rejects.toBe(error);
  });

  it('uses the given format and charset in request and response', async () => {
    const requests: WireRequest[] = [];
    const transport: Transport = {
      send: (request) => {
        requests.push(request);
        return Promise.resolve({ status: 200, body: encode('12.50,грн', windows1251) });
      },
    };
    const client = createClient({ transport, credentials, format: csvFormat, charset: windows1251 });
    expect(await client.call(balance, { currency: true })).toMatchObject({
      balance: '12.50',
      currency: 'грн',
    });
    expect(form(requests[0]).get('charset')).toBe('windows-1251');
    expect(form(requests[0]).get('fmt')).toBe('1');
  });

  it('sends JSON to rest/send if configured and possible', async () => {
    const requests: WireRequest[] = [];
    const transport: Transport = {
      send: (request) => {
        requests.push(request);
        return Promise.resolve({ status: 200, body: encode('{"id": 1, "cnt": 1, "balance": "1"}', utf8) });
      },
    };
    const client = createClient({ transport, credentials: { apiKey: 'k' }, body: 'json' });
    await client.call(send, input);
    await client.call(balance, {});
    expect(requests.map((request) => request.path)).toEqual(['rest/send/', 'sys/balance.php']);
  });

  it('shows no credentials in the inspected client', () => {
    const { client } = clientWith('');
    expect(inspect(client, { depth: Infinity, showHidden: true }) + JSON.stringify(client)).not.toMatch(
      /hunter2|alex/,
    );
  });
});

describe('an id', () => {
  it('is generated for an operation that spends, unless the input has one', async () => {
    const { client, requests } = clientWith('{"id": 1, "cnt": 1}');
    await client.call(send, input);
    await client.call(send, { ...input, id: undefined });
    await client.call(send, { ...input, id: 'mine' });
    await client.call(sendList, { messages: [input] });
    const ids = requests.map((request) => form(request).get('id'));
    expect(ids).toEqual(['made-1', 'made-2', 'mine', 'made-3']);
  });

  it('is not generated for an operation that only reads', async () => {
    const { client, requests } = clientWith('{"cost": "1", "cnt": 1, "status": 1}');
    await client.call(cost, input);
    await client.call(status, { id: 7, phone: input.to });
    expect(requests.map((request) => form(request).get('id'))).toEqual([null, '7']);
  });

  it('is not added to the caller’s object', async () => {
    const { client } = clientWith('{"id": 1, "cnt": 1}');
    const mine = Object.freeze({ ...input });
    await client.call(send, mine);
    expect(mine).toEqual(input);
  });

  it('is a random UUID by default', async () => {
    const ids = new Set<string | undefined>();
    const client = createClient({
      credentials,
      transport: { send: () => Promise.reject(new TransportError('x', 'connect', 'network')) },
    });
    for (let sent = 0; sent < 1000; sent++) {
      const outcome = await client.call(send, input);
      if (outcome.outcome === 'not-sent') ids.add(outcome.id);
    }
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/);
  });

  it('is rejected if it is invalid', async () => {
    const client = createClient({
      credentials,
      transport: { send: () => Promise.reject(new Error('never')) },
      createId: () => 'no id',
    });
    await expect(client.call(send, input)).rejects.toThrow('send: id expected');
  });

  it.each<readonly [name: string, createId: () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('hunter2');
      },
    ],
    ['returns a number', () => 7],
    ['returns digits, a range that the gateway assigns itself', () => '48213'],
    ['returns undefined', () => undefined],
    ['returns an empty text', () => ''],
  ])('is rejected if createId %s', async (_, createId) => {
    let carried = 0;
    const transport: Transport = { send: () => Promise.reject(new Error(`never ${++carried}`)) };
    const client = createClient({ credentials, transport, createId: createId as () => string });
    const error: unknown = await client.call(send, input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: 'invalid-input',
      issues: [{ path: 'id', message: 'expected createId to return text that is not only digits' }],
    });
    expect(inspect(error)).not.toContain('hunter2');
    expect(carried).toBe(0);
  });
});

describe('bind', () => {
  it('creates methods from operations; the input is optional if no member of it is required', async () => {
    const { client, requests } = clientWith('{"balance": "1.50", "id": "made-1", "cnt": 1}');
    const smsc = bind(client, { send, balance });
    expect((await smsc.balance()).balance).toBe('1.50');
    expect((await smsc.send(input)).outcome).toBe('accepted');
    expect(requests.map((request) => request.operation)).toEqual(['balance', 'send']);
    // @ts-expect-error the input is required
    await expect(smsc.send()).rejects.toThrow(InputError);
  });
});

describe('options', () => {
  const transport: Transport = { send: () => Promise.reject(new Error('never')) };

  it.each<readonly [options: object, words: string]>([
    [{ format: 'json' }, 'format expected a format such as csv'],
    [{ charset: 'utf-8' }, 'charset expected a charset such as koi8r'],
    [{ body: 'JSON' }, 'body expected one of form, json'],
    [{ createId: 'x' }, 'createId expected a function'],
    [{ transport: undefined }, 'transport expected an object with a send method'],
    [{ transport: () => undefined }, 'transport expected an object with a send method'],
    [{ formt: csvFormat }, 'formt is unknown; did you mean `format`?'],
    [{ format: null }, 'format expected'],
  ])('are rejected at once if they are invalid: %j', (options, words) => {
    const refused = (): unknown => createClient({ transport, credentials, ...options });
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(`createClient: ${words}`);
  });

  it('have all their issues in one error', () => {
    // @ts-expect-error both options are invalid
    expect(() => createClient({ transport, credentials, format: 'json', charset: 'utf-8' })).toThrow(
      /format expected .*; charset expected /,
    );
  });

  it('are read once; later changes have no effect', async () => {
    const mine: { login: string; password: string } = { login: 'alex', password: 'hunter2' };
    const requests: WireRequest[] = [];
    const client = createClient({
      credentials: mine,
      transport: { send: (request) => (requests.push(request), Promise.reject(new Error('x'))) },
    });
    mine.login = 'other';
    await client.call(send, input);
    expect(form(requests[0]).get('login')).toBe('alex');

    const hosts = ['smsc.kz'];
    const asked: unknown[] = [];
    const elsewhere = createClient({
      credentials,
      hosts,
      retries: 0,
      transport: { send: (_, attempt) => (asked.push(attempt!.host), Promise.reject(new Error('x'))) },
    });
    hosts[0] = 'evil.example';
    await elsewhere.call(send, input);
    expect(asked).toEqual(['smsc.kz']);
  });

  it('are own members only, not properties added to Object.prototype', async () => {
    const added = {
      format: csvFormat,
      body: 'json',
      apiKey: 'stolen',
      createId: () => 'stolen',
      id: 'stolen',
      transport: { send: () => Promise.reject(new Error('stolen')) },
      attempt: () => Promise.reject(new Error('stolen')),
    };
    const requests: WireRequest[] = [];
    const options = {
      credentials,
      transport: {
        send: (request: WireRequest) => (requests.push(request), Promise.reject(new Error('x'))),
      },
    };
    await whilePolluted(added, () => createClient(options).call(send, input));
    const sent = form(requests[0]);
    expect([requests[0]?.path, sent.get('login'), sent.get('fmt'), sent.get('apikey')]).toEqual([
      'sys/send.php',
      'alex',
      '3',
      null,
    ]);
    expect(sent.get('id')).toMatch(/^[\da-f-]{36}$/);
  });
});
