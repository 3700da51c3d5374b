// Checks that a reader can scan each folder of sources.
import { dirname } from 'node:path';
import { Problem, throwIfProblems } from '../../scripts/report.mjs';
import { sourceFiles } from './sources.mjs';

/** Maximum number of files in a folder of sources. */
const maximum = 25;

/** Folders whose files are all alike: one for each operation of the gateway. */
const alike = /\/(?:operations|endpoints)$/;

export async function checkFolders(report) {
  await report.check(`no folder of sources has more than ${maximum} files`, () => {
    const counts = new Map();
    for (const file of sourceFiles().filter((each) => /\/src\//.test(each)))
      counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    if (counts.size === 0) throw new Problem('found no folder of sources');
    throwIfProblems(
      [...counts]
        .filter(([folder, count]) => count > maximum && !alike.test(folder))
        .map(([folder, count]) => `${folder} has ${count} files`),
    );
    return `${counts.size} folders`;
  });
}
