import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, type GatewayReply } from '../src/index.ts';
import { routes } from '../src/endpoints/routes.ts';
import { form, noon } from './submit.ts';

const names = [
  'login',
  'psw',
  'apikey',
  'phones',
  'mes',
  'id',
  'sender',
  'translit',
  'tinyurl',
  'time',
  'tz',
  'period',
  'freq',
  'flash',
  'bin',
  'push',
  'hlr',
  'ping',
  'mms',
  'mail',
  'soc',
  'viber',
  'whatsapp',
  'tg',
  'bot',
  'smsreq',
  'fileurl',
  'call',
  'voice',
  'param',
  'subj',
  'charset',
  'cost',
  'fmt',
  'list',
  'nl',
  'valid',
  'maxsms',
  'imgcode',
  'userip',
  'err',
  'op',
  'pp',
  'phone',
  'all',
  'del',
  'cur',
  '__proto__',
  'constructor',
  'toString',
  '',
];
/** Parameters of all endpoints except `send.php`. */
const furtherNames = [
  'add',
  'chg',
  'get',
  'cancel',
  'get_all',
  'name',
  'msg',
  'format',
  'fl[1]',
  'fl[10]',
  'fl2[27]',
  'tpl',
  'rpt',
  'rptn',
  'sender2',
  'mes2',
  'add_group',
  'chg_group',
  'del_group',
  'move_group',
  'get_group',
  'add_black',
  'del_black',
  'grp',
  'num',
  'type',
  'new_phone',
  'new_mail',
  'lnm',
  'fio',
  'search',
  'after_id',
  'bd',
  'myid',
  'cmt',
  'user',
  'password',
  'new_login',
  'pswc',
  'pay',
  'sum',
  'user_id',
  'reseller',
  'balance2',
  'get_stat',
  'get_stat_all',
  'tariff',
  'curr',
  'url',
  'fmts',
  'dlim',
  'add_account',
  'get_account',
  'get_act',
  'send_code',
  'check_code',
  'code',
  'operators',
  'from_date',
  'prev_id',
  'cnt',
  'get_messages',
  'get_answers',
  'get_price',
  'get_mega_accounts',
  'start',
  'end',
  'hour',
  'to_phone',
  'email',
  'account',
  'get_operator',
  'link',
  'date',
  'buy',
  'noprolong',
  'get_list',
  'get_file',
  'host',
  'info',
  'ok',
];
const values = fc.oneof(
  fc.constantFrom(
    '0',
    '1',
    '2',
    '3',
    '-1',
    '',
    'demo',
    '380501234567',
    'G1',
    '+5',
    '9-20',
    '0101120000',
    'utf-8',
    'koi8-r',
    'm, en',
    '00:01',
    'a:b|c;d',
    '\n',
    '00FF',
    '__HLR__',
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.integer().map(String),
);
const paths = fc.constantFrom(...routes.keys(), '/', '');
const types = fc.constantFrom(
  undefined,
  '',
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=XX',
  'multipart/form-data',
  'text/xml; q',
);
const instants = fc.constantFrom(0, -1, noon, noon + 1, 8.64e15, Number.NaN, Number.MAX_VALUE);

function expectReply({ status, body, contentType }: GatewayReply): void {
  expect([200, 404, 405, 413]).toContain(status);
  expect(body).toBeInstanceOf(Uint8Array);
  expect(contentType).not.toBe('');
}

/** Checks that the balance is still a decimal number. */
function expectBalance(gateway: Gateway): void {
  expect(gateway.balance('demo')).toMatch(/^-?\d+\.\d{2,6}$/);
}

describe('the gateway', () => {
  it('responds to random parameters', () => {
    const gateway = createGateway({ groups: { 1: ['380501234567', ''] } });
    const params = fc.dictionary(fc.constantFrom(...names, ...furtherNames), values, { maxKeys: 12 });
    fc.assert(
      fc.property(paths, params, fc.boolean(), instants, (path, given, get, instant) => {
        const written = form({ login: 'demo', psw: 'demo', ...toWellFormed(given) });
        const body = Buffer.from(get ? '' : written);
        expectReply(
          gateway.handle(
            { method: get ? 'GET' : 'POST', url: get ? `${path}?${written}` : path, body },
            instant,
          ),
        );
      }),
      { numRuns: 4000 },
    );
  });

  /** Values of the flag that selects an action. Most are valid, so that most requests pass the first check. */
  const flagValues = fc.constantFrom('1', '1', '1', '2', '0', 'x', '');
  const likely = fc.oneof(
    values,
    fc.constantFrom(
      '1',
      '3',
      '5',
      'shop',
      'a@example.org',
      '31.12.2025',
      '01.01.2025',
      'https://example.org/a',
      'SHOP',
      '10.5',
      '-1',
      '1001',
      'G2',
      'sms',
    ),
  );

  it.each([...routes.keys()].filter((path) => path.startsWith('/sys/')))(
    'responds to random parameters at %s',
    (path) => {
      const gateway = createGateway({ limits: false, groups: { 1: ['380501234567', ''] } });
      const flags = fc.constantFrom(
        ...furtherNames.filter((name) =>
          /^(?:add|chg|get|del|cancel|pay|buy|move|send_code|check)/.test(name),
        ),
        'del',
        'phones',
      );
      const params = fc.dictionary(fc.constantFrom(...names, ...furtherNames), likely, { maxKeys: 8 });
      // Time advances by up to ten days per request: years in total, but not so many that hourly jobs make the test too
      // slow.
      const delays = fc.integer({ min: 0, max: 10 * 86_400_000 });
      let instant = noon;
      fc.assert(
        fc.property(flags, flagValues, params, delays, (flag, flagValue, given, delay) => {
          const body = Buffer.from(
            form({
              phone: '380501234567',
              phones: '380501234567',
              mes: 'a',
              id: 1,
              name: 'a',
              user: 'shop',
              ...toWellFormed(given),
              [flag]: flagValue,
              login: 'demo',
              psw: 'demo',
            }),
          );
          expectReply(gateway.handle({ method: 'POST', url: path, body }, (instant += delay)));
          expectBalance(gateway);
        }),
        { numRuns: 400 },
      );
    },
  );

  it('sends webhooks for random events of subscribers', () => {
    const gateway = createGateway({
      accounts: [
        {
          login: 'demo',
          password: 'demo',
          push: { url: 'https://app.example/', secret: 'key', charset: 'utf-8' },
        },
      ],
    });
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        instants,
        (from, text, instant) => {
          gateway.incoming({ from, text, to: text }, instant);
          gateway.call(from, instant);
          gateway.click(text, instant, from);
          expect(gateway.pushes().length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('responds to random bytes', () => {
    const gateway = createGateway({ maxBodyBytes: 500 });
    fc.assert(
      fc.property(
        paths,
        types,
        fc.uint8Array({ maxLength: 600 }),
        fc.string({ unit: 'binary' }),
        (path, contentType, body, query) => {
          expectReply(gateway.handle({ method: 'POST', url: `${path}?${query}`, contentType, body }, noon));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('responds to valid requests with changed bytes', () => {
    const validBodies = [
      form({
        login: 'demo',
        psw: 'demo',
        phones: '380501234567,+79990000001',
        mes: 'Привет {€}',
        charset: 'utf-8',
        cost: 3,
        op: 1,
        fmt: 3,
        time: '13-20',
        tz: -1,
      }),
      '{"login":"demo","psw":"demo","phones":"380501234567","mes":"Їжак 👋","cost":1}',
      '--XX\r\nContent-Disposition: form-data; name="login"\r\n\r\ndemo\r\n--XX\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx\r\n--XX--\r\n',
    ];
    const gateway = createGateway();
    fc.assert(
      fc.property(
        fc.constantFrom(...validBodies),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
        types,
        paths,
        (text, changes, contentType, url) => {
          const body = Buffer.from(text);
          for (const [at, byte] of changes) body[at % body.length] = byte;
          expectReply(gateway.handle({ method: 'POST', url, contentType, body }, noon));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('responds to random JSON values', () => {
    const gateway = createGateway();
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (text, value) => {
        for (const body of [
          text,
          JSON.stringify({ login: 'demo', psw: 'demo', mes: value, phones: value }),
        ]) {
          expectReply(
            gateway.handle(
              {
                method: 'POST',
                url: '/rest/send/',
                contentType: 'application/json',
                body: Buffer.from(body),
              },
              noon,
            ),
          );
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('counts refused requests', () => {
    const gateway = createGateway();
    gateway.handle({ method: 'GET', url: '/sys/balance.php', body: new Uint8Array() }, noon);
    expect(gateway.requests).toEqual({ received: 1, refused: 1, inFlight: 0, mostInFlight: 1 });
  });
});

/** Replaces lone surrogates, which cannot be percent-encoded. */
const toWellFormed = (given: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value.replace(/\p{Surrogate}/gu, '?')]),
  );
