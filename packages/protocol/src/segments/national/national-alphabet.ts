import { gsm7 } from '../gsm7.ts';
import { type NationalTable, nationalTables } from './national-tables.ts';
import type { SeptetTable } from '../septets.ts';
import type { ShiftIdentifiers } from '../packing/user-data.ts';

/** Tables created so far. The same object is returned each time, because look-ups are cached for each table object. */
const tables = /* @__PURE__ */ new Map<string, SeptetTable>();

const byIdentifier = (identifier: number | undefined): NationalTable | undefined =>
  Object.values(nationalTables).find(({ id }) => id === identifier);

/**
 * Returns the tables of national languages, for the option `alphabet` of `pack`, `packParts` and `unpack`. Returns
 * `undefined` if a language lacks the table. Spanish, for example, has no locking shift table.
 *
 * Source: 3GPP TS 23.038, 6.2.1.2 and annex A.
 *
 * @example
 * ```ts
 * unpack(packed, { alphabet: nationalAlphabet }).text;
 * ```
 */
export function nationalAlphabet({ locking, single }: ShiftIdentifiers): SeptetTable | undefined {
  const key = `${locking} ${single}`;
  const known = tables.get(key);
  if (known) return known;
  const basic = locking === undefined ? gsm7.basic : byIdentifier(locking)?.locking;
  const extension = single === undefined ? gsm7.extension : byIdentifier(single)?.single;
  if (basic === undefined || extension === undefined) return undefined;
  const table: SeptetTable = { basic, extension };
  tables.set(key, table);
  return table;
}
