import { Blob as NodeFetchBlob } from 'node-fetch';
import { startGateway } from '@smsc/simulator';
import { type ReceivedRequest, serve } from '@smsc/testing/servers';
import { describe, expect, it } from 'vitest';
import { createSmsc, fetchTransport } from '../src/index.ts';
import { fetches } from './fetches.ts';

const account = { login: 'alex', password: 'hunter2' };
const accepted = '{\n"id": "m1",\n"cnt": 1\n}';
const mms = { kind: 'mms', id: 'm1', to: '380501234567' } as const;
const picture = { name: 'a.jpg', content: Uint8Array.of(0, 13, 10, 255) };

/** Returns the boundary that a request declares. */
const boundaryOf = ({ headers }: ReceivedRequest): string =>
  /^multipart\/form-data; boundary=([\da-f-]{36})$/.exec(headers['content-type'] ?? '')?.[1] ?? '';

describe.each(fetches)('a form with files, with %s', (_, fetch) => {
  it('arrives byte for byte, with its length and a new boundary for each request', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    const smsc = createSmsc({ ...account, host, fetch });
    const files = [
      picture,
      { name: 'звук "%', content: new Blob(['a\nb'], { type: 'text/plain;charset=utf-8' }) },
    ].map((file, at) => (at === 1 ? { ...file, name: 'звук %.txt' } : file));
    for (let sent = 0; sent < 2; sent++) await smsc.send({ ...mms, text: 'Ваш\nкод\r: 1\r\n2 😀', files });
    const [first, second] = seen as [ReceivedRequest, ReceivedRequest];
    const boundary = boundaryOf(first);
    expect(boundary).toMatch(/./);
    expect(boundaryOf(second)).not.toBe(boundary);
    const part = (name: string, value: string, more = ''): string =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const expected =
      part('login', 'alex') +
      part('psw', 'hunter2') +
      part('mms', '1') +
      part('id', 'm1') +
      part('phones', '380501234567') +
      part('mes', 'Ваш\nкод\r: 1\r\n2 😀') +
      part('cost', '2') +
      part('fmt', '3') +
      part('charset', 'utf-8');
    const bytes = Buffer.concat([
      Buffer.from(
        `${expected}--${boundary}\r\ncontent-disposition: form-data; name="file0"; filename="a.jpg"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      picture.content,
      Buffer.from(
        `\r\n--${boundary}\r\ncontent-disposition: form-data; name="file1"; filename="звук %.txt"\r\ncontent-type: text/plain;charset=utf-8\r\n\r\na\nb\r\n--${boundary}--\r\n`,
      ),
    ]);
    expect(first.body).toBe(bytes.toString('latin1'));
    expect(first.headers['content-length']).toBe(String(bytes.length));
  });

  it('keeps the line breaks around the separator of a comment', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    const sent = await createSmsc({ ...account, host, fetch }).send({
      ...mms,
      text: 'to the recipient',
      comment: 'to myself',
      files: [picture],
    });
    expect(sent.outcome).toBe('accepted');
    expect(seen[0]!.body).toContain('\r\n\r\nto the recipient\n~~~\nto myself\r\n--');
  });

  it('is read correctly by the simulator', async () => {
    const gateway = await startGateway({ accounts: [{ ...account, balance: '100' }] });
    try {
      const smsc = createSmsc({ ...account, host: gateway.url, fetch });
      const sent = await smsc.send({ ...mms, text: 'один\nдва', comment: 'to myself', files: [picture] });
      expect(sent.outcome).toBe('accepted');
      expect(gateway.gateway.messages('alex')[0]).toMatchObject({
        text: 'один\nдва',
        comment: 'to myself',
        files: [{ name: 'a.jpg', size: 4 }],
      });
    } finally {
      await gateway.close();
    }
  });

  it('escapes quotes and line breaks in names like browsers', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    const files = [{ name: 'a"b\r\nc: d.txt', content: new Uint8Array() }];
    await fetchTransport({ host, fetch }).send({
      operation: 'send',
      path: 'sys/send.php',
      body: { kind: 'multipart', fields: [['x"\r\n', '']], files },
    });
    expect(seen[0]!.body).toContain('name="x%22%0D%0A"');
    expect(seen[0]!.body).toContain('filename="a%22b%0D%0Ac: d.txt"');
  });

  it('accepts files of node-fetch and replaces a type with line breaks', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    const transport = fetchTransport({ host, fetch });
    const odd = {
      type: 'text/plain\r\nx: y',
      arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)),
      size: 1,
    };
    const files = [
      { name: 'a', content: new NodeFetchBlob(['hello'], { type: 'audio/wav' }) },
      { name: 'b', content: odd },
    ];
    await transport.send({
      operation: 'send',
      path: 'sys/send.php',
      body: { kind: 'multipart', fields: [], files },
    });
    expect(seen[0]!.body).toContain('filename="a"\r\ncontent-type: audio/wav\r\n\r\nhello\r\n');
    expect(seen[0]!.body).toContain('filename="b"\r\ncontent-type: application/octet-stream\r\n\r\n\0\r\n');
  });
});
