/** Line of three tildes. Source: the gateway's page about binary messages; inferred from it for comments. */
const separator = '\n~~~\n';

/** Splits a text from its comment: everything after the first separator, which is neither sent nor billed. */
export function splitComment(text: string): { readonly text: string; readonly comment: string | undefined } {
  const at = text.indexOf(separator);
  return at < 0
    ? { text, comment: undefined }
    : { text: text.slice(0, at), comment: text.slice(at + separator.length) };
}
