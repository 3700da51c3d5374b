import type { Database, Statement } from './database.ts';
import type { OwnerRow } from './host.ts';

/** State of a send in its row. */
export const State = { claimed: 1, written: 2, accepted: 3, rejected: 4, notSent: 5 } as const;

/** Holders that are not owners. */
export const Holder = { nobody: 0, report: -1 } as const;

/**
 * 1 January 2020, in milliseconds since 1970. An entry with an earlier time ended before the machine's clock was set,
 * so its age is not known, and it never expires.
 */
export const earliestTime = 1_577_836_800_000;

/** A row of `sends`. */
export interface SendRow {
  readonly seq: number;
  readonly id: string;
  readonly operation: string;
  readonly digest: Uint8Array;
  readonly token: number;
  readonly holder: number | null;
  readonly state: number;
  readonly temporary: number;
  readonly claimed_at: number;
  readonly ended_at: number | null;
  readonly written_boot: number | null;
  readonly written_at: number | null;
  readonly arrives_within: number | null;
  readonly code: number | null;
  readonly request: Uint8Array | null;
  readonly result: Uint8Array | null;
}

/** The small columns of a row. */
export type SendOutline = Pick<SendRow, 'seq' | 'id' | 'operation' | 'token' | 'holder' | 'state'>;

const ownerIsThere = 'EXISTS (SELECT 1 FROM owners WHERE id = ?)';
/** Condition that nobody else works on an entry: it has no holder, or its holder is this owner or one without a row. */
const isFree = '(holder = 0 OR holder = ? OR NOT EXISTS (SELECT 1 FROM owners WHERE owners.id = holder))';

/** Rows that the statements return. Those that only change rows return none. */
interface Rows extends Record<
  | 'claim'
  | 'takeOver'
  | 'write'
  | 'writeAgain'
  | 'leaveInDoubt'
  | 'letGo'
  | 'end'
  | 'drop'
  | 'dropIfTemporary'
  | 'tell'
  | 'resolve'
  | 'forget'
  | 'expire'
  | 'addOwner'
  | 'takeTokens'
  | 'beat'
  | 'dropOwner'
  | 'leave'
  | 'takeSlot'
  | 'setSlots',
  never
> {
  readonly byId: SendRow;
  readonly page: SendRow;
  readonly pageOfHolder: SendRow;
  readonly outlineOfHolder: SendOutline;
  readonly nextHolder: { readonly holder: number };
  readonly oldest: Pick<SendRow, 'seq' | 'claimed_at'>;
  readonly lastOwner: { readonly id: number };
  readonly owner: OwnerRow;
  readonly owners: OwnerRow;
  readonly lastToken: { readonly value: number };
  readonly slotOwners: { readonly owner: number };
}

/** Texts of all statements. Each is atomic, and changes a row only if it still has the expected token. */
const sql: Readonly<Record<keyof Rows, string>> = {
  /** Inserts an entry, or claims one that ended without a charge. */
  claim: `
    INSERT INTO sends (id, operation, digest, request, token, holder, state, temporary, claimed_at)
    SELECT ?, ?, ?, ?, ?, ?, 1, ?, ? WHERE ${ownerIsThere}
    ON CONFLICT (id) DO UPDATE SET
      token = excluded.token, holder = excluded.holder, state = 1, temporary = excluded.temporary,
      request = excluded.request, ended_at = NULL, written_boot = NULL, written_at = NULL,
      arrives_within = NULL, code = NULL, result = NULL
    WHERE state IN (4, 5) AND digest = excluded.digest AND (holder IS NOT NULL OR ended_at >= ? OR ended_at < ${earliestTime})`,
  /** Takes over a claim for which no request was written. */
  takeOver: `
    UPDATE sends SET token = ?, holder = ?, temporary = ?, request = ?
    WHERE id = ? AND token = ? AND state = 1 AND ${ownerIsThere}`,
  /** Records a request of a running claim. */
  write: `
    UPDATE sends SET state = 2, written_boot = ?, written_at = ?, arrives_within = ?
    WHERE id = ? AND token = ? AND state < 3 AND holder = ? AND ${ownerIsThere}`,
  /** Records another request of an entry in doubt. */
  writeAgain: `
    UPDATE sends SET holder = 0, written_boot = ?, written_at = ?, arrives_within = ?
    WHERE id = ? AND token = ? AND state = 2 AND ${isFree}`,
  /** Leaves an entry in doubt. */
  leaveInDoubt: `
    UPDATE sends SET state = 2, holder = 0, code = ? WHERE id = ? AND token = ? AND state < 3`,
  /** Releases a claim. The entry is then in doubt if a request was written, and free otherwise. */
  letGo: 'UPDATE sends SET holder = 0 WHERE id = ? AND token = ? AND state < 3',
  /** Records a certain outcome. The recipients are not needed any more. */
  end: `
    UPDATE sends SET state = ?, holder = ?, ended_at = ?, code = ?, result = ?, request = NULL
    WHERE id = ? AND token = ? AND state < 3`,
  /** Deletes an entry whose id the client created, when it ends. */
  drop: 'DELETE FROM sends WHERE id = ? AND token = ? AND state < 3',
  dropIfTemporary: 'DELETE FROM sends WHERE id = ? AND token = ? AND temporary = 1 AND holder IS NULL',
  tell: `
    UPDATE sends SET
      state = CASE state WHEN 1 THEN 5 ELSE state END, holder = NULL, ended_at = coalesce(ended_at, ?), request = NULL
    WHERE id = ? AND token = ? AND (holder = -1 OR (state = 1 AND ${isFree}))`,
  /** Records an outcome that a person decided. */
  resolve: `
    UPDATE sends SET token = ?, state = ?, holder = NULL, ended_at = ?, code = NULL, request = NULL
    WHERE id = ? AND token = ? AND state = 2 AND ${isFree}`,
  forget: 'DELETE FROM sends WHERE seq = ? AND token = ? AND state = ? AND holder IS ?',

  byId: 'SELECT * FROM sends WHERE id = ?',
  page: 'SELECT * FROM sends WHERE seq > ? ORDER BY seq LIMIT ?',
  pageOfHolder: 'SELECT * FROM sends WHERE holder = ? AND seq > ? ORDER BY seq LIMIT ?',
  /** Lists the entries of a holder without their contents. */
  outlineOfHolder: `
    SELECT seq, id, operation, token, holder, state FROM sends WHERE holder = ? AND seq > ? ORDER BY seq LIMIT ?`,
  /** Returns the next holder that has entries. */
  nextHolder: 'SELECT holder FROM sends WHERE holder > ? ORDER BY holder LIMIT 1',
  /** Lists the oldest entries without their contents. */
  oldest: 'SELECT seq, claimed_at FROM sends WHERE seq > ? ORDER BY seq LIMIT ?',
  expire: `DELETE FROM sends WHERE seq > ? AND seq <= ? AND holder IS NULL AND ended_at < ? AND ended_at >= ${earliestTime}`,

  addOwner: 'INSERT INTO owners (boot, namespace, pid, started, heartbeat) VALUES (?, ?, ?, ?, ?)',
  beat: 'UPDATE owners SET heartbeat = ? WHERE id = ?',
  owner: 'SELECT * FROM owners WHERE id = ?',
  owners: 'SELECT * FROM owners',
  /** Deletes an owner that has given no sign of life since it was read. */
  dropOwner: 'DELETE FROM owners WHERE id = ? AND heartbeat = ?',
  leave: 'DELETE FROM owners WHERE id = ?',
  lastOwner: 'SELECT last_insert_rowid() AS id',
  takeTokens: "UPDATE meta SET value = value + ? WHERE name = 'token'",
  lastToken: "SELECT value FROM meta WHERE name = 'token'",

  takeSlot: `
    INSERT INTO slots (account, owner, used)
    SELECT ?, ?, 1 WHERE ${ownerIsThere} AND (SELECT coalesce(sum(used), 0) FROM slots WHERE account = ?) < ?
    ON CONFLICT DO UPDATE SET used = used + 1`,
  setSlots: `
    INSERT INTO slots (account, owner, used) SELECT ?, ?, ? WHERE ${ownerIsThere}
    ON CONFLICT DO UPDATE SET used = excluded.used`,
  slotOwners: 'SELECT owner FROM slots WHERE account = ? AND used > 0 AND owner <> ?',
};

/** The prepared statements of a ledger. */
export type Statements = { readonly [Name in keyof Rows]: Statement<Rows[Name]> };

/** Prepares all statements of a ledger. */
export const prepareStatements = (database: Database): Statements =>
  Object.fromEntries(Object.entries(sql).map(([name, text]) => [name, database.prepare(text)])) as Statements;
