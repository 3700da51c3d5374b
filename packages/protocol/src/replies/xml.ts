import { XMLParser } from 'fast-xml-parser';
import { Unreadable } from '../core/errors.ts';
import { getOwn } from '../core/own-members.ts';
import type { Json } from '../exchange/json.ts';
import { noLayout, type ReplyFormat, type ReplyLayout } from './format.ts';

/** Keys under which the parser puts attributes and text. No element can have these names. */
const attributes = ':@';
const content = '#text';

/** The five entities that XML itself defines. Any other entity stays unchanged. */
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

/** Converts `<phone cost="1">380…</phone>` to `{ phone: '380…', cost: '1' }`. Child elements become members. */
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
 * Returns the members of the reply: the children of its one root element, or the root elements themselves if they have
 * no children. A balance, for example, can have two root elements: `<balance>250.80</balance>` and an element for the
 * currency (third parties).
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

/** Default maximum length of an XML reply in characters. */
const defaultLimit = 4 * 1024 * 1024;

/**
 * Creates format 2 (XML) with a length limit. Rejects a document type before parsing, and expands only the five entities
 * of XML itself. Does not convert text to numbers, so `007`, `1.40` and `+380…` stay unchanged.
 *
 * @param maxLength maximum length of a reply in UTF-16 code units; 0 allows no reply
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
        throw new Unreadable(`expected at most ${maxLength} characters of XML, got ${text.length}`);
      if (/<!(?!--)/.test(text)) throw new Unreadable('unexpected document type or CDATA');
      // Wraps the reply in one element, since a reply may consist of several elements. `true` switches the parser's
      // validation on, so that an element that is not closed is an error.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- its replacement would add three more packages
      const [reply] = parser.parse(
        `<reply>${text.replace(/^<\?xml[^>]*\?>/, '')}</reply>`,
        true,
      ) as readonly RawNode[];
      const { children, text: stray } = toNode(reply!);
      if (children.length === 0 || stray.trim() !== '') throw new Unreadable('expected XML elements only');
      return readMembers(children, layout);
    },
  };
}

/** Format 2: XML of up to 4,194,304 characters. */
export const xmlFormat: ReplyFormat = /* @__PURE__ */ xmlUpTo(defaultLimit);
