import type { Check } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';
import { asText, checkText } from './text.ts';

/** Maximum number of characters of one message, comment included. Source: the gateway's page for sending, `mes`. */
const maxMessage = 1000;

/**
 * Separator between a message and its comment, and between a binary message and its pid and dcs. The gateway's page
 * documents this separator for binary messages; its use for comments is inferred.
 */
export const separator = '\n~~~\n';

const checkMessage = /* @__PURE__ */ checkText(maxMessage);

/**
 * Adds an issue for a text that the gateway would not deliver unchanged. A line of three tildes starts the comment. A
 * prefix such as `__CALL__` turns the message into a call or a lookup at another price. Five such prefixes are known.
 * There may be more, so every prefix of this form is rejected.
 */
export const checkWords: Check = (value, at) => {
  checkMessage(value, at);
  const words = asText(value);
  // Does not search a text that is too long, because it has an issue already.
  if (words.length > maxMessage) return;
  if (/^[^\S\r\n]*~~~[^\S\r\n]*$/m.test(words)) at.addIssue('has a line ~~~, which starts a comment');
  if (/^\s*__[A-Za-z]+__/.test(words)) at.addIssue('starts with a command such as __CALL__; use `kind`');
};

/** Joins text and comment to the value of `mes`. */
export const joinComment = (text: string, comment: unknown): string =>
  typeof comment === 'string' ? text + separator + comment : text;

/**
 * Adds an issue if two members that are sent as one text are too long together.
 *
 * @param names name of the first member, text between the two values, and name of the second member; the issue is added
 *   to the second member
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
    at.inside(secondName).addIssue(`takes ${length} characters with ${name}; at most ${maxMessage} fit`);
}

/** Adds an issue if text and comment are too long together. */
export const checkComment = (input: UnknownRecord, at: IssueContext): void =>
  checkTogether(input, ['text', separator, 'comment'], at);

/** Text of a message. Written with the comment appended. */
export const text: Field<string> = {
  params: ['mes'],
  check: checkWords,
  encode: (value, { comment }) => joinComment(value, comment),
};

/** Creates a field that only checks its value. The field of another member uses the value to write `param`. */
export const carried = <Value>(param: string, check: Check): Field<Value> => ({
  params: param ? [param] : [],
  check,
  encode: () => undefined,
});

/**
 * Note for the sending history on the gateway's website, neither sent nor charged. The field `text` writes the comment.
 */
export const comment: Field<string> = /* @__PURE__ */ carried('mes', checkWords);
