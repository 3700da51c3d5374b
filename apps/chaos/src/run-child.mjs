import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build as esbuild } from 'esbuild';

/** Temporary folder of this run. */
export const folder = mkdtempSync(join(tmpdir(), 'smsc-chaos-'));

/** Seed of all random decisions of this run. Set CHAOS_SEED to repeat a run. */
export const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Date.now() % 1_000_000));

const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};
const packages = join(import.meta.dirname, '../../../packages');

/** Leaves the database out of the bundles. It consists of native code, so it is loaded from where it is installed. */
const externalDatabase = {
  name: 'external-database',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^libsql$/ }, ({ path, importer }) => ({
      path: createRequire(importer).resolve(path),
      external: true,
    })),
};

/** Applies a mutant: replaces a text of one source file. Fails if the file does not contain the text exactly once. */
const mutation = ({ file, from, to }) => ({
  name: 'mutation',
  setup: ({ onLoad }) => {
    const path = join(packages, file);
    onLoad({ filter: new RegExp(`${file.replaceAll(/[.\\/]/g, '.')}$`) }, () => {
      const source = readFileSync(path, 'utf8');
      if (source.split(from).length !== 2) throw new Error(`${file} does not contain '${from}' exactly once`);
      return { contents: source.replace(from, () => to), loader: 'ts' };
    });
  },
});

async function build(entry, mutant) {
  const outfile = join(folder, `${entry}${mutant ? `-${mutant.name.replaceAll(/\W+/g, '-')}` : ''}.mjs`);
  const { metafile } = await esbuild({
    entryPoints: [join(import.meta.dirname, `${entry}.mjs`)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    outfile,
    banner,
    plugins: [externalDatabase, ...(mutant?.changes ?? []).map(mutation)],
    logLevel: 'error',
    metafile: true,
  });
  for (const { file } of mutant?.changes ?? [])
    if (!Object.keys(metafile.inputs).some((input) => input.endsWith(file)))
      throw new Error(`the bundle of ${entry} does not contain ${file}`);
  return outfile;
}

/** Bundles by name. Each is built once: a process must not read a file that is being written. */
const bundles = new Map();

/**
 * Bundles a program of this folder, because Node 20 does not run TypeScript. Resolves to the path of the bundle.
 *
 * @param mutant changes of the sources, for a client with a planted fault
 */
export function bundle(entry, mutant) {
  const name = `${entry} ${mutant?.name}`;
  if (!bundles.has(name)) bundles.set(name, build(entry, mutant));
  return bundles.get(name);
}

/** Runs a program until it ends. Resolves to its exit code, the signal that ended it, and its output. */
export const runChild = (file, argument) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, JSON.stringify(argument)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => void (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });

/** Starts the gateway in a process of its own. */
export async function startGateway(options) {
  const child = fork(await bundle('gateway'), [JSON.stringify(options)]);
  const next = () =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
    });
  const { host } = await next();
  return {
    host,
    /** Changes the network: `faulty`, `silent` or `calm`. */
    network: (name) => void child.send(name),
    /** Resolves to all charges, the balance, and counts. */
    books: () => {
      child.send('books');
      return next();
    },
    stop: () => child.disconnect(),
  };
}
