import type { Sending } from './send.ts';
import { meetsTarget, type Figure } from './measure.ts';
import type { MemoryTest } from './peak.ts';

type Suite = () => Promise<readonly Figure[]> | readonly Figure[];

/** Suites by name. Each suite is loaded only when it runs, so that the measured memory includes no modules of other suites. */
const suites: Readonly<Record<string, () => Promise<Suite>>> = {
  segments: async () => (await import('./segments.ts')).measureSegments,
  charsets: async () => (await import('./charsets.ts')).measureCharsets,
  cost: async () => (await import('./cost.ts')).measureCost,
  ledger: async () => (await import('./ledger.ts')).measureLedger,
  sends: async () => (await import('./send.ts')).measureSends,
  whole: async () => (await import('./everything.ts')).measureAllFeatures,
};
const memoryTests: Readonly<Record<string, () => Promise<MemoryTest>>> = {
  formBody: async () => (await import('./charsets.ts')).formBody,
  stream: async () => (await import('./cost.ts')).stream,
};
const growthTest = async (name: string): Promise<(host: string) => Sending> =>
  (await import('./everything.ts')).growthTests[name]!;

const format = ({ name, ratio, target, detail }: Figure): string => {
  const figure = ratio >= 100 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(2);
  const limit = target
    ? `, target ${'atLeast' in target ? `at least ${target.atLeast}` : `at most ${target.atMost}`}`
    : '';
  return `${name}: ${figure}${limit}\n  compared with ${detail}`;
};

async function measureAll(names: readonly string[]): Promise<void> {
  const figures: Figure[] = [];
  for (const name of names) {
    const suite = suites[name];
    if (!suite) throw new Error(`unknown suite ${name}; expected one of ${Object.keys(suites).join(', ')}`);
    for (const figure of await (
      await suite()
    )()) {
      figures.push(figure);
      console.log(format(figure) + (meetsTarget(figure) ? '' : '  <- MISSED'));
    }
  }
  const missed = figures.filter((figure) => !meetsTarget(figure));
  console.log(`${figures.length} figures, ${missed.length} missed`);
  if (process.argv.includes('--write')) (await import('./readme.ts')).writeReadmes(figures);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

const [first, second] = process.argv.slice(2);
if (first === '--peak') {
  const { peakOf } = await import('./peak.ts');
  console.log(JSON.stringify(await peakOf(await memoryTests[second!]!())));
} else if (first === '--growth') {
  const { growthOf } = await import('./growth.ts');
  console.log(JSON.stringify(await growthOf(await growthTest(second!))));
} else {
  const names = process.argv.slice(2).filter((each) => !each.startsWith('--'));
  await measureAll(names.length > 0 ? names : Object.keys(suites));
}
