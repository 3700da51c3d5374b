import { describe, expect, it } from 'vitest';
import { createGateway } from '../src/index.ts';
import { noon } from './submit.ts';

/** Examples from the gateway's page. Only the login is changed, and the host is removed. */
const examples: readonly (readonly [url: string, answer: string])[] = [
  ['/sys/send.php?login=alex&psw=123&phones=79999999999&mes=Hello!', 'OK - 1 SMS, ID - 1'],
  [
    '/sys/send.php?login=alex&psw=123&list=79999999999:Hello!%0A79999999999:Hello\\nworld!',
    'OK - 2 SMS, ID - 1',
  ],
  [
    '/sys/send.php?login=alex&psw=123&phones=79999999999&mes=Hello%20world!&translit=1&time=0101120000&flash=1&sender=ivan&charset=utf-8',
    'OK - 1 SMS, ID - 1',
  ],
  [
    '/sys/send.php?login=alex&psw=123&phones=79999999999&mes=050A0307056048656C6C6F2C20576F726C6421&bin=2',
    'OK - 1 SMS, ID - 1',
  ],
  [
    '/sys/send.php?login=alex&psw=123&phones=79999999999&mes=0605040B8423F0DC0601AE02056A0045C60C037761702E72752F0001037761702E7275000101&bin=2',
    'OK - 1 SMS, ID - 1',
  ],
  [
    '/sys/send.php?login=alex&psw=123&phones=79999999999&mes=http://wap.ru%0AWAP.RU&push=1',
    'OK - 1 SMS, ID - 1',
  ],
  ['/sys/send.php?login=alex&psw=123&phones=79999999999&mes=Hello!&cost=1', '1.40 (1 SMS)'],
];

describe('the examples of the gateway’s page', () => {
  it.each(examples)('%s', (url, answer) => {
    const gateway = createGateway({ accounts: [{ login: 'alex', password: '123' }] });
    expect(
      Buffer.from(gateway.handle({ method: 'GET', url, body: new Uint8Array() }, noon).body).toString(),
    ).toBe(answer);
    const [path, query] = url.split('?') as [string, string];
    const posted = createGateway({ accounts: [{ login: 'alex', password: '123' }] });
    const reply = posted.handle(
      {
        method: 'POST',
        url: path,
        contentType: 'application/x-www-form-urlencoded',
        body: Buffer.from(query),
      },
      noon,
    );
    expect(Buffer.from(reply.body).toString()).toBe(answer);
  });
});
