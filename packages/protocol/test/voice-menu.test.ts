import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type InputError,
  parseVoiceMenu,
  renderVoiceMenu,
  type VoiceMenu,
  type VoiceMenuAction,
  type VoiceMenuItem,
  type VoiceMenuItems,
} from '../src/index.ts';

const issuesOf = (act: () => unknown): string[] => {
  try {
    act();
  } catch (error) {
    expect((error as InputError).kind).toBe('invalid-input');
    return (error as InputError).issues.map(({ path, message }) => `${path} ${message}`.trim());
  }
  return [];
};
const renderIssues = (menu: unknown): string[] => issuesOf(() => renderVoiceMenu(menu as VoiceMenu));

/** Menu with every kind of line, like the example of the documentation. Source: the gateway's page for voice menus. */
const text = `Good day.
{menu: Press a key.
1: We are open from nine to six.
1: https://example.org/key
2: Departments.
21: Sales.
22: Support.
221: Phones.
*: back
#: start
0: repeat
}
Good bye.`;
const menu: VoiceMenu = {
  start: 'Good day.',
  text: 'Press a key.',
  items: {
    1: { actions: [{ say: 'We are open from nine to six.' }, { request: 'https://example.org/key' }] },
    2: {
      actions: [{ say: 'Departments.' }],
      items: {
        1: { actions: [{ say: 'Sales.' }] },
        2: { actions: [{ say: 'Support.' }], items: { 1: { actions: [{ say: 'Phones.' }] } } },
      },
    },
  },
  back: true,
  restart: true,
  repeat: true,
  end: 'Good bye.',
};

const spokenText = fc
  .string({
    unit: fc.constantFrom('a', 'б', '1', ':', ' ', '*', '#', '0', 'http', ',', '[', ']', '~'),
    minLength: 1,
    maxLength: 12,
  })
  .map((words) => words.trim())
  .filter((words) => words !== '' && !words.startsWith('http:'));
const action: fc.Arbitrary<VoiceMenuAction> = fc.oneof(
  spokenText.map((say) => ({ say })),
  fc
    .webUrl()
    .filter((url) => !/[{}\s]/.test(url))
    .map((request) => ({ request })),
);
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const { items } = fc.letrec<{ items: VoiceMenuItems; item: VoiceMenuItem }>((tie) => ({
  items: fc
    .dictionary(fc.constantFrom(...keys), tie('item'), { minKeys: 1, maxKeys: 3 })
    .map((each) => ({ ...each })),
  item: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ actions: fc.array(action, { minLength: 1, maxLength: 3 }) }),
    fc.record({ items: tie('items') }),
    fc.record({ actions: fc.array(action, { minLength: 1, maxLength: 2 }), items: tie('items') }),
  ),
}));
const lines = fc.array(spokenText, { minLength: 1, maxLength: 3 }).map((each) => each.join('\n'));
const menus: fc.Arbitrary<VoiceMenu> = fc.record(
  {
    start: lines,
    text: spokenText,
    items,
    back: fc.constant(true),
    restart: fc.constant(true),
    repeat: fc.constant(true),
    end: lines,
  },
  { requiredKeys: ['items'] },
);

describe('a voice menu', () => {
  it('is rendered in the documented form and parsed back', () => {
    expect(renderVoiceMenu(menu)).toBe(text);
    expect(parseVoiceMenu(text)).toEqual(menu);
  });

  it('is parsed back from its rendered text, for random menus', () => {
    let rendered = 0;
    fc.assert(
      fc.property(menus, (each) => {
        const issues = renderIssues(each);
        if (issues.length > 0)
          expect(issues).toEqual([expect.stringMatching(/at most 1000 fit|more than 1000 characters/)]);
        else {
          rendered++;
          expect(parseVoiceMenu(renderVoiceMenu(each))).toEqual(each);
        }
      }),
      { numRuns: 2000 },
    );
    // Most menus are rendered, not rejected.
    expect(rendered).toBeGreaterThan(1000);
  });

  it('is rendered in one canonical form', () => {
    const loose = '  Hello \n{menu:\n 2:b\n1:  a\n\n1: c\n*:back\n }\n';
    const once = renderVoiceMenu(parseVoiceMenu(loose));
    expect(once).toBe('Hello\n{menu:\n1: a\n1: c\n2: b\n*: back\n}');
    expect(renderVoiceMenu(parseVoiceMenu(once))).toBe(once);
  });

  it('has at most 1000 characters', () => {
    const menuOf = (length: number): VoiceMenu => ({
      items: { 1: { actions: [{ say: 'a'.repeat(length - '{menu:\n1: \n}'.length) }] } },
    });
    expect(renderVoiceMenu(menuOf(1000))).toHaveLength(1000);
    expect(renderIssues(menuOf(1001))).toEqual(['takes 1001 characters of text; at most 1000 fit']);
  });

  it('may have as many levels as fit, and rejects deeper and circular menus', () => {
    const nested = (depth: number): VoiceMenuItem =>
      depth === 1 ? { actions: [{ say: 'a' }] } : { items: { 1: nested(depth - 1) } };
    const deep = (depth: number): VoiceMenu => ({ items: { 1: nested(depth) } });
    expect(parseVoiceMenu(renderVoiceMenu(deep(900)))).toEqual(deep(900));
    expect(renderIssues(deep(995))).toEqual(['takes 1007 characters of text; at most 1000 fit']);
    expect(renderIssues(deep(2000))).toEqual(['items take more than 1000 characters of text']);
    const circular: { items: Record<string, unknown> } = { items: {} };
    circular.items['1'] = circular;
    expect(renderIssues({ items: { 1: circular } })).toEqual([
      'items take more than 1000 characters of text',
    ]);
    const doubling = Array.from({ length: 60 }).reduce<VoiceMenuItem>(
      (item) => ({ items: { 1: item, 2: item } }),
      { actions: [{ say: 'a' }] },
    );
    expect(renderIssues({ items: { 1: doubling } })).toEqual([
      'items take more than 1000 characters of text',
    ]);
  });

  it.each([
    ['undefined', undefined, ['expected { items, start, text, back, restart, repeat, end }, got undefined']],
    ['no items', { items: {} }, ['items expected an object with at least one menu item, got an object']],
    ['a reserved key', { items: { 0: { actions: [{ say: 'a' }] } } }, ['items[?] is not a key from 1 to 9']],
    [
      'a key of two digits',
      { items: { 12: { actions: [{ say: 'a' }] } } },
      ['items[?] is not a key from 1 to 9'],
    ],
    ['an item without members', { items: { 1: {} } }, ['items[1] requires actions or items']],
    [
      'an item with an empty list of actions',
      { items: { 1: { actions: [] } } },
      ['items[1] requires actions or items'],
    ],
    [
      'a text with a line break',
      { items: { 1: { actions: [{ say: 'a\n2: b' }] } } },
      ['items[1].actions[0].say contains a line break; write one line'],
    ],
    [
      'a text with a brace',
      { items: { 1: { actions: [{ say: 'a}' }] } } },
      ['items[1].actions[0].say contains `{` or `}`, which voice menus reserve; remove it'],
    ],
    [
      'a text that is a URL',
      { items: { 1: { actions: [{ say: 'https://a.org' }] } } },
      ['items[1].actions[0].say is a URL, so the gateway would request it and say nothing; use `request`'],
    ],
    [
      'a request without an http or https URL',
      { items: { 1: { actions: [{ request: 'a.org' }] } } },
      ['items[1].actions[0].request expected an http or https URL, got a string of length 5'],
    ],
    [
      'a title of two lines',
      { text: 'a\nb', items: { 1: { actions: [{ say: 'a' }] } } },
      ['text contains a line break; write one line'],
    ],
    [
      'a space at the start of a text',
      { start: ' a', items: { 1: { actions: [{ say: 'a' }] } } },
      ['start starts or ends with a space or a line break; trim the text'],
    ],
    [
      'a menu in the text before the menu',
      { start: '{menu:\n1: a\n}', end: 5, items: { 1: { actions: [{ say: 'a' }] } } },
      ['start contains `{` or `}`, which voice menus reserve; remove it', 'end expected text, got a number'],
    ],
    [
      'a flag that is a number',
      { back: 1, items: { 1: { actions: [{ say: 'a' }] } } },
      ['back expected true or false, got a number'],
    ],
  ])('is rejected with all its issues: %s', (_, wrong, expected) => {
    expect(renderIssues(wrong)).toEqual(expected);
  });

  it.each([
    ['no menu', 'Hello', ['expected a text of at most 1000 characters that contains exactly one {menu: …}']],
    [
      'two menus',
      '{menu:\n1: a\n}{menu:\n1: a\n}',
      ['expected a text of at most 1000 characters that contains exactly one {menu: …}'],
    ],
    [
      'a menu without an end',
      '{menu:\n1: a',
      ['expected a text of at most 1000 characters that contains exactly one {menu: …}'],
    ],
    [
      'a text that is too long',
      `{menu:\n1: ${'a'.repeat(1000)}\n}`,
      ['expected a text of at most 1000 characters that contains exactly one {menu: …}'],
    ],
    ['a menu without items', '{menu: a\n}', ['expected at least one menu item, such as `1: text`']],
    [
      'lines that are not part of a menu',
      '{menu:\n1: a\nhello\n5\n0: a\n}',
      [
        '[2] expected a line such as `1: text`, `*: back` or `0: repeat`',
        '[3] expected a line such as `1: text`, `*: back` or `0: repeat`',
        '[4] expected a line such as `1: text`, `*: back` or `0: repeat`',
      ],
    ],
  ])('is not parsed from %s', (_, wrong, expected) => {
    expect(issuesOf(() => parseVoiceMenu(wrong))).toEqual(expected);
  });

  it('is parsed from any text, or rejected with an InputError', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{menu:', '}', '\n', '1', '2', ': ', 'a', '*: back', ' ') }),
        (each) => void issuesOf(() => parseVoiceMenu(each)),
      ),
      { numRuns: 5000 },
    );
  });
});
