import { isObject, type UnknownRecord } from '../core/own-members.ts';
import type { Recipient } from '../params/recipients.ts';
import type { Kind } from '../operations/kinds.ts';
import type { SendInput } from '../operations/send.ts';
import type { SendListInput } from '../operations/send-list.ts';
import type { IssueContext } from '../core/issues.ts';
import { isKind } from './price-table.ts';
import {
  singleMessage,
  type MessageSize,
  sizeOf,
  sizeOfCall,
  sizeOfWapPush,
  type TextSizeOptions,
  type TextOptions,
} from './message-size.ts';

/** One text and its recipients: one message of a list, or the whole input. */
export interface MessageInput {
  readonly to: readonly Recipient[];
  /** Index of the message in a list, from 0; `undefined` for a single message. */
  readonly message: number | undefined;
  /** Size of the text. `undefined` if it depends on a file of unknown length. */
  readonly size: MessageSize | undefined;
}

/** Kind and texts of an input. */
export interface ParsedInput {
  readonly kind: Kind;
  readonly messages: readonly MessageInput[];
}

/** Options that affect the size of a message. */
export interface MessageSizeOptions extends TextSizeOptions {
  /** Length of the sound files of a call in seconds; `undefined` if unknown. */
  readonly fileSeconds: number | undefined;
}

/** Required members of each kind. Of each inner list, at least one member is required. */
// prettier-ignore
const requiredMembers: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
  sms: [['text']],
  flash: [['text']],
  binary: [['data']],
  'wap-push': [['url'], ['title']],
  hlr: [],
  ping: [],
  mms: [['subject', 'text']],
  email: [['text']],
  voice: [['text', 'files', 'fileUrl']],
  viber: [['text']],
  whatsapp: [['text']],
  'telegram-code': [['text']],
  'telegram-bot': [['text']],
  social: [['text']],
};

/** Kinds that can be sent as a list. */
// prettier-ignore
const listKinds: readonly Kind[] = [
  'sms', 'flash', 'voice', 'viber', 'whatsapp', 'telegram-code', 'telegram-bot', 'social',
];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/**
 * Returns the recipients as a list. Does not check them: a list may have a million recipients, and they are checked
 * when they are counted.
 */
function recipientsOf({ to }: UnknownRecord, at: IssueContext): readonly Recipient[] {
  if (to === undefined) at.inside('to').addIssue('is required');
  else if (!Array.isArray(to)) return [to as Recipient];
  else if (to.length === 0) at.inside('to').addIssue('expected at least one recipient, got an empty array');
  return (to ?? []) as readonly Recipient[];
}

/** Checks the members of an input that affect the size of its texts. */
function checkTextOptions({ translit, maxParts }: UnknownRecord, at: IssueContext): void {
  if (translit !== undefined)
    at.inside('translit').expect(translit === 1 || translit === 2, translit, '1 or 2');
  if (maxParts !== undefined) at.inside('maxParts').expectWhole(maxParts, 1, 255);
}

/** Returns the members of a checked input that affect the size of its texts. */
export const readTextOptions = (
  { translit, maxParts, shortenLinks }: UnknownRecord,
  kind: Kind,
): TextOptions => ({
  kind,
  translit: translit as 1 | 2 | undefined,
  maxParts: maxParts as number | undefined,
  shortenLinks: shortenLinks === true,
});

/** Returns the size of a message. Adds an issue if its text is not valid. The returned size is then not used. */
function readSize(
  entry: UnknownRecord,
  textOptions: TextOptions,
  options: MessageSizeOptions,
  at: IssueContext,
): MessageSize | undefined {
  const { kind } = textOptions;
  const missing = requiredMembers[kind].filter((names) => !names.some((name) => isGiven(entry[name])));
  for (const names of missing) at.inside(names.join(' or ')).addIssue(`is required for kind ${kind}`);
  for (const name of ['text', 'url', 'title'])
    if (entry[name] !== undefined && !isText(entry[name])) at.inside(name).expect(false, entry[name], 'text');
  const text = isText(entry['text']) ? entry['text'] : '';
  const hasFiles = kind === 'voice' && (isGiven(entry['files']) || isGiven(entry['fileUrl']));
  if (hasFiles)
    return options.fileSeconds === undefined ? undefined : sizeOfCall(text, options.fileSeconds, options);
  if (kind === 'wap-push')
    return isText(entry['url']) && isText(entry['title'])
      ? sizeOfWapPush(entry['url'], entry['title'])
      : singleMessage;
  return sizeOf(text, textOptions, options);
}

/**
 * Reads the kind and the texts of an input. Adds issues only for members that the estimate needs; `check` finds all
 * issues.
 */
export function parseInput(
  input: SendInput | SendListInput,
  options: MessageSizeOptions,
  context: IssueContext,
): ParsedInput {
  const members: unknown = input;
  if (!isObject(members)) {
    context.expect(false, members, 'an object');
    return { kind: 'sms', messages: [] };
  }
  const kind = members['kind'] ?? 'sms';
  if (!isKind(kind)) {
    context
      .inside('kind')
      .addIssue(`unknown kind; expected one of ${Object.keys(requiredMembers).join(', ')}`);
    return { kind: 'sms', messages: [] };
  }
  checkTextOptions(members, context);
  const textOptions = readTextOptions(members, kind);
  const { messages } = members;
  if (messages === undefined) {
    const to = recipientsOf(members, context);
    return {
      kind,
      messages: [{ to, message: undefined, size: readSize(members, textOptions, options, context) }],
    };
  }
  if (!listKinds.includes(kind))
    context.inside('kind').addIssue(`cannot be sent as a list; expected one of ${listKinds.join(', ')}`);
  if (members['to'] !== undefined)
    context.inside('to').addIssue('conflicts with messages; set `to` in each message');
  if (!Array.isArray(messages) || messages.length === 0)
    context.inside('messages').addIssue('expected an array with at least one message');
  const list: MessageInput[] = [];
  // The file of a list is sent with each of its texts.
  const shared = { fileUrl: members['fileUrl'] };
  for (const [index, entry] of (Array.isArray(messages) ? (messages as readonly unknown[]) : []).entries()) {
    const at = context.inside(`messages[${index}]`);
    if (!isObject(entry)) at.expect(false, entry, 'an object');
    else
      list.push({
        to: recipientsOf(entry, at),
        message: index,
        size: readSize({ ...shared, text: entry['text'] }, textOptions, options, at),
      });
  }
  return { kind, messages: list };
}
