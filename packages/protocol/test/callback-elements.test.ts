import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { readElements } from '../src/callbacks/xml-fields.ts';

const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
});

type Node = Readonly<Record<string, unknown>>;

/** Reads the child elements of the root with a complete XML parser, for comparison. */
function parse(document: string): readonly (readonly [string, string])[] {
  const roots = (parser.parse(document, true) as readonly Node[]).filter((node) => !('#text' in node));
  const [[, children]] = Object.entries(roots[0]!) as [[string, readonly Node[]]];
  return children
    .filter((node) => !('#text' in node))
    .map((node) => {
      const [[name, inner]] = Object.entries(node) as [[string, readonly Node[]]];
      return [name, inner.map((each) => String(each['#text'])).join('')];
    });
}

const name = fc.stringMatching(/^[a-z][a-z_\d]{0,8}$/);
const space = fc.constantFrom('', ' ', '\n', '\n  ');
const aside = fc.oneof(space, fc.constant('<!-- <b>&amp; -->'), fc.constant('<?php echo 1 ?>'));
const escaped = fc.constantFrom(
  'a',
  '7',
  ' ',
  'ї',
  '👋',
  '&amp;',
  '&lt;',
  '&gt;',
  '&quot;',
  '&apos;',
  '&#39;',
  '&#x456;',
  '&#128075;',
  ':',
  "'",
  '"',
  '/',
  '=',
);
const text = fc.oneof(
  fc.array(escaped, { maxLength: 8 }).map((all) => all.join('')),
  fc.constant('<![CDATA[a & <b>]]>'),
);
const attribute = fc.constantFrom('', ' a="1"', " b='>' ", ' c = "/"\n');
const field = fc
  .record({ name, attribute, text, aside })
  .map((each) => `<${each.name}${each.attribute}>${each.text}</${each.name}>${each.aside}`);
const written = fc.record({
  declaration: fc.constantFrom('', '<?xml version="1.0" encoding="utf-8"?>'),
  name,
  attribute,
  fields: fc.array(field, { minLength: 1, maxLength: 6 }),
  aside,
  end: space,
});
const document = written.map(
  (each) =>
    `${each.declaration}<${each.name}${each.attribute}>${each.aside}${each.fields.join('')}</${each.name}${each.end}>${each.aside}`,
);

describe('elements of XML', () => {
  it('are read as by a complete XML parser', () => {
    fc.assert(
      fc.property(document, (content) => {
        expect(readElements(content)).toEqual(parse(content));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [
      'an empty element',
      '<r><a/><b c="d" /><e></e></r>',
      [
        ['a', ''],
        ['b', ''],
        ['e', ''],
      ],
    ],
    [
      'the same name twice',
      '<r><a>1</a><a>2</a></r>',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['line endings, unchanged', '<r>\r\n<a>1\r\n2\r3</a>\r\n</r>', [['a', '1\r\n2\r3']]],
    ['escapes, decoded only once', '<r><a>&amp;lt; &amp;#65;</a></r>', [['a', '&lt; &#65;']]],
    [
      'entities that XML does not define, unchanged',
      '<r><a>&nbsp; & &; &AMP; &__proto__;</a></r>',
      [['a', '&nbsp; & &; &AMP; &__proto__;']],
    ],
    [
      'references to numbers that are not characters, unchanged',
      '<r><a>&#0; &#xD800; &#x110000; &#9999999;</a></r>',
      [['a', '&#0; &#xD800; &#x110000; &#9999999;']],
    ],
    ['the end of a CDATA section outside one', '<r><a>]]></a></r>', [['a', ']]>']]],
    ['a comment inside a text', '<r><a>1<!-- 2 -->3</a></r>', [['a', '13']]],
  ])('may contain %s', (_, content, fields) => {
    expect(readElements(content)).toEqual(fields);
  });

  it.each([
    '',
    ' ',
    'a',
    '<',
    '<a',
    '<a>',
    '</a>',
    '<a/>',
    '<a></a>',
    '<a>1</a>',
    '<r><a>1</a>',
    '<r><a>1</r>',
    '<r><a>1</b></r>',
    '<r><a>1</A></r>',
    '<r><a>1</r></a>',
    '<r><a>1</a></r></r>',
    '<r><a><b>1</b></a></r>',
    '<r><a>1</a></r><r/>',
    '<r><a>1</a></r>1',
    '1<r><a>1</a></r>',
    '<r>1<a>1</a></r>',
    '<r><a>1</a>&#32;&amp;</r>',
    '<r><a>1</a><![CDATA[1]]></r>',
    '<!DOCTYPE r><r><a>1</a></r>',
    '<!DOCTYPE r [<!ENTITY b "c">]><r><a>&b;</a></r>',
    '<r><!ENTITY b "c"><a>1</a></r>',
    '<r><a>1</a><!-- </r>',
    '<r><a>1</a><![CDATA[</r>',
    '<r><a>1</a><? </r>',
    '<r><a b="1>2</a></r>',
    '<r><a b="<">2</a></r>',
    '<r>< a>1</a></r>',
    '<r><1>1</1></r>',
    '<r><a>1</ a></r>',
    '<r><a>1</a x="1"></r>',
  ])('are not read from %j', (content) => {
    expect(() => readElements(content)).toThrow();
  });
});
