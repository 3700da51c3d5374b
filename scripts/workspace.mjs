import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Folders of the workspace's packages: every folder of `packages/` and `apps/` that has a package.json. */
export const packageFolders = () =>
  ['packages', 'apps']
    .map((parent) => join(root, parent))
    .filter((parent) => existsSync(parent))
    .flatMap((parent) =>
      readdirSync(parent, { withFileTypes: true })
        .filter((each) => each.isDirectory())
        .map((each) => join(parent, each.name)),
    )
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .sort();

/** Folder and manifest of each package of the workspace, by its name. */
export const packagesByName = () =>
  new Map(
    packageFolders().map((folder) => {
      const manifest = readJson(join(folder, 'package.json'));
      return [manifest.name, { folder, manifest }];
    }),
  );

const inNodeModules = (path) => join(root, 'node_modules', path);

/** The workspace's tools as scripts for `node`. They need no shell and no PATH, and work the same on every system. */
export const tool = {
  attw: inNodeModules('@arethetypeswrong/cli/dist/index.js'),
  depcruise: inNodeModules('dependency-cruiser/bin/dependency-cruise.mjs'),
  knip: inNodeModules('knip/bin/knip.js'),
  pnpm: inNodeModules('pnpm/bin/pnpm.cjs'),
  prettier: inNodeModules('prettier/bin/prettier.cjs'),
  publint: inNodeModules('publint/src/cli.js'),
  tsc: inNodeModules('typescript/bin/tsc'),
  turbo: inNodeModules('turbo/bin/turbo'),
};

/**
 * Returns the environment variables for the tools. With them, the tools find each other, send no telemetry, and print colors
 * only on a terminal.
 */
export const toolEnvironment = () => ({
  ...process.env,
  // turbo starts the packages' scripts with the pnpm that is first in the PATH.
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].filter(Boolean).join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  DO_NOT_TRACK: '1',
  ...(process.stdout.isTTY || process.env.FORCE_COLOR ? {} : { NO_COLOR: '1' }),
});

/**
 * Runs a command until it exits. Returns its exit code and everything it printed.
 *
 * @param {{ inherit?: boolean } & import('node:child_process').SpawnOptions} options `inherit` connects the command to
 *   this program's own input and output.
 */
export function run(command, args, { inherit = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: toolEnvironment(),
      ...options,
      stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      stdout += chunk;
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk) => void (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? 128, signal, output, stdout }));
  });
}

/** Time after which a running step is announced. */
const announceAfterMs = 1000;

/** Runs a step without showing its output. Prints one line if the step takes long, and its whole output if it fails. */
export async function step(label, command, args, options) {
  const slow = setTimeout(() => process.stderr.write(`${label} …\n`), announceAfterMs);
  const { code, output } = await run(command, args, options).finally(() => clearTimeout(slow));
  if (code === 0) return;
  process.stderr.write(`${output}\n${label}: failed with exit code ${code}\n`);
  process.exit(1);
}

/** Returns true if the module with this URL is the program that node was started with. */
export const isMain = (url) =>
  process.argv[1] !== undefined && fileURLToPath(url) === realpathSync(process.argv[1]);
