import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Problem } from './report.mjs';
import { packagesByName, readJson, run, tool } from './workspace.mjs';

/** Calls `use` with a new empty folder outside the workspace, and removes the folder afterwards. */
export async function withTemporaryFolder(use) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'smsc-')));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command and returns its standard output. Throws if its exit code is not 0. */
export async function mustRun(command, args, options) {
  const { code, output, stdout } = await run(command, args, options);
  if (code !== 0) throw new Problem(`${[command, ...args].join(' ')}: exit code ${code}\n${output}`);
  return stdout;
}

/** Packs a package as it would be published. Returns the path of the tarball. */
export async function pack(folder, into) {
  const { filename } = JSON.parse(
    await mustRun(process.execPath, [tool.pnpm, 'pack', '--json', '--pack-destination', into], {
      cwd: folder,
    }),
  );
  return filename;
}

async function unpack(tarball, into) {
  mkdirSync(into, { recursive: true });
  await mustRun('tar', ['-xzf', tarball, '-C', into, '--strip-components=1']);
}

/**
 * Packs a package and every package of the workspace that it needs, and unpacks them into `node_modules`. Links packages from
 * a registry to the workspace's copies.
 *
 * @returns the tarball of the package, and the folder of each installed package by name
 */
export async function installPacked(name, into) {
  const workspace = packagesByName();
  const installed = new Map();
  const tarballs = join(into, 'tarballs');
  mkdirSync(tarballs, { recursive: true });

  async function install(each) {
    const target = join(into, 'node_modules', each);
    installed.set(each, target);
    const { folder } = workspace.get(each);
    const tarball = await pack(folder, tarballs);
    await unpack(tarball, target);
    const { dependencies, peerDependencies } = readJson(join(target, 'package.json'));
    for (const needed of Object.keys({ ...dependencies, ...peerDependencies })) {
      if (installed.has(needed)) continue;
      if (workspace.has(needed)) await install(needed);
      else link(join(folder, 'node_modules', needed), join(into, 'node_modules', needed));
    }
    return tarball;
  }

  return { tarball: await install(name), installed };
}

function link(from, to) {
  if (existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(realpathSync(from), to, 'junction');
}
