import { XMLParser } from 'fast-xml-parser';
import { Unreadable } from '../core/errors.ts';
import { getOwn } from '../core/own-members.ts';
import type { Json } from '../exchange/json.ts';
import { noLayout, type ReplyFormat, type ReplyLayout } from './format.ts';

/** Where the parser puts what is not an element. No element can be named so. */
const attributes = ':@';
const content = '#text';

/** The five entities that XML itself defines. Others are not expanded: they stay as they were written. */
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const unescape = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name]!);

interface Node {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
}

type RawNode = Readonly<Record<string, unknown>>;

function toNode(raw: RawNode): Node {
  const tag = Object.keys(raw).find((key) => key !== attributes)!;
  const inner = raw[tag] as readonly RawNode[];
  return {
    tag,
    attributes: (raw[attributes] ?? {}) as Readonly<Record<string, string>>,
    children: inner.filter((child) => !(content in child)).map(toNode),
    text: inner.map((child) => (content in child ? String(child[content]) : '')).join(''),
  };
}

/** `<phone cost="1">380…</phone>` to `{ phone: '380…', cost: '1' }`; elements inside become members. */
function toMembers({ tag, attributes, children, text }: Node): Json {
  const own = text.trim() === '' ? [] : [[tag, unescape(text)]];
  const named = Object.entries(attributes).map(([name, value]) => [name, unescape(value)]);
  return Object.fromEntries([
    ...own,
    ...named,
    ...children.map((child) => [child.tag, unescape(child.text)]),
  ]) as Json;
}

/**
 * The reply's members: what is inside its one element, or, where nothing is inside, the elements themselves. A balance
 * is `<balance>250.80</balance>` and no more, with a currency beside it (third parties).
 */
function readMembers(roots: readonly Node[], layout: ReplyLayout): Json {
  const [root] = roots;
  const inner = roots.length === 1 && root!.children.length > 0 ? root!.children : roots;
  if (inner === roots && roots.some((each) => each.children.length > 0))
    throw new Unreadable('more than one root element');
  return Object.fromEntries(
    inner.map((each) => [
      each.tag,
      each.tag === getOwn(layout, 'rows')?.member ? each.children.map(toMembers) : unescape(each.text),
    ]),
  );
}

/** Most bytes, counted as characters, that an XML reply may have unless another limit is given. */
const defaultLimit = 4 * 1024 * 1024;

/**
 * fmt 2 with a limit of one's own. A document type is refused before parsing, entities are never expanded beyond the
 * five of XML itself, and no text is turned into a number, so `007`, `1.40` and `+380…` stay what they are.
 *
 * @param maxLength most UTF-16 code units that are parsed; 0 allows none
 */
export function xmlUpTo(maxLength: number): ReplyFormat {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    attributesGroupName: attributes,
    textNodeName: content,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
  });
  return {
    fmt: 2,
    read: (text, layout = noLayout) => {
      if (text.length > maxLength)
        throw new Unreadable(`${text.length} characters of XML; at most ${maxLength} are read`);
      if (/<!(?!--)/.test(text)) throw new Unreadable('a document type or CDATA');
      // In an element of our own, since a reply may be several. The parser validates as it goes: an element that is not
      // closed is an error, not the end of the reply.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is to replace it brings three packages more
      const [reply] = parser.parse(
        `<reply>${text.replace(/^<\?xml[^>]*\?>/, '')}</reply>`,
        true,
      ) as readonly RawNode[];
      const { children, text: stray } = toNode(reply!);
      if (children.length === 0 || stray.trim() !== '') throw new Unreadable('not an element of XML');
      return readMembers(children, layout);
    },
  };
}

/** fmt 2, up to 4 Mi characters. */
export const xmlFormat: ReplyFormat = /* @__PURE__ */ xmlUpTo(defaultLimit);
