import type { CertainOutcome, Claim, ClaimAnswer, ClaimRequest, LedgerStore, OpenSend } from '@smsc/client';
import { expectEqual } from './expectations.ts';
import { secrets } from './secrets.ts';
import { arrivesWithinMs } from './world.ts';

/** Id of most cases. */
export const id = 'order-1';

/** A claim of a send. */
export const claimRequest = (more: Partial<ClaimRequest> = {}): ClaimRequest => ({
  id,
  operation: 'send',
  content: `["send",[["mes","${secrets.text}"]]]`,
  to: [secrets.phone],
  account: 'alex',
  temporary: false,
  ...more,
});

/** Claims an id and expects to get it. */
export async function claimYours(store: LedgerStore, more: Partial<ClaimRequest> = {}): Promise<Claim> {
  const answer = await store.claim(claimRequest(more));
  if (answer.state !== 'yours') throw new Error(`claim: expected yours, found ${answer.state}`);
  expectEqual('the id of the claim', answer.claim.id, more.id ?? id);
  return answer.claim;
}

/** Claims an id and expects the answer to have a state other than `yours`. Returns the answer. */
export async function expectClaim<State extends ClaimAnswer['state']>(
  store: LedgerStore,
  state: State,
  more: Partial<ClaimRequest> = {},
): Promise<Extract<ClaimAnswer, { readonly state: State }>> {
  const answer = await store.claim(claimRequest(more));
  expectEqual('the state that claim returned', answer.state, state);
  return answer as Extract<ClaimAnswer, { readonly state: State }>;
}

/** State of an entry. `written`: its request was recorded, and it has not ended. */
export type EntryState = CertainOutcome | 'running' | 'written' | 'unknown';

/** States of entries that no client is working on. */
export const endedStates = ['accepted', 'rejected', 'not-sent', 'unknown'] as const;

/** Result of an accepted send, as a client writes it. */
export const storedResult = '{"id":"order-1","parts":2,"cost":"0.90"}';

/** Claims an id and brings its entry into a state. */
export async function bringTo(
  store: LedgerStore,
  state: EntryState,
  more: Partial<ClaimRequest> & { readonly untold?: boolean } = {},
): Promise<Claim> {
  const { untold, ...request } = more;
  const claim = await claimYours(store, request);
  if (state === 'running') return claim;
  if (state !== 'not-sent') expectEqual('written', await store.written(claim, arrivesWithinMs), true);
  if (state === 'written') return claim;
  const end = {
    outcome: state,
    result: state === 'accepted' ? storedResult : undefined,
    code: state === 'rejected' ? 6 : undefined,
    untold,
  };
  expectEqual(`ended(${state})`, await store.ended(claim, end), true);
  return claim;
}

/** Collects everything that `open()` lists. */
export async function listOpen(store: LedgerStore): Promise<readonly OpenSend[]> {
  const all: OpenSend[] = [];
  for await (const each of store.open()) all.push(each);
  return all;
}

/** Returns the ids that `open()` lists, sorted. */
export const openIds = async (store: LedgerStore): Promise<readonly string[]> =>
  (await listOpen(store)).map(({ claim }) => claim.id).sort();

/** Returns the ids that `entries()` lists, sorted. */
export async function entryIds(
  store: LedgerStore,
  outcome?: Parameters<LedgerStore['entries']>[0],
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const each of store.entries(outcome)) all.push(each.id);
  return all.sort();
}

/** Expects that a claim is void: nothing can be recorded under it. */
export async function expectVoid(store: LedgerStore, claim: Claim): Promise<void> {
  expectEqual('written, under a claim that is void', await store.written(claim, arrivesWithinMs), false);
  for (const outcome of endedStates)
    expectEqual(
      `ended(${outcome}), under a claim that is void`,
      await store.ended(claim, { outcome }),
      false,
    );
}
