import { describe, expect, it } from 'vitest';
import {
  balance,
  check,
  cost,
  costList,
  jsonFormat,
  send,
  sendList,
  serviceIndication,
  status,
  toRequest,
} from '../src/index.ts';
import { credentialParams } from '../src/exchange/credentials.ts';
import type { Field } from '../src/core/field.ts';
import type { UnknownRecord } from '../src/core/own-members.ts';
import { encodeInput } from '../src/core/input.ts';
import type { Operation } from '../src/core/operation.ts';
import { optionParams } from '../src/exchange/request.ts';
import type { ParamValue } from '../src/exchange/wire.ts';
import { newParts } from './operations.ts';
import requests from './vectors/requests.json' with { type: 'json' };
import seed from './vectors/seed-parameters.json' with { type: 'json' };

const operations = { send, sendList, cost, costList, status, balance } as unknown as Record<
  string,
  Operation<unknown, unknown>
>;
const credentials = { login: 'alex', password: '123' };

/** Encodes an input to parameters. */
const encodeParams = (
  operation: Operation<unknown, unknown>,
  input: UnknownRecord,
): Record<string, ParamValue> => {
  const parts = newParts();
  encodeInput(operation, input, parts);
  return parts.params;
};

/** Parses a form body to its members, in order. */
const parseForm = (form: string): [string, string][] => [...new URLSearchParams(form)];
const bodyOf = (
  operation: Operation<never, unknown>,
  input: unknown,
  body: 'form' | 'json' = 'form',
): string => {
  const request = toRequest(operation as Operation<unknown, unknown>, input, credentials, { body });
  return request.body.kind === 'text' ? request.body.text : '';
};

describe('an example of the sources', () => {
  for (const { name, source, operation, input, params, body } of requests.vectors as {
    name: string;
    source: string;
    operation: string;
    input: unknown;
    params: Record<string, string | number>;
    body?: string;
  }[]) {
    const op = operations[operation]!;
    it(`is encoded as a form: ${name} (${source})`, () => {
      expect(check(op, input)).toEqual([]);
      expect(encodeParams(op, input as UnknownRecord)).toEqual(params);
      const form = bodyOf(op, input);
      const written = Object.entries(params).map(([key, value]) => [key, String(value)]);
      const sent = parseForm(form);
      expect(Object.fromEntries(sent)).toEqual({
        login: 'alex',
        psw: '123',
        ...Object.fromEntries(written),
        fmt: '3',
        charset: 'utf-8',
      });
      expect(new Set(sent.map(([key]) => key)).size).toBe(sent.length);
      if (body !== undefined) expect(form).toContain(body);
    });

    if (op.restPath !== undefined) {
      it(`is encoded as JSON for rest/send: ${name}`, () => {
        expect(JSON.parse(bodyOf(op, input, 'json'))).toEqual({
          login: 'alex',
          psw: '123',
          ...params,
          fmt: 3,
          charset: 'utf-8',
        });
        expect(toRequest(op, input, credentials, { body: 'json' }).path).toBe('rest/send/');
      });
    }
  }
});

describe('the field tables', () => {
  const paramsOf = (operation: Operation<never, unknown>): string[] => [
    ...Object.values(operation.fields as Record<string, Field<unknown>>).flatMap((field) => field.params),
    ...Object.keys(operation.constants ?? {}),
  ];

  it('contain exactly the parameters of the gateway’s page for sending', () => {
    const known = [
      ...credentialParams,
      ...optionParams,
      ...[send, sendList, cost, costList].flatMap(paramsOf),
    ];
    expect([...new Set(known)].sort()).toEqual([...seed.parameters].sort());
  });

  it('list every parameter that an input is encoded to', () => {
    for (const { operation, input } of requests.vectors) {
      const op = operations[operation]!;
      for (const param of Object.keys(encodeParams(op, input))) expect(paramsOf(op)).toContain(param);
    }
  });
});

describe('a request', () => {
  it('has the credentials only in its body', () => {
    const request = toRequest(send, { to: '380501234567', text: 'a' }, { apiKey: 'secret-key' });
    expect(request).toEqual({
      operation: 'send',
      path: 'sys/send.php',
      body: {
        kind: 'text',
        contentType: 'application/x-www-form-urlencoded',
        text: 'apikey=secret-key&phones=380501234567&mes=a&cost=2&fmt=3&charset=utf-8',
      },
    });
  });

  it('lists files and leaves their encoding to the transport', () => {
    const content = Uint8Array.of(1, 2, 3);
    const { body } = toRequest(
      send,
      { kind: 'mms', to: '380501234567', text: 'a', files: [{ name: 'a.jpg', content }] },
      { apiKey: 'k' },
    );
    expect(body).toEqual({
      kind: 'multipart',
      fields: [
        ['apikey', 'k'],
        ['mms', '1'],
        ['phones', '380501234567'],
        ['mes', 'a'],
        ['cost', '2'],
        ['fmt', '3'],
        ['charset', 'utf-8'],
      ],
      files: [{ name: 'a.jpg', content }],
    });
  });

  it('contains raw bytes with encoding: bytes', () => {
    const input = {
      kind: 'binary',
      to: '380501234567',
      data: Uint8Array.of(0xff, 0x20, 0x41),
      encoding: 'bytes',
      scheme: { pid: 0, dcs: 4 },
    } as const;
    expect(bodyOf(send, input)).toContain(
      'mes=%00%FF%20%41%0A%7E%7E%7E%0A%70%69%64%3A%20%30%2C%20%64%63%73%3A%20%34&bin=1',
    );
    expect(() => bodyOf(send, input, 'json')).toThrow('send: cannot be sent as JSON; use body: form');
  });

  it('requests JSON by default', () => {
    const input = { to: '380501234567', text: 'a' };
    expect(toRequest(send, input, credentials, { format: jsonFormat })).toEqual(
      toRequest(send, input, credentials),
    );
  });
});

describe('a service indication', () => {
  const data = (url: string, title: string): string => {
    const input = { kind: 'binary', to: '79999999999', ...serviceIndication({ url, title }) } as const;
    return String(encodeParams(send, input)['mes']);
  };

  it('equals the example on the gateway’s page for sending', () => {
    expect(data('http://wap.ru/', 'wap.ru')).toBe(
      '0605040B8423F0DC0601AE02056A0045C60C037761702E72752F0001037761702E7275000101',
    );
  });

  it('writes the scheme of a URL as a token (WAP-167, 8.3.2)', () => {
    for (const [url, token, rest] of [
      ['https://a.org', '0E', 'a.org'],
      ['http://www.a.org', '0D', 'a.org'],
      ['HTTPS://WWW.a.org', '0F', 'a.org'],
    ] as const) {
      expect(data(url, 't')).toContain(
        `45C6${token}03${Buffer.from(rest).toString('hex').toUpperCase()}000103740001`,
      );
    }
  });

  it('is rejected if it does not fit into one message or has no valid URL', () => {
    expect(() => serviceIndication({ url: 'http://a.org', title: 'a'.repeat(109) })).not.toThrow();
    expect(() => serviceIndication({ url: 'http://a.org', title: 'a'.repeat(111) })).toThrow(
      'serviceIndication: title takes 141 octets with the URL; at most 140 fit',
    );
    expect(() => serviceIndication({ url: 'ftp://a.org', title: 'a' })).toThrow(
      'serviceIndication: url expected an http or https URL, got a string of length 11',
    );
  });
});
