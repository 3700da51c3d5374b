// Runs the checks of the whole workspace. Each check writes one line to the output and to the report.
import { join } from 'node:path';
import { Report } from '../../scripts/report.mjs';
import { checkConsumers } from './consumers.mjs';
import { checkDebian } from './debian.mjs';
import { checkDependencies } from './dependencies.mjs';
import { checkLayout } from './layout.mjs';
import { checkHost } from './host.mjs';
import { checkValueGate } from './value-gate.mjs';
import { checkWithTools } from './tools.mjs';
import { checkWords } from './words.mjs';

const report = new Report(join(import.meta.dirname, '.reports/gate.json'));
await checkWithTools(report);
await checkWords(report);
await checkLayout(report);
await checkDependencies(report);
await checkHost(report);
await checkValueGate(report);
await checkDebian(report);
await checkConsumers(report);
process.exitCode = report.finish();
