import { readBinary } from '../params/binary.ts';
import { splitComment } from '../params/comment.ts';
import { type MessageKind, splitKindPrefix } from '../params/kinds.ts';
import type { OutgoingText } from '../state/outgoing-text.ts';
import { readList } from '../params/list.ts';
import type { UploadedFile } from '../wire/parameters.ts';
import { limitParts, splitIntoParts } from '../pricing/text-parts.ts';
import { countWapPushParts, readWapPush } from '../params/wap-push.ts';
import { isValidSender, type SendRequest } from '../params/send-request.ts';
import { readZone } from '../params/schedule.ts';
import { speechSeconds } from '../pricing/speech.ts';
import { shortenLinks } from '../state/short-links.ts';
import { transliterate } from '../pricing/transliteration.ts';

/**
 * Maximum length of a text in characters. Source: the gateway's page. Assumption: characters are 16-bit units, and the
 * characters of the comment count as well.
 */
const maxLength = 1000;

/** Kinds that `list` can send. Assumption: all kinds that need only a text. */
const kindsWithList: ReadonlySet<MessageKind> = new Set([
  'sms',
  'flash',
  'call',
  'viber',
  'whatsapp',
  'tg',
  'bot',
  'soc',
]);
/** Kinds whose text is ignored. */
const kindsWithoutText: ReadonlySet<MessageKind> = new Set(['hlr', 'ping']);

/** Request with all inputs that its texts depend on. */
export interface TextSource {
  readonly request: SendRequest;
  readonly files: readonly UploadedFile[];
  /** Returns the octets of `mes`, for binary messages. */
  readonly octets: () => Uint8Array;
  /** Login of the account that owns the short links in the texts. */
  readonly login: string;
  /** Returns the time of sending of a text. `zone` is the time zone of its list line in hours from UTC, or `undefined`. */
  readonly dueAt: (zone: number | undefined) => number;
}

/** Text with its recipients, as written. */
interface WrittenText {
  readonly phones: string;
  readonly text: string;
  readonly sender: string | undefined;
  readonly zone: number | undefined;
}

/** Applies `translit` and `maxsms`. */
function applyTextOptions(text: string, kind: MessageKind, { translit, maxsms }: SendRequest): string {
  const transliterated = translit === 0 ? text : transliterate(text, translit);
  return maxsms > 0 && (kind === 'sms' || kind === 'flash')
    ? limitParts(transliterated, maxsms)
    : transliterated;
}

/** Kinds that need a text or a file. */
const kindsWithTextOrFile: ReadonlySet<MessageKind> = new Set(['viber', 'whatsapp', 'soc', 'bot', 'call']);

/** Returns true if a message has everything that its kind requires. */
function isComplete(kind: MessageKind, text: string, { request, files }: TextSource): boolean {
  if (text !== '' && kind !== 'mail') return true;
  // The gateway's page: «a subject or a text is mandatory».
  if (kind === 'mms') return request.subj !== '';
  // The gateway's page: «a subject, a text and the sender's address are mandatory».
  if (kind === 'mail') return text !== '' && request.subj !== '' && request.sender !== '';
  return kindsWithTextOrFile.has(kind) && (files.length > 0 || request.fileurl !== null);
}

/**
 * Returns the number of SMS, or seconds of a call, for one recipient. Returns `undefined` if the text is not valid for its
 * kind.
 */
function countParts(kind: MessageKind, text: string, source: TextSource): number | undefined {
  if (!isComplete(kind, text, source)) return undefined;
  switch (kind) {
    case 'sms':
    case 'flash':
      return splitIntoParts(text).texts.length;
    case 'push': {
      const push = readWapPush(text);
      return push && countWapPushParts(push);
    }
    case 'call':
      return speechSeconds(
        text,
        source.files.reduce((sum, file) => sum + file.size, 0),
      );
    default:
      return 1;
  }
}

function readText(
  { phones, text: written, sender, zone }: WrittenText,
  source: TextSource,
): OutgoingText | undefined {
  const { request } = source;
  if (phones.trim() === '') return undefined;
  // Assumption: a prefix of the text chooses the kind only if no parameter chooses it.
  const prefixed = request.kind === 'sms' ? splitKindPrefix(written) : undefined;
  const kind = prefixed?.kind ?? request.kind;
  const dueAt = source.dueAt(zone);
  // The gateway's page: «the parameter mes is not used».
  if (kindsWithoutText.has(kind))
    return { kind, phones, sender, text: '', original: '', comment: undefined, parts: 1, links: [], dueAt };
  if (written.length > maxLength) return undefined;
  const { text: original, comment } = splitComment(prefixed?.text ?? written);
  const shortened = request.tinyurl ? shortenLinks(original, source.login) : { text: original, links: [] };
  const text = applyTextOptions(shortened.text, kind, request);
  const parts = countParts(kind, text, source);
  return parts === undefined
    ? undefined
    : { kind, phones, sender, text, original, comment, parts, links: shortened.links, dueAt };
}

/** Reads a binary message, which is always one SMS. The message stores its octets as hexadecimal digits. */
function readBinaryText(
  sender: string | undefined,
  { request, octets, dueAt }: TextSource,
): OutgoingText | undefined {
  const userData = readBinary(octets(), request.bin === 2);
  if (!userData || request.phones.trim() === '') return undefined;
  return {
    kind: 'binary',
    phones: request.phones,
    sender,
    text: Buffer.from(userData).toString('hex').toUpperCase(),
    original: '',
    comment: undefined,
    parts: 1,
    links: [],
    dueAt: dueAt(undefined),
  };
}

function readListTexts(sender: string | undefined, source: TextSource): readonly OutgoingText[] | undefined {
  const { kind, list, nl } = source.request;
  if (!kindsWithList.has(kind)) return undefined;
  const texts: OutgoingText[] = [];
  for (const line of readList(list, nl) ?? []) {
    const zone = line.tz === undefined ? undefined : readZone(line.tz.trim());
    if (line.tz !== undefined && zone === undefined) return undefined;
    if (line.sender !== undefined && !isValidSender(line.sender)) return undefined;
    const text = readText(
      { phones: line.phones, text: line.text, sender: line.sender ?? sender, zone },
      source,
    );
    if (!text) return undefined;
    texts.push(text);
  }
  return texts.length > 0 ? texts : undefined;
}

/**
 * Reads the texts of a request with their recipients: from `list`, or from `phones` and `mes`. Assumption: `list` takes
 * precedence. Returns `undefined` for an invalid text (error 1).
 */
export function readOutgoingTexts(source: TextSource): readonly OutgoingText[] | undefined {
  const { kind, phones, mes, list, hasSender, sender: named } = source.request;
  const sender = hasSender ? named : undefined;
  if (list !== '') return readListTexts(sender, source);
  const text =
    kind === 'binary'
      ? readBinaryText(sender, source)
      : readText({ phones, text: mes, sender, zone: undefined }, source);
  return text && [text];
}
