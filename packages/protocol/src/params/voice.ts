import { type Check, checkShape } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { isObject } from '../core/own-members.ts';
import { checkChoice, checkPattern } from './choice.ts';
import { checkWhole } from './number.ts';

/** Voice that reads the text: male (`m` to `m4`) or female (`w` to `w4`). The gateway's default is `m3`. */
export type VoiceName = 'm' | 'm2' | 'm3' | 'm4' | 'w' | 'w2' | 'w3' | 'w4';

/** Name of a voice, or a name and the language of the text as two lower-case letters: `{ name: 'w', language: 'en' }`. */
export type Voice =
  | VoiceName
  | {
      /** Name of the voice. */
      readonly name: VoiceName;
      /** Language of the text, as two lower-case letters: `en`. */
      readonly language: string;
    };

const checkName: Check = /* @__PURE__ */ checkChoice(/* @__PURE__ */ 'm m2 m3 m4 w w2 w3 w4'.split(' '));

/** `voice`. With a language, the value is written `w, en`, with a space, as on the gateway's page. */
export const voice: Field<Voice> = {
  params: ['voice'],
  check: (value, at) =>
    isObject(value)
      ? checkShape(value, at, {
          name: checkName,
          language: checkPattern(/^[a-z]{2}$/, 'two lower-case letters'),
        })
      : checkName(value, at),
  encode: (value) => (typeof value === 'string' ? value : `${value.name}, ${value.language}`),
};

/** Settings for dialing. All three are required. If one is out of range, the gateway uses its defaults for all three. */
export interface Dialing {
  /** Seconds of ringing until the call counts as not answered: 10 to 35. The gateway's default is 25. */
  readonly wait: number;
  /** Seconds until the next attempt: 10 to 3600. The gateway's default grows from 3 to 14 seconds with each attempt. */
  readonly interval: number;
  /** Maximum number of attempts: 1 to 9. The gateway's default is 8. */
  readonly attempts: number;
}

/**
 * `param`, written `wait,interval,attempts`. The gateway accepts 0 to 99 seconds of ringing and silently changes values
 * outside 10 to 35, so this package accepts only 10 to 35.
 */
export const dialing: Field<Dialing> = {
  params: ['param'],
  check: (value, at) =>
    checkShape(value, at, {
      wait: checkWhole(10, 35, ' seconds'),
      interval: checkWhole(10, 3600, ' seconds'),
      attempts: checkWhole(1, 9),
    }),
  encode: ({ wait, interval, attempts }) => `${wait},${interval},${attempts}`,
};
