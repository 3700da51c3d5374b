// Checks a package as it is published: packed, and installed with the packed packages that it needs. Run it from the package's
// folder. With --write it regenerates the API reports of the package.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkReport, removeReports, writeReport } from './gate/api-reports.mjs';
import { entriesOf } from './gate/entries.mjs';
import { checkFiles, checkManifest } from './gate/manifest.mjs';
import { checkSize } from './gate/sizes.mjs';
import { checkWithAttw, checkWithPublint } from './gate/tools.mjs';
import { checkNames, checkValues } from './gate/values.mjs';
import { installPacked, withTemporaryFolder } from './pack.mjs';
import { Report } from './report.mjs';
import { readJson } from './workspace.mjs';

const folder = process.cwd();
const { name } = readJson(join(folder, 'package.json'));

/** Reads the limits of the package: maximum numbers of exported names, and maximum sizes of bundles. */
function readLimits() {
  const file = join(folder, 'gate.json');
  return { nameLimits: {}, sizes: [], ...(existsSync(file) ? readJson(file) : {}) };
}

function write(temporary, unpacked, entries) {
  removeReports(folder);
  for (const entry of entries)
    console.log(relative(process.cwd(), writeReport(folder, temporary, unpacked, entry)));
  return 0;
}

async function gate(temporary, unpacked, tarball, entries) {
  const { nameLimits, sizes } = readLimits();
  const report = new Report(join(folder, '.reports/gate.json'));
  await report.check(`${name} packs no file that does not belong`, () => checkFiles(unpacked));
  await report.check(`${name} has a complete manifest`, () => checkManifest(unpacked));
  await report.check(`${name} passes publint`, () => checkWithPublint(unpacked));
  await report.check(`${name} has the right types (attw)`, () => checkWithAttw(tarball));
  for (const entry of entries) {
    const [path, conditions] = entry;
    const label = join(name, path);
    await report.check(`the types of ${label} declare the values that exist`, () =>
      checkValues(unpacked, conditions),
    );
    await report.check(`each name of ${label} is documented`, () =>
      checkNames(unpacked, conditions, nameLimits[path]),
    );
    await report.check(`${label} exports what its API report shows`, () =>
      checkReport(folder, temporary, unpacked, entry),
    );
  }
  for (const line of sizes) {
    const without = line.without ? ` without ${line.without.join(', ')}` : '';
    await report.check(`the size of ${line.import} from ${line.from}${without}`, () =>
      checkSize(temporary, line),
    );
  }
  return report.finish();
}

process.exitCode = await withTemporaryFolder(async (temporary) => {
  const { tarball, installed } = await installPacked(name, temporary);
  const unpacked = installed.get(name);
  const entries = entriesOf(readJson(join(unpacked, 'package.json')));
  return process.argv.includes('--write')
    ? write(temporary, unpacked, entries)
    : gate(temporary, unpacked, tarball, entries);
});
