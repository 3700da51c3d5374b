import { paySubAccount, send, type SendInput } from '@smsc/protocol';
import { settleCases } from '@smsc/testing/settle-cases';
import { describe, expect, it } from 'vitest';
import {
  type Interceptor,
  type Outcome,
  type Settled,
  type SettleOptions,
  recipientThrottle,
} from '../src/index.ts';
import {
  accepted,
  type Step,
  answer,
  delivered,
  hang,
  input,
  missing,
  refused,
  reset,
  type Scripted,
  scripted,
  wait,
} from './script.ts';
import { virtualLedger } from './ledgers.ts';

/** Sends a message whose response is lost, and settles it. `steps` are the responses to all further requests. */
async function settle(
  steps: readonly Step[],
  options?: SettleOptions,
  more: Partial<SendInput> = {},
): Promise<Scripted & { readonly settled: Settled; readonly sent: Outcome<unknown> }> {
  const setup = scripted([reset(), ...steps]);
  const sent = await setup.client.call(send, { ...input, ...more } as SendInput);
  if (sent.outcome !== 'unknown') throw new Error('the response was not lost');
  return { ...setup, sent, settled: await sent.settle(options) };
}

const statusRequestTimes = ({ received }: Scripted): readonly number[] =>
  received
    .filter(({ request }) => request.operation === 'status')
    .map(({ at }) => (at - received[0]!.at) / 1000);

describe('settle() decides, as in a page,', () => {
  const answers = { delivered, missing, none: answer(9) };

  it.each(settleCases)('$title: $outcome', async ({ to, outcome }) => {
    const rig = scripted(({ params, request }) => {
      if (request.operation === 'send') return reset();
      const phone = params.get('phone');
      return answers[to.find(([recipient]) => recipient === phone)![1]];
    });
    const sent = await rig.client.call(send, { ...input, to: to.map(([recipient]) => recipient) });
    expect(sent.outcome === 'unknown' && (await sent.settle()).outcome).toBe(outcome);
  });
});

describe('a message whose response was lost', () => {
  it('is accepted if the gateway has it, in any state', async () => {
    const { settled, received } = await settle([delivered]);
    expect(settled).toEqual({
      outcome: 'accepted',
      id: 'm1',
      status: expect.objectContaining({ status: 1, state: 'delivered' }),
      result: undefined,
    });
    expect([received[1]!.params.get('id'), received[1]!.params.get('phone')]).toEqual(['m1', '380501234567']);
  });

  it('is not sent if the gateway does not have it a minute later', async () => {
    const setup = await settle([missing]);
    expect(setup.settled).toMatchObject({
      outcome: 'not-sent',
      id: 'm1',
      error: { kind: 'transport', phase: 'connect', mayHaveHappened: false },
    });
    expect(statusRequestTimes(setup)).toEqual([1, 3, 8, 23, 60]);
  });

  it('is queried on time with a clock that counts fractions of a millisecond', async () => {
    const { clock } = scripted([]);
    let steps = 0;
    // Advance the clock with every reading.
    const ticks = (): number => clock.now() + (steps += 0.001);
    const setup = scripted([reset(), missing, delivered], {
      clock: { now: clock.now, monotonic: ticks, after: clock.after },
    });
    const sent = await setup.client.call(send, input);
    if (sent.outcome === 'unknown') expect((await sent.settle()).outcome).toBe('accepted');
    expect(setup.received.filter(({ request }) => request.operation === 'status')).toHaveLength(2);
  });

  it('is accepted if it arrives late', async () => {
    const setup = await settle([missing, missing, missing, delivered]);
    expect(setup.settled.outcome).toBe('accepted');
    expect(statusRequestTimes(setup)).toEqual([1, 3, 8, 23]);
  });

  it('stays unknown without a response, and can be settled again', async () => {
    const setup = await settle([answer(9)]);
    expect(setup.settled).toMatchObject({ outcome: 'unknown', id: 'm1' });
    const later = scripted([reset(), ...Array<Step>(5).fill(reset()), delivered]);
    const sent = await later.client.call(send, input);
    const first = sent.outcome === 'unknown' ? await sent.settle() : undefined;
    expect(first?.outcome).toBe('unknown');
    expect(first?.outcome === 'unknown' && (await first.settle())).toMatchObject({ outcome: 'accepted' });
  });

  it('stays unknown if the patience is shorter than the time in transit', async () => {
    for (const patienceMs of [0, 500, 10_000, 59_000]) {
      const { settled, clock, received } = await settle([missing], { patienceMs });
      expect(settled.outcome).toBe('unknown');
      expect(clock.now() - received[0]!.at).toBeLessThanOrEqual(patienceMs);
    }
  });

  it('is queried at most five times a minute, the limit of the gateway', async () => {
    const setup = await settle([answer(9)], { patienceMs: 600_000 });
    const at = statusRequestTimes(setup);
    for (const [place, time] of at.entries())
      expect(at.slice(place).filter((each) => each - time < 60).length).toBeLessThanOrEqual(5);
  });

  it('is not found, and not called missing, by a status of another message', async () => {
    const about = (id: string, status: string): string => status.replace('{', `{"id": "${id}", `);
    for (const status of [missing, delivered]) {
      expect((await settle([about('m2', status)])).settled.outcome).toBe('unknown');
      expect((await settle([about('m2', status), about('m1', delivered)])).settled.outcome).toBe('accepted');
    }
    expect((await settle([about('m1', missing)])).settled.outcome).toBe('not-sent');
  });

  it('with several recipients is found by any of them, and missing only if all are', async () => {
    const to = ['380501234567', '380671112233', '380631112233'];
    const found = await settle([missing, missing, delivered], undefined, { to });
    expect(found.settled.outcome).toBe('accepted');
    const allMissing = await settle([missing], undefined, { to });
    expect(allMissing.settled.outcome).toBe('not-sent');
    const onlySomeKnown = await settle([missing, answer(1)], undefined, { to });
    expect(onlySomeKnown.settled.outcome).toBe('unknown');
    const many = await settle([missing], undefined, {
      to: Array.from({ length: 21 }, (_, at) => `3805000000${10 + at}`),
    });
    expect(many.settled.outcome).toBe('unknown');
  });

  it('is not called missing if some recipients cannot be queried: groups and Telegram names', async () => {
    for (const to of [
      ['380501234567', { group: 5 }],
      ['380501234567', '@someone'],
    ]) {
      const setup = await settle(
        [missing],
        undefined,
        to.includes('@someone') ? ({ kind: 'telegram-bot', bot: '@shop_bot', to } as object) : { to },
      );
      expect([setup.settled.outcome, setup.received.length > 1]).toEqual(['unknown', true]);
    }
  });

  it('is found or stays unknown if the gateway may have corrected the number', async () => {
    for (const to of [
      '89161234567',
      '8 (916) 123-45-67',
      '80501234567',
      '0501234567',
      '9161234567',
      '00380501234567',
    ]) {
      expect([to, (await settle([missing], {}, { to })).settled.outcome]).toEqual([to, 'unknown']);
      expect((await settle([missing, delivered], {}, { to })).settled.outcome).toBe('accepted');
    }
    for (const to of ['380501234567', '79161234567', '992901234567', '+89161234567', '+380 50 123-45-67']) {
      expect([to, (await settle([missing], {}, { to })).settled.outcome]).toEqual([to, 'not-sent']);
    }
    expect((await settle([missing], {}, { to: ['380501234567', '89161234567'] })).settled.outcome).toBe(
      'unknown',
    );
  });

  it('is found by another recipient if the first query fails', async () => {
    const setup = await settle([reset(), delivered], undefined, { to: ['380501234567', '380671112233'] });
    expect(setup.settled.outcome).toBe('accepted');
  });

  it('is queried no longer than the patience allows', async () => {
    const setup = scripted(({ request }) => (request.operation === 'send' ? reset() : hang));
    const sent = await setup.client.call(send, input);
    const start = setup.clock.now();
    expect(sent.outcome === 'unknown' && (await sent.settle({ patienceMs: 10_000 })).outcome).toBe('unknown');
    expect(setup.clock.now() - start).toBeLessThanOrEqual(10_001);
  });

  it('is queried five times a minute by all settle() calls together, failed queries included', async () => {
    const setup = scripted([reset()]);
    const sent = await setup.client.call(send, input);
    if (sent.outcome !== 'unknown') throw new Error('the response was not lost');
    await Promise.all([1, 2, 3].map(() => sent.settle({ patienceMs: 300_000 })));
    const at = statusRequestTimes(setup);
    expect(at.length).toBeGreaterThan(7);
    for (const [place, time] of at.entries())
      expect(at.slice(place).filter((each) => each - time < 60).length).toBeLessThanOrEqual(5);
  });

  it('is settled once for all settle() calls', async () => {
    const setup = scripted(({ request, at }) => {
      if (request.operation === 'send') return reset();
      return at - setup.received[0]!.at < 20_000 ? missing : delivered;
    });
    const sent = await setup.client.call(send, input);
    if (sent.outcome !== 'unknown') throw new Error('the response was not lost');
    const [first, second] = await Promise.all([sent.settle(), sent.settle()]);
    expect(first.outcome).toBe('accepted');
    expect(second).toBe(first);
    expect(await sent.settle()).toBe(first);
  });

  it('is not called missing because the clock was set forward', async () => {
    let set = 0;
    const { clock } = scripted([]);
    const setup = scripted(({ request }) => (request.operation === 'send' ? reset() : missing), {
      clock: { now: () => clock.now() + set, monotonic: clock.now, after: clock.after },
    });
    const sent = await setup.client.call(send, input);
    set = 3_600_000;
    const start = clock.now();
    expect(sent.outcome === 'unknown' && (await sent.settle()).outcome).toBe('not-sent');
    expect(clock.now() - start).toBeGreaterThanOrEqual(60_000);
  });

  it('to a group stays unknown, because no recipient can be queried', async () => {
    const { settled, received } = await settle([missing], undefined, { to: { group: 5 } });
    expect(settled.outcome).toBe('unknown');
    expect(received).toHaveLength(1);
  });

  it('stays unknown if settle() is cancelled', async () => {
    const { settled, received } = await settle([delivered], { signal: AbortSignal.abort() });
    expect(settled.outcome).toBe('unknown');
    expect(received).toHaveLength(1);
  });

  it('rejects invalid options', async () => {
    await expect(settle([missing], { patience: 5 } as object)).rejects.toThrow(
      'settle: patience is unknown; did you mean `patienceMs`?',
    );
  });
});

describe('a probe', () => {
  it('is the identical request, and its response settles the message', async () => {
    const { settled, received } = await settle([accepted], { probe: true });
    expect(settled).toMatchObject({
      outcome: 'accepted',
      id: 'm1',
      status: undefined,
      result: { id: 'm1', parts: 1 },
    });
    expect(received).toHaveLength(2);
    expect(received[1]!.request).toEqual(received[0]!.request);
  });

  it('with error 9 as response proves nothing; the status is requested', async () => {
    expect((await settle([answer(9), delivered], { probe: true })).settled).toMatchObject({
      outcome: 'accepted',
      status: { status: 1 },
    });
    expect((await settle([answer(9), missing], { probe: true })).settled).toMatchObject({
      outcome: 'not-sent',
    });
    expect((await settle([answer(9), reset()], { probe: true })).settled).toMatchObject({
      outcome: 'unknown',
    });
  });

  it('with a response about another message proves nothing', async () => {
    const { client } = scripted([reset(), '{"id": "other", "cnt": 1}', missing]);
    const sent = await client.call(send, input);
    expect(sent.outcome === 'unknown' && (await sent.settle({ probe: true, patienceMs: 0 }))).toMatchObject({
      outcome: 'unknown',
    });
  });

  it('is sent once, and not near the end of the minute', async () => {
    const { received } = await settle([reset()], { probe: true });
    expect(received.filter(({ request }) => request.operation === 'send')).toHaveLength(2);
    const late = scripted([reset(), delivered]);
    const sent = await late.client.call(send, input);
    await wait(late, 50_000);
    if (sent.outcome === 'unknown') await sent.settle({ probe: true });
    expect(late.received.map(({ request }) => request.operation)).toEqual(['send', 'status']);
  });

  it('is not sent for operations other than messages: the gateway would carry them out twice', async () => {
    const { client, received } = scripted([reset()]);
    const paid = await client.call(paySubAccount, { login: 'sub', sum: '100' });
    expect(paid.outcome === 'unknown' && (await paid.settle({ probe: true })).outcome).toBe('unknown');
    expect(received).toHaveLength(1);
  });

  it('is not sent if it would leave too late', async () => {
    let lost = false;
    const setup = scripted(
      ({ request, params }) => {
        if (request.operation === 'status') return missing;
        if (params.get('id') !== 'm1' || lost) return hang;
        lost = true;
        return reset();
      },
      { maxInFlight: 1 },
    );
    const sent = await setup.client.call(send, input);
    // Occupy the only slot until it is too late to send a probe.
    void setup.client.call(send, { ...input, id: 'm2' }, { timeoutMs: 55_000 });
    await wait(setup, 1000);
    if (sent.outcome === 'unknown') await sent.settle({ probe: true });
    expect(
      setup.received.filter(
        ({ params, request }) => request.operation === 'send' && params.get('id') === 'm1',
      ),
    ).toHaveLength(1);
  });

  it('goes to the host of the lost request and ignores the recipient throttle', async () => {
    const setup = scripted([refused(), reset(), accepted], {
      hosts: ['smsc.ua', 'www2.smsc.ua'],
      recipientThrottle: recipientThrottle({ messages: 2, pauseMs: 90_000 }),
    });
    const sent = await setup.client.call(send, input);
    expect(sent.outcome === 'unknown' && (await sent.settle({ probe: true })).outcome).toBe('accepted');
    expect(setup.received.map(({ attempt }) => attempt?.host)).toEqual([
      'smsc.ua',
      'www2.smsc.ua',
      'www2.smsc.ua',
    ]);
    expect(setup.received[2]!.at - setup.received[0]!.at).toBeLessThan(1000);
  });

  it('is not sent after the clock was set back or the machine slept', async () => {
    for (const [set, slept] of [
      [-3_600_000, 600_000],
      [600_000, 0],
    ] as const) {
      const { clock } = scripted([]);
      let by = 0;
      const setup = scripted([reset(), missing], {
        clock: { now: () => clock.now() + by, monotonic: clock.now, after: clock.after },
      });
      const sent = await setup.client.call(send, input);
      await new Promise<void>((resolve) => void clock.after(slept, resolve));
      by = set;
      if (sent.outcome === 'unknown') await sent.settle({ probe: true, patienceMs: 0 });
      expect(setup.received.filter(({ request }) => request.operation === 'send')).toHaveLength(1);
    }
  });

  it('keeps other settle() calls from calling the message missing while it runs', async () => {
    const setup = scripted(({ request }) => {
      if (request.operation === 'status') return missing;
      return setup.received.length === 1 ? reset() : hang;
    });
    const sent = await setup.client.call(send, input, { timeoutMs: 1000 });
    if (sent.outcome !== 'unknown') throw new Error('the response was not lost');
    const stop = new AbortController();
    const probing = sent.settle({ probe: true, signal: stop.signal });
    expect((await sent.settle({ patienceMs: 120_000 })).outcome).toBe('unknown');
    stop.abort();
    await probing;
  });

  it('restarts the minute after which the message counts as missing', async () => {
    const setup = scripted([reset(), ...Array<Step>(20).fill(missing)]);
    const sent = await setup.client.call(send, input);
    await wait(setup, 40_000);
    const probing = scripted(({ request }) => (request.operation === 'send' ? reset() : missing));
    const other = await probing.client.call(send, input);
    await wait(probing, 40_000);
    const [plain, probed] = [
      sent.outcome === 'unknown' && (await sent.settle()),
      other.outcome === 'unknown' && (await other.settle({ probe: true })),
    ];
    expect([plain && plain.outcome, probed && probed.outcome]).toEqual(['not-sent', 'not-sent']);
    expect(setup.clock.now() - setup.received[0]!.at).toBeLessThan(100_000);
    expect(
      probing.clock.now() - probing.received.findLast(({ request }) => request.operation === 'send')!.at,
    ).toBeGreaterThanOrEqual(60_000);
  });

  it('ends at most a minute after the patience, even if an interceptor hangs, and frees its slot', async () => {
    const never = new Promise<never>(() => undefined);
    const layer: Interceptor = {
      attempt: ({ id, attempt }, next) => (id === 'm1' && attempt > 1 ? never : next()),
    };
    const setup = scripted(
      ({ request, params }) => {
        if (request.operation === 'status') return missing;
        return params.get('id') === 'm1' ? reset() : '{"id": "m2", "cnt": 1}';
      },
      { maxInFlight: 1, interceptors: [layer] },
    );
    const sent = await setup.client.call(send, input);
    const began = setup.clock.now();
    expect(
      sent.outcome === 'unknown' && (await sent.settle({ probe: true, patienceMs: 1000 })),
    ).toMatchObject({ outcome: 'unknown' });
    expect(setup.clock.now() - began).toBe(61_000);
    expect(await setup.client.call(send, { ...input, id: 'm2' })).toMatchObject({ outcome: 'accepted' });

    // An entry that cannot be read costs five seconds more.
    for (const [methods, most] of [
      [{ ended: () => never }, 65_000],
      [{ ended: () => never, entry: () => never }, 70_000],
    ] as const) {
      const slow = scripted(
        [reset(), delivered],
        virtualLedger(() => methods),
      );
      const lost = await slow.client.call(send, input, { timeoutMs: 1000 });
      const from = slow.clock.now();
      expect(lost.outcome === 'unknown' && (await lost.settle({ patienceMs: 5000 }))).toMatchObject({
        outcome: 'accepted',
      });
      expect(slow.clock.now() - from).toBeLessThanOrEqual(most);
    }
  });
});
