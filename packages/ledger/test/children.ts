import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForWorker } from '@smsc/testing/worker-bundle';
import { expect } from 'vitest';

/** Bundles the program of `child.ts`. Returns the URL of the bundle. */
export const bundleChild = (name: string): Promise<string> =>
  bundleForWorker(readFileSync(join(import.meta.dirname, 'child.ts'), 'utf8'), {
    folder: import.meta.dirname,
    name,
    external: ['libsql'],
  });

/** Returns the lines that a child has written to its log. */
export const linesOf = (log: string): readonly string[] =>
  existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : [];

/** Starts the program in a process of its own. */
export const start = (bundle: string, job: object, command: readonly string[] = []): ChildProcess => {
  const [program, ...args] = [...command, process.execPath, fileURLToPath(bundle), JSON.stringify(job)];
  return spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
};

/** Waits until a process has ended. */
export const ended = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));

/** Kills a process and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  const end = ended(child);
  child.kill('SIGKILL');
  await end;
}

/** Waits until a child has written a line. */
export async function waitForLine(log: string, line: string): Promise<void> {
  await expect.poll(() => linesOf(log), { timeout: 20_000, interval: 10 }).toContain(line);
}
