import type { Charset } from '../charsets/charset.ts';
import type { Issue } from '../errors.ts';
import { complain, type Field, type Loose } from '../fields.ts';
import { checkText } from './text.ts';

/** Most characters of one message, comment included. Source: the gateway's page for sending, `mes`. */
export const maxMessage = 1000;

/**
 * Stands between a message and its comment, and between a binary message and its pid and dcs. The page attests it for
 * the latter; for comments it is inferred.
 */
export const separator = '\n~~~\n';

/**
 * Complains of a text that would not arrive as that text. A line of three tildes would cut it off as a comment. A
 * prefix such as `__CALL__` would make it a call or a look-up, at another price; five such words are known and there
 * may be more, so the whole pattern is refused.
 */
export function checkWords(value: unknown, path: string, charset: Charset): readonly Issue[] {
  const issues = [...checkText(value, path, charset, maxMessage)];
  if (typeof value !== 'string') return issues;
  if (/^\s*~~~\s*$/m.test(value)) {
    issues.push({ path, message: 'has a line of three tildes, which begins a comment; use `comment` for one' });
  }
  if (/^\s*__[A-Za-z]+__/.test(value)) {
    issues.push({ path, message: 'begins with a word between double underscores, which changes the kind of the message; use `kind`' });
  }
  return issues;
}

/** Text and comment as one `mes`. */
export const joinComment = (text: string, comment: unknown): string =>
  typeof comment === 'string' ? text + separator + comment : text;

/** Complains when text and comment together are too long for one `mes`. */
export const checkTogether = (input: Loose, path: string): readonly Issue[] => {
  const { text, comment } = input;
  if (typeof text !== 'string' || typeof comment !== 'string' || text.length > maxMessage || comment.length > maxMessage) return [];
  const length = joinComment(text, comment).length;
  return length > maxMessage ? complain(`${path}comment`, `makes ${length} characters with the text; at most ${maxMessage} fit together`) : [];
};

/** The text of a message, with its comment behind it. */
export const text: Field<string> = {
  params: ['mes'],
  check: checkWords,
  encode: (value, input) => ({ mes: joinComment(value, input['comment']) }),
};

/** A note for the sender's own history. It is neither sent nor charged; the text's field carries it. */
export const comment: Field<string> = {
  params: ['mes'],
  check: checkWords,
  encode: () => ({}),
};
