import type { Sending } from './send.ts';
import { holds, type Line } from './measure.ts';
import type { Weighed } from './peak.ts';

type Suite = () => Promise<readonly Line[]> | readonly Line[];

/** Suites by name. Each is loaded only when it runs, so that memory is measured without the modules of the others. */
const suites: Readonly<Record<string, () => Promise<Suite>>> = {
  segments: async () => (await import('./segments.ts')).segments,
  charsets: async () => (await import('./charsets.ts')).charsets,
  cost: async () => (await import('./cost.ts')).cost,
  sends: async () => (await import('./send.ts')).sends,
  whole: async () => (await import('./everything.ts')).whole,
};
const weighed: Readonly<Record<string, () => Promise<Weighed>>> = {
  formBody: async () => (await import('./charsets.ts')).formBody,
  stream: async () => (await import('./cost.ts')).stream,
};
const growing = async (name: string): Promise<(host: string) => Sending> =>
  (await import('./everything.ts')).growing[name]!;

const format = ({ name, ratio, wanted, detail }: Line): string => {
  const figure = ratio >= 100 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(2);
  const limit = wanted
    ? `, wanted ${'atLeast' in wanted ? `at least ${wanted.atLeast}` : `at most ${wanted.atMost}`}`
    : '';
  return `${name}: ${figure}${limit}\n  compared with ${detail}`;
};

async function measureAll(names: readonly string[]): Promise<void> {
  const lines: Line[] = [];
  for (const name of names) {
    const suite = suites[name];
    if (!suite) throw new Error(`unknown suite ${name}; expected one of ${Object.keys(suites).join(', ')}`);
    for (const line of await (
      await suite()
    )()) {
      lines.push(line);
      console.log(format(line) + (holds(line) ? '' : '  <- MISSED'));
    }
  }
  const missed = lines.filter((line) => !holds(line));
  console.log(`${lines.length} figures, ${missed.length} missed`);
  if (process.argv.includes('--write')) (await import('./readme.ts')).writeReadmes(lines);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

const [first, second] = process.argv.slice(2);
if (first === '--weigh') {
  const { peakOf } = await import('./peak.ts');
  console.log(JSON.stringify(await peakOf(await weighed[second!]!())));
} else if (first === '--growth') {
  const { growthOf } = await import('./growth.ts');
  console.log(JSON.stringify(await growthOf(await growing(second!))));
} else {
  const names = process.argv.slice(2).filter((each) => !each.startsWith('--'));
  await measureAll(names.length > 0 ? names : Object.keys(suites));
}
