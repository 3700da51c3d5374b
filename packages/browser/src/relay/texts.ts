import type { UnknownRecord } from '@smsc/protocol/adapter';
import { messagesOf } from './messages.ts';
import type { AllowedOperation } from './offer.ts';
import { Refused } from './refused.ts';

/** Of a call. Whoever is called can have a menu repeated as often as they like, and its addresses are asked by the gateway. A text has no brace. */
const menu = /\{/;
/** Of a call: the gateway makes up a code, and tells it. */
const code = /^\s*code\s*$/i;
/** `<file http://…>`; not `<file 1>`, which is a file that travels beside. Attested for WhatsApp, inferred for Viber and bots. */
const file = /<\s*file\s+(?!\d+\s*>|\s)/i;

/** What a text is beside a text, by the kind of its message. */
function* powersOf(text: string, kind: unknown, mayName: boolean): Iterable<string> {
  if (kind === 'voice') {
    if (menu.test(text)) yield 'a menu';
    if (code.test(text)) yield 'a code by call';
  } else if (kind !== undefined && kind !== 'sms' && kind !== 'flash' && !mayName && file.test(text))
    yield 'the address of a file';
}

/** Refuses a text of the page that would do what is not listed. Of an input that is valid. */
export function checkTexts(
  { members = [] }: AllowedOperation,
  given: UnknownRecord,
  { kind }: UnknownRecord,
): void {
  const mayName = (members as readonly string[]).includes('fileUrl');
  for (const { text } of [given, ...messagesOf(given)]) {
    const [power] = typeof text === 'string' ? powersOf(text, kind, mayName) : [];
    if (power !== undefined) throw new Refused('not-listed', `${power} is not among what a page may give`);
  }
}
