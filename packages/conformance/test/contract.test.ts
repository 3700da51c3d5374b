import { type Transport, TransportError, type WireRequest } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import { type AttemptOptions, type Case, cases, contract, type MakeTransport, tryCase, type Verdict } from '../src/index.ts';

const named = (fault: string): Case => {
  const found = cases.find((one) => one.fault === fault);
  if (!found) throw new Error(fault);
  return found;
};

/** A transport over the platform's fetch, with whatever is wrong with it. */
const made =
  (wrong: { readonly redirect?: 'follow'; readonly phase?: 'connect' | 'sent'; readonly cause?: true; readonly twice?: true; readonly deaf?: true; readonly changed?: true; readonly patient?: true }): MakeTransport =>
  ({ host: origin }) => {
    const transport: Transport<AttemptOptions> = async (request: WireRequest, { signal, host = origin }: AttemptOptions = {}) => {
      const body = request.body.kind === 'text' ? request.body.text : '';
      const controller = new AbortController();
      const onAbort = (): void => (wrong.deaf ? undefined : controller.abort());
      if (signal?.aborted) throw new TransportError('aborted', 'connect', 'aborted');
      signal?.addEventListener('abort', onAbort);
      const go = () =>
        fetch(`${host}/${request.path}`, {
          method: 'POST',
          body: wrong.changed ? `${body}&x=1` : body,
          headers: { 'content-type': request.body.kind === 'text' ? request.body.contentType : '' },
          redirect: wrong.redirect ?? 'manual',
          signal: controller.signal,
        });
      try {
        if (wrong.twice) await go().then((reply) => reply.arrayBuffer()).catch(() => undefined);
        const response = await go();
        return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
      } catch (error) {
        const thrown = new TransportError('failed', wrong.phase ?? 'sent', 'network');
        if (wrong.cause) thrown.cause = { error, request };
        throw thrown;
      } finally {
        if (!wrong.patient) signal?.removeEventListener('abort', onAbort);
      }
    };
    return transport;
  };

const complain = async (fault: string, transport: MakeTransport): Promise<Verdict['complaints']> => (await tryCase(named(fault), { transport })).complaints;

describe('the contract finds', () => {
  it('nothing in what is right', async () => {
    for (const fault of ['none: it is accepted', 'reset after the request', 'redirect 307 to another port', 'a message to a hundred thousand']) expect(await complain(fault, made({}))).toEqual([]);
  });

  it('a redirect that is followed', async () => {
    expect(await complain('redirect 307 to another port', made({ redirect: 'follow' }))).toContain('the redirect was followed');
    expect(await complain('redirect 308 to the same host', made({ redirect: 'follow' }))).not.toEqual([]);
  });

  it('what is called not sent, and was', async () => {
    expect(await complain('reset after the request', made({ phase: 'connect' }))).toEqual([expect.stringContaining('it was not-sent, and has to be unknown')]);
  });

  it('what is called unknown, and was surely not sent', async () => {
    expect(await complain('connection refused', made({}))).toEqual([expect.stringContaining('it was unknown, and has to be not-sent')]);
  });

  it('a request that is made twice', async () => {
    expect(await complain('none: it is accepted', made({ twice: true }))).toEqual(['2 requests arrived, and have to be 1']);
  });

  it('a secret in an error, however deep', async () => {
    expect(await complain('reset after the request', made({ cause: true }))).toEqual([expect.stringMatching(/^a secret stands in error\.cause\.request/)]);
  });

  it('a body that arrives as another', async () => {
    expect(await complain('none: it is accepted', made({ changed: true }))).toEqual(['the body arrived as another']);
  });

  it('a signal that nobody heeds', async () => {
    expect(await complain('given up while it is answered', made({ deaf: true }))).toEqual([expect.stringContaining('did not end')]);
  });

  it('a listener that stays', async () => {
    expect(await complain('two hundred by one signal', made({ patient: true }))).toEqual(['200 listeners are left on the signal']);
  });

  it('what Retry-After said, and was not handed on', async () => {
    expect(await complain('429 Too Many Requests with Retry-After', made({}))).toEqual(['Retry-After was handed on as nothing']);
  });

  it('a difference that is none any more, and one of no case', async () => {
    const subject = { transport: made({}), differences: { 'reset after the request': { outcome: 'accepted', because: 'a mistake' } } } as const;
    expect((await tryCase(named('reset after the request'), subject)).complaints).toContain('it is listed as a difference, and is none any more');
    const tests: (() => Promise<void>)[] = [];
    contract({ describe: (_, body) => body(), it: (_, body) => tests.push(body) }, 'x', { transport: made({}), differences: { 'no such thing': { outcome: 'unknown', because: '' } } });
    expect(tests).toHaveLength(cases.length + 1);
    await expect(tests.at(-1)!()).rejects.toThrow('no such case: no such thing');
  });
});

it('no two cases have the same name', () => {
  expect(new Set(cases.map(({ fault }) => fault)).size).toBe(cases.length);
});
