/**
 * Maximum number of slots to search for a number. If all of them hold other numbers, the caller stores the number
 * elsewhere. Without this limit, numbers chosen to collide would make the search slow.
 */
export const maxProbes = 48;

/** Powers of ten by the number of digits after the ninth. */
export const powersOfTen: Float64Array = /* @__PURE__ */ Float64Array.of(1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6);

/**
 * Creates a set for `count` phone numbers: an open-addressing hash table at most half full, where 0 marks an empty slot.
 * A double represents numbers of up to 15 digits exactly.
 */
export function createNumberSet(count: number): Float64Array {
  let size = 4;
  while (size < count * 2) size *= 2;
  return new Float64Array(size);
}

/**
 * Returns the hash of a number, given its first nine digits and the rest. The caller masks the hash to the size of the
 * table.
 */
export function hashOf(head: number, tail: number): number {
  const mixed = Math.imul(head, 0x9e3779b1) ^ Math.imul(tail, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** Adds a number. Returns `true` if it is new, `false` if it was present, `undefined` if no slot was found. */
export function addNumber(table: Float64Array, phone: string): boolean | undefined {
  const mask = table.length - 1;
  const number = Number(phone);
  let slot = hashOf(Number(phone.slice(0, 9)), Number(phone.slice(9))) & mask;
  for (let probes = 0; probes < maxProbes; probes++) {
    const present = table[slot];
    if (present === number) return false;
    if (present === 0) {
      table[slot] = number;
      return true;
    }
    slot = (slot + 1) & mask;
  }
  return undefined;
}

/**
 * Returns `true` if a number is present, `false` if it is absent. Returns `undefined` if all searched slots hold other
 * numbers, since the caller may have stored the number elsewhere.
 */
export function hasNumber(table: Float64Array, phone: string): boolean | undefined {
  const mask = table.length - 1;
  const number = Number(phone);
  let slot = hashOf(Number(phone.slice(0, 9)), Number(phone.slice(9))) & mask;
  for (let probes = 0; probes < maxProbes; probes++) {
    const present = table[slot];
    if (present === number) return true;
    if (present === 0) return false;
    slot = (slot + 1) & mask;
  }
  return undefined;
}
