// Checks that are about all packages at once. Each family is a file; every check is one line here and in the report.
import { join } from 'node:path';
import { Report } from '../../scripts/report.mjs';
import { checkConsumers } from './consumers.mjs';
import { checkHost } from './host.mjs';
import { checkImports } from './imports.mjs';

const report = new Report(join(import.meta.dirname, '.reports/gate.json'));
await checkImports(report);
await checkHost(report);
await checkConsumers(report);
process.exitCode = report.finish();
