import type { WireRequest } from '@smsc/protocol';
import type { ReceivedRequest } from './server.ts';
import type { Subject } from './subject.ts';

type TextBody = Extract<WireRequest['body'], { kind: 'text' }>;
type MultipartBody = Extract<WireRequest['body'], { kind: 'multipart' }>;

/** Returns the UTF-8 bytes of a text, each as one character. */
const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

/** Escapes a name in a form as browsers do. Source: Fetch standard, multipart/form-data encoding. */
const escapeName = (name: string): string =>
  bytesOf(name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));

/** Compares a received text body with the body that was sent. */
function checkText({ head, body }: ReceivedRequest, sent: TextBody): readonly string[] {
  const failures: string[] = [];
  if (body !== bytesOf(sent.text)) failures.push('the request body differs from the body that was sent');
  if (!head.toLowerCase().includes(`content-type: ${sent.contentType}`))
    failures.push(`the request does not have the content type ${sent.contentType}`);
  return failures;
}

/** Reads the parts of a received form, each as its name and content. */
function readParts(head: string, body: string): readonly unknown[] | undefined {
  const boundary = /^content-type: *multipart\/form-data; *boundary="?([^"\r\n]+)"?/im.exec(head)?.[1];
  if (boundary === undefined) return undefined;
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const headEnd = part.indexOf('\r\n\r\n');
      const disposition =
        /^content-disposition: *form-data(; name="[^"\r\n]*")(; filename="[^"\r\n]*")?$/im.exec(
          part.slice(0, headEnd),
        );
      return [disposition?.[2] ?? disposition?.[1], part.slice(headEnd + 4, -2)];
    });
}

/** Content of the only `Blob` among the files of the trials. */
const blobContent = 'a\nb';

/** Compares a received form with the form that was sent. */
function checkForm(
  { head, body }: ReceivedRequest,
  sent: MultipartBody,
  form: NonNullable<Subject['form']>,
): readonly string[] {
  const isExact = form === 'exact';
  const textOf = (value: string): string => bytesOf(isExact ? value : value.replace(/\r\n|\r|\n/g, '\r\n'));
  const expected = [
    ...sent.fields.map(([name, value]) => [`; name="${escapeName(name)}"`, textOf(value)]),
    ...sent.files.map(({ name, content }) => [
      `; filename="${isExact ? escapeName(name) : 'blob'}"`,
      content instanceof Uint8Array ? String.fromCharCode(...content) : blobContent,
    ]),
  ];
  return JSON.stringify(readParts(head, body)) === JSON.stringify(expected)
    ? []
    : ['a part of the form differs from what was sent'];
}

/** Compares a received request with the request that was sent. Returns the differences. */
export function checkRequest(
  received: ReceivedRequest,
  { path, body }: WireRequest,
  { form = 'exact' }: Pick<Subject, 'form'>,
): readonly string[] {
  const failures = received.head.startsWith(`POST /${path} HTTP/1.1\r\n`)
    ? []
    : [`the request is not a POST to /${path}`];
  return [
    ...failures,
    ...(body.kind === 'text' ? checkText(received, body) : checkForm(received, body, form)),
  ];
}
