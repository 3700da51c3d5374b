import { expect, it } from 'vitest';
import { withoutLeak, leaks } from '../src/leaks.ts';

// Every test but the first has to fail. None of them asserts anything about leaks: the watcher fails them.
it('leaks nothing', () => expect(withoutLeak()).toBeDefined());

for (const [name, leak] of Object.entries(leaks)) it(name, async () => void (await leak()));
