import type { VoiceMenu, VoiceMenuItems, VoiceMenuKey } from '@smsc/protocol';
import fc from 'fast-check';
import { webAddress, type Words } from './words.ts';

/** Generates voice menus that are up to three keys deep. */
export function menus(words: Words): fc.Arbitrary<VoiceMenu> {
  const spoken = words.line.map((text) => text.replace(/[{}]/g, '').trim()).filter((text) => text !== '');
  const action = fc.oneof(
    spoken.map((say) => ({ say })),
    webAddress.map((request) => ({ request })),
  );
  const keys = fc.uniqueArray(fc.constantFrom(...([...'123456789'] as VoiceMenuKey[])), {
    minLength: 1,
    maxLength: 2,
  });
  const itemsOf = (depth: number): fc.Arbitrary<VoiceMenuItems> => {
    const actions = fc.array(action, { minLength: 1, maxLength: 2 });
    const item =
      depth === 0
        ? fc.record({ actions })
        : fc.record({ actions, items: itemsOf(depth - 1) }, { requiredKeys: ['actions'] });
    return fc
      .tuple(keys, fc.array(item, { minLength: 2, maxLength: 2 }))
      .map(([each, all]) => Object.fromEntries(each.map((key, at) => [key, all[at]!])));
  };
  const set = fc.constant(true as const);
  return fc
    .record(
      { start: spoken, text: spoken, items: itemsOf(2), back: set, restart: set, repeat: set, end: spoken },
      { requiredKeys: ['items'] },
    )
    .filter((menu) => !('text' in menu) || !/^\d+:/.test(menu.text ?? ''))
    .filter((menu) => JSON.stringify(menu).length < 900);
}
