import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { openServer } from '@smsc/testing/servers';

/** What answers a request whose body is known. It says as much of the body as it can: whatever stands there may be quoted. */
type Answer = (response: ServerResponse, body: string, request: IncomingMessage) => unknown;

const json = (members: object): string => JSON.stringify(members);
const ascii = (text: string): string => text.replace(/[^\x21-\x7e]/g, '');
const hangUp = (response: ServerResponse): unknown => response.socket?.destroy();

/** Ways in which a request can fail on its way, and answers that are none. */
const failures: Readonly<Record<string, Answer>> = {
  'the connection is reset after the request': hangUp,
  'the connection is reset after the headers': (response, body) =>
    response.writeHead(200, { 'content-length': body.length + 10 }).write(body, () => hangUp(response)),
  'the connection is reset between chunks': (response, body) => response.write(body, () => hangUp(response)),
  'headers never come': () => undefined,
  'the body never ends': (response, body) => response.write(body),
  'the reply is too large': (response, body) => response.end(body.padEnd(200_000)),
  'headers are too large': (response, body) =>
    response.writeHead(200, { 'x-echo': ascii(encodeURIComponent(body)).padEnd(40_000, '.') }).end(),
  'there is a page of a proxy': (response, body) =>
    response.writeHead(502, { 'x-echo': ascii(encodeURIComponent(body)) }).end(`<html>${body}</html>`),
  'it is redirected': (response, body, { headers }) =>
    response.writeHead(307, { location: `http://${String(headers.host)}/?${ascii(body)}` }).end(body),
  'it is redirected to another host': (response, body) =>
    response.writeHead(302, { location: `https://example.org/?${ascii(body)}` }).end(),
  'it is to come again later': (response, body) =>
    response.writeHead(429, { 'retry-after': ascii(encodeURIComponent(body)) }).end(body),
  'there is nothing': (response) => response.end(),
  'the status says that there is nothing': (response) => response.writeHead(204).end(),
  'the request comes back': (response, body) => response.end(body),
  'the request comes back unpacked': (response, body) =>
    response.end(
      new URLSearchParams(body).toString() + decodeURIComponent(body.replace(/%(?![\da-f]{2})/gi, '')),
    ),
  'the request comes back as JSON that ends early': (response, body) =>
    response.end(json({ id: 1, text: decodeURIComponent(body) }).slice(0, -2)),
  'the request comes back as members of JSON': (response, body) =>
    response.end(json({ ...Object.fromEntries(new URLSearchParams(body)), error_code: 'x' })),
  'the request comes back as names of JSON': (response, body) =>
    response.end(
      json(Object.fromEntries([...new URLSearchParams(body)].map(([name, value]) => [value, name]))),
    ),
  'the request comes back as a list': (response, body) => response.end(json([...new URLSearchParams(body)])),
  'the request comes back as an error in words': (response, body) =>
    response.end(`ERROR = 5 (${decodeURIComponent(body)})`),
  'the request comes back as an error of no number': (response, body) =>
    response.end(`ERROR = ${decodeURIComponent(body)}`),
  'the request comes back as a result in words': (response, body) =>
    response.end(`OK - 1 SMS, ID - ${decodeURIComponent(body)}`),
  'what is said to be packed is not': (response, body) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(body),
  'what is said to be a chunk is none': (response, body) =>
    response.socket?.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${body}\r\n`),
  'what is said to be HTTP is none': (response, body) => response.socket?.end(body),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99, 504].map((code) => [
      `the gateway says error ${code}`,
      (response: ServerResponse, body: string): unknown =>
        response.end(json({ error: decodeURIComponent(body), error_code: code, extra: body })),
    ]),
  ),
};

/** Somebody who answers in one of these ways. */
export interface Somebody {
  readonly failure: string;
  readonly host: string;
  readonly close: () => unknown;
}

async function listen(failure: string, listener: RequestListener): Promise<Somebody> {
  const { port, close } = await openServer(createServer(listener));
  return { failure, host: `http://127.0.0.1:${port}`, close };
}

/** One server for each failure. */
export async function everyFailure(): Promise<readonly Somebody[]> {
  const answering = Object.entries(failures).map(([failure, answer]) =>
    listen(failure, (request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => answer(response, Buffer.concat(chunks).toString(), request));
    }),
  );
  const nobody = await listen('nobody listens', () => undefined);
  await nobody.close();
  return [
    nobody,
    { failure: 'there is no such name', host: 'gateway.invalid', close: () => undefined },
    ...(await Promise.all(answering)),
  ];
}
