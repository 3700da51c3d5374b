/** Line of three tildes. Documented for binary messages. Inferred: comments use the same separator. */
const separator = '\n~~~\n';

/**
 * Splits a text from its comment, which is everything after the first separator. The comment is neither sent nor charged.
 */
export function splitComment(text: string): { readonly text: string; readonly comment: string | undefined } {
  const at = text.indexOf(separator);
  return at < 0
    ? { text, comment: undefined }
    : { text: text.slice(0, at), comment: text.slice(at + separator.length) };
}
