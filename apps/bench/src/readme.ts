import { readFileSync, writeFileSync } from 'node:fs';
import type { Line } from './measure.ts';

/** READMEs that show figures, from the root. Each has a table between two marks, `<!-- bench -->` and `<!-- /bench -->`. */
const readmes = ['packages/protocol/README.md'];

const begin = '<!-- bench -->';
const end = '<!-- /bench -->';

const row = ({ name, ratio, detail }: Line): string => {
  const [subject = '', figure = ''] = name.split(': ');
  return `| ${subject} | ${figure} | ${ratio >= 100 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(ratio >= 10 ? 0 : 2)} | ${detail} |`;
};

/** Writes the figures of this run into the READMEs that show them. Those of suites that were not run stay as they were. */
export function writeReadmes(lines: readonly Line[]): void {
  for (const path of readmes) {
    const file = new URL(`../../../${path}`, import.meta.url);
    const text = readFileSync(file, 'utf8');
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${path} has no place for figures`);
    const table = [
      '| what | figure | ratio | against |',
      '| --- | --- | --- | --- |',
      ...lines.filter(({ name }) => !name.startsWith('createSmsc')).map(row),
    ].join('\n');
    writeFileSync(file, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
  }
}
