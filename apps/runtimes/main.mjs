// Runs the contract and the security cases with every transport on every runtime, and compares the results with the table in
// packages/conformance/CONTRACT.md. `--write` writes the table. `--only=<text>` runs only the subjects whose name
// (runtime and transport) contains the text, and does not check the table.
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
// Bundles the contract, because Node 20 does not run TypeScript.
const { cases, runCase, runThreat, threats } = await import(
  await bundle('contract', { platform: 'node', banner })
);

/** Starts a process that runs trials. Resolves when the process is ready. */
async function startProcess([command, ...args], file, transport) {
  const child = spawn(command, [...args, file, transport], { stdio: ['pipe', 'pipe', 'pipe'] });
  // Error output of the process. It is shown only if the process ends during a trial.
  let errorOutput = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => void (errorOutput += chunk));
  const unhandled = [];
  /** Trials by number, so that a late result is not taken for the result of the next trial. */
  const waiting = new Map();
  let last = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { number, result, error, unhandled: rejected } = JSON.parse(line);
    if (rejected) unhandled.push(rejected);
    else if (result) waiting.get(number).resolve(result);
    else waiting.get(number).reject(new Error(error));
    waiting.delete(number);
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values())
      reject(new Error(`the process ended with ${code}: ${errorOutput}`));
  });
  await new Promise((resolve, reject) => waiting.set(0, { resolve, reject }));
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

/** Runs all cases and threats with one subject: a transport on a runtime. */
async function runAll({ runtime, transport, deviations, form, toRelay }, { run, isolate, unhandled = [] }) {
  const outcomes = new Map();
  const failures = [];
  for (const contractCase of cases) {
    const result = await runCase(contractCase, { run, deviations, form });
    outcomes.set(contractCase.title, result.outcome);
    failures.push(...result.failures.map((failure) => `${contractCase.title}: ${failure}`));
  }
  const securityFailures = [];
  for (const threat of threats)
    securityFailures.push(
      ...(await runThreat(threat, { run, isolate, deviations, form, toRelay })).map(
        (failure) => `${threat.name}: ${failure}`,
      ),
    );
  failures.push(
    ...unhandled.map((stack) => `unhandled rejection: ${stack}`),
    ...Object.keys(deviations)
      .filter((title) => !outcomes.has(title))
      .map((title) => `no case has the title: ${title}`),
  );
  return { runtime, transport, outcomes, failures, securityFailures };
}

/** Runs `work` for each item of a list, at most `concurrency` at a time. Resolves to the results in the order of the list. */
async function mapConcurrently(list, concurrency, work) {
  const results = [];
  const next = list.entries();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const [index, each] of next) results[index] = await work(each);
    }),
  );
  return results;
}

const report = new Report(join(import.meta.dirname, '.reports/gate.json'));
try {
  const child = await bundle('child', { platform: 'node', banner });
  const script = await bundle('page', { platform: 'browser', format: 'iife' });
  const only = process.argv.find((each) => each.startsWith('--only='))?.slice(7);
  const isSelected = ({ runtime, transport }) => !only || `${runtime} ${transport}`.includes(only);
  const results = await mapConcurrently(processes.filter(isSelected), 4, async (subject) => {
    const started = await startProcess(subject.command, child, subject.transport);
    try {
      return await runAll(subject, started);
    } finally {
      started.close();
    }
  });
  for (const subject of pages.filter(isSelected)) {
    await report.check(`${subject.transport} runs in a page of a real browser`, async () => {
      const page = await openPage(readFileSync(script, 'utf8'), subject.transport);
      try {
        results.push(await runAll(subject, page));
      } finally {
        await page.close();
      }
    });
  }
  for (const { runtime, transport, outcomes, failures, securityFailures } of results) {
    await report.check(`${transport} on ${runtime} passes the contract`, () => {
      throwIfProblems(failures);
      return `${outcomes.size} cases`;
    });
    await report.check(`${transport} on ${runtime} passes the security cases`, () =>
      throwIfProblems(securityFailures),
    );
  }
  const file = join(root, 'packages/conformance/CONTRACT.md');
  const text =
    results.length === processes.length + pages.length
      ? writeTable(cases, results, [...processes, ...pages])
      : '';
  if (process.argv.includes('--write') && text !== '') writeFileSync(file, text);
  if (!only)
    await report.check('CONTRACT.md agrees with this run', () =>
      throwIfProblems(
        existsSync(file) && readFileSync(file, 'utf8') === text
          ? []
          : ['CONTRACT.md is out of date: run `node main.mjs --write` in apps/runtimes'],
      ),
    );
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = report.finish();
