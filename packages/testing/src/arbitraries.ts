import fc from 'fast-check';

/** A phone number in international form, without `+`: 7 to 15 digits. */
export const internationalNumber: fc.Arbitrary<string> = fc.stringMatching(/^\d{7,15}$/);

/** Texts of mostly Cyrillic letters, with a few characters that transliteration leaves as they are. */
export const cyrillicText = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюяЩЖЮ'),
      fc.constantFrom('€', '{', 'a', ' ', 'қ', '👋'),
    ),
    maxLength,
  });
