import { send, type SendInput } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import type { Outcome, Settled, SettleOptions } from '../src/index.ts';
import { accepted, type Act, answer, delivered, input, missing, reset, type Scripted, scripted } from './script.ts';

/** A send whose answer is lost, then settled; what the gateway says meanwhile. */
async function settle(acts: readonly Act[], options?: SettleOptions, more: Partial<SendInput> = {}): Promise<Scripted & { readonly settled: Settled; readonly sent: Outcome<unknown> }> {
  const rig = scripted([reset(), ...acts]);
  const sent = await rig.client.call(send, { ...input, ...more } as SendInput);
  if (sent.outcome !== 'unknown') throw new Error('the answer was not lost');
  return { ...rig, sent, settled: await sent.settle(options) };
}

const asks = ({ taken }: Scripted): readonly number[] => taken.filter(({ request }) => request.operation === 'status').map(({ at }) => (at - taken[0]!.at) / 1000);

describe('a message whose answer was lost', () => {
  it('is accepted when the gateway has it, however far it has come', async () => {
    const { settled, taken } = await settle([delivered]);
    expect(settled).toEqual({ outcome: 'accepted', id: 'm1', status: expect.objectContaining({ status: 1, state: 'delivered' }), result: undefined });
    expect([taken[1]!.params.get('id'), taken[1]!.params.get('phone')]).toEqual(['m1', '380501234567']);
  });

  it('is not sent when the gateway does not have it a minute later', async () => {
    const rig = await settle([missing]);
    expect(rig.settled).toMatchObject({ outcome: 'not-sent', id: 'm1', error: { kind: 'transport', phase: 'connect', mayHaveHappened: false } });
    expect(asks(rig)).toEqual([1, 3, 8, 23, 63]);
  });

  it('is accepted if it arrives late', async () => {
    const rig = await settle([missing, missing, missing, delivered]);
    expect(rig.settled.outcome).toBe('accepted');
    expect(asks(rig)).toEqual([1, 3, 8, 23]);
  });

  it('stays unknown while nobody answers, and can be settled again', async () => {
    const rig = await settle([answer(9)]);
    expect(rig.settled).toMatchObject({ outcome: 'unknown', id: 'm1' });
    const later = scripted([reset(), ...Array<Act>(18).fill(reset()), delivered]);
    const sent = await later.client.call(send, input);
    const first = sent.outcome === 'unknown' ? await sent.settle() : undefined;
    expect(first?.outcome).toBe('unknown');
    expect(first?.outcome === 'unknown' && (await first.settle())).toMatchObject({ outcome: 'accepted' });
  });

  it('is not given up for a time in which a request could be on its way', async () => {
    for (const patienceMs of [0, 500, 10_000, 59_000]) {
      const { settled, clock, taken } = await settle([missing], { patienceMs });
      expect(settled.outcome).toBe('unknown');
      expect(clock.now() - taken[0]!.at).toBeLessThanOrEqual(patienceMs);
    }
  });

  it('is asked for no more often than the gateway answers: five times a minute', async () => {
    const rig = await settle([answer(9)], { patienceMs: 600_000 });
    const at = asks(rig);
    for (const [place, time] of at.entries()) expect(at.slice(place).filter((each) => each - time < 60).length).toBeLessThanOrEqual(5);
  });

  it('of a mailing is found by any recipient, and missing only when all are', async () => {
    const to = ['380501234567', '380671112233', '380631112233'];
    const found = await settle([missing, missing, delivered], undefined, { to });
    expect(found.settled.outcome).toBe('accepted');
    const nowhere = await settle([missing], undefined, { to });
    expect(nowhere.settled.outcome).toBe('not-sent');
    const half = await settle([missing, answer(1)], undefined, { to });
    expect(half.settled.outcome).toBe('unknown');
    const many = await settle([missing], undefined, { to: Array.from({ length: 21 }, (_, at) => `3805000000${10 + at}`) });
    expect(many.settled.outcome).toBe('unknown');
  });

  it('to a group stays unknown: there is nobody to ask about', async () => {
    const { settled, taken } = await settle([missing], undefined, { to: { group: 5 } });
    expect(settled.outcome).toBe('unknown');
    expect(taken).toHaveLength(1);
  });

  it('stays unknown when the search is given up', async () => {
    const { settled, taken } = await settle([delivered], { signal: AbortSignal.abort() });
    expect(settled.outcome).toBe('unknown');
    expect(taken).toHaveLength(1);
  });

  it('refuses options that cannot be meant', async () => {
    await expect(settle([missing], { patience: 5 } as object)).rejects.toThrow('settle: patience is not one of signal, patienceMs, probe');
  });
});

describe('a probe', () => {
  it('is the same request byte for byte, and its answer is the message’s', async () => {
    const { settled, taken } = await settle([accepted], { probe: true });
    expect(settled).toMatchObject({ outcome: 'accepted', id: 'm1', status: undefined, result: { id: 'm1', parts: 1 } });
    expect(taken).toHaveLength(2);
    expect(taken[1]!.request).toEqual(taken[0]!.request);
  });

  it('that is answered with error 9 proves nothing by itself: the gateway is asked', async () => {
    expect((await settle([answer(9), delivered], { probe: true })).settled).toMatchObject({ outcome: 'accepted', status: { status: 1 } });
    expect((await settle([answer(9), missing], { probe: true })).settled).toMatchObject({ outcome: 'not-sent' });
    expect((await settle([answer(9), reset()], { probe: true })).settled).toMatchObject({ outcome: 'unknown' });
  });

  it('is made once, and not when the minute is nearly over', async () => {
    const { taken } = await settle([reset()], { probe: true });
    expect(taken.filter(({ request }) => request.operation === 'send')).toHaveLength(2);
    const late = scripted([reset(), delivered]);
    const sent = await late.client.call(send, input);
    await new Promise<void>((resolve) => late.clock.after(50_000, resolve));
    if (sent.outcome === 'unknown') await sent.settle({ probe: true });
    expect(late.taken.map(({ request }) => request.operation)).toEqual(['send', 'status']);
  });

  it('may be late itself: that there is nothing counts a minute after it', async () => {
    const rig = scripted([reset(), ...Array<Act>(20).fill(missing)]);
    const sent = await rig.client.call(send, input);
    await new Promise<void>((resolve) => rig.clock.after(40_000, resolve));
    const probing = scripted(({ request }) => (request.operation === 'send' ? reset() : missing));
    const other = await probing.client.call(send, input);
    await new Promise<void>((resolve) => probing.clock.after(40_000, resolve));
    const [plain, probed] = [sent.outcome === 'unknown' && (await sent.settle()), other.outcome === 'unknown' && (await other.settle({ probe: true }))];
    expect([plain && plain.outcome, probed && probed.outcome]).toEqual(['not-sent', 'not-sent']);
    expect(rig.clock.now() - rig.taken[0]!.at).toBeLessThan(100_000);
    expect(probing.clock.now() - probing.taken.findLast(({ request }) => request.operation === 'send')!.at).toBeGreaterThanOrEqual(60_000);
  });
});
