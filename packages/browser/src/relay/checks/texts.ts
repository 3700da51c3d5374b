import type { UnknownRecord } from '@smsc/protocol/adapter';
import type { AllowedOperation } from '../allowed-operation.ts';
import { RefusalError } from '../refusal.ts';
import { messagesOf } from './list-messages.ts';

/**
 * Matches a menu in the text of a voice call. The called person can repeat a menu without limit, and the gateway requests the
 * URLs in it. Ordinary texts contain no brace.
 */
const voiceMenu = /\{/;
/** Matches a text of a voice call that makes the gateway create a code and speak it. */
const voiceCode = /^\s*code\s*$/i;
/**
 * Matches `<file http://…>`, but not `<file 1>`, which is an attached file. Documented for WhatsApp, inferred for Viber and
 * bots.
 */
const fileAddress = /<\s*file\s+(?!\d+\s*>|\s)/i;

/** Returns the name of a command inside a text, if there is one. */
function findCommand(text: string, kind: unknown, mayNameFiles: boolean): string | undefined {
  if (kind === 'voice') {
    if (voiceMenu.test(text)) return 'a voice menu';
    return voiceCode.test(text) ? 'the command for a code by call' : undefined;
  }
  const isPlainText = kind === undefined || kind === 'sms' || kind === 'flash';
  return !isPlainText && !mayNameFiles && fileAddress.test(text) ? 'the address of a file' : undefined;
}

/**
 * Checks the texts of a page in a valid input.
 *
 * @throws {RefusalError} for a text that contains a command which is not listed
 */
export function checkTexts(
  { members = [] }: AllowedOperation,
  given: UnknownRecord,
  { kind }: UnknownRecord,
): void {
  const mayNameFiles = (members as readonly string[]).includes('fileUrl');
  for (const { text } of [given, ...messagesOf(given)]) {
    const command = typeof text === 'string' ? findCommand(text, kind, mayNameFiles) : undefined;
    if (command !== undefined)
      throw new RefusalError('not-listed', `the text contains ${command}, which a page may not send`);
  }
}
