import { readFileSync, writeFileSync } from 'node:fs';
import type { Figure } from './measure.ts';

/** READMEs with figures, as paths from the root. The table is between `<!-- bench -->` and `<!-- /bench -->`. */
const readmes = ['packages/protocol/README.md'];

const begin = '<!-- bench -->';
const end = '<!-- /bench -->';

const row = ({ name, ratio, detail }: Figure): string => {
  const [subject = '', figure = ''] = name.split(': ');
  return `| ${subject} | ${figure} | ${ratio >= 100 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(ratio >= 10 ? 0 : 2)} | ${detail} |`;
};

/** Writes the figures of this run into the READMEs. */
export function writeReadmes(figures: readonly Figure[]): void {
  for (const path of readmes) {
    const file = new URL(`../../../${path}`, import.meta.url);
    const text = readFileSync(file, 'utf8');
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${path} has no table between ${begin} and ${end}`);
    const table = [
      '| subject | measure | ratio | compared with |',
      '| --- | --- | --- | --- |',
      ...figures.filter(({ name }) => !name.startsWith('createSmsc')).map(row),
    ].join('\n');
    writeFileSync(file, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
  }
}
