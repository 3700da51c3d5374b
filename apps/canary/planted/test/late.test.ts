import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, it } from 'vitest';
import { late } from '../src/leaks.ts';

// The test passes, and its file has to fail.
it('innocent until it has ended', () => late());
afterAll(() => sleep(20));
