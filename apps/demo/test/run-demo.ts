import { run, type World } from '../src/demo.ts';

/** Exit code and output of a run. */
export interface DemoRun {
  readonly code: number;
  readonly output: string;
}

/** Runs the demo and collects its output. */
export async function runDemo(argv: readonly string[], rest: Partial<World> = {}): Promise<DemoRun> {
  const lines: string[] = [];
  const code = await run({
    argv,
    env: {},
    print: (line) => lines.push(line),
    ask: undefined,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    ...rest,
  });
  return { code, output: lines.join('\n') };
}
