const hour = 3_600_000;

/** Reads `dd.mm.yyyy`. Returns the instant at which that day begins in a time zone, or `undefined` for an invalid date. */
export function readDay(written: string, utcOffset: number): number | undefined {
  const match = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(written);
  if (!match) return undefined;
  const [date = 0, month = 0, year = 0] = match.slice(1).map(Number);
  const utc = Date.UTC(year, month - 1, date);
  const read = new Date(utc);
  // `Date.UTC` accepts a day or month that does not exist and returns a later date. It reads years below 100 as 19xx.
  return year >= 100 && read.getUTCDate() === date && read.getUTCMonth() === month - 1
    ? utc - utcOffset * hour
    : undefined;
}
