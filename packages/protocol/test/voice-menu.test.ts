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

const issues = (act: () => unknown): string[] => {
  try {
    act();
  } catch (error) {
    expect((error as InputError).kind).toBe('invalid-input');
    return (error as InputError).issues.map(({ path, message }) => `${path} ${message}`.trim());
  }
  return [];
};
const refused = (menu: unknown): string[] => issues(() => renderVoiceMenu(menu as VoiceMenu));

/** The page's example of every line that there is, in words of our own. Source: the gateway's page for voice menus. */
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

const spoken = fc
  .string({
    unit: fc.constantFrom('a', 'б', '1', ':', ' ', '*', '#', '0', 'http', ',', '[', ']', '~'),
    minLength: 1,
    maxLength: 12,
  })
  .map((words) => words.trim())
  .filter((words) => words !== '' && !words.startsWith('http:'));
const action: fc.Arbitrary<VoiceMenuAction> = fc.oneof(
  spoken.map((say) => ({ say })),
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
const lines = fc.array(spoken, { minLength: 1, maxLength: 3 }).map((each) => each.join('\n'));
const menus: fc.Arbitrary<VoiceMenu> = fc.record(
  {
    start: lines,
    text: spoken,
    items,
    back: fc.constant(true),
    restart: fc.constant(true),
    repeat: fc.constant(true),
    end: lines,
  },
  { requiredKeys: ['items'] },
);

describe('a voice menu', () => {
  it('is rendered as the page has it, and read back', () => {
    expect(renderVoiceMenu(menu)).toBe(text);
    expect(parseVoiceMenu(text)).toEqual(menu);
  });

  it('is read back as what was rendered, whatever is in it', () => {
    let rendered = 0;
    fc.assert(
      fc.property(menus, (each) => {
        const complaints = refused(each);
        if (complaints.length > 0)
          expect(complaints).toEqual([expect.stringMatching(/does not fit 1000 characters/)]);
        else {
          rendered++;
          expect(parseVoiceMenu(renderVoiceMenu(each))).toEqual(each);
        }
      }),
      { numRuns: 2000 },
    );
    // Not by refusing everything.
    expect(rendered).toBeGreaterThan(1000);
  });

  it('is rendered again as what was read, in one form', () => {
    const loose = '  Hello \n{menu:\n 2:b\n1:  a\n\n1: c\n*:back\n }\n';
    const once = renderVoiceMenu(parseVoiceMenu(loose));
    expect(once).toBe('Hello\n{menu:\n1: a\n1: c\n2: b\n*: back\n}');
    expect(renderVoiceMenu(parseVoiceMenu(once))).toBe(once);
  });

  it('takes 1000 characters and not one more', () => {
    const of = (length: number): VoiceMenu => ({
      items: { 1: { actions: [{ say: 'a'.repeat(length - '{menu:\n1: \n}'.length) }] } },
    });
    expect(renderVoiceMenu(of(1000))).toHaveLength(1000);
    expect(refused(of(1001))).toEqual(['does not fit 1000 characters: makes 1001']);
  });

  it('takes as many levels as fit, and refuses what is nested deeper, or is nested in itself', () => {
    const nested = (depth: number): VoiceMenuItem =>
      depth === 1 ? { actions: [{ say: 'a' }] } : { items: { 1: nested(depth - 1) } };
    const deep = (depth: number): VoiceMenu => ({ items: { 1: nested(depth) } });
    expect(parseVoiceMenu(renderVoiceMenu(deep(900)))).toEqual(deep(900));
    expect(refused(deep(995))).toEqual(['does not fit 1000 characters: makes 1007']);
    expect(refused(deep(2000))).toEqual(['items does not fit 1000 characters']);
    const own: { items: Record<string, unknown> } = { items: {} };
    own.items['1'] = own;
    expect(refused({ items: { 1: own } })).toEqual(['items does not fit 1000 characters']);
    const twice = Array.from({ length: 60 }).reduce<VoiceMenuItem>(
      (item) => ({ items: { 1: item, 2: item } }),
      { actions: [{ say: 'a' }] },
    );
    expect(refused({ items: { 1: twice } })).toEqual(['items does not fit 1000 characters']);
  });

  it.each([
    ['nothing', undefined, ['expected { items, start, text, back, restart, repeat, end }, got undefined']],
    ['no items', { items: {} }, ['items expected items by their keys, got an object']],
    [
      'a key that is taken',
      { items: { 0: { actions: [{ say: 'a' }] } } },
      ['items[?] is not a key from 1 to 9'],
    ],
    [
      'a key of two digits',
      { items: { 12: { actions: [{ say: 'a' }] } } },
      ['items[?] is not a key from 1 to 9'],
    ],
    ['an item that does nothing', { items: { 1: {} } }, ['items[1] does nothing']],
    ['an item of no actions', { items: { 1: { actions: [] } } }, ['items[1] does nothing']],
    [
      'a text with a line break',
      { items: { 1: { actions: [{ say: 'a\n2: b' }] } } },
      ['items[1].actions[0].say has a line break'],
    ],
    [
      'a text with a brace',
      { items: { 1: { actions: [{ say: 'a}' }] } } },
      ['items[1].actions[0].say has a brace, which begins or ends a menu'],
    ],
    [
      'a text that is an address',
      { items: { 1: { actions: [{ say: 'https://a.org' }] } } },
      ['items[1].actions[0].say is an address; say request'],
    ],
    [
      'an address that is none',
      { items: { 1: { actions: [{ request: 'a.org' }] } } },
      ['items[1].actions[0].request expected an http or https address, got 5 characters'],
    ],
    [
      'a menu of two lines',
      { text: 'a\nb', items: { 1: { actions: [{ say: 'a' }] } } },
      ['text has a line break'],
    ],
    [
      'blanks at the ends',
      { start: ' a', items: { 1: { actions: [{ say: 'a' }] } } },
      ['start has blanks at its ends'],
    ],
    [
      'a menu before the menu',
      { start: '{menu:\n1: a\n}', end: 5, items: { 1: { actions: [{ say: 'a' }] } } },
      ['start has a brace, which begins or ends a menu', 'end expected text, got a number'],
    ],
    [
      'a flag that is none',
      { back: 1, items: { 1: { actions: [{ say: 'a' }] } } },
      ['back expected true or false, got a number'],
    ],
  ])('is refused with every complaint: %s', (_, wrong, complaints) => {
    expect(refused(wrong)).toEqual(complaints);
  });

  it.each([
    ['no menu', 'Hello', ['expected a text of up to 1000 characters with one {menu: …} in it']],
    [
      'two menus',
      '{menu:\n1: a\n}{menu:\n1: a\n}',
      ['expected a text of up to 1000 characters with one {menu: …} in it'],
    ],
    [
      'a menu that does not end',
      '{menu:\n1: a',
      ['expected a text of up to 1000 characters with one {menu: …} in it'],
    ],
    [
      'a text too long',
      `{menu:\n1: ${'a'.repeat(1000)}\n}`,
      ['expected a text of up to 1000 characters with one {menu: …} in it'],
    ],
    ['a menu of nothing', '{menu: a\n}', ['has no items']],
    [
      'lines that are none',
      '{menu:\n1: a\nhello\n5\n0: a\n}',
      ['[2] is no line of a menu', '[3] is no line of a menu', '[4] is no line of a menu'],
    ],
  ])('is not read from %s', (_, wrong, complaints) => {
    expect(issues(() => parseVoiceMenu(wrong))).toEqual(complaints);
  });

  it('is read from any text, or refused as one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{menu:', '}', '\n', '1', '2', ': ', 'a', '*: back', ' ') }),
        (each) => void issues(() => parseVoiceMenu(each)),
      ),
      { numRuns: 5000 },
    );
  });
});
