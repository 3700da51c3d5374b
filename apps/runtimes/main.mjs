// Holds every transport to the contract and to the security cases in every runtime, and the table of it to what came of that. With --write it writes
// the table.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { throwIfProblems, Report } from '../../scripts/report.mjs';
import { root } from '../../scripts/workspace.mjs';
import { openPage } from './src/browser.mjs';
import { pages, processes } from './src/subjects.mjs';
import { writeTable } from './src/table.mjs';

const folder = mkdtempSync(join(tmpdir(), 'smsc-runtimes-'));
const bundle = async (entry, options) => {
  const outfile = join(folder, `${entry}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `src/${entry}.mjs`)],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    outfile,
    logLevel: 'error',
    ...options,
  });
  return outfile;
};

const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};
// The workspace's packages are written in TypeScript, which Node 20 does not run.
const { cases, runCase, runThreat, threats } = await import(
  await bundle('contract', { platform: 'node', banner })
);

/** A process that makes trials. */
function startProcess([command, ...args], file, transport) {
  const child = spawn(command, [...args, file, transport], { stdio: ['pipe', 'pipe', 'pipe'] });
  // What a runtime says of its own is shown only when it ends by it.
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => void (said += chunk));
  const unhandled = [];
  /** Trials by their number: what answers too late is not taken for the next one's. */
  const waiting = new Map();
  let last = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { number, seen, broken, unhandled: rejected } = JSON.parse(line);
    if (rejected) unhandled.push(rejected);
    else if (seen) waiting.get(number).resolve(seen);
    else waiting.get(number).reject(new Error(broken));
    waiting.delete(number);
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the process ended with ${code}: ${said}`));
  });
  return {
    unhandled,
    run: (trial) =>
      new Promise((resolve, reject) => {
        const number = ++last;
        waiting.set(number, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ number, trial })}\n`);
      }),
    close: () => void child.kill(),
  };
}

/** Tries everything with one subject. */
async function tryAll(
  { runtime, transport, deviations, fileNames, toRelay },
  { run, isolate, unhandled = [] },
) {
  const verdicts = new Map();
  const complaints = [];
  for (const one of cases) {
    const result = await runCase(one, { run, deviations, fileNames });
    verdicts.set(one.title, result.outcome);
    complaints.push(...result.failures.map((failure) => `${one.title}: ${failure}`));
  }
  const holes = [];
  for (const threat of threats)
    holes.push(
      ...(await runThreat(threat, { run, isolate, deviations, fileNames, toRelay })).map(
        (hole) => `${threat.name}: ${hole}`,
      ),
    );
  complaints.push(
    ...unhandled.map((stack) => `unhandled rejection: ${stack}`),
    ...Object.keys(deviations)
      .filter((title) => !verdicts.has(title))
      .map((title) => `no case has the title: ${title}`),
  );
  return { runtime, transport, verdicts, complaints, holes };
}

/** What a pool of so many at once comes to, in the order of the list. */
async function pooled(list, many, work) {
  const results = [];
  const next = list.entries();
  await Promise.all(
    Array.from({ length: many }, async () => {
      for (const [place, each] of next) results[place] = await work(each);
    }),
  );
  return results;
}

const report = new Report(join(import.meta.dirname, '.reports/gate.json'));
try {
  const child = await bundle('child', { platform: 'node', banner });
  const script = await bundle('page', { platform: 'browser', format: 'iife' });
  const only = process.argv.find((each) => each.startsWith('--only='))?.slice(7);
  const wanted = processes.filter(
    ({ runtime, transport }) => !only || `${runtime} ${transport}`.includes(only),
  );
  const results = await pooled(wanted, 4, async (subject) => {
    const started = startProcess(subject.command, child, subject.transport);
    try {
      return await tryAll(subject, started);
    } finally {
      started.close();
    }
  });
  for (const subject of pages.filter(
    ({ runtime, transport }) => !only || `${runtime} ${transport}`.includes(only),
  )) {
    await report.check(`a page of a real browser opens for ${subject.transport}`, async () => {
      const page = await openPage(readFileSync(script, 'utf8'), subject.transport);
      try {
        results.push(await tryAll(subject, page));
      } finally {
        await page.close();
      }
    });
  }
  for (const { runtime, transport, verdicts, complaints, holes } of results) {
    await report.check(`${transport} on ${runtime} keeps the contract`, () => {
      throwIfProblems(complaints);
      return `${verdicts.size} cases`;
    });
    await report.check(`${transport} on ${runtime} is safe`, () => throwIfProblems(holes));
  }
  const file = join(root, 'packages/conformance/CONTRACT.md');
  const text =
    results.length === processes.length + pages.length
      ? writeTable(cases, results, [...processes, ...pages])
      : '';
  if (process.argv.includes('--write')) writeFileSync(file, text);
  if (!only)
    await report.check('the table of the contract is what came of this run', () =>
      throwIfProblems(
        existsSync(file) && readFileSync(file, 'utf8') === text
          ? []
          : ['run `node main.mjs --write` in apps/runtimes'],
      ),
    );
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = report.finish();
