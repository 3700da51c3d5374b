import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Runs checks one after another: a line for each, and all of them into a report. A check gives back the figure that it
 * measured, and fails by throwing.
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

  /** Writes the report. Gives back the exit code. */
  finish() {
    const failed = this.#checks.filter(({ ok }) => !ok).length;
    const passed = this.#checks.length - failed;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify({ passed, failed, checks: this.#checks }, null, 2)}\n`);
    // No checks at all is no success.
    return failed > 0 || passed === 0 ? 1 : 0;
  }
}

/** What a check throws to say what is wrong; anything else it throws is a defect of its own, and shown with its stack. */
export class Problem extends Error {}

/** Throws a `Problem` with all complaints, if there are any. */
export function complain(complaints) {
  if (complaints.length > 0) throw new Problem(complaints.join('\n      '));
}
