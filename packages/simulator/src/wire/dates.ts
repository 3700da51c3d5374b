const two = (part: number): string => String(part).padStart(2, '0');

/** `DD.MM.YYYY hh:mm:ss` in the account's time zone, as in the gateway's answers. */
export function writeDate(instant: number, utcOffset: number): string {
  const date = new Date(instant + utcOffset * 3_600_000);
  const day = `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** Whole seconds since 1970. */
export const toSeconds = (instant: number): number => Math.floor(instant / 1000);
