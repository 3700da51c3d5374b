import { koi8r, utf8, windows1251 } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, type GatewayRequest } from '../src/index.ts';
import { submit, form, noon, request, to } from './submit.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const ascii = 'login=demo&psw=demo&phones=380501234567&fmt=1';
const post = (gateway: Gateway, body: Uint8Array, over: Partial<GatewayRequest> = {}): string =>
  Buffer.from(gateway.handle({ ...request({}), body, ...over }, noon).body).toString('latin1');
const textOf = (gateway: Gateway): string | undefined => gateway.messages().at(-1)?.text;

describe('charsets', () => {
  it.each([windows1251, utf8, koi8r])('include $name', (charset) => {
    const gateway = createGateway();
    post(gateway, bytes(`${ascii}&charset=${charset.name}&mes=${charset.percent('Привет, ё')}`));
    expect(textOf(gateway)).toBe('Привет, ё');
  });

  it('default to windows-1251, and their names are case-insensitive', () => {
    const gateway = createGateway();
    post(gateway, bytes(`${ascii}&mes=${windows1251.percent('Київ')}`));
    expect(textOf(gateway)).toBe('Київ');
    post(gateway, bytes(`${ascii}&charset=UTF-8&mes=${utf8.percent('Їжак')}`));
    expect(textOf(gateway)).toBe('Їжак');
  });

  it('apply to bytes without percent-encoding', () => {
    const gateway = createGateway();
    post(gateway, Buffer.concat([bytes(`${ascii}&mes=`), Buffer.from('cff0e8e2e5f2', 'hex')]));
    expect(textOf(gateway)).toBe('Привет');
  });

  it.each([windows1251, utf8, koi8r])('apply to the response: $name', (charset) => {
    const gateway = createGateway();
    submit(gateway, { phones: '380501234567', mes: 'Ёж', id: 'x' });
    const reply = gateway.handle(
      {
        ...request({}),
        ...to('status'),
        body: bytes(
          form({
            login: 'demo',
            psw: 'demo',
            id: 'x',
            phone: '380501234567',
            all: 1,
            fmt: 1,
            charset: charset.name,
          }),
        ),
      },
      noon + 10_000,
    );
    expect(charset.decode(reply.body)).toMatch(/,SMSC,Доставлено,Ёж$/);
  });

  it('replace characters that they lack by ?', () => {
    const gateway = createGateway();
    const body = Buffer.from(
      '{"login":"demo","psw":"demo","phones":"380501234567","id":"x","mes":"Ї👋\\ud800"}',
    );
    gateway.handle({ method: 'POST', url: '/rest/send/', contentType: 'application/json', body }, noon);
    expect(textOf(gateway)).toBe('Ї👋\ud800');
    const reply = gateway.handle(
      {
        ...request({}),
        ...to('status'),
        body: bytes('login=demo&psw=demo&id=x&phone=380501234567&all=1&fmt=1&charset=koi8-r'),
      },
      noon,
    );
    expect(koi8r.decode(reply.body)).toMatch(/,\?\?\?$/);
  });
});

describe('forms', () => {
  it('read + as a space and keep a malformed %', () => {
    const gateway = createGateway();
    post(gateway, bytes(`${ascii}&mes=a+b%20c%2Bd%+%4%zz%`));
    expect(textOf(gateway)).toBe('a b c+d% %4%zz%');
  });

  it('are merged with the query, and the body wins', () => {
    const gateway = createGateway();
    post(gateway, bytes('mes=body&phones=380671234567'), { url: `/sys/send.php?${ascii}&mes=query` });
    expect(gateway.messages().map(({ phone, text }) => [phone, text])).toEqual([['380671234567', 'body']]);
  });

  it('are read from the query of a GET, up to a fragment', () => {
    const gateway = createGateway();
    expect(post(gateway, bytes('mes=b'), { method: 'GET', url: `/sys/send.php?${ascii}&mes=a#&mes=c` })).toBe(
      '1,1',
    );
    expect(textOf(gateway)).toBe('a');
  });

  it('need no content type, and bodies of other types are ignored', () => {
    expect(post(createGateway(), bytes(`${ascii}&mes=a`), { contentType: undefined })).toBe('1,1');
    expect(post(createGateway(), bytes(`${ascii}&mes=a`), { contentType: 'text/plain' })).toBe(
      'ERROR = 1 (parameters error)',
    );
  });
});

describe('multipart', () => {
  const contentType = 'multipart/form-data; boundary=XX';
  const part = (name: string, value: Uint8Array, extra = ''): Buffer =>
    Buffer.concat([
      bytes(`--XX\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n\r\n`),
      value,
      bytes('\r\n'),
    ]);
  const body = (...parts: readonly Buffer[]): Buffer => Buffer.concat([...parts, bytes('--XX--\r\n')]);
  const scalars = [
    part('login', bytes('demo')),
    part('psw', bytes('demo')),
    part('phones', bytes('380501234567')),
    part('fmt', bytes('1')),
  ];

  it('is read in the charset of the request, wherever it is named', () => {
    const gateway = createGateway();
    post(
      gateway,
      body(
        ...scalars,
        part('mes', Buffer.concat([Buffer.from('f0d2c9d7c5d4', 'hex'), bytes('\r\n--X')])),
        part('charset', bytes('koi8-r')),
      ),
      { contentType },
    );
    expect(textOf(gateway)).toBe('Привет\r\n--X');
  });

  it('keeps files with their names and sizes', () => {
    const gateway = createGateway();
    const file = part(
      'file0',
      Uint8Array.from({ length: 500 }, (_, at) => at % 256),
      '; filename="\xc0.jpg"\r\nContent-Type: image/jpeg',
    );
    expect(
      post(gateway, body(...scalars, part('mms', bytes('1')), part('subj', bytes('s')), file), {
        contentType,
      }),
    ).toBe('1,1');
    expect(gateway.messages()[0]!.files).toEqual([{ name: 'А.jpg', size: 500 }]);
  });

  it('may have a quoted boundary, a preamble and an epilogue', () => {
    const whole = Buffer.concat([
      bytes('preamble\r\n'),
      body(...scalars, part('mes', bytes('a'))),
      bytes('epilogue'),
    ]);
    expect(
      post(createGateway(), whole, { contentType: 'multipart/form-data; charset=utf-8; Boundary="XX"' }),
    ).toBe('1,1');
  });

  it('does not read a file name as a header parameter', () => {
    const gateway = createGateway();
    const file = Buffer.from(
      '--XX\r\nContent-Disposition: form-data; filename="a; name=mes"; name="f"\r\n\r\nabc\r\n',
    );
    post(gateway, body(...scalars, part('mes', bytes('a')), file), { contentType });
    expect(gateway.messages()[0]).toMatchObject({ text: 'a', files: [{ name: 'a; name=mes', size: 3 }] });
  });

  it('has no file in an empty file field, nor for filename* alone', () => {
    const url = `/sys/send.php?${ascii}&call=1`;
    expect(post(createGateway(), body(part('f', bytes(''), '; filename=""')), { contentType, url })).toBe(
      '0,-1',
    );
    expect(
      post(createGateway(), body(part('f', bytes('abc'), "; filename*=utf-8''a.mp3")), { contentType, url }),
    ).toBe('0,-1');
  });

  it('may have other parameters in the query', () => {
    const gateway = createGateway();
    const file = part('f', bytes('x'.repeat(16_000)), '; filename="a.mp3"');
    expect(post(gateway, body(file), { contentType, url: `/sys/send.php?${ascii}&call=1` })).toBe('1,2');
  });

  it('accepts what FormData writes', async () => {
    const gateway = createGateway();
    const data = new FormData();
    for (const [name, value] of Object.entries({
      login: 'demo',
      psw: 'demo',
      phones: '380501234567',
      mes: 'Їжак "ї"',
      charset: 'utf-8',
    }))
      data.append(name, value);
    data.append('file', new Blob(['abc']), 'звук "1".wav');
    const written = new Response(data);
    const type = written.headers.get('content-type')!;
    post(gateway, new Uint8Array(await written.arrayBuffer()), { contentType: type });
    expect(textOf(gateway)).toBe('Їжак "ї"');
    expect(gateway.messages()[0]!.files[0]!.name).toContain('звук');
  });

  it.each([
    '',
    'garbage',
    'xxxxx--',
    '--XX',
    '--XX\r\n',
    '--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
    '--XX\r\nno header\r\n--XX--',
    '--XX\r\nA: b\r\n\r\nx\r\n--XX--',
  ])('is refused if it is malformed: %j', (broken) => {
    expect(post(createGateway(), bytes(broken), { contentType, url: `/sys/send.php?${ascii}&mes=a` })).toBe(
      '0,-1',
    );
    expect(
      post(createGateway(), body(...scalars), {
        contentType: 'multipart/form-data',
        url: `/sys/send.php?${ascii}&mes=a`,
      }),
    ).toBe('0,-1');
  });
});

describe('/rest/send/', () => {
  const rest = (gateway: Gateway, body: unknown, over: Partial<GatewayRequest> = {}): string =>
    Buffer.from(
      gateway.handle(
        {
          method: 'POST',
          url: '/rest/send/',
          contentType: 'application/json',
          body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
          ...over,
        },
        noon,
      ).body,
    ).toString();
  const good = { login: 'demo', psw: 'demo', phones: '380501234567', mes: 'Їжак 👋' };

  it('accepts JSON in UTF-8 with numbers or texts, and responds in JSON without fmt', () => {
    const gateway = createGateway();
    expect(rest(gateway, { ...good, phones: 380501234567, cost: 3, id: 14 })).toBe(
      '{\n"id": 14,\n"cnt": 1,\n"cost": "0.385",\n"balance": "999.615"\n}',
    );
    expect(textOf(gateway)).toBe('Їжак 👋');
    expect(rest(gateway, { ...good, fmt: 0 })).toBe('{\n"id": 1,\n"cnt": 1\n}');
  });

  it('reports errors in JSON', () => {
    expect(rest(createGateway(), { ...good, phones: '1' })).toBe(
      '{\n"error": "invalid number",\n"error_code": 7,\n"id": 1\n}',
    );
  });

  it.each([
    '',
    '\ufeff{}',
    '[]',
    'null',
    '{',
    '"a"',
    '1',
    '{"mes":["a"]}',
    '{"mes":{}}',
    '['.repeat(100_000),
  ])('refuses anything but a flat object', (body) => {
    expect(rest(createGateway(), body)).toContain('"error_code": 1');
  });

  it('accepts a form with its content type', () => {
    expect(
      rest(createGateway(), `${ascii}&mes=a`, { contentType: 'application/x-www-form-urlencoded' }),
    ).toBe('{\n"id": 1,\n"cnt": 1\n}');
  });
});
