import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './demo.ts';

const { stdin, stdout } = process;

async function ask(question: string): Promise<boolean> {
  const prompt = createInterface({ input: stdin, output: stdout });
  try {
    return /^(y|yes|так|т|да|д)$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}

process.exitCode = await run({
  argv: process.argv.slice(2),
  env: process.env,
  print: (line) => void stdout.write(`${line}\n`),
  ask: stdin.isTTY && stdout.isTTY ? ask : undefined,
  sleep: async (ms) => void (await sleep(ms)),
});
