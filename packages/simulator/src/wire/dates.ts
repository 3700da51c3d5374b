const twoDigits = (part: number): string => String(part).padStart(2, '0');

/** Writes the date of an instant as `DD.MM.YYYY` in a time zone. */
export function writeDay(instant: number, utcOffset: number): string {
  const date = new Date(instant + utcOffset * 3_600_000);
  return `${twoDigits(date.getUTCDate())}.${twoDigits(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;
}

/** Writes an instant as `DD.MM.YYYY hh:mm:ss` in a time zone, the form that the gateway's responses use. */
export function writeDate(instant: number, utcOffset: number): string {
  const date = new Date(instant + utcOffset * 3_600_000);
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(':');
  return `${writeDay(instant, utcOffset)} ${time}`;
}

/** Converts milliseconds to whole seconds since 1970. */
export const toSeconds = (instant: number): number => Math.floor(instant / 1000);
