/** A line of three tildes. Source: the gateway's page, for binary messages; for comments inferred from it. */
const separator = '\n~~~\n';

/** Takes the comment off a text: what stands behind the first separator is neither sent nor billed. */
export function takeComment(text: string): { readonly text: string; readonly comment: string | undefined } {
  const at = text.indexOf(separator);
  return at < 0
    ? { text, comment: undefined }
    : { text: text.slice(0, at), comment: text.slice(at + separator.length) };
}
