import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningGateway, type ServerOptions, startGateway } from '../src/index.ts';
import { form, noon } from './submit.ts';

const running: RunningGateway[] = [];
async function start(options: ServerOptions = {}): Promise<RunningGateway> {
  const started = await startGateway({ now: () => noon, ...options });
  running.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((started) => started.close()));
});

/** Writes bytes to a socket. Returns everything that arrives before the server closes the connection. */
const raw = (url: string, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let response = '';
    socket.setEncoding('latin1').on('data', (chunk) => (response += String(chunk)));
    socket.on('close', () => resolve(response)).on('error', reject);
  });

const good = { login: 'demo', psw: 'demo', phones: '380501234567', mes: 'a', fmt: 3 };
const post = async (url: string, params: Record<string, string | number>): Promise<string> =>
  (
    await fetch(new URL('sys/send.php', url), { method: 'POST', body: new URLSearchParams(form(params)) })
  ).text();

describe('the server', () => {
  it('responds to the requests of curl', async () => {
    const { url } = await start();
    const body = form(good);
    const head = `POST /sys/send.php HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8\r\nAccept: */*\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
    const response = await raw(url, head + body);
    expect(response).toMatch(
      /^HTTP\/1\.1 200 OK\r\ncontent-type: application\/json; charset=windows-1251\r\ncontent-length: 21\r\n/,
    );
    expect(response.endsWith('\r\n\r\n{\n"id": 1,\n"cnt": 1\n}')).toBe(true);
  });

  it('handles several requests on one connection, including a GET and a chunked body', async () => {
    const { url } = await start();
    const get = `GET /sys/balance.php?login=demo&psw=demo HTTP/1.1\r\nHost: x\r\n\r\n`;
    const body = form(good);
    const chunked = `POST /sys/send.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const response = await raw(url, get + chunked);
    expect(response.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(response).toContain('1000.00');
    expect(response).toContain('"cnt": 1');
  });

  it('responds to malformed HTTP with 400, and to unknown paths with 404', async () => {
    const { url } = await start();
    expect(await raw(url, 'garbage\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
    expect((await fetch(url)).status).toBe(404);
  });

  it('refuses a body that is too large, and goes on working', async () => {
    const { url } = await start({ maxBodyBytes: 1000 });
    const reply = await fetch(new URL('sys/send.php', url), { method: 'POST', body: 'x'.repeat(5_000_000) });
    expect([reply.status, await reply.text()]).toEqual([413, 'Payload Too Large\n']);
    expect(await post(url, good)).toContain('"cnt": 1');
  });

  it('accepts files', async () => {
    const { url, gateway } = await start();
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...good, call: 1, charset: 'utf-8' }))
      body.append(name, String(value));
    body.append('file1', new Blob([new Uint8Array(16_000)]), 'a.mp3');
    const reply = await fetch(new URL('sys/send.php', url), { method: 'POST', body });
    expect(await reply.json()).toEqual({ id: 1, cnt: 3 });
    expect(gateway.messages()[0]!.files).toEqual([{ name: 'a.mp3', size: 16_000 }]);
  });

  it('keeps requests in flight during the latency, so that fifteen are too many', async () => {
    const { url } = await start({ latencyMs: 200 });
    const responses = await Promise.all(
      Array.from({ length: 15 }, (_, at) => post(url, { ...good, mes: `text ${at}` })),
    );
    expect(responses.filter((response) => response.includes('too many concurrent requests'))).toHaveLength(1);
    expect(await post(url, good)).toContain('"cnt": 1');
  });

  it('knows the address of the client', async () => {
    const { url } = await start({
      accounts: [{ login: 'demo', password: 'demo', allowedAddresses: ['127.0.0.1'] }],
    });
    expect(await post(url, good)).toContain('"cnt": 1');
    const { url: other } = await start({
      accounts: [{ login: 'demo', password: 'demo', allowedAddresses: ['10.0.0.1'] }],
    });
    expect(await post(other, good)).toContain('"error_code": 2');
  });

  it('completes requests in flight when it closes, and refuses new ones', async () => {
    const { url, close } = await start({ latencyMs: 100 });
    const response = post(url, good);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const idle = raw(url, '');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [first, second] = [close(), close()];
    expect(await response).toContain('"cnt": 1');
    await Promise.all([first, second, idle]);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('survives clients that disconnect before the response', async () => {
    const { url, gateway } = await start({ latencyMs: 50 });
    const body = form(good);
    const leave = new AbortController();
    const aborted = fetch(new URL('sys/send.php', url), {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      signal: leave.signal,
    });
    setTimeout(() => leave.abort(), 20);
    await expect(aborted).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(gateway.requests.inFlight).toBe(0);
    expect(await post(url, { ...good, mes: 'b' })).toContain('"cnt": 1');
  });

  it('rejects if its port is in use', async () => {
    const { url } = await start();
    await expect(startGateway({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  });
});
