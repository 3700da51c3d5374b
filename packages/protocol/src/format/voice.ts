import { complain, type Field, isObject, typeName, unknownMembers } from '../fields.ts';
import { checkWhole } from './number.ts';

/** Who reads the text: men's voices `m` to `m4`, women's `w` to `w4`. The gateway's default is `m3`. */
export type VoiceName = 'm' | 'm2' | 'm3' | 'm4' | 'w' | 'w2' | 'w3' | 'w4';

/** A voice, alone or with the language of the text as two letters: `{ name: 'w', language: 'en' }`. */
export type Voice = VoiceName | { readonly name: VoiceName; readonly language: string };

const isName = (value: unknown): boolean => typeof value === 'string' && /^[mw][234]?$/.test(value);

/** `voice`. With a language it is written `w, en`, space included, as the gateway's page has it. */
export const voice: Field<Voice> = {
  params: ['voice'],
  check: (value, path) => {
    const { name, language } = isObject(value) ? value : { name: value, language: undefined };
    const at = isObject(value) ? `${path}.` : path;
    return [
      ...(isObject(value) ? unknownMembers(value, ['name', 'language'], path) : []),
      ...(isName(name) ? [] : complain(isObject(value) ? `${at}name` : path, 'expected one of m, m2, m3, m4, w, w2, w3, w4')),
      ...(!isObject(value) || (typeof language === 'string' && /^[a-z]{2}$/.test(language))
        ? []
        : complain(`${at}language`, 'expected two small letters, such as en')),
    ];
  },
  encode: (value) => ({ voice: typeof value === 'string' ? value : `${value.name}, ${value.language}` }),
};

/** How the gateway dials. All three go together: with one of them out of range it would use its defaults for all. */
export interface Dialing {
  /** Seconds of ringing before the call is counted as not answered: 10 to 35. The gateway's default is 25. */
  readonly wait: number;
  /** Seconds until the next attempt: 10 to 3600. The gateway's default grows from 3 to 14. */
  readonly interval: number;
  /** Attempts in all: 1 to 9. The gateway's default is 8. */
  readonly attempts: number;
}

/**
 * `param`, as `w,i,n`. The gateway takes 0 to 99 seconds of ringing and bends them into 10 to 35; a value that would be
 * bent is refused here, since it would not do what it says.
 */
export const dialing: Field<Dialing> = {
  params: ['param'],
  check: (value, path) =>
    isObject(value)
      ? [
          ...unknownMembers(value, ['wait', 'interval', 'attempts'], path),
          ...checkWhole(value['wait'], `${path}.wait`, 10, 35, 'seconds'),
          ...checkWhole(value['interval'], `${path}.interval`, 10, 3600, 'seconds'),
          ...checkWhole(value['attempts'], `${path}.attempts`, 1, 9),
        ]
      : complain(path, `is ${typeName(value)}; expected { wait, interval, attempts }`),
  encode: ({ wait, interval, attempts }) => ({ param: `${wait},${interval},${attempts}` }),
};
