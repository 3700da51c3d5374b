import { gsm7 } from '../gsm7.ts';
import { type NationalTable, nationalTables } from './national-tables.ts';
import type { SeptetTable } from '../septets.ts';
import type { ShiftIdentifiers } from '../packing/user-data.ts';

/** The same object each time, since what is prepared for a table is kept with it. */
const made = /* @__PURE__ */ new Map<string, SeptetTable>();

const byIdentifier = (identifier: number | undefined): NationalTable | undefined =>
  Object.values(nationalTables).find(({ id }) => id === identifier);

/**
 * The tables of every national language, for `pack` and `unpack`: `unpack(packed, { alphabet: nationalAlphabet })`.
 * `undefined` for languages that have none, such as Spanish as a locking shift.
 *
 * Source: 3GPP TS 23.038, 6.2.1.2 and annex A.
 */
export function nationalAlphabet({ locking, single }: ShiftIdentifiers): SeptetTable | undefined {
  const key = `${locking} ${single}`;
  const known = made.get(key);
  if (known) return known;
  const basic = locking === undefined ? gsm7.basic : byIdentifier(locking)?.locking;
  const extension = single === undefined ? gsm7.extension : byIdentifier(single)?.single;
  if (basic === undefined || extension === undefined) return undefined;
  const table: SeptetTable = { basic, extension };
  made.set(key, table);
  return table;
}
