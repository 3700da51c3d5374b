// Installs the packed packages from tarballs into projects of every kind, and runs the projects.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { mustRun, pack, withTemporaryFolder } from '../../scripts/pack.mjs';
import { throwIfProblems, Problem } from '../../scripts/report.mjs';
import { packageFolders, packagesByName, root } from '../../scripts/workspace.mjs';

const windows = process.platform === 'win32';

/** Packs every public package. Returns the paths of the tarballs by package name. */
async function packAll(into) {
  mkdirSync(into);
  const tarballs = {};
  for (const [name, { folder, manifest }] of packagesByName())
    if (!manifest.private) tarballs[name] = await pack(folder, into);
  return tarballs;
}

/** Creates a project from `consumers/` with the packed packages installed. Returns its folder. */
async function createProject(into, kind, tarballs) {
  const folder = join(into, kind);
  cpSync(join(import.meta.dirname, 'consumers', kind), folder, { recursive: true });
  const dependencies = Object.fromEntries(
    Object.entries(tarballs).map(([name, tarball]) => [name, `file:${tarball}`]),
  );
  const manifest = {
    name: `consumer-${kind}`,
    private: true,
    ...(kind === 'commonjs' ? {} : { type: 'module' }),
    dependencies,
    // Takes the dependencies between the packages from the tarballs as well.
    overrides: Object.fromEntries(Object.keys(dependencies).map((name) => [name, `$${name}`])),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await mustRun(
    'npm',
    [
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--ignore-scripts',
      '--loglevel=error',
    ],
    { cwd: folder, shell: windows },
  );
  return folder;
}

/** Runs a program of a project, and checks the outcome that it prints. */
async function runProgram(folder, program) {
  const output = await mustRun(process.execPath, [program], { cwd: folder });
  const { outcome, parts, id } = JSON.parse(output);
  if (outcome !== 'accepted' || parts !== 1)
    throw new Problem(`expected an accepted message of 1 part, got ${output}`);
  return `accepted, ${parts} part, id ${id}`;
}

async function compileProject(folder) {
  const types = join(folder, 'node_modules/@types');
  mkdirSync(types, { recursive: true });
  symlinkSync(realpathSync(join(root, 'node_modules/@types/node')), join(types, 'node'), 'junction');
  await compile(folder);
}

const compile = (folder, ...options) =>
  mustRun(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.', ...options], {
    cwd: folder,
  });

const bundleProject = (folder) =>
  build({
    absWorkingDir: folder,
    entryPoints: ['main.ts'],
    outfile: 'out/main.mjs',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  });

// --- the examples of the READMEs ---

/** Yields every TypeScript example of the READMEs, named after its README and its line number. */
function* examples() {
  for (const folder of [root, ...packageFolders()]) {
    const file = join(folder, 'README.md');
    if (!existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    for (const found of text.matchAll(/^```ts\n(.*?)^```$/gms)) {
      yield [
        `${folder === root ? 'root' : basename(folder)}-README-line-${text.slice(0, found.index).split('\n').length}`,
        found[1],
      ];
    }
  }
}

/** Compiles each example as a module of its own, as a reader would paste it. */
async function compileExamples(folder) {
  const all = [...examples()];
  for (const [name, text] of all) writeFileSync(join(folder, `${name}.mts`), `${text}export {};\n`);
  // Some examples also use undici.
  symlinkSync(
    realpathSync(join(root, 'packages/fetch/node_modules/undici')),
    join(folder, 'node_modules/undici'),
    'junction',
  );
  await compileProject(folder);
  // Most projects also have the types of the DOM, which declare another Blob.
  await compile(folder, '--lib', 'ES2022,DOM,DOM.Iterable');
  return `${all.length} examples, with and without the DOM`;
}

/**
 * Checks that each README installs the packages that its examples import. A strict package manager provides only packages that
 * are installed explicitly.
 */
function checkInstalled() {
  let imports = 0;
  const problems = [];
  for (const { folder, manifest } of packagesByName().values()) {
    if (manifest.private) continue;
    const text = readFileSync(join(folder, 'README.md'), 'utf8');
    const installed = new Set(
      [...text.matchAll(/^npm install (.*)$/gm)].flatMap(([, names]) => names.split(' ')),
    );
    for (const [, name] of text.matchAll(/^import .* from '(@smsc\/[\w-]+)/gm)) {
      imports++;
      if (!installed.has(name))
        problems.push(`${basename(folder)}/README.md: imports ${name}, and does not say to install it`);
    }
  }
  throwIfProblems(problems);
  return `${imports} imports`;
}

// --- the simulator as a program ---

/** Starts the command of the simulator. Returns the address that it prints, and a function that stops it. */
async function startSimulator(folder) {
  const program = spawn(join(folder, 'node_modules/.bin/smsc-simulator'), ['--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
  });
  const ended = new Promise((resolve) => void program.once('close', resolve));
  const stop = () => {
    program.kill();
    return ended;
  };
  try {
    return { url: await addressOf(program), stop };
  } catch (error) {
    program.kill();
    throw error;
  }
}

function addressOf(program) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (why) => reject(new Problem(`smsc-simulator ${why}; it printed: ${printed || 'nothing'}`));
    const timer = setTimeout(() => fail('printed no address in 20 seconds'), 20_000);
    const read = (chunk) => {
      printed += chunk;
      const [url] = /http:\/\/[\w.[\]:-]+:\d+/.exec(printed) ?? [];
      if (url) (clearTimeout(timer), resolve(url));
    };
    program.stdout.setEncoding('utf8').on('data', read);
    program.stderr.setEncoding('utf8').on('data', read);
    program.once('error', (error) => (clearTimeout(timer), fail(`did not start (${error.message})`)));
    program.once('close', (code) => (clearTimeout(timer), fail(`ended with exit code ${code}`)));
  });
}

/** Responses to an accepted message, as the gateway's own page shows them. */
const replies = {
  0: /^OK - 1 SMS, ID - \d+\s*$/,
  1: /^\d+,1\s*$/,
  2: /^(?:<\?xml[^>]*\?>\s*)?<result>\s*<id>\d+<\/id>\s*<cnt>1<\/cnt>\s*<\/result>\s*$/,
  3: /^\{\s*"id":\s*\d+,\s*"cnt":\s*1\s*\}\s*$/,
};

const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** Sends a request with curl, or with Node's own client if there is no curl. Returns the body of the response. */
async function sendRequest(method, address, params) {
  const pairs = Object.entries(params);
  if (hasCurl)
    return mustRun('curl', [
      '-sS',
      '--noproxy',
      '*',
      '--max-time',
      '20',
      ...(method === 'GET' ? ['--get'] : []),
      ...pairs.flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]),
      address,
    ]);
  const form = new URLSearchParams(params).toString();
  return new Promise((resolve, reject) => {
    const headers = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const call = request(
      method === 'GET' ? `${address}?${form}` : address,
      { method, headers, timeout: 20_000 },
      (response) => {
        let text = '';
        response
          .setEncoding('utf8')
          .on('data', (chunk) => void (text += chunk))
          .once('end', () => resolve(text));
      },
    );
    call.once('error', reject).end(method === 'POST' ? form : undefined);
  });
}

async function checkSimulator(report, folder) {
  // If the simulator does not start, each of its checks fails.
  let url;
  let stop = () => undefined;
  await report.check('the packed smsc-simulator starts and prints its address', async () => {
    ({ url, stop } = await startSimulator(folder));
    return url.replace(/\d+$/, '<port>');
  });
  try {
    for (const method of ['GET', 'POST']) {
      for (const [fmt, shape] of Object.entries(replies)) {
        await report.check(
          `the packed smsc-simulator answers a ${method} with fmt=${fmt} as the gateway does`,
          async () => {
            if (url === undefined) throw new Problem('smsc-simulator did not start');
            // Each request has a text of its own: the gateway rejects duplicates within a minute.
            const reply = await sendRequest(method, `${url}/sys/send.php`, {
              login: 'demo',
              psw: 'demo',
              phones: '380501234567',
              mes: `Привіт, ${method} ${fmt}`,
              charset: 'utf-8',
              fmt,
            });
            if (!shape.test(reply)) throw new Problem(`expected ${shape}, got ${JSON.stringify(reply)}`);
            return `${hasCurl ? 'curl' : 'node:http'}: ${JSON.stringify(reply)}`;
          },
        );
      }
    }
  } finally {
    await stop();
  }
}

export const checkConsumers = (report) =>
  withTemporaryFolder(async (temporary) => {
    const tarballs = await packAll(join(temporary, 'tarballs'));
    const project = (kind) => createProject(temporary, kind, tarballs);

    await report.check('an ES module project sends from the packed packages', async () =>
      runProgram(await project('esm'), 'main.js'),
    );
    await report.check('a CommonJS project sends from the packed packages', async () =>
      runProgram(await project('commonjs'), 'main.js'),
    );
    await report.check(
      'a TypeScript project under node16 compiles, strictly and with every library checked',
      async () => compileProject(await project('node16')),
    );
    for (const program of ['out/esm.mjs', 'out/commonjs.cjs']) {
      await report.check(`its ${program} sends from the packed packages`, () =>
        runProgram(join(temporary, 'node16'), program),
      );
    }
    await report.check('a TypeScript project under bundler compiles, is bundled, and sends', async () => {
      const folder = await project('bundler');
      await compileProject(folder);
      await bundleProject(folder);
      return runProgram(folder, 'out/main.mjs');
    });
    await report.check('the examples of every README import what it says to install', checkInstalled);
    await report.check(
      'the examples of every README compile, strictly, against the packed packages',
      async () => compileExamples(await project('readme')),
    );
    await checkSimulator(report, join(temporary, 'esm'));
  });
