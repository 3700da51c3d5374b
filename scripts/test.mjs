// npm test: everything that can be checked, in every package. Ends with one line: how many passed, how many failed.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders, readJson, root, run, tool } from './workspace.mjs';

// Whatever happens, the last line says how much of it passed.
const prepared = await run(process.execPath, [join(root, 'scripts/prepare.mjs')], { inherit: true });
if (prepared.code !== 0) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const tasks = ['build', 'typecheck', 'lint', 'test', 'gate'];

// A report that is there afterwards was written by this run, or restored for it: turbo keeps reports with its results.
for (const folder of packageFolders()) rmSync(join(folder, '.reports'), { recursive: true, force: true });

const summaries = join(root, '.turbo/runs');
rmSync(summaries, { recursive: true, force: true });
mkdirSync(summaries, { recursive: true });
const turbo = await run(
  process.execPath,
  [tool.turbo, 'run', ...tasks, '--continue', '--concurrency=2', '--output-logs=new-only', '--summarize'],
  { inherit: true },
);

/** What one task comes to: one pass or failure, or as many as its report counts. */
function count({ name, ok, report }) {
  if (report === undefined) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, notes: ok ? [] : [name] };
  if (!existsSync(report)) return { passed: 0, failed: 1, notes: [`${name}: left no report`] };
  const { passed, failures } = read(readJson(report));
  // A run that failed although each of its tests passed failed in something else: it counts, too.
  const notes = ok || failures.length > 0 ? failures : ['failed, though each of its tests passed'];
  return { passed, failed: notes.length, notes: notes.map((note) => `${name}: ${note}`) };
}

/** A report of vitest's, or of our own gates. Whatever did not pass has failed: skipped and left for later as well. */
function read(report) {
  const results = report.checks
    ? report.checks.map(({ name, ok }) => ({ name, ok }))
    : report.testResults.flatMap(({ name, status, assertionResults }) => [
        ...assertionResults.map((each) => ({ name: each.fullName, ok: each.status === 'passed' })),
        // A file that could not even be loaded has no tests to count.
        ...(status !== 'passed' && assertionResults.every((each) => each.status === 'passed')
          ? [{ name, ok: false }]
          : []),
      ]);
  return {
    passed: results.filter(({ ok }) => ok).length,
    failures: results.filter(({ ok }) => !ok).map(({ name }) => name),
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
// turbo itself can fail before it has run anything.
if (failed === 0 && (turbo.code !== 0 || passed === 0)) failed = 1;

const notes = counts.flatMap((each) => each.notes);
if (notes.length > 0) console.log(`\nFailed:\n${notes.map((note) => `  ${note}`).join('\n')}\n`);
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);
