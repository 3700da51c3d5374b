import { Unreadable } from '../core/errors.ts';

/** Matches a comment, an instruction, CDATA, an end tag, a start tag, or text. Anything else, such as a document type, is rejected. */
const tokens =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[(?<verbatim>[^]*?)\]\]>|<\/(?<closed>[A-Za-z_][\w.:-]*)\s*>|<(?<opened>[A-Za-z_][\w.:-]*)(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*?)?(?<empty>\/?)>|(?<written>[^<]+)/gy;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const isCharacter = (code: number): boolean =>
  code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);

/** Decodes the five XML entities and numeric character references. Other references stay as they are. */
const unescape = (text: string): string =>
  text.replace(
    /&(?:(lt|gt|quot|apos|amp)|#(\d{1,7})|#x([\dA-Fa-f]{1,6}));/g,
    (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
      if (name !== undefined) return entities[name]!;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      return isCharacter(code) ? String.fromCodePoint(code) : whole;
    },
  );

/**
 * Reads the child elements of the root as pairs of name and text, in order and including duplicates. Rejects elements
 * inside a child and text between the children; ignores attributes. Keeps line ends, since a signature may cover them.
 *
 * This part of XML is sufficient for callbacks. A complete parser would be ten times as large.
 */
export function readElements(document: string): readonly (readonly [name: string, value: string])[] {
  const fields: (readonly [string, string])[] = [];
  const path: string[] = [];
  let begun = false;
  let value = '';
  let read = 0;

  const open = (name: string): void => {
    if (path.length === 2) throw new Unreadable('XML elements are nested in a field');
    if (path.length === 0 && begun) throw new Unreadable('expected one XML root element');
    begun = true;
    value = '';
    path.push(name);
  };
  const close = (name: string): void => {
    if (path.pop() !== name) throw new Unreadable('an XML element is not closed');
    if (path.length === 1) fields.push([name, value]);
  };
  const add = (text: string): void => {
    if (path.length === 2) value += text;
    else if (text.trim() !== '') throw new Unreadable('there is text between XML elements');
  };

  for (const { 0: token, groups } of document.matchAll(tokens)) {
    const {
      verbatim,
      written,
      opened,
      closed = opened,
      empty,
    } = groups as Readonly<Record<string, string | undefined>>;
    if (opened !== undefined) open(opened);
    if (closed !== undefined && empty !== '') close(closed);
    const text = verbatim ?? (written === undefined ? undefined : unescape(written));
    if (text !== undefined) add(text);
    read += token.length;
  }
  if (read < document.length || path.length > 0 || fields.length === 0)
    throw new Unreadable('expected an XML element with child elements');
  return fields;
}
