import { send, toRequest, type WireRequest } from '@smsc/protocol';

/** Selects the request that a trial sends. Contains only data, so it can be passed to another process or into a page. */
export interface TrialRequestOptions {
  /**
   * The message of the request. Default: `short`.
   *
   * - `short`: one recipient
   * - `json`: the same message as a JSON body
   * - `long`: 100,000 recipients
   * - `files`: a form with two files
   * - `unsafe names`: a form whose field and file names contain quotes and line breaks
   * - `large`: a file of 16 MiB, more than the socket buffers hold
   */
  readonly message?: 'short' | 'json' | 'long' | 'files' | 'unsafe names' | 'large' | undefined;
  /** File URL of a message to send. If set, `message` is ignored. */
  readonly fileUrl?: string | undefined;
}

/** Made-up secrets in the requests of the trials. No error may contain any of them. */
export const secrets: Readonly<Record<'password' | 'phone' | 'text', string>> = {
  password: 'correct-horse-battery',
  phone: '380501234567',
  text: 'Ваш код: 482117',
};

/** Id of the messages of the trials. */
export const messageId = 'm1';

const credentials = { login: 'held-to-it', password: secrets.password };
const message = { id: messageId, to: secrets.phone, text: secrets.text };
const longRecipientCount = 100_000;
const largeFileBytes = 16_777_216;

type MultipartBody = Extract<WireRequest['body'], { kind: 'multipart' }>;

/** A form with names that must be escaped in its headers. No operation creates such names. */
const unsafeNames: Pick<MultipartBody, 'fields' | 'files'> = {
  fields: [
    ['a"; name="b', '1'],
    ['c\r\nx-d: e\r\n\r\nf', secrets.text],
  ],
  files: [
    { name: 'g"; name="phones"; x="', content: new Uint8Array([0, 13, 10, 34]) },
    { name: 'h\r\nx-i: j\r\n\r\nщ', content: new Uint8Array([1]) },
  ],
};

/** Creates a multimedia message with files. */
const mmsRequest = (files: MultipartBody['files']): WireRequest =>
  toRequest(send, { kind: 'mms', ...message, text: `${secrets.text}\n~`, files }, credentials);

/** Creates the request of a trial. */
export function trialRequest(options: TrialRequestOptions): WireRequest {
  // Reads own options only: a trial may run while `Object.prototype` has a property `message`.
  const { message: kind = 'short', fileUrl } = { __proto__: null, ...options } as TrialRequestOptions;
  if (fileUrl !== undefined) return toRequest(send, { kind: 'mms', ...message, fileUrl }, credentials);
  switch (kind) {
    case 'short':
      return toRequest(send, message, credentials);
    case 'json':
      return toRequest(send, message, credentials, { body: 'json' });
    case 'long': {
      const to = Array.from({ length: longRecipientCount }, (_, index) => String(380_500_000_000 + index));
      return toRequest(send, { ...message, to }, credentials);
    }
    case 'files':
      return mmsRequest([
        { name: `звук '1'.mp3`, content: Uint8Array.from({ length: 256 }, (_, byte) => byte) },
        { name: 'a.txt', content: new Blob(['a\nb'], { type: 'text/plain' }) },
      ]);
    case 'unsafe names':
      return { ...toRequest(send, message, credentials), body: { kind: 'multipart', ...unsafeNames } };
    case 'large':
      return mmsRequest([{ name: 'a.mp4', content: new Uint8Array(largeFileBytes) }]);
  }
}
