import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { koi8r, utf8, windows1251 } from '@smsc/protocol';
import { listen } from '@smsc/testing/servers';
import { describe, expect, it } from 'vitest';
import {
  createGateway,
  type Gateway,
  type GatewayOptions,
  type PushOptions,
  type PushRequest,
  type RunningGateway,
  startGateway,
} from '../src/index.ts';
import { api, submit, form, noon } from './submit.ts';

const phone = '380671234567';
const url = 'https://app.example/hook';

const gatewayWith = (push: Partial<PushOptions> = {}, options: GatewayOptions = {}): Gateway =>
  createGateway({ ...options, accounts: [{ login: 'demo', password: 'demo', push: { url, ...push } }] });

const fieldsOf = (gateway: Gateway): readonly Readonly<Record<string, string>>[] =>
  gateway.pushes().map(({ fields }) => fields);
const text = ({ body }: PushRequest): string => Buffer.from(body).toString('utf8');
/** Parses a form in UTF-8. */
const read = (written: string): Record<string, string> => Object.fromEntries(new URLSearchParams(written));
const md5 = (signed: string): string => createHash('md5').update(signed).digest('hex');

describe('a webhook', () => {
  it('is sent for each status of a message, at its time', () => {
    const gateway = gatewayWith();
    submit(gateway, { phones: phone, mes: 'a', id: 5, sender: 'SHOP' });
    gateway.advance(noon + 4999);
    expect(fieldsOf(gateway)).toMatchObject([{ status: '0', ts: String(noon / 1000 + 1) }]);
    gateway.advance(noon + 5000);
    expect(fieldsOf(gateway)[1]).toEqual({
      id: '5',
      phone,
      status: '1',
      time: '23.11.2025 12:00:05',
      ts: String(noon / 1000 + 5),
      err: '0',
      cnt: '1',
      type: '0',
      flag: '0',
      cost: '0.385',
      sender: 'SHOP',
      mccmnc: '25503',
    });
    expect(gateway.pushes('demo')).toMatchObject([
      { event: 'status', at: noon + 1000, attempts: 0, outcome: 'waiting' },
      { event: 'status', at: noon + 5000 },
    ]);
    expect(gateway.pushes('nobody')).toEqual([]);
  });

  it('contains the error of a failed message, and is sent at once for a refused one', () => {
    const gateway = gatewayWith();
    submit(gateway, { phones: '380501020006,12', mes: 'a' });
    gateway.advance(noon + 10_000);
    expect(fieldsOf(gateway).map(({ phone: to, status, err }) => [to, status, err])).toEqual([
      ['12', '22', '249'],
      ['380501020006', '0', '0'],
      ['380501020006', '20', '6'],
    ]);
  });

  it('contains the result of an HLR request', () => {
    const gateway = gatewayWith();
    submit(gateway, { phones: phone, hlr: 1, id: 5 });
    gateway.advance(noon + 10_000);
    expect(gateway.pushes()[1]).toMatchObject({
      event: 'hlr',
      fields: {
        status: '1',
        err: '0',
        imsi: '25503671234567',
        mcc: '255',
        net: 'Kyivstar',
        rcn: '',
        type: '4',
      },
    });
  });

  it('is sent for incoming messages, awaited calls and clicked links', () => {
    const gateway = gatewayWith({ secret: 'key' });
    submit(gateway, { phones: phone, mes: 'https://example.org/a/very/long/path', tinyurl: 1, id: 5 });
    gateway.incoming({ from: phone, text: 'так', to: '380440000010' }, noon);
    api(gateway, 'wait_call', { phone });
    gateway.call(phone, noon);
    gateway.click(gateway.messages()[0]!.text, noon + 60_000, phone);
    expect(gateway.pushes().map(({ event }) => event)).toEqual([
      'incoming',
      'call',
      'status',
      'status',
      'status',
    ]);
    const [incoming, call, , , clicked] = fieldsOf(gateway);
    expect(incoming).toEqual({
      id: '1',
      phone,
      mes: 'так',
      to: '380440000010',
      time: '23.11.2025 12:00:00',
      ts: String(noon / 1000),
      sms_id: '5',
    });
    expect(call).toEqual({ phone, waitcall: '1', ts: String(noon / 1000) });
    expect(clicked).toMatchObject({ id: '5', status: '4' });
  });

  it('for a reply contains the id of the last visible message, which an HLR request is not', () => {
    const gateway = gatewayWith({ statuses: false });
    submit(gateway, { phones: phone, mes: 'a', id: 5 });
    submit(gateway, { phones: phone, hlr: 1, id: 6 }, noon + 1000);
    submit(gateway, { phones: phone, ping: 1, id: 7 }, noon + 2000);
    gateway.incoming({ from: phone, text: 'b' }, noon + 10_000);
    expect(fieldsOf(gateway)).toMatchObject([{ mes: 'b', sms_id: '5' }]);
  });

  it('is sent only for the events of the options', () => {
    const only = (push: Partial<PushOptions>): readonly string[] => {
      const gateway = gatewayWith(push);
      submit(gateway, { phones: phone, mes: 'a' });
      gateway.incoming({ from: phone, text: 'b' }, noon + 10_000);
      return gateway.pushes().map(({ event }) => event);
    };
    expect([only({ statuses: false }), only({ incoming: false })]).toEqual([
      ['incoming'],
      ['status', 'status'],
    ]);
    const silent = createGateway();
    submit(silent, { phones: phone, mes: 'a' });
    silent.advance(noon + 10_000);
    expect(silent.pushes()).toEqual([]);
  });

  it('goes to the handler of a sub-account according to its settings', () => {
    const gateway = createGateway();
    api(gateway, 'users', {
      add: 1,
      user: 'shop',
      password: 'x',
      type: 2,
      url: `${url}?charset=utf-8&fmt=3`,
      'fl[10]': 1,
    });
    submit(gateway, { login: 'shop', psw: 'x', phones: phone, mes: 'a' });
    gateway.incoming({ from: phone, text: 'b' }, noon + 10_000);
    expect(gateway.pushes().map(({ login, event, request }) => [login, event, request.contentType])).toEqual(
      Array(2).fill(['shop', 'status', 'application/json; charset=utf-8']),
    );
    expect(JSON.parse(text(gateway.pushes()[1]!.request))).toMatchObject({ phone, status: '1' });
  });
});

describe('the request of a webhook', () => {
  const incoming = (push: Partial<PushOptions>, mes = 'Їжак & «co»'): PushRequest => {
    const gateway = gatewayWith(push);
    gateway.incoming({ from: phone, text: mes, to: '380440000010' }, noon);
    return gateway.pushes()[0]!.request;
  };

  it('is a form in windows-1251 by default', () => {
    const request = incoming({});
    expect(request).toMatchObject({ method: 'POST', url, contentType: 'application/x-www-form-urlencoded' });
    expect(text(request)).toContain('&mes=%AF%E6%E0%EA%20%26%20%ABco%BB&to=380440000010&');
  });

  it('has the form that the query of the address names', () => {
    expect(incoming({ url: `${url}?charset=utf-8&fmt=3` }).contentType).toBe(
      'application/json; charset=utf-8',
    );
    expect(incoming({ url: `${url}?charset=utf-8&fmt=2` }).contentType).toBe('text/xml; charset=utf-8');
    expect(read(text(incoming({ url: `${url}?charset=utf-8&crc32`, secret: 'key' })))).toMatchObject({
      mes: 'Їжак & «co»',
      crc32: expect.stringMatching(/^\d+$/),
    });
    expect(() => incoming({ url: 'ftp://app.example' })).toThrow(TypeError);
  });

  const charsets = { 'utf-8': utf8, 'windows-1251': windows1251, 'koi8-r': koi8r };
  it.each(Object.keys(charsets) as (keyof typeof charsets)[])(
    'says the same in every format, in %s',
    (charset) => {
      const mes = 'Ответ «да» & <b>';
      // XML and JSON use windows-1251 in place of koi8-r.
      const used = charsets[charset === 'koi8-r' ? 'windows-1251' : charset];
      const lost = charset === 'koi8-r' ? mes.replace(/[«»]/g, '?') : mes;
      const values = text(incoming({ charset }, mes))
        .split('&')
        .find((pair) => pair.startsWith('mes='))!
        .slice(4);
      expect(
        charsets[charset].decode(
          Buffer.from(
            values.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
            'latin1',
          ),
        ),
      ).toBe(lost);
      expect(JSON.parse(used.decode(incoming({ charset, format: 'json' }, mes).body))).toMatchObject({
        phone,
        mes,
      });
      expect(used.decode(incoming({ charset, format: 'xml' }, mes).body)).toContain(
        '\n<mes>Ответ «да» &amp; &lt;b&gt;</mes>\n<to>380440000010</to>\n',
      );
    },
  );

  it('has its fields in the query with GET', () => {
    const request = incoming({ url: `${url}?a=b#c`, method: 'GET', charset: 'utf-8', format: 'json' });
    expect(request).toMatchObject({ method: 'GET', contentType: undefined, body: new Uint8Array() });
    expect(read(request.url.split('?')[1]!)).toMatchObject({ a: 'b', phone, mes: 'Їжак & «co»' });
    expect(new URL(request.url).hash).toBe('');
  });

  it('is signed with the secret; the signed values depend on the event', () => {
    const push = { secret: 'key', charset: 'utf-8', signatures: ['md5', 'sha1', 'crc32'] } as const;
    const gateway = gatewayWith(push);
    submit(gateway, { phones: phone, mes: 'a', id: 5 });
    gateway.incoming({ from: phone, text: 'Їжак', to: '380440000010' }, noon + 60_000);
    api(gateway, 'wait_call', { phone }, noon + 60_000);
    gateway.call(phone, noon + 60_000);
    const [state, , reply, call] = gateway.pushes().map(({ request }) => read(text(request)));
    const signed = {
      state: `5:${phone}:0:key`,
      reply: `${phone}:Їжак:380440000010:key`,
      call: `${phone}:${noon / 1000 + 60}:key`,
    };
    expect([state!['md5'], reply!['md5'], call!['md5']]).toEqual([
      md5(signed.state),
      md5(signed.reply),
      md5(signed.call),
    ]);
    expect(state!['sha1']).toBe(createHash('sha1').update(signed.state).digest('hex'));
    // Computes CRC-32 bit by bit, by its definition.
    let crc = 0xffffffff;
    for (const byte of Buffer.from(signed.reply))
      for (let bit = 0, value = byte; bit < 8; bit++, value >>= 1)
        crc = (crc >>> 1) ^ ((crc ^ value) & 1 ? 0xedb88320 : 0);
    expect(reply!['crc32']).toBe(String(~crc >>> 0));
    expect(text(incoming({}))).not.toMatch(/md5|sha1|crc32/);
  });

  it('is signed over the bytes of its charset', () => {
    const request = incoming({ secret: 'key' }, 'так');
    expect(text(request)).toContain(
      `md5=${createHash('md5')
        .update(
          Buffer.from([...Buffer.from(`${phone}:`), 0xf2, 0xe0, 0xea, ...Buffer.from(':380440000010:key')]),
        )
        .digest('hex')}`,
    );
  });
});

describe('delivery', () => {
  const minute = 60_000;

  it('retries failed webhooks after the delays, and then gives up', async () => {
    const attempts: number[] = [];
    let instant = noon;
    const gateway = gatewayWith(
      { statuses: false },
      {
        pushRetriesMs: [minute, 5 * minute],
        deliver: () => (attempts.push(instant), Promise.resolve({ status: 500 })),
      },
    );
    gateway.incoming({ from: phone, text: 'a' }, noon);
    for (; instant <= noon + 20 * minute; instant += minute) await gateway.settle(instant);
    expect(attempts.map((at) => (at - noon) / minute)).toEqual([0, 1, 6]);
    expect([gateway.pushes(), gateway.next()]).toMatchObject([
      [{ attempts: 3, outcome: 'unanswered' }],
      undefined,
    ]);
  });

  it('ends with a response of 200', async () => {
    const broken = (): never => {
      throw new Error('broken');
    };
    const responses = [
      broken,
      () => Promise.reject(new Error('reset')),
      () => Promise.resolve({ status: 302 }),
      () => Promise.resolve({ status: 200 }),
    ];
    const gateway = gatewayWith(
      { statuses: false },
      { pushRetriesMs: Array(5).fill(minute), deliver: () => responses.shift()!() },
    );
    gateway.incoming({ from: phone, text: 'a' }, noon);
    expect(gateway.next()).toBe(noon);
    await gateway.settle(noon + 60 * minute);
    expect([gateway.pushes()[0], responses.length]).toMatchObject([{ attempts: 4, outcome: 'answered' }, 0]);
  });

  it('keeps the order, even with two concurrent calls', async () => {
    const delivered: string[] = [];
    const deliver = async (request: PushRequest): Promise<{ status: number }> => {
      await Promise.resolve();
      delivered.push(read(text(request))['mes']!);
      return { status: 200 };
    };
    const gateway = gatewayWith({ charset: 'utf-8' }, { deliver });
    for (const [at, mes] of ['a', 'b', 'c'].entries())
      gateway.incoming({ from: phone, text: mes }, noon + at);
    await Promise.all([gateway.settle(noon + 1), gateway.settle(noon + 2)]);
    expect(delivered).toEqual(['a', 'b', 'c']);
  });

  it('drops the oldest webhooks beyond keepMessages', () => {
    const gateway = gatewayWith({ charset: 'utf-8' }, { keepMessages: 3 });
    for (let at = 0; at < 20; at++) gateway.incoming({ from: phone, text: `text ${at}` }, noon);
    expect(fieldsOf(gateway).map(({ mes }) => mes)).toEqual(['text 17', 'text 18', 'text 19']);
  });

  /** Starts a server and a handler that gets one webhook and responds as specified. */
  async function pushOver(
    handle: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<RunningGateway> {
    const handler = createServer((request, response) => {
      handler.close();
      handle(request, response);
    });
    const { port } = await listen(handler);
    const push = { url: `http://127.0.0.1:${port}/hook?fmt=3`, charset: 'utf-8' } as const;
    const running = await startGateway({
      accounts: [{ login: 'demo', password: 'demo', push }],
      delivery: { toOperatorMs: 0, toHandsetMs: 600_000 },
    });
    await fetch(new URL('sys/send.php', running.url), {
      method: 'POST',
      body: new URLSearchParams(form({ login: 'demo', psw: 'demo', phones: phone, mes: 'a' })),
    });
    return running;
  }

  it('uses HTTP in a server', async () => {
    let body = '';
    let running: Promise<RunningGateway> | undefined;
    const request = await new Promise<IncomingMessage>((resolve) => {
      running = pushOver((pushed, response) => {
        pushed
          .setEncoding('utf8')
          .on('data', (chunk) => (body += String(chunk)))
          .on('end', () => {
            response.end('OK');
            resolve(pushed);
          });
      });
    });
    expect([request.method, request.url, request.headers['content-type']]).toEqual([
      'POST',
      '/hook?fmt=3',
      'application/json; charset=utf-8',
    ]);
    expect(JSON.parse(body)).toMatchObject({ id: '1', phone, status: '0' });
    await (await running)!.close();
  });

  it('is cancelled when a server closes', async () => {
    let running: Promise<RunningGateway> | undefined;
    await new Promise<void>((resolve) => {
      running = pushOver((request, response) => {
        response.on('close', resolve);
        request.resume().on('end', () => void running?.then(({ close }) => close()));
      });
    });
    expect((await running)!.gateway.pushes()).toMatchObject([{ attempts: 1 }]);
  });
});
