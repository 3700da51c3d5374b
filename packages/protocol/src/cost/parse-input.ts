import { isObject, type UnknownRecord } from '../core/field.ts';
import type { Recipient } from '../params/recipients.ts';
import type { Kind } from '../operations/kinds.ts';
import type { SendInput } from '../operations/send.ts';
import type { SendListInput } from '../operations/send-list.ts';
import type { Complaints } from '../core/complaints.ts';
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
function recipientsOf(to: unknown, path: string, complaints: Complaints): readonly Recipient[] {
  const list = Array.isArray(to) ? (to as readonly Recipient[]) : to === undefined ? [] : [to as Recipient];
  if (list.length === 0)
    complaints.add(path, to === undefined ? 'is needed' : 'needs at least one recipient');
  return list;
}

/** What the texts of an input are sent with. */
export function readTextOptions(input: UnknownRecord, kind: Kind, complaints: Complaints): TextOptions {
  const { translit, maxParts, shortenLinks } = input;
  if (translit !== undefined && translit !== 1 && translit !== 2)
    complaints.add('translit', 'expected 1 or 2');
  if (
    maxParts !== undefined &&
    !(Number.isInteger(maxParts) && (maxParts as number) >= 1 && (maxParts as number) <= 255)
  )
    complaints.add('maxParts', 'expected a whole number from 1 to 255');
  return {
    kind,
    translit: translit as 1 | 2 | undefined,
    maxParts: maxParts as number | undefined,
    shortenLinks: shortenLinks === true,
  };
}

/** Reads a text; what it counts where it is none does not matter, since it is complained of. */
function readSize(
  entry: UnknownRecord,
  path: string,
  wording: TextOptions,
  options: MessageSizeOptions,
  complaints: Complaints,
): MessageSize | undefined {
  const inside = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const { kind } = wording;
  const before = needs[kind].filter((names) => !names.some((name) => isGiven(entry[name])));
  for (const names of before) complaints.add(inside(names.join(' or ')), `is needed for kind ${kind}`);
  for (const name of ['text', 'url', 'title'])
    if (entry[name] !== undefined && !isText(entry[name])) complaints.add(inside(name), 'expected text');
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
  complaints: Complaints,
): ParsedInput {
  const loose: unknown = input;
  if (!isObject(loose)) {
    complaints.add('', 'expected an object');
    return { kind: 'sms', messages: [] };
  }
  const kind = loose['kind'] ?? 'sms';
  if (!isKind(kind)) {
    complaints.add('kind', 'is none that is known');
    return { kind: 'sms', messages: [] };
  }
  const wording = readTextOptions(loose, kind, complaints);
  const { messages } = loose;
  if (messages === undefined) {
    const to = recipientsOf(loose['to'], 'to', complaints);
    return {
      kind,
      messages: [{ to, message: undefined, size: readSize(loose, '', wording, options, complaints) }],
    };
  }
  if (!listed.includes(kind)) complaints.add('kind', 'cannot be sent as a list');
  if (loose['to'] !== undefined) complaints.add('to', 'stands in the messages of a list');
  if (!Array.isArray(messages) || messages.length === 0)
    complaints.add('messages', 'expected a list with something in it');
  const letters: MessageInput[] = [];
  // A file that goes along with a list goes along with each of its texts.
  const shared = { fileUrl: loose['fileUrl'] };
  for (const [index, entry] of (Array.isArray(messages) ? (messages as readonly unknown[]) : []).entries()) {
    const path = `messages[${index}]`;
    if (!isObject(entry)) complaints.add(path, 'expected an object');
    else
      letters.push({
        to: recipientsOf(entry['to'], `${path}.to`, complaints),
        message: index,
        size: readSize({ ...shared, text: entry['text'] }, path, wording, options, complaints),
      });
  }
  return { kind, messages: letters };
}
