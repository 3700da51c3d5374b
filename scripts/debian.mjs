// Installs packages of Debian. As a program: node scripts/debian.mjs <package> …
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from './report.mjs';
import { isMain, run } from './workspace.mjs';

/**
 * Messages of apt-get while another process installs or updates. Its own option `DPkg::Lock::Timeout` does not cover the
 * lock of the package lists, which `apt-get update` takes.
 */
const isLocked = (output) =>
  /Could not get lock|Unable to lock|Unable to acquire the dpkg frontend lock|is held by process/.test(
    output,
  );

/** Messages of apt-get about a package that the machine's package sources do not have. */
const isUnknown = (output) => /Unable to locate package|has no installation candidate/.test(output);

const lastLines = (output) => output.trim().split('\n').slice(-5).join('\n');

/**
 * Installs packages with apt-get. Waits while another process holds Debian's locks.
 *
 * @param names the packages
 * @param options `limitMs`: longest wait for the locks, ten minutes by default; `pauseMs`: time between two attempts;
 *   `command`: the program to run instead of apt-get
 * @throws Problem that tells a lock that stays, a package that does not exist, and an installation that fails apart
 */
export async function installDebianPackages(
  names,
  { limitMs = 600_000, pauseMs = 2_000, command = 'apt-get' } = {},
) {
  const deadline = Date.now() + limitMs;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };

  async function apt(...args) {
    for (let announced = false; ; await sleep(pauseMs)) {
      const result = await run(command, args, { env });
      if (result.code === 0 || !isLocked(result.output)) return result;
      if (Date.now() > deadline)
        throw new Problem(
          `another process kept Debian's package lock for ${limitMs / 1000} seconds: ${lastLines(result.output)}`,
        );
      if (!announced) process.stderr.write('Another process holds the package lock; waiting …\n');
      announced = true;
    }
  }

  // Without a network the lists of an earlier update may do.
  const update = await apt('update');
  const install = await apt('install', '--yes', '--no-install-recommends', ...names);
  if (install.code === 0) return;
  const packages = names.join(', ');
  throw new Problem(
    isUnknown(install.output)
      ? `the package sources of this machine do not have ${packages}${update.code === 0 ? '' : '; apt-get update failed as well'}: ${lastLines(install.output)}`
      : `${packages} cannot be installed, apt-get exited with ${install.code}: ${lastLines(install.output)}`,
  );
}

if (isMain(import.meta.url)) {
  try {
    await installDebianPackages(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error);
    process.exitCode = 1;
  }
}
