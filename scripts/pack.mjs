import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Problem } from './report.mjs';
import { packagesByName, readJson, run, tool } from './workspace.mjs';

/** Calls `use` with a new empty folder outside the workspace, and removes it afterwards. */
export async function withTemporaryFolder(use) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'smsc-')));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command and gives back what it printed on its standard output. */
export async function mustRun(command, args, options) {
  const { code, output, stdout } = await run(command, args, options);
  if (code !== 0) throw new Problem(`${[command, ...args].join(' ')}: exit code ${code}\n${output}`);
  return stdout;
}

/** Packs a package exactly as it would be published. Gives back the path of the tarball. */
export async function pack(folder, into) {
  const { filename } = JSON.parse(
    await mustRun(process.execPath, [tool.pnpm, 'pack', '--json', '--pack-destination', into], {
      cwd: folder,
    }),
  );
  return filename;
}

export async function unpack(tarball, into) {
  mkdirSync(into, { recursive: true });
  await mustRun('tar', ['-xzf', tarball, '-C', into, '--strip-components=1']);
}

/**
 * Packs a package and every package of the workspace that it needs, and lays them out as an installation would; what
 * comes from a registry is linked to where the workspace has it.
 *
 * @returns the tarball of the package itself, and the folder of each installed one by name
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
