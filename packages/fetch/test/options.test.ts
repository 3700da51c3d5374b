import { csvFormat, InputError, koi8r, send, toRequest, type WireRequest } from '@smsc/protocol';
import { whilePolluted } from '@smsc/testing/pollution';
import { describe, expect, it } from 'vitest';
import { createSmsc, type FetchInit, type FetchLike, fetchTransport } from '../src/index.ts';

const credentials = { login: 'alex', password: 'hunter2' };
const input = { id: 'm1', to: '380501234567', text: 'a' };
const request: WireRequest = toRequest(send, input, credentials);

interface FetchRecorder {
  readonly fetch: FetchLike;
  readonly calls: { readonly url: string; readonly init: FetchInit }[];
}

/** Creates a fetch that records its calls and answers them. */
function recordingFetch(): FetchRecorder {
  const calls: { url: string; init: FetchInit }[] = [];
  return {
    calls,
    fetch: (url, init) => (
      calls.push({ url, init }),
      Promise.resolve(new Response('{"id": "m1", "cnt": 1}'))
    ),
  };
}

describe('options', () => {
  it.each<readonly [options: object, words: string]>([
    [{ timeoutMs: 0 }, 'timeoutMs expected a whole number from 1 to 2147483647'],
    [{ timeoutMs: Infinity }, 'timeoutMs expected a whole number from 1 to 2147483647'],
    [{ timeoutMs: 2_147_483_648 }, 'timeoutMs expected a whole number from 1 to 2147483647'],
    [{ timeoutMs: null }, 'timeoutMs expected a whole number'],
    [{ maxReplyBytes: 0 }, 'maxReplyBytes expected a whole number from 1 to 2147483647'],
    [{ maxReplyBytes: '5' }, 'maxReplyBytes expected a whole number'],
    [{ fetch: 'node-fetch' }, 'fetch expected a function'],
    [{ host: new URL('https://smsc.ua') }, 'host expected a host name, an https origin'],
    [{ format: 'json' }, 'format expected a format such as csv'],
    [{ charset: 'utf-8' }, 'charset expected a charset such as koi8r'],
    [{ body: 'JSON' }, 'body expected one of form, json'],
    [{ createId: 5 }, 'createId expected a function'],
    [{ timeout: 5 }, 'timeout is unknown; did you mean `timeoutMs`?'],
    [{ transport: () => undefined }, 'transport is unknown; valid names:'],
  ])('that are invalid are rejected at once: %j', (options, words) => {
    const refused = (): unknown => createSmsc({ apiKey: 'k', ...options });
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(`createSmsc: ${words}`);
  });

  it('that are invalid are all reported in one error, and rejected by the compiler', () => {
    // @ts-expect-error unknown option
    expect(() => createSmsc({ apiKey: 'k', timeoutMs: 0, timeout: 5 })).toThrow(
      /timeout is unknown; did you mean `timeoutMs`\?.*timeoutMs expected/,
    );
    // @ts-expect-error unknown option of a transport
    expect(() => fetchTransport({ timeout: 5 })).toThrow(
      'fetchTransport: timeout is unknown; did you mean `timeoutMs`?',
    );
  });

  it('that are undefined count as left out', async () => {
    const { fetch, calls } = recordingFetch();
    const none = {
      host: undefined,
      timeoutMs: undefined,
      maxReplyBytes: undefined,
      format: undefined,
      charset: undefined,
      body: undefined,
      createId: undefined,
    };
    expect(
      (await createSmsc({ ...credentials, apiKey: undefined, fetch, ...none }).send(input, undefined))
        .outcome,
    ).toBe('accepted');
    expect(calls[0]?.url).toBe('https://smsc.ua/sys/send.php');
  });

  it('that are inherited from a class are not silently ignored', () => {
    class Configuration {
      readonly apiKey = 'k';
      get timeoutMs(): number {
        return 100;
      }
    }
    expect(() => createSmsc(new Configuration())).toThrow(InputError);
    expect(() => fetchTransport(Object.create({ host: 'smsc.kz' }) as object)).toThrow(InputError);
    expect(() =>
      fetchTransport(Object.assign(Object.create(null) as object, { host: 'smsc.kz' })),
    ).not.toThrow();
  });

  it('are not taken from Object.prototype', async () => {
    const { fetch, calls } = recordingFetch();
    const stolen = recordingFetch();
    const added = {
      host: 'stolen.example',
      fetch: stolen.fetch,
      login: 'stolen',
      apiKey: 'stolen',
      timeoutMs: 1,
      maxReplyBytes: 1,
      format: csvFormat,
      charset: koi8r,
      body: 'json',
      signal: AbortSignal.abort(),
      agent: {},
      dispatcher: {},
      credentials: 'include',
      'x-added': 'stolen',
      transport: stolen.fetch,
    };
    const [smsc, meanwhile] = await whilePolluted(added, async () => {
      const made = createSmsc({ ...credentials, fetch });
      return [made, await made.send(input)] as const;
    });
    // A `fetch` would inherit the added properties as settings, such as a trusted authority or a socket. So no request
    // is sent.
    expect(meanwhile).toMatchObject({
      outcome: 'not-sent',
      error: { message: 'send: failed (POLLUTED_PROTOTYPE); nothing was sent' },
    });
    expect(calls).toEqual([]);
    expect((await smsc.send(input)).outcome).toBe('accepted');
    expect(stolen.calls).toEqual([]);
    const [{ url, init }] = calls as [FetchRecorder['calls'][number]];
    expect(url).toBe('https://smsc.ua/sys/send.php');
    const { text } = request.body as Extract<WireRequest['body'], { kind: 'text' }>;
    expect(await new Response(init.body as Blob).text()).toBe(text);
    expect(init.headers).toEqual({
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(text.length),
    });
  });
});

describe('the options of a call', () => {
  it.each<readonly [options: unknown, words: string]>([
    [null, 'send: expected { signal, timeoutMs, onProgress }'],
    [5, 'send: expected { signal, timeoutMs, onProgress }'],
    [{ signal: new AbortController() }, 'send: signal expected an AbortSignal'],
    [{ signal: null }, 'send: signal expected an AbortSignal'],
    [new AbortController().signal, 'send: '],
    [{ timeoutMs: 0 }, 'send: timeoutMs expected a whole number from 1'],
    [{ host: 'smsc.kz' }, 'send: host is unknown; valid names: signal, timeoutMs, onProgress'],
  ])('that are invalid are reported as invalid input, and nothing is sent: %#', async (options, words) => {
    const { fetch, calls } = recordingFetch();
    const refused = createSmsc({ ...credentials, fetch }).send(input, options as object);
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.toMatchObject({ kind: 'invalid-input' });
    expect(calls).toEqual([]);
  });
});
