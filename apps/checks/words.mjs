// Checks the English of comments, documents and test titles.
import { Problem, throwIfProblems } from '../../scripts/report.mjs';
import { allComments, commentsOf, documents, lineOf, readText, sourceFiles, titlesOf } from './sources.mjs';

/** Words that open a noun clause. No comment may open with one of them. */
const openers = /^(?:what|whether|how|of|that|who|whom|whose|whoever|whomever|whatever|where|nor|so)\b/i;

/** Splits a comment into its description and the texts of its tags. */
const openings = (text) =>
  text
    .split(/^(?=@\w+)/m)
    .map((part) =>
      part
        .replace(/^-+\s*/, '')
        .replace(/^@(?:param|template)\s+(?:\{[^}]*\}\s*)?\S+\s*(?:-\s*)?/, '')
        .replace(/^@(?:returns?|throws|default|see|deprecated)\s+/, '')
        .trim(),
    )
    .filter((part) => !part.startsWith('@'));

const isQuestion = (text) => /^[^.!]*\?/.test(text);

/** Returns the opening of a comment that is a noun clause, if there is one. */
const badOpening = (text) => openings(text).find((opening) => openers.test(opening) && !isQuestion(opening));

/** Words that are hard to understand, each with a plain word. */
const plainWords = [
  [/\b(?:gateway['’]s|the|our|a) double\b(?! quot| precision| represents| holds)/i, 'simulator'],
  [/\bstand-in\b/i, 'simulator'],
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\bdear(?:er|est|ly)?\b/i, 'expensive'],
  [/\bwho(?:m)?(?:so)?ever\b/i, 'anyone, the caller'],
  [/\bcannot be meant\b/i, 'unexpected'],
  [/\bis none of\b/i, 'is not one of'],
  [/\bhas its place until\b/i, 'keeps its slot until'],
];

const badWords = (text) =>
  plainWords.flatMap(([pattern, better]) => {
    const [found] = pattern.exec(text) ?? [];
    return found ? [`"${found}" (better: ${better})`] : [];
  });

const excerpt = (text) => JSON.stringify(text.replace(/\s+/g, ' ').slice(0, 80));

/** Paragraphs of a document outside code, each with its line. */
const paragraphsOf = (file) => {
  const text = readText(file).replace(/^```.*?^```/gms, (code) => code.replace(/[^\n]/g, ''));
  return [...text.matchAll(/[^\n]+(?:\n[^\n]+)*/g)].map((found) => ({
    file,
    line: lineOf(text, found.index),
    text: found[0],
  }));
};

const problemLines = (texts, problemsOf) =>
  texts.flatMap((each) =>
    problemsOf(each.text).map((problem) => `${each.file}:${each.line}: ${problem} in ${excerpt(each.text)}`),
  );

/** Comments that the check has to reject. A check that accepts them is broken. */
const planted = `
/** What a call is told. */
export const a = /[/*]/; // Whether it is one.
/**
 * Returns a number.
 *
 * @returns how many there are
 */
export const b = \`\${a} // Of all texts, this is none\`;
`;

export async function checkWords(report) {
  const comments = allComments();
  await report.check('no comment opens with a noun clause', () => {
    throwIfProblems(
      comments
        .filter(({ text }) => badOpening(text) !== undefined)
        .map(({ file, line, text }) => `${file}:${line}: ${excerpt(badOpening(text))}`),
    );
    return `${comments.length} comments read`;
  });
  await report.check('the comment check reports planted comments', () => {
    const found = commentsOf('planted.ts', planted).filter(({ text }) => badOpening(text) !== undefined);
    if (found.length !== 3) throw new Problem(`expected 3 reported comments, got ${found.length}`);
    return `${found.length} comments`;
  });
  await report.check('comments, documents and test titles use plain words', () => {
    const paragraphs = documents().flatMap(paragraphsOf);
    const titles = sourceFiles()
      .filter((file) => file.includes('/test/'))
      .flatMap((file) => titlesOf(file));
    throwIfProblems(problemLines([...comments, ...paragraphs, ...titles], badWords));
    return `${comments.length} comments, ${paragraphs.length} paragraphs, ${titles.length} titles read`;
  });
}
