// API reports: one file for each entry point, with the signatures that it exports, so that a review shows every change.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { Problem } from '../report.mjs';
import { root } from '../workspace.mjs';
import { entryName } from './entries.mjs';

/** Returns the path of an entry point's report. */
const reportFile = (folder, path) => join(folder, 'api', `${entryName(path)}.api.md`);

const silent = { default: { logLevel: 'none' } };

/** Settings of api-extractor for one entry point of an installed package; it writes to `output`. */
const configFor = (unpacked, types, output) =>
  ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(unpacked, 'package.json'),
    configObject: {
      projectFolder: unpacked,
      mainEntryPointFilePath: join(unpacked, types),
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            lib: ['ES2022', 'DOM'],
            module: 'ESNext',
            moduleResolution: 'bundler',
            types: ['node'],
            typeRoots: [join(root, 'node_modules/@types')],
            strict: true,
            skipLibCheck: true,
          },
          files: [join(unpacked, types)],
        },
        skipLibCheck: true,
      },
      apiReport: {
        enabled: true,
        reportFileName: basename(output),
        reportFolder: dirname(output),
        reportTempFolder: join(dirname(output), 'temp'),
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  });

/**
 * Creates the current report of one entry point. Works on a copy of the package outside `node_modules`: inside, api-extractor
 * would take the files for another package and would not follow the imports between them.
 */
function createReport(temporary, unpacked, path, conditions) {
  const copy = join(temporary, 'api-subject');
  if (!existsSync(copy)) cpSync(unpacked, copy, { recursive: true });
  const output = join(temporary, 'api', `${entryName(path)}.api.md`);
  mkdirSync(dirname(output), { recursive: true });
  const errors = [];
  const { succeeded } = Extractor.invoke(configFor(copy, conditions.import.types, output), {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === 'error') errors.push(message.text);
    },
  });
  if (!succeeded) throw new Problem(`api-extractor failed: ${errors.join(' ')}`);
  return readFileSync(output, 'utf8');
}

/** Regenerates the report of an entry point. Returns the path of its file. */
export function writeReport(folder, temporary, unpacked, [path, conditions]) {
  const file = reportFile(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, createReport(temporary, unpacked, path, conditions));
  return file;
}

/** Removes all reports of a package, including the reports of removed entry points. */
export const removeReports = (folder) => rmSync(join(folder, 'api'), { recursive: true, force: true });

/** Lines of `a` that `b` does not have. */
const onlyIn = (a, b) => a.split('\n').filter((line) => line !== '' && !b.split('\n').includes(line));

/** Throws if the stored report of an entry point differs from the current exports. */
export function checkReport(folder, temporary, unpacked, [path, conditions]) {
  const file = reportFile(folder, path);
  const hint = 'run "npm run gate -- --write" in the package and review the difference';
  if (!existsSync(file)) throw new Problem(`there is no api/${basename(file)}: ${hint}`);
  const [kept, current] = [
    readFileSync(file, 'utf8').replaceAll('\r\n', '\n'),
    createReport(temporary, unpacked, path, conditions),
  ];
  if (kept === current) return `${current.split('\n').length} lines`;
  const changes = [
    ...onlyIn(kept, current).map((line) => `- ${line}`),
    ...onlyIn(current, kept).map((line) => `+ ${line}`),
  ];
  throw new Problem([`the API changed: ${hint}`, ...changes.slice(0, 20)].join('\n      '));
}
