import type { CertainOutcome, DoubtfulSend, StoredEntry } from '@smsc/client';
import type { Host } from './host.ts';
import type { Keys } from './secret.ts';
import { earliestTime, type SendRow, State } from './statements.ts';

const outcomes: Readonly<Record<number, CertainOutcome>> = {
  [State.accepted]: 'accepted',
  [State.rejected]: 'rejected',
  [State.notSent]: 'not-sent',
};

/** State of each certain outcome. */
export const states: Readonly<Record<CertainOutcome, number>> = {
  accepted: State.accepted,
  rejected: State.rejected,
  'not-sent': State.notSent,
};

/** Returns the outcome of a row, or `undefined` if it is not certain. */
export const certainOutcome = ({ state }: SendRow): CertainOutcome | undefined => outcomes[state];

/** Account and recipients of a send. */
type Request = Pick<DoubtfulSend, 'account' | 'to'>;

/** Encrypts the account and the recipients. */
export const sealRequest = (keys: Keys, id: string, { account, to }: Request): Uint8Array =>
  keys.seal(JSON.stringify([account, ...to]), `request ${id}`);

/** Decrypts the account and the recipients. A damaged row belongs to no account, so nothing proves that it was not sent. */
function unsealRequest(keys: Keys, { id, request }: SendRow): Request {
  const text = request && keys.unseal(request, `request ${id}`);
  const [account = '', ...to] = text ? (JSON.parse(text) as string[]) : [];
  return { account, to };
}

/** Encrypts a result. */
export const sealResult = (keys: Keys, id: string, result: string | undefined): Uint8Array | null =>
  result === undefined ? null : keys.seal(result, `result ${id}`);

/** Decrypts the result of a row. */
export const unsealResult = (keys: Keys, { id, result }: SendRow): string | undefined =>
  result ? keys.unseal(result, `result ${id}`) : undefined;

/** Clock with which processes compare moments. */
export interface Uptime {
  readonly boot: number;
  readonly uptimeMs: () => number;
  /** Returns the least time that has passed since a moment of an earlier boot, in milliseconds. */
  readonly sinceBootMs: () => number;
}

/** Creates the uptime of a machine. */
export const uptimeOf = ({ self, uptimeMs }: Host): Uptime => ({
  boot: self.boot,
  uptimeMs,
  sinceBootMs: uptimeMs,
});

/** Returns the time until the request of a row can no longer arrive, in milliseconds. */
export function certainInMs({ written_at, written_boot, arrives_within }: SendRow, uptime: Uptime): number {
  if (written_at === null || arrives_within === null) return 0;
  const sinceMs = Math.floor(uptime.uptimeMs()) - written_at;
  // After a restart of the machine, at least the time since the restart has passed.
  const isSameBoot = written_boot === uptime.boot && sinceMs >= 0;
  const passedMs = isSameBoot ? sinceMs : Math.floor(uptime.sinceBootMs());
  return Math.max(0, arrives_within - passedMs);
}

/** Converts the row of an entry in doubt. */
export const toDoubt = (row: SendRow, keys: Keys, uptime: Uptime): DoubtfulSend => ({
  claim: { id: row.id, token: row.token },
  operation: row.operation,
  ...unsealRequest(keys, row),
  certainInMs: certainInMs(row, uptime),
});

/** Converts a row to an entry. `isRunning`: an owner that is alive is working on it. */
export function toStored(row: SendRow, keys: Keys, isRunning: boolean): StoredEntry {
  const idle = row.state === State.claimed ? 'not-sent' : 'unknown';
  return {
    id: row.id,
    operation: row.operation,
    outcome: certainOutcome(row) ?? (isRunning ? 'running' : idle),
    code: row.code ?? undefined,
    result: unsealResult(keys, row),
    claimedAt: new Date(row.claimed_at),
    endedAt: row.ended_at === null ? undefined : new Date(row.ended_at),
  };
}

/** Returns true if the entry ended before a time and its outcome was told to the program. */
export const isExpired = ({ holder, ended_at }: SendRow, before: number): boolean =>
  holder === null && ended_at !== null && ended_at < before && ended_at >= earliestTime;
