import type { CharsetName, Day } from '@smsc/protocol';
import fc from 'fast-check';

/** Texts that a charset has the characters for. */
export interface Words {
  /** One line, with everything in it that separates things on the wire. Not blank. */
  readonly line: fc.Arbitrary<string>;
  /** Several lines. Not blank. */
  readonly lines: fc.Arbitrary<string>;
  /** The text of a message. */
  readonly message: fc.Arbitrary<string>;
}

const latin = [...'abcXYZ019 '];
const signs = [...'&=+%;:,|"\'<>/\\(){}[]~_#@!?*-.'];
const russian = [...'абвёжЯ'];
const others = [...'їґ€ßλ', '👋', '日'];

const notBlank = (text: string): boolean => text.trim() !== '';
/** What the client refuses, since the gateway would make something else of it. */
const isMessage = (text: string): boolean =>
  !/^\s*~~~\s*$/m.test(text) && !/^\s*__[A-Za-z]+__/.test(text) && !/casino|казино/i.test(text);

/** Texts of a charset. */
export function wordsIn(charset: CharsetName = 'utf-8'): Words {
  const units = [
    ...latin,
    ...latin,
    ...signs,
    ...russian,
    ...russian,
    ...(charset === 'utf-8' ? others : []),
  ];
  const text = (characters: readonly string[], maxLength: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength }).filter(notBlank);
  return {
    line: text(units, 24),
    lines: text([...units, '\n'], 60),
    message: text([...units, '\n'], 200).filter(isMessage),
  };
}

/** Digits of a number's end: any, or one that decides what becomes of a message. */
const ending = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.integer({ min: 0, max: 9_999_999 }).map((digits) => String(digits).padStart(7, '0')),
  },
  { weight: 1, arbitrary: fc.constantFrom('1000003', '1020001', '1020006', '1000022', '1000025') },
);

/** A number of a country that there is a way to. */
export const phone: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.constantFrom('38050', '38067', '38063'), ending).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('7916', '7921', '7903'), ending).map((parts) => parts.join('')),
);

/** Numbers, none of them twice. */
export const phones = (maxLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(phone, { minLength: 1, maxLength });

/** The same number as people write it. */
export const written = (digits: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    digits,
    `+${digits}`,
    `+${digits.slice(0, 3)} (${digits.slice(3, 5)}) ${digits.slice(5, 8)}-${digits.slice(8)}`,
    `${digits.slice(0, 4)} ${digits.slice(4)}`,
  );

export const email: fc.Arbitrary<string> = fc
  .tuple(
    fc.stringMatching(/^[a-z][a-z0-9.]{0,8}[a-z0-9]$/),
    fc.stringMatching(/^[a-z]{1,8}\.(?:org|example)$/),
  )
  .map(([name, host]) => `${name}@${host}`);

/** A sender name of letters. */
export const senderName: fc.Arbitrary<string> = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9 .&-]{0,9}$/)
  .map((name) => name.trim());

/** An id of one's own that is no number. */
export const ownId: fc.Arbitrary<string> = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,30}$/);

export const webAddress: fc.Arbitrary<string> = fc.stringMatching(
  /^https?:\/\/[a-z]{3,9}\.example\/[a-zA-Z0-9]{15,30}(?:\?[a-z]=[0-9&%]{0,4})?$/,
);

/** An amount with up to three decimals, above zero, and below so many hundreds. */
export const amountTo = (most: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 0, max: most - 1 }), fc.integer({ min: 1, max: 999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(3, '0')}`);

/** A day between two years. */
export const dayOf = (min: string, max: string): fc.Arbitrary<Day> =>
  fc
    .date({ min: new Date(`${min}T00:00Z`), max: new Date(`${max}T00:00Z`), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10) as Day);

/** An amount as a whole number of millionths, so that sums are exact. */
export function millionths(amount: string): bigint {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount)!;
  const absolute = BigInt(whole + fraction.padEnd(6, '0'));
  return sign === '-' ? -absolute : absolute;
}

/** A day as the gateway writes it. */
export const wireDay = (day: Day): string => day.split('-').reverse().join('.');

/** The day of an instant in a zone. */
export const dayAt = (instant: number, utcOffset: number): Day =>
  new Date(instant + utcOffset * 3_600_000).toISOString().slice(0, 10) as Day;

/** An instant as the gateway writes it: `DD.MM.YYYY hh:mm:ss` in a zone. */
export function localTime(instant: number, utcOffset: number): string {
  const [date, time] = new Date(instant + utcOffset * 3_600_000).toISOString().slice(0, 19).split('T') as [
    string,
    string,
  ];
  return `${date.split('-').reverse().join('.')} ${time}`;
}

/** An object without some of its members. */
export const without = <Value extends object, Name extends string>(
  value: Value,
  ...names: readonly Name[]
): Omit<Value, Name> =>
  Object.fromEntries(
    Object.entries(value).filter(([name]) => !(names as readonly string[]).includes(name)),
  ) as Omit<Value, Name>;
