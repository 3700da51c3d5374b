/** One file of a multipart body. `Content` is the platform's type for the content of a file. */
export interface FilePart<Content> {
  /** File name, which the recipient may see. */
  readonly name: string;
  /** MIME type. Empty for `application/octet-stream`. Must not contain a line break. */
  readonly type: string;
  /** Content, passed on unchanged. */
  readonly content: Content;
}

/** Escapes a name in a header: `"` becomes `%22`. Source: Fetch standard, encoding of `multipart/form-data`. */
const escape = (name: string): string => name.replace(/["\r\n]/g, encodeURIComponent);

/**
 * Returns a multipart body as pieces to concatenate: strings, which have to be encoded as UTF-8, and file contents.
 *
 * Use this function instead of `FormData`, which writes every line break of a text as CR LF. The gateway recognizes a
 * comment by `\n~~~\n`, so with CR LF it would send the comment to the recipient. Files are named `file0`, `file1` … as
 * in the vendor's libraries; the gateway uses only their order.
 *
 * @param boundary text that does not occur in the contents
 */
export function multipartOf<Content>(
  fields: readonly (readonly [name: string, value: string])[],
  files: readonly FilePart<Content>[],
  boundary: string,
): { readonly contentType: string; readonly pieces: readonly (string | Content)[] } {
  const pieces: (string | Content)[] = [];
  const add = (name: string, content: string | Content, more = ''): void =>
    void pieces.push(
      `--${boundary}\r\ncontent-disposition: form-data; name="${escape(name)}"${more}\r\n\r\n`,
      content,
      '\r\n',
    );
  for (const [name, value] of fields) add(name, value);
  for (const [index, { name, type, content }] of files.entries())
    add(
      `file${index}`,
      content,
      `; filename="${escape(name)}"\r\ncontent-type: ${type || 'application/octet-stream'}`,
    );
  pieces.push(`--${boundary}--\r\n`);
  return { contentType: `multipart/form-data; boundary=${boundary}`, pieces };
}
