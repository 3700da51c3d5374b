import { inspect } from 'node:util';
import { balance, send } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import {
  type CallSummary,
  type Interceptor,
  logging,
  type LogLine,
  OutcomeError,
  redact,
  customThrottle,
  recipientThrottle,
  unwrap,
} from '../src/index.ts';
import {
  accepted,
  answer,
  delivered,
  input,
  refused,
  reset,
  type Scripted,
  scripted,
  wait,
} from './script.ts';

describe('interceptors', () => {
  it('wrap a call and each attempt, the first one outermost', async () => {
    const seen: string[] = [];
    const layer = (name: string): Interceptor => ({
      call: async (info, next) => {
        seen.push(`${name} call ${info.operation} ${info.effect} ${info.id}`);
        const ended = await next();
        seen.push(`${name} call ${ended.outcome} ${ended.attempts}`);
        return ended;
      },
      attempt: async (info, next) => {
        seen.push(`${name} attempt ${info.attempt} ${info.host}`);
        const ended = await next();
        seen.push(`${name} attempt ${ended.outcome}`);
        return ended;
      },
    });
    const { client } = scripted([refused(), accepted], {
      interceptors: [layer('a'), layer('b')],
      hosts: ['smsc.ua', 'www2.smsc.ua'],
    });
    await client.call(send, input);
    expect(seen).toEqual([
      'a call send spends m1',
      'b call send spends m1',
      'a attempt 1 smsc.ua',
      'b attempt 1 smsc.ua',
      'b attempt not-sent',
      'a attempt not-sent',
      'a attempt 2 www2.smsc.ua',
      'b attempt 2 www2.smsc.ua',
      'b attempt accepted',
      'a attempt accepted',
      'b call accepted 2',
      'a call accepted 2',
    ]);
  });

  it('get the outcome of everything, and no secret', async () => {
    const summaries: unknown[] = [];
    const watch = async (info: object, next: () => Promise<CallSummary>): Promise<CallSummary> => {
      const ended = await next();
      summaries.push(info, ended);
      return ended;
    };
    for (const [step, outcome, code] of [
      [accepted, 'accepted', undefined],
      [answer(6), 'rejected', 6],
      [refused(), 'not-sent', undefined],
      [reset(), 'unknown', undefined],
    ] as const) {
      summaries.length = 0;
      await scripted([step], { interceptors: [{ call: watch, attempt: watch }], retries: 0 }).client.call(
        send,
        input,
      );
      expect([summaries[1], summaries[3]]).toMatchObject([
        { outcome, code },
        { outcome, code, attempts: 1 },
      ]);
      expect(inspect(summaries, { depth: Infinity, showHidden: true })).not.toMatch(
        /hunter2|4821|380501234567/,
      );
    }
    await scripted(['{"balance": "1"}'], { interceptors: [{ call: watch }] }).client.call(balance, {});
    expect(summaries.at(-1)).toMatchObject({ outcome: 'done' });
    await scripted([answer(2)], { interceptors: [{ call: watch }] })
      .client.call(balance, {})
      .catch(() => undefined);
    expect(summaries.at(-1)).toMatchObject({ outcome: 'failed', code: 2 });
  });

  it('can hold a call back by throwing or by not calling next', async () => {
    for (const layer of [
      () => Promise.reject(new Error('no')),
      () => {
        throw new Error('no');
      },
      () => Promise.resolve({ outcome: 'accepted' } as CallSummary),
    ]) {
      for (const interceptor of [{ call: layer }, { attempt: layer }]) {
        const { client, received } = scripted([accepted], { interceptors: [interceptor] });
        expect(await client.call(send, input)).toMatchObject({
          outcome: 'not-sent',
          error: { reason: 'held-back', message: 'send: held back: by an interceptor; nothing was sent' },
        });
        await expect(client.call(balance, {})).rejects.toMatchObject({ reason: 'held-back' });
        expect(received).toHaveLength(0);
      }
    }
  });

  it('cannot change an outcome or send a request twice', async () => {
    const wrong: Interceptor['call'][] = [
      async (_, next) => (await next(), Promise.reject(new Error('afterwards'))),
      async (_, next) => (await Promise.all([next(), next(), next()]), { outcome: 'unknown' } as CallSummary),
      (_, next) => (void next(), Promise.resolve({ outcome: 'not-sent' } as CallSummary)),
    ];
    for (const call of wrong) {
      for (const interceptor of [{ call }, { attempt: call }]) {
        const { client, received } = scripted([accepted], { interceptors: [interceptor] });
        expect(await client.call(send, input)).toMatchObject({ outcome: 'accepted' });
        expect(received).toHaveLength(1);
      }
    }
  });

  it('send nothing by calling next after the call has ended', async () => {
    for (const where of ['call', 'attempt'] as const) {
      let late: (() => Promise<CallSummary>) | undefined;
      const kept = scripted([accepted], {
        interceptors: [
          {
            [where]: (_: object, next: () => Promise<CallSummary>) => (
              (late = next),
              Promise.resolve(undefined)
            ),
          },
        ],
      });
      expect(await kept.client.call(send, input)).toMatchObject({ outcome: 'not-sent' });
      expect(await late!()).toMatchObject({ outcome: 'not-sent', error: { reason: 'held-back' } });
      const setup: Scripted = scripted([accepted], {
        interceptors: [
          {
            [where]: (_: object, next: () => Promise<CallSummary>) =>
              Promise.race([next(), wait(setup, 100).then(() => Promise.reject(new Error('too slow')))]),
          },
          {
            [where]: async (_: object, next: () => Promise<CallSummary>) => (await wait(setup, 200), next()),
          },
        ],
      });
      expect(await setup.client.call(send, input)).toMatchObject({ outcome: 'not-sent' });
      await wait(setup, 1000);
      expect([kept.received, setup.received]).toEqual([[], []]);
    }
  });

  it('cannot cause a retry of an unknown send by changing its error', async () => {
    const changeError = async (_: object, next: () => Promise<CallSummary>): Promise<CallSummary> => {
      const ended = await next();
      Object.assign(ended.error!, { mayHaveHappened: false });
      return ended;
    };
    const { client, received } = scripted([reset(), accepted], { interceptors: [{ attempt: changeError }] });
    expect(await client.call(send, input)).toMatchObject({ outcome: 'unknown' });
    expect(received).toHaveLength(1);
  });

  it('get the real outcome, whatever an inner interceptor returns', async () => {
    const inside = [
      () => Promise.reject(new Error('no')),
      () => Promise.resolve({ outcome: 'accepted', attempts: 5 } as CallSummary),
      (_: object, next: () => Promise<CallSummary>) => next().then(() => Promise.reject(new Error('no'))),
    ];
    for (const [layer, outcome] of [
      [inside[0]!, 'not-sent'],
      [inside[1]!, 'not-sent'],
      [inside[2]!, 'accepted'],
    ] as const) {
      for (const where of ['call', 'attempt'] as const) {
        const summaries: CallSummary[] = [];
        const outside = async (_: object, next: () => Promise<CallSummary>): Promise<CallSummary> => (
          summaries.push(await next()),
          summaries[0]!
        );
        await scripted([accepted], { interceptors: [{ [where]: outside }, { [where]: layer }] }).client.call(
          send,
          input,
        );
        expect(summaries).toMatchObject([
          { outcome, ...(outcome === 'not-sent' && { error: { reason: 'held-back' } }) },
        ]);
      }
    }
  });

  it('that never end are bounded by the timeout and give their slot back', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    for (const [layer, outcome] of [
      [never, 'not-sent'],
      [(_: object, next: () => Promise<CallSummary>) => next().then(never), 'accepted'],
    ] as const) {
      for (const where of ['call', 'attempt'] as const) {
        const setup = scripted([accepted], {
          interceptors: [{ [where]: layer }],
          callTimeoutMs: 5000,
          maxInFlight: 1,
        });
        const start = setup.clock.now();
        expect(
          await Promise.all([
            setup.client.call(send, input),
            setup.client.call(balance, {}).catch(() => undefined),
          ]),
        ).toMatchObject([{ outcome }, undefined]);
        expect(setup.clock.now() - start).toBeLessThanOrEqual(5001);
      }
    }
  });

  it('leave no unhandled rejection if nobody awaits them', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    try {
      const twice = async (_: object, next: () => Promise<CallSummary>): Promise<CallSummary> => (
        void next(),
        next()
      );
      await scripted([accepted], {
        interceptors: [
          { call: twice },
          { call: (_, next) => next().then(() => Promise.reject(new Error('no'))) },
        ],
      }).client.call(send, input);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', listen);
    }
  });
});

describe('a log', () => {
  it('has a line for each call and for each failed attempt', async () => {
    const lines: LogLine[] = [];
    const { client, clock } = scripted([refused(), accepted, reset()], {
      interceptors: [],
      hosts: ['smsc.ua'],
    });
    const logged = scripted([refused(), accepted, reset()], {
      interceptors: [logging((line) => lines.push(line), { clock })],
      hosts: ['smsc.ua'],
    }).client;
    await logged.call(send, { ...input, id: 'to-380501234567' });
    void client;
    expect(lines.map(({ level, message }) => `${level}: ${message.replace(/in \d+ ms/, 'in … ms')}`)).toEqual(
      [
        'warn: send to-380•••••••67 not-sent in attempt 1 to smsc.ua in … ms (no connection)',
        'warn: send to-380•••••••67 unknown in attempt 2 to smsc.ua in … ms (send: unreadable reply (HTTP 200): unexpected id; the request may have succeeded)',
        'error: send to-380•••••••67 unknown after 2 attempts in … ms (send: unreadable reply (HTTP 200): unexpected id; the request may have succeeded)',
      ],
    );
  });

  it('rejects a missing write function and unknown options', () => {
    expect(() => logging(undefined as never)).toThrow('logging: write expected a function, got undefined');
    expect(() => logging(() => undefined, { clok: 1 } as object)).toThrow(
      'logging: clok is unknown; did you mean `clock`?',
    );
  });

  it('does not change a call if writing fails', async () => {
    const { client } = scripted([accepted], {
      interceptors: [
        logging(() => {
          throw new Error('disk full');
        }),
      ],
    });
    expect(await client.call(send, input)).toMatchObject({ outcome: 'accepted' });
  });

  it('shows the first three and last two digits of a number', () => {
    expect(redact('380501234567 and +7 9161112233, 12345')).toBe('380•••••••67 and +7 916•••••33, 12345');
  });
});

describe('unwrap', () => {
  it('returns an accepted send and throws any other outcome with its name', async () => {
    const parts: number = unwrap(await scripted([accepted]).client.call(send, input)).parts;
    expect(parts).toBe(1);
    for (const [step, outcome, code] of [
      [answer(6), 'rejected', 6],
      [refused(), 'not-sent', undefined],
      [reset(), 'unknown', undefined],
    ] as const) {
      const ended = await scripted([step]).client.call(send, input);
      expect(() => unwrap(ended)).toThrow(OutcomeError);
      expect(() => unwrap(ended)).toThrow(
        expect.objectContaining({
          outcome,
          code,
          id: 'm1',
          kind: 'outcome',
          settle: outcome === 'unknown' ? expect.any(Function) : undefined,
        }),
      );
    }
  });
});

describe('a value that is not an outcome', () => {
  it('is rejected, such as a promise that was not awaited', async () => {
    const promise = scripted([accepted]).client.call(send, input);
    for (const wrong of [promise, undefined, {}])
      expect(() => unwrap(wrong as never)).toThrow(
        expect.objectContaining({
          kind: 'invalid-input',
          message: 'unwrap: outcome expected the outcome of a send; await the call first',
        }),
      );
    await promise;
  });
});

describe('the recipient throttle', () => {
  it('lets 49 messages a minute go to one number, then waits for the next minute', async () => {
    const { client, received, clock } = scripted([accepted], { recipientThrottle: recipientThrottle() });
    const start = clock.now();
    for (let sent = 0; sent < 49; sent++) await client.call(send, input);
    expect(clock.now()).toBe(start);
    await client.call(send, { ...input, to: '380671112233' });
    expect(clock.now()).toBe(start);
    await client.call(send, { ...input, to: '+380 (50) 123-45-67' });
    expect(received.at(-1)!.at - start).toBe(60_000);
  });

  it('holds sends back if it fails', async () => {
    const { client, received } = scripted([accepted], {
      recipientThrottle: customThrottle(() => {
        throw new Error('no');
      }),
    });
    expect(await client.call(send, input)).toMatchObject({
      outcome: 'not-sent',
      error: { reason: 'held-back' },
    });
    expect(received).toEqual([]);
  });

  it('can be cancelled; nothing was sent then', async () => {
    const { client, received, clock } = scripted([accepted], {
      recipientThrottle: recipientThrottle({ messages: 1 }),
      callTimeoutMs: 1000,
    });
    await client.call(send, input);
    expect(await client.call(send, input)).toMatchObject({
      outcome: 'not-sent',
      error: { reason: 'timeout' },
    });
    expect(received).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});

it('an interceptor that changes an error does not keep the caller from settling', async () => {
  const change: Interceptor = {
    attempt: async (_, next) => {
      const summary = await next();
      Object.assign(summary.error ?? {}, { kind: 'invalid-input', mayHaveHappened: false });
      return summary;
    },
  };
  const { client } = scripted([reset(), delivered], { interceptors: [change] });
  const sent = await client.call(send, input);
  expect(sent.outcome === 'unknown' && (await sent.settle())).toMatchObject({ outcome: 'accepted' });
});
