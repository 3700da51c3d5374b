import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Runs checks one after another, prints a line for each, and writes all of them to a report. A check returns the figure that
 * it measured, or throws if it fails.
 */
export class Report {
  #file;
  #checks = [];

  constructor(file) {
    this.#file = file;
  }

  async check(name, measure) {
    let ok = true;
    let detail;
    try {
      detail = (await measure()) ?? '';
    } catch (error) {
      ok = false;
      detail = error instanceof Problem ? error.message : String(error?.stack ?? error);
    }
    this.#checks.push({ name, ok, detail });
    process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${name}${detail ? `: ${detail}` : ''}\n`);
    return ok;
  }

  /** Reports a check that this machine cannot run. `npm test` lists it; with SMSC_REQUIRE_ALL it counts as failed. */
  notRun(name, reason) {
    this.#checks.push({ name, ok: false, notRun: true, detail: reason });
    process.stdout.write(`not run  ${name}: ${reason}\n`);
  }

  /** Writes the report. Returns the exit code. */
  finish() {
    const failed = this.#checks.filter(({ ok, notRun }) => !ok && !notRun).length;
    const passed = this.#checks.filter(({ ok }) => ok).length;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify({ passed, failed, checks: this.#checks }, null, 2)}\n`);
    // A run without any check is a failure.
    return failed > 0 || passed === 0 ? 1 : 0;
  }
}

/** Error of a check that found a problem. Any other error is a bug in the check, and is printed with its stack. */
export class Problem extends Error {}

/** Throws one `Problem` that lists all problems, if there are any. */
export function throwIfProblems(problems) {
  if (problems.length > 0) throw new Problem(problems.join('\n      '));
}
