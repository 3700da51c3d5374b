import type { Charset } from './charset.ts';
import { singleByte } from './single-byte.ts';

/**
 * The charset koi8-r, which the gateway also accepts. The table starts at byte 0x80.
 * Source: WHATWG Encoding Standard, index koi8-r.
 */
// prettier-ignore
export const koi8r: Charset = /* @__PURE__ */ singleByte(
  'koi8-r',
  '─│┌┐└┘├┤┬┴┼▀▄█▌▐' +
    '░▒▓⌠■∙√≈≤≥\u00a0⌡°²·÷' +
    '═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞' +
    '╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©' +
    'юабцдефгхийклмно' +
    'пярстужвьызшэщчъ' +
    'ЮАБЦДЕФГХИЙКЛМНО' +
    'ПЯРСТУЖВЬЫЗШЭЩЧЪ',
);
