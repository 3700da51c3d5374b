import type { Check } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';
import { asText, checkText } from './text.ts';

/** Most characters of one message, comment included. Source: the gateway's page for sending, `mes`. */
const maxMessage = 1000;

/**
 * Stands between a message and its comment, and between a binary message and its pid and dcs. The page attests it for
 * the latter; for comments it is inferred.
 */
export const separator = '\n~~~\n';

const checkMessage = /* @__PURE__ */ checkText(maxMessage);

/**
 * Complains of a text that would not arrive as that text. A line of three tildes would cut it off as a comment. A
 * prefix such as `__CALL__` would make it a call or a look-up, at another price; five such words are known and there
 * may be more, so the whole pattern is refused.
 */
export const checkWords: Check = (value, at) => {
  checkMessage(value, at);
  const words = asText(value);
  // What is too long anyway is not looked through.
  if (words.length > maxMessage) return;
  if (/^[^\S\r\n]*~~~[^\S\r\n]*$/m.test(words)) at.addIssue('has a line ~~~, which begins a comment');
  if (/^\s*__[A-Za-z]+__/.test(words)) at.addIssue('begins with a prefix __KIND__');
};

/** Text and comment as one `mes`. */
export const joinComment = (text: string, comment: unknown): string =>
  typeof comment === 'string' ? text + separator + comment : text;

/**
 * Adds an issue if two members that travel as one text are too long together.
 *
 * @param names the first member, the text between the two, and the second member, which gets the issue
 */
export function checkTogether(
  input: UnknownRecord,
  [name, between, secondName]: readonly [string, string, string],
  at: IssueContext,
): void {
  const [first, second] = [input[name], input[secondName]];
  if (typeof first !== 'string' || typeof second !== 'string') return;
  const length = first.length + between.length + second.length;
  if (length > maxMessage)
    at.inside(secondName).addIssue(`makes ${length} characters together; at most ${maxMessage} fit`);
}

/** Adds an issue if text and comment are too long together. */
export const checkComment = (input: UnknownRecord, at: IssueContext): void =>
  checkTogether(input, ['text', separator, 'comment'], at);

/** The text of a message, with its comment behind it. */
export const text: Field<string> = {
  params: ['mes'],
  check: checkWords,
  encode: (value, { comment }) => joinComment(value, comment),
};

/** A member that another one carries: checked by itself, written by the other. */
export const carried = <Value>(param: string, check: Check): Field<Value> => ({
  params: param ? [param] : [],
  check,
  encode: () => undefined,
});

/** A note for the sender's own history. It is neither sent nor charged; the text's field carries it. */
export const comment: Field<string> = /* @__PURE__ */ carried('mes', checkWords);
