/** How far a number may be from its place before it goes elsewhere. Made-up numbers could otherwise all want one place. */
export const maxProbes = 48;

/** Powers of ten, for the digits behind the ninth. */
export const powersOfTen: Float64Array = /* @__PURE__ */ Float64Array.of(1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6);

/**
 * Room for so many numbers: an open hash table that is half empty, in which 0 is an empty place. A number of 15 digits
 * is exact as a double.
 */
export function createNumberSet(count: number): Float64Array {
  let size = 4;
  while (size < count * 2) size *= 2;
  return new Float64Array(size);
}

/** Where the search for a number begins, of its first nine digits and the rest; to be cut to the table's size. */
export function hashOf(head: number, tail: number): number {
  const mixed = Math.imul(head, 0x9e3779b1) ^ Math.imul(tail, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** Puts a number in. `true`: it is new. `false`: it was there. `undefined`: it finds no place. */
export function addNumber(table: Float64Array, phone: string): boolean | undefined {
  const mask = table.length - 1;
  const number = Number(phone);
  let place = hashOf(Number(phone.slice(0, 9)), Number(phone.slice(9))) & mask;
  for (let way = 0; way < maxProbes; way++) {
    const there = table[place];
    if (there === number) return false;
    if (there === 0) {
      table[place] = number;
      return true;
    }
    place = (place + 1) & mask;
  }
  return undefined;
}

/** Whether a number was put in. `undefined`: it is not there, but may have found no place. */
export function hasNumber(table: Float64Array, phone: string): boolean | undefined {
  const mask = table.length - 1;
  const number = Number(phone);
  let place = hashOf(Number(phone.slice(0, 9)), Number(phone.slice(9))) & mask;
  for (let way = 0; way < maxProbes; way++) {
    const there = table[place];
    if (there === number) return true;
    if (there === 0) return false;
    place = (place + 1) & mask;
  }
  return undefined;
}
