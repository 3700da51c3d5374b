import { charsets, formBody } from './charsets.ts';
import { cost, stream } from './cost.ts';
import { growing, whole } from './everything.ts';
import { growthOf } from './growth.ts';
import { holds, type Line } from './measure.ts';
import { peakOf, type Weighed } from './peak.ts';
import { writeReadmes } from './readme.ts';
import { segments } from './segments.ts';
import { sends } from './send.ts';

/** What there is to measure, by name. */
const suites: Readonly<Record<string, () => Promise<readonly Line[]> | readonly Line[]>> = { segments, charsets, cost, sends, whole };
const weighed: Readonly<Record<string, Weighed>> = { formBody, stream };

const told = ({ name, ratio, wanted, detail }: Line): string => {
  const figure = ratio >= 100 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(2);
  const limit = wanted ? `, wanted ${'atLeast' in wanted ? `at least ${wanted.atLeast}` : `at most ${wanted.atMost}`}` : '';
  return `${name}: ${figure}${limit}\n  against ${detail}`;
};

async function measureAll(names: readonly string[]): Promise<void> {
  const lines: Line[] = [];
  for (const name of names) {
    const suite = suites[name];
    if (!suite) throw new Error(`there is no ${name}; there are ${Object.keys(suites).join(', ')}`);
    for (const line of await suite()) {
      lines.push(line);
      console.log(told(line) + (holds(line) ? '' : '  <- MISSED'));
    }
  }
  const missed = lines.filter((line) => !holds(line));
  console.log(`${lines.length} figures, ${missed.length} missed`);
  if (process.argv.includes('--write')) writeReadmes(lines);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

const [first, second] = process.argv.slice(2);
if (first === '--weigh') console.log(JSON.stringify(await peakOf(weighed[second!]!)));
else if (first === '--growth') console.log(JSON.stringify(await growthOf(growing[second!]!)));
else {
  const names = process.argv.slice(2).filter((each) => !each.startsWith('--'));
  await measureAll(names.length > 0 ? names : Object.keys(suites));
}
