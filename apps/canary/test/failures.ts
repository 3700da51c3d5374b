import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { openServer } from '@smsc/testing/servers';

/**
 * Answers a request. The response repeats as much of the request's body as possible, so that an error that quotes the
 * response shows a secret.
 */
type Answer = (response: ServerResponse, body: string, request: IncomingMessage) => unknown;

const json = (members: object): string => JSON.stringify(members);
const ascii = (text: string): string => text.replace(/[^\x21-\x7e]/g, '');
const hangUp = (response: ServerResponse): unknown => response.socket?.destroy();

/** Failures of the network, and responses that are not valid. */
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
  'a proxy answers with a page': (response, body) =>
    response.writeHead(502, { 'x-echo': ascii(encodeURIComponent(body)) }).end(`<html>${body}</html>`),
  'the request is redirected': (response, body, { headers }) =>
    response.writeHead(307, { location: `http://${String(headers.host)}/?${ascii(body)}` }).end(body),
  'the request is redirected to another host': (response, body) =>
    response.writeHead(302, { location: `https://example.org/?${ascii(body)}` }).end(),
  'the server asks to retry later': (response, body) =>
    response.writeHead(429, { 'retry-after': ascii(encodeURIComponent(body)) }).end(body),
  'the response is empty': (response) => response.end(),
  'the status is 204': (response) => response.writeHead(204).end(),
  'the response echoes the request': (response, body) => response.end(body),
  'the response echoes the decoded request': (response, body) =>
    response.end(
      new URLSearchParams(body).toString() + decodeURIComponent(body.replace(/%(?![\da-f]{2})/gi, '')),
    ),
  'the response echoes the request in cut JSON': (response, body) =>
    response.end(json({ id: 1, text: decodeURIComponent(body) }).slice(0, -2)),
  'the response echoes the request in JSON members': (response, body) =>
    response.end(json({ ...Object.fromEntries(new URLSearchParams(body)), error_code: 'x' })),
  'the response echoes the request in JSON names': (response, body) =>
    response.end(
      json(Object.fromEntries([...new URLSearchParams(body)].map(([name, value]) => [value, name]))),
    ),
  'the response echoes the request in a JSON array': (response, body) =>
    response.end(json([...new URLSearchParams(body)])),
  'the response echoes the request in a text error': (response, body) =>
    response.end(`ERROR = 5 (${decodeURIComponent(body)})`),
  'the response echoes the request in a text error without a number': (response, body) =>
    response.end(`ERROR = ${decodeURIComponent(body)}`),
  'the response echoes the request in a text result': (response, body) =>
    response.end(`OK - 1 SMS, ID - ${decodeURIComponent(body)}`),
  'the response claims gzip but is not compressed': (response, body) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(body),
  'the response claims chunks but has none': (response, body) =>
    response.socket?.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${body}\r\n`),
  'the response is not HTTP': (response, body) => response.socket?.end(body),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99, 504].map((code) => [
      `the gateway answers with error ${code}`,
      (response: ServerResponse, body: string): unknown =>
        response.end(json({ error: decodeURIComponent(body), error_code: code, extra: body })),
    ]),
  ),
};

/** A server that fails in one way. */
export interface FailingServer {
  readonly failure: string;
  readonly host: string;
  readonly close: () => unknown;
}

async function listen(failure: string, listener: RequestListener): Promise<FailingServer> {
  const { port, close } = await openServer(createServer(listener));
  return { failure, host: `http://127.0.0.1:${port}`, close };
}

/** Starts one server for each failure. */
export async function everyFailure(): Promise<readonly FailingServer[]> {
  const answering = Object.entries(failures).map(([failure, answer]) =>
    listen(failure, (request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => answer(response, Buffer.concat(chunks).toString(), request));
    }),
  );
  const closed = await listen('the connection is refused', () => undefined);
  await closed.close();
  return [
    closed,
    { failure: 'the name does not resolve', host: 'gateway.invalid', close: () => undefined },
    ...(await Promise.all(answering)),
  ];
}
