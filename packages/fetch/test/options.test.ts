import { csvFormat, InputError, koi8r, send, toRequest, type WireRequest } from '@smsc/protocol';
import { whilePolluted } from '@smsc/testing/pollution';
import { describe, expect, it } from 'vitest';
import {
  createSmsc,
  type FetchInit,
  type FetchLike,
  fetchTransport,
  type Outcome,
  type Smsc,
} from '../src/index.ts';

const credentials = { login: 'alex', password: 'hunter2' };
const input = { id: 'm1', to: '380501234567', text: 'a' };
const request: WireRequest = toRequest(send, input, credentials);

interface Rig {
  readonly fetch: FetchLike;
  readonly calls: { readonly url: string; readonly init: FetchInit }[];
}

/** A fetch that remembers how it was called, and answers. */
function rig(): Rig {
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
    [{ host: new URL('https://smsc.ua') }, 'host expected a name, an https origin'],
    [{ format: 'json' }, 'format expected a format such as csv'],
    [{ charset: 'utf-8' }, 'charset expected a charset such as koi8r'],
    [{ body: 'JSON' }, 'body expected one of form, json'],
    [{ createId: 5 }, 'createId expected a function'],
    [
      { timeout: 5 },
      'timeout is not one of login, password, apiKey, fetch, host, timeoutMs, maxReplyBytes, format, charset, body, createId',
    ],
    [{ transport: () => undefined }, 'transport is not one of'],
  ])('that cannot be meant are refused at once: %j', (options, words) => {
    const refused = (): unknown => createSmsc({ apiKey: 'k', ...options });
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(`createSmsc: ${words}`);
  });

  it('are complained of all at once, and by the compiler as well', () => {
    // @ts-expect-error there is no such option
    expect(() => createSmsc({ apiKey: 'k', timeoutMs: 0, timeout: 5 })).toThrow(
      /timeout is not one of .*timeoutMs expected/,
    );
    // @ts-expect-error nor of a transport
    expect(() => fetchTransport({ timeout: 5 })).toThrow(
      'fetchTransport: timeout is not one of fetch, host, timeoutMs, maxReplyBytes',
    );
  });

  it('that are undefined are those that were left out', async () => {
    const { fetch, calls } = rig();
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

  it('that a class inherits are not lost without a word', () => {
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

  it('are those that were written, whatever was added to Object.prototype', async () => {
    const { fetch, calls } = rig();
    const stolen = rig();
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
    // What a fetch itself would inherit, an authority to trust or a socket, nobody can keep from it: so it is not asked.
    expect(meanwhile).toMatchObject({
      outcome: 'not-sent',
      error: { message: 'send: failed (POLLUTED_PROTOTYPE); nothing was sent' },
    });
    expect(calls).toEqual([]);
    expect((await smsc.send(input)).outcome).toBe('accepted');
    expect(stolen.calls).toEqual([]);
    const [{ url, init }] = calls as [Rig['calls'][number]];
    expect(url).toBe('https://smsc.ua/sys/send.php');
    expect(init.body).toBe(request.body.kind === 'text' ? request.body.text : '');
    expect(init.headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' });
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
    [{ host: 'smsc.kz' }, 'send: host is not one of signal, timeoutMs, onProgress'],
  ])('that cannot be meant are bad input, and nothing is sent: %#', async (options, words) => {
    const { fetch, calls } = rig();
    const refused = createSmsc({ ...credentials, fetch }).send(input, options as object);
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.toMatchObject({ kind: 'invalid-input' });
    expect(calls).toEqual([]);
  });
});
