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

/** One text and whom it goes to: of a list one of its messages, otherwise the whole input. */
export interface MessageInput {
  readonly to: readonly Recipient[];
  /** Where in the input the recipients stand: `to`, or `messages[3].to`. */
  readonly message: number | undefined;
  /** Absent where a file decides it whose length is not known. */
  readonly size: MessageSize | undefined;
}

/** The texts of an input. */
export interface ParsedInput {
  readonly kind: Kind;
  readonly messages: readonly MessageInput[];
}

/** Sizes, and how long the sounds are that go along. */
export interface MessageSizeOptions extends TextSizeOptions {
  readonly fileSeconds: number | undefined;
}

/** What each kind cannot be without; of several names one is enough. */
const needs: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
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
const listed: readonly Kind[] = [
  'sms',
  'flash',
  'voice',
  'viber',
  'whatsapp',
  'telegram-code',
  'telegram-bot',
  'social',
];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/** The recipients as a list. Each is looked at when it is counted: there may be a million. */
function recipientsOf({ to }: UnknownRecord, at: IssueContext): readonly Recipient[] {
  const list = Array.isArray(to) ? (to as readonly Recipient[]) : to === undefined ? [] : [to as Recipient];
  if (list.length === 0)
    at.inside('to').addIssue(to === undefined ? 'is needed' : 'needs at least one recipient');
  return list;
}

/** Checks the options of an input that decide the size of its texts. */
function checkTextOptions({ translit, maxParts }: UnknownRecord, at: IssueContext): void {
  if (translit !== undefined)
    at.inside('translit').expect(translit === 1 || translit === 2, translit, '1 or 2');
  if (maxParts !== undefined) at.inside('maxParts').expectWhole(maxParts, 1, 255);
}

/** Returns the options that decide the size of a text. They have been checked. */
export const readTextOptions = (
  { translit, maxParts, shortenLinks }: UnknownRecord,
  kind: Kind,
): TextOptions => ({
  kind,
  translit: translit as 1 | 2 | undefined,
  maxParts: maxParts as number | undefined,
  shortenLinks: shortenLinks === true,
});

/** Reads a text; what it counts where it is none does not matter, since it is complained of. */
function readSize(
  entry: UnknownRecord,
  wording: TextOptions,
  options: MessageSizeOptions,
  at: IssueContext,
): MessageSize | undefined {
  const { kind } = wording;
  const before = needs[kind].filter((names) => !names.some((name) => isGiven(entry[name])));
  for (const names of before) at.inside(names.join(' or ')).addIssue(`is needed for kind ${kind}`);
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
  return sizeOf(text, wording, options);
}

/** Takes an input apart, and complains of what keeps it from being one. What else is wrong with it is for `check` to say. */
export function parseInput(
  input: SendInput | SendListInput,
  options: MessageSizeOptions,
  context: IssueContext,
): ParsedInput {
  const loose: unknown = input;
  if (!isObject(loose)) {
    context.expect(false, loose, 'an object');
    return { kind: 'sms', messages: [] };
  }
  const kind = loose['kind'] ?? 'sms';
  if (!isKind(kind)) {
    context.inside('kind').addIssue('is none that is known');
    return { kind: 'sms', messages: [] };
  }
  checkTextOptions(loose, context);
  const wording = readTextOptions(loose, kind);
  const { messages } = loose;
  if (messages === undefined) {
    const to = recipientsOf(loose, context);
    return {
      kind,
      messages: [{ to, message: undefined, size: readSize(loose, wording, options, context) }],
    };
  }
  if (!listed.includes(kind)) context.inside('kind').addIssue('cannot be sent as a list');
  if (loose['to'] !== undefined) context.inside('to').addIssue('stands in the messages of a list');
  if (!Array.isArray(messages) || messages.length === 0)
    context.inside('messages').addIssue('expected a list with something in it');
  const letters: MessageInput[] = [];
  // A file that goes along with a list goes along with each of its texts.
  const shared = { fileUrl: loose['fileUrl'] };
  for (const [index, entry] of (Array.isArray(messages) ? (messages as readonly unknown[]) : []).entries()) {
    const at = context.inside(`messages[${index}]`);
    if (!isObject(entry)) at.expect(false, entry, 'an object');
    else
      letters.push({
        to: recipientsOf(entry, at),
        message: index,
        size: readSize({ ...shared, text: entry['text'] }, wording, options, at),
      });
  }
  return { kind, messages: letters };
}
