// npm test: runs every check of every package. The last line of its output gives the numbers of passed and
// failed checks. Checks that this machine cannot run, such as mounting a disk without root, are listed. With
// SMSC_REQUIRE_ALL they count as failed.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders, readJson, root, run, tool } from './workspace.mjs';

// The last line is always printed, even if the installation fails.
const prepared = await run(process.execPath, [join(root, 'scripts/prepare.mjs')], { inherit: true });
if (prepared.code !== 0) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const tasks = ['build', 'typecheck', 'lint', 'test', 'gate'];

// Removes the reports of earlier runs, so that each report found later is from this run or from turbo's cache.
for (const folder of packageFolders()) rmSync(join(folder, '.reports'), { recursive: true, force: true });

const summaries = join(root, '.turbo/runs');
rmSync(summaries, { recursive: true, force: true });
mkdirSync(summaries, { recursive: true });
const turbo = await run(
  process.execPath,
  [tool.turbo, 'run', ...tasks, '--continue', '--concurrency=2', '--output-logs=new-only', '--summarize'],
  { inherit: true },
);

/** Counts the results in the report of a task. A task without a report counts as one pass or one failure. */
function count({ name, ok, report }) {
  if (report === undefined)
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, notes: ok ? [] : [name], notRun: [] };
  if (!existsSync(report)) return { passed: 0, failed: 1, notes: [`${name}: left no report`], notRun: [] };
  const { passed, failures, notRun } = read(readJson(report));
  // A task can fail although each of its tests passed, for example on an unhandled rejection.
  const notes = ok || failures.length > 0 ? failures : ['failed, though each of its tests passed'];
  const named = (note) => `${name}: ${note}`;
  return { passed, failed: notes.length, notes: notes.map(named), notRun: notRun.map(named) };
}

/** Results of a file in vitest's report. A file that does not load has no tests: it counts as one failure. */
const resultsOfFile = ({ name, status, assertionResults }) => {
  const results = assertionResults.map((each) => ({
    name: each.fullName,
    ok: each.status === 'passed',
    notRun: each.status !== 'passed' && each.status !== 'failed',
  }));
  const failedToLoad = status === 'failed' && results.every(({ ok, notRun }) => ok || notRun);
  return failedToLoad ? [...results, { name, ok: false }] : results;
};

const mustRunAll = Boolean(process.env.SMSC_REQUIRE_ALL);

/** Reads a report of vitest or of a gate. A check that was not run counts as failed if all must run. */
function read(report) {
  const results = report.checks ?? report.testResults.flatMap(resultsOfFile);
  const isNotRun = ({ notRun }) => notRun && !mustRunAll;
  return {
    passed: results.filter(({ ok }) => ok).length,
    failures: results.filter((each) => !each.ok && !isNotRun(each)).map(({ name }) => name),
    notRun: results.filter(isNotRun).map(({ name }) => name),
  };
}

const [summary] = readdirSync(summaries).map((file) => readJson(join(summaries, file)));
const counts = (summary?.tasks ?? [])
  .filter(({ command }) => command !== '<NONEXISTENT>')
  .map(({ taskId, task, directory, execution }) => ({
    name: taskId,
    ok: execution?.exitCode === 0,
    report: task === 'test' || task === 'gate' ? join(root, directory, `.reports/${task}.json`) : undefined,
  }))
  .map(count);

const passed = counts.reduce((sum, each) => sum + each.passed, 0);
let failed = counts.reduce((sum, each) => sum + each.failed, 0);
// turbo itself can fail before it runs a task.
if (failed === 0 && (turbo.code !== 0 || passed === 0)) failed = 1;

const notRun = counts.flatMap((each) => each.notRun);
if (notRun.length > 0) console.log(`\nNot run:\n${notRun.map((note) => `  ${note}`).join('\n')}\n`);
const notes = counts.flatMap((each) => each.notes);
if (notes.length > 0) console.log(`\nFailed:\n${notes.map((note) => `  ${note}`).join('\n')}\n`);
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);
