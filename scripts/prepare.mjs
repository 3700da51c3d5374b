// Prepares the workspace for a build: installs the dependencies of the lockfile, unless nothing has changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isMain, packageFolders, readJson, root, step, tool } from './workspace.mjs';

const stamp = join(root, 'node_modules/.prepared');

/** Returns a hash of everything that an installation depends on. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.platform} ${process.arch}`);
  const manifests = packageFolders().map((folder) => join(folder, 'package.json'));
  for (const file of [
    join(root, 'pnpm-lock.yaml'),
    join(root, 'pnpm-workspace.yaml'),
    join(root, 'package.json'),
    ...manifests,
  ]) {
    hash.update(`\n${relative(root, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * Returns the command that runs the pnpm version of package.json: the installed pnpm if it has this version, otherwise npx.
 */
function pnpm() {
  const [, version] = /^pnpm@([\d.]+)/.exec(readJson(join(root, 'package.json')).packageManager) ?? [];
  const own = join(root, 'node_modules/pnpm/package.json');
  if (existsSync(own) && readJson(own).version === version)
    return { command: process.execPath, args: [tool.pnpm], options: {} };
  // On Windows npx is a batch file, which only a shell can start. No argument needs quotes.
  return {
    command: 'npx',
    args: ['-y', `pnpm@${version}`],
    options: { shell: process.platform === 'win32' },
  };
}

export async function prepare() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const { command, args, options } = pnpm();
  await step(
    'Installing dependencies',
    command,
    [...args, 'install', '--frozen-lockfile', '--config.confirm-modules-purge=false'],
    options,
  );
  writeFileSync(stamp, wanted);
}

if (isMain(import.meta.url)) await prepare();
