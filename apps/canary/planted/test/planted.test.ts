import { expect, it } from 'vitest';
import { innocent, leaks } from '../src/leaks.ts';

// Each of these but the first has to fail, and not by itself: what watches it fails it.
it('innocent', () => expect(innocent()).toBeDefined());

for (const [name, leak] of Object.entries(leaks)) it(name, async () => void (await leak()));
