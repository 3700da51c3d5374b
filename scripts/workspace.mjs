import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The workspace's packages, as folders: every folder of `packages/` and `apps/` that has a package.json. */
export const packageFolders = () =>
  ['packages', 'apps']
    .map((room) => join(root, room))
    .filter((room) => existsSync(room))
    .flatMap((room) =>
      readdirSync(room, { withFileTypes: true })
        .filter((each) => each.isDirectory())
        .map((each) => join(room, each.name)),
    )
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .sort();

/** The workspace's packages by name: folder and manifest. */
export const packagesByName = () =>
  new Map(
    packageFolders().map((folder) => {
      const manifest = readJson(join(folder, 'package.json'));
      return [manifest.name, { folder, manifest }];
    }),
  );

/** A tool of the workspace as a command for `node`: no shell, no PATH, the same on every system. */
export const tool = {
  pnpm: join(root, 'node_modules/pnpm/bin/pnpm.cjs'),
  turbo: join(root, 'node_modules/turbo/bin/turbo'),
};

/** The environment of the tools: they find each other, tell nobody, and colour nothing that is not a terminal. */
export const toolEnvironment = () => ({
  ...process.env,
  // turbo starts the packages' scripts with the pnpm that it finds.
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].filter(Boolean).join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  DO_NOT_TRACK: '1',
  ...(process.stdout.isTTY || process.env.FORCE_COLOR ? {} : { NO_COLOR: '1' }),
});

/**
 * Runs a command to its end and gives back its exit code and everything it printed.
 *
 * @param {{ inherit?: boolean } & import('node:child_process').SpawnOptions} options `inherit`: let it print for itself
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

/** How long a step may take before it says that it is there. */
const patienceMs = 1000;

/** Runs a step that is nobody's business while it works: one line if it takes long, everything if it fails. */
export async function step(label, command, args, options) {
  const slow = setTimeout(() => process.stderr.write(`${label} …\n`), patienceMs);
  const { code, output } = await run(command, args, options).finally(() => clearTimeout(slow));
  if (code === 0) return;
  process.stderr.write(`${output}\n${label}: failed with exit code ${code}\n`);
  process.exit(1);
}

/** Whether a module is the program that node was told to run. */
export const isMain = (url) =>
  process.argv[1] !== undefined && fileURLToPath(url) === realpathSync(process.argv[1]);
