import { Unreadable } from '../core/errors.ts';

/** Comment, instruction, CDATA, end of an element, beginning of one, text: nothing else is taken, a document type neither. */
const tokens =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[(?<verbatim>[^]*?)\]\]>|<\/(?<closed>[A-Za-z_][\w.:-]*)\s*>|<(?<opened>[A-Za-z_][\w.:-]*)(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*?)?(?<empty>\/?)>|(?<written>[^<]+)/gy;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const isCharacter = (code: number): boolean =>
  code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);

/** The five entities of XML and characters by their number. Everything else stays as it was written. */
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
 * The elements inside the one root, as names and texts in their order, doubled ones too. Nothing may stand inside them or
 * beside them; attributes mean nothing. Line ends stay as they were written, since a signature can be over them.
 *
 * That is all of XML that a push can be, and a tenth of a parser for all of it.
 */
export function readElements(document: string): readonly (readonly [name: string, value: string])[] {
  const fields: (readonly [string, string])[] = [];
  const path: string[] = [];
  let begun = false;
  let value = '';
  let read = 0;

  const open = (name: string): void => {
    if (path.length === 2) throw new Unreadable('elements of XML inside those of a field');
    if (path.length === 0 && begun) throw new Unreadable('not one element of XML with others in it');
    begun = true;
    value = '';
    path.push(name);
  };
  const close = (name: string): void => {
    if (path.pop() !== name) throw new Unreadable('an element of XML that is not closed');
    if (path.length === 1) fields.push([name, value]);
  };
  const add = (text: string): void => {
    if (path.length === 2) value += text;
    else if (text.trim() !== '') throw new Unreadable('text between elements of XML');
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
    throw new Unreadable('not an element of XML with others in it');
  return fields;
}
