const twoDigits = (part: number): string => String(part).padStart(2, '0');

const writeDayOf = (date: Date): string =>
  `${twoDigits(date.getUTCDate())}.${twoDigits(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;

const toLocal = (instant: number, utcOffset: number): Date => new Date(instant + utcOffset * 3_600_000);

/** Writes the date of an instant as `DD.MM.YYYY` in a time zone. */
export const writeDay = (instant: number, utcOffset: number): string =>
  writeDayOf(toLocal(instant, utcOffset));

/** Writes an instant as `DD.MM.YYYY hh:mm:ss` in a time zone, as in the gateway's responses. */
export function writeDate(instant: number, utcOffset: number): string {
  const date = toLocal(instant, utcOffset);
  const time = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}:${twoDigits(date.getUTCSeconds())}`;
  return `${writeDayOf(date)} ${time}`;
}

/** Converts milliseconds to whole seconds since 1970. */
export const toSeconds = (instant: number): number => Math.floor(instant / 1000);
