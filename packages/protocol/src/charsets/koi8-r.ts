import type { Charset } from './charset.ts';
import { singleByte } from './single-byte.ts';

/** koi8-r, one of the two others that the gateway takes. Source: WHATWG Encoding Standard, index-koi8-r: place = byte from 0x80 on. */
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
