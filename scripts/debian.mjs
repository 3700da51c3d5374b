// Installs Debian packages. As a program: node scripts/debian.mjs <package> …
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from './report.mjs';
import { isMain, run } from './workspace.mjs';

/**
 * Tells whether apt-get failed because another process holds a lock. The option `DPkg::Lock::Timeout` of apt-get does not
 * cover the lock of the package lists, which `apt-get update` takes.
 */
const isLocked = (output) =>
  /Could not get lock|Unable to lock|Unable to acquire the dpkg frontend lock|is held by process/.test(
    output,
  );

/** Tells whether apt-get failed because the package sources of the machine do not have a package. */
const isUnknown = (output) => /Unable to locate package|has no installation candidate/.test(output);

const lastLines = (output) => output.trim().split('\n').slice(-5).join('\n');

/**
 * Installs packages with apt-get. Waits while another process holds Debian's locks.
 *
 * @param names the packages
 * @param options `limitMs`: longest wait for the locks, ten minutes by default; `pauseMs`: time between two attempts;
 *   `command`: the program to run instead of apt-get
 * @throws Problem whose message names the cause: a lock that was not released, a package that does not exist, or a failed
 *   installation
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

  // The result of the update is not checked yet: without a network, the lists of an earlier update may be enough.
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
