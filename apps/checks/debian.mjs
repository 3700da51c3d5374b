// Checks with a fake apt-get that an installation waits for Debian's package locks.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDebianPackages } from '../../scripts/debian.mjs';
import { withTemporaryFolder } from '../../scripts/pack.mjs';
import { Problem } from '../../scripts/report.mjs';

const locked = {
  lists: 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4711 (apt-get)',
  dpkg: 'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?',
};

/**
 * Writes a fake apt-get. Each call prints the next text of `answers`. After the last text, each call prints the last text
 * again.
 */
function writeFakeApt(folder, answers) {
  const file = join(folder, 'apt-get');
  const log = join(folder, 'calls');
  writeFileSync(log, '');
  writeFileSync(
    file,
    `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
const answers = ${JSON.stringify(answers)};
const calls = readFileSync(${JSON.stringify(log)}, 'utf8').split('\\n').length - 1;
appendFileSync(${JSON.stringify(log)}, process.argv[2] + '\\n');
const answer = answers[Math.min(calls, answers.length - 1)];
console.error(answer);
process.exitCode = answer === 'done' ? 0 : 100;
`,
  );
  chmodSync(file, 0o755);
  return { command: file, calls: () => readFileSync(log, 'utf8').trim().split('\n').join(' ') };
}

const install = (answers, options) =>
  withTemporaryFolder(async (folder) => {
    const { command, calls } = writeFakeApt(folder, answers);
    const error = await installDebianPackages(['chromium'], { command, pauseMs: 10, ...options }).then(
      () => undefined,
      (reason) => reason.message,
    );
    return { error, calls: calls() };
  });

const cases = {
  "an installation waits for the lock of Debian's lists, and for that of dpkg": {
    answers: [locked.lists, locked.lists, 'done', locked.dpkg, 'done'],
    calls: 'update update update install install',
  },
  'an installation gives up when the lock stays': {
    answers: [locked.dpkg],
    options: { limitMs: 50 },
    error: /^another process kept Debian's package lock/,
  },
  'an installation says that a package does not exist': {
    answers: ['done', 'E: Unable to locate package chromium'],
    error: /^the package sources of this machine do not have chromium/,
  },
  'an installation says that a package cannot be installed': {
    answers: ['done', 'E: Unable to correct problems, you have held broken packages.'],
    error: /^chromium cannot be installed/,
  },
};

export async function checkDebian(report) {
  // Skips Windows, which cannot start the script of the fake apt-get.
  if (process.platform === 'win32') return;
  for (const [name, { answers, options, calls, error }] of Object.entries(cases)) {
    await report.check(name, async () => {
      const result = await install(answers, options);
      if (error ? !error.test(result.error ?? '') : result.error !== undefined)
        throw new Problem(`expected ${error ?? 'success'}, got ${result.error ?? 'success'}`);
      if (calls !== undefined && result.calls !== calls)
        throw new Problem(`expected the calls ${calls}, got ${result.calls}`);
      return result.calls.slice(0, 60);
    });
  }
}
