// Makes the workspace ready to build: installs what the lockfile names, once.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isMain, packageFolders, readJson, root, step, tool } from './workspace.mjs';

const stamp = join(root, 'node_modules/.prepared');

/** Changes whenever an install would come to something else. */
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

/** The wanted pnpm: the workspace's own if it is there already, else by way of npx. */
function pnpm() {
  const [, version] = /^pnpm@([\d.]+)/.exec(readJson(join(root, 'package.json')).packageManager) ?? [];
  const own = join(root, 'node_modules/pnpm/package.json');
  if (existsSync(own) && readJson(own).version === version)
    return { command: process.execPath, args: [tool.pnpm], options: {} };
  // On Windows npx is a batch file, which only a shell can start; nothing in the arguments needs quoting.
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
    'Installing what the packages are built with',
    command,
    [...args, 'install', '--frozen-lockfile', '--config.confirm-modules-purge=false'],
    options,
  );
  writeFileSync(stamp, wanted);
}

if (isMain(import.meta.url)) await prepare();
