// Draws comments, or error messages, for a reader to judge. The same seed always gives the same selection.
// node apps/checks/sample.mjs --seed <commit hash> --count 100
// node apps/checks/sample.mjs --seed <commit hash> --errors 50
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { allComments, messagesOf, sourceFiles } from './sources.mjs';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, count: { type: 'string' }, errors: { type: 'string' } },
});
if (values.seed === undefined || (values.count === undefined && values.errors === undefined)) {
  console.error(
    'usage: node apps/checks/sample.mjs --seed <text> [--count <comments>] [--errors <messages>]',
  );
  process.exit(2);
}

const rank = ({ file, line, text }) =>
  createHash('sha256').update(`${values.seed}\n${file}\n${line}\n${text}`).digest('hex');

/** Draws `count` of the texts. Hashes each text with the seed, and takes the texts with the lowest hashes. */
function draw(label, texts, count) {
  const drawn = texts
    .map((each) => ({ ...each, rank: rank(each) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count);
  console.log(`# ${drawn.length} of ${texts.length} ${label}, seed ${values.seed}\n`);
  for (const { file, line, text } of drawn) console.log(`${file}:${line}\n${text.replace(/^/gm, '    ')}\n`);
}

if (values.count !== undefined) draw('comments', allComments(), Number(values.count));
if (values.errors !== undefined) {
  const sources = sourceFiles().filter((file) => !/(?:^|\/)(?:test|planted|consumers)\//.test(file));
  const messages = sources.flatMap((file) => messagesOf(file));
  draw('error messages', messages, Number(values.errors));
}
