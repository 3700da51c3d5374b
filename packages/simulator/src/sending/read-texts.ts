import { readBinary } from '../params/binary.ts';
import { takeComment } from '../params/comment.ts';
import { type MessageKind, takePrefix } from '../params/kinds.ts';
import type { OutgoingText } from '../state/outgoing-text.ts';
import { readList } from '../params/list.ts';
import type { Parameters } from '../wire/parameters.ts';
import { splitIntoParts, limitParts } from '../pricing/text-parts.ts';
import { countWapPushParts, readWapPush } from '../params/wap-push.ts';
import { isLineSender } from '../params/ranges.ts';
import { readZone } from '../params/schedule.ts';
import { speechSeconds } from '../pricing/speech.ts';
import { shortenLinks } from '../state/short-links.ts';
import { transliterate } from '../pricing/transliteration.ts';

/** «At most 1000 characters», says the page. Counted in 16-bit units, comment and all: assumed. */
const maxLength = 1000;

/** Kinds that take the texts of a list. Which do is not said; those that take nothing but a text are assumed to. */
const listed: ReadonlySet<MessageKind> = new Set([
  'sms',
  'flash',
  'call',
  'viber',
  'whatsapp',
  'tg',
  'bot',
  'soc',
]);
/** Kinds whose text is not read. */
const textless: ReadonlySet<MessageKind> = new Set(['hlr', 'ping']);

/** The text as it is sent: in translit, and no longer than `maxsms`, where these are asked for. */
function wording(text: string, kind: MessageKind, values: ReadonlyMap<string, string>): string {
  let worded = text;
  const translit = values.get('translit');
  if (translit === '1' || translit === '2') worded = transliterate(worded, translit === '1' ? 1 : 2);
  const most = Number(values.get('maxsms') ?? 0);
  return most > 0 && (kind === 'sms' || kind === 'flash') ? limitParts(worded, most) : worded;
}

/** What one recipient's message counts; `undefined` when its text will not do. */
function countParts(kind: MessageKind, text: string, parameters: Parameters): number | undefined {
  const { values, files } = parameters;
  const attached = files.length > 0 || (values.get('fileurl') ?? '') !== '';
  const subject = values.get('subj') ?? '';
  switch (kind) {
    case 'sms':
    case 'flash':
      return text === '' ? undefined : splitIntoParts(text).texts.length;
    case 'push': {
      const push = readWapPush(text);
      return push && countWapPushParts(push);
    }
    case 'call':
      if (text === '' && !attached) return undefined;
      return speechSeconds(
        text,
        files.reduce((sum, file) => sum + file.size, 0),
      );
    case 'mms':
      // «A subject or a text is mandatory.»
      return text === '' && subject === '' ? undefined : 1;
    case 'mail':
      // «A subject, a text and the sender's address are mandatory.»
      return text === '' || subject === '' || (values.get('sender') ?? '') === '' ? undefined : 1;
    case 'viber':
    case 'whatsapp':
    case 'soc':
    case 'bot':
      return text === '' && !attached ? undefined : 1;
    default:
      return text === '' ? undefined : 1;
  }
}

interface Written {
  readonly phones: string;
  readonly text: string;
  readonly sender: string | undefined;
  readonly zone: number | undefined;
}

function readLetter(
  kind: MessageKind,
  { phones, text: written, sender, zone }: Written,
  parameters: Parameters,
  login: string,
): OutgoingText | undefined {
  if (phones.trim() === '') return undefined;
  // A prefix chooses a kind only where no flag has: assumed.
  const prefixed = kind === 'sms' ? takePrefix(written) : undefined;
  const actual = prefixed?.kind ?? kind;
  // «The parameter mes is not used.»
  if (textless.has(actual))
    return {
      kind: actual,
      phones,
      sender,
      zone,
      text: '',
      original: '',
      comment: undefined,
      parts: 1,
      links: [],
    };
  if (written.length > maxLength) return undefined;
  const { text: original, comment } = takeComment(prefixed?.text ?? written);
  const { text: linked, links } =
    parameters.values.get('tinyurl') === '1' ? shortenLinks(original, login) : { text: original, links: [] };
  const text = wording(linked, actual, parameters.values);
  const parts = countParts(actual, text, parameters);
  return parts === undefined
    ? undefined
    : { kind: actual, phones, sender, zone, text, original, comment, parts, links };
}

/** A binary message is one SMS. Its text is kept as hexadecimal digits. */
function readBinaryLetter(
  phones: string,
  sender: string | undefined,
  parameters: Parameters,
): OutgoingText | undefined {
  const userData = readBinary(parameters.bytes('mes'), parameters.values.get('bin') === '2');
  if (!userData || phones.trim() === '') return undefined;
  const text = Buffer.from(userData).toString('hex').toUpperCase();
  return {
    kind: 'binary',
    phones,
    sender,
    zone: undefined,
    text,
    original: '',
    comment: undefined,
    parts: 1,
    links: [],
  };
}

function readLines(
  kind: MessageKind,
  list: string,
  sender: string | undefined,
  parameters: Parameters,
  login: string,
): readonly OutgoingText[] | undefined {
  if (!listed.has(kind)) return undefined;
  const letters: OutgoingText[] = [];
  for (const line of readList(list, parameters.values.get('nl') === '1') ?? []) {
    const zone = line.tz === undefined ? undefined : readZone(line.tz.trim());
    if (line.tz !== undefined && zone === undefined) return undefined;
    if (line.sender !== undefined && !isLineSender(line.sender)) return undefined;
    const letter = readLetter(
      kind,
      { phones: line.phones, text: line.text, sender: line.sender ?? sender, zone },
      parameters,
      login,
    );
    if (!letter) return undefined;
    letters.push(letter);
  }
  return letters.length > 0 ? letters : undefined;
}

/**
 * The texts of a request and whom they go to: of `list`, or of `phones` and `mes`. Where both are there the list counts:
 * assumed. `undefined` is error 1.
 *
 * @param login whose short links they get
 */
export function readOutgoingTexts(
  kind: MessageKind,
  parameters: Parameters,
  login: string,
): readonly OutgoingText[] | undefined {
  const { values } = parameters;
  const sender = values.get('sender');
  const list = values.get('list') ?? '';
  if (list !== '') return readLines(kind, list, sender, parameters, login);
  const phones = values.get('phones') ?? '';
  const letter =
    kind === 'binary'
      ? readBinaryLetter(phones, sender, parameters)
      : readLetter(
          kind,
          { phones, text: values.get('mes') ?? '', sender, zone: undefined },
          parameters,
          login,
        );
  return letter && [letter];
}
