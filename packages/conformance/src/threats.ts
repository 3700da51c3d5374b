import type { Case } from './case.ts';
import { redirectCases } from './cases/redirects.ts';
import { messageCases } from './cases/messages.ts';
import { oversizedCases } from './cases/responses.ts';
import { hostileResponses, type HostileResponse } from './threats/hostile-responses.ts';
import { createPollutions, type ForbiddenTargets, type Pollution } from './pollution.ts';
import { secrets } from './trial-request.ts';

/** One security threat, and the inputs that it is tested with. */
export type Threat = {
  /** Name of the test. */
  readonly name: string;
} &
  /** Cases of the contract that the transport must pass. */
  (
    | { readonly cases: readonly Case[] }
    /** Pollutions of `Object.prototype` that must have no effect. */
    | { readonly pollutions: (targets: ForbiddenTargets) => readonly Pollution[] }
    /** Responses to a message that arrived. None may lead to the outcome `not-sent`. */
    | { readonly responses: readonly HostileResponse[] }
    /** File URLs of messages. Messages with an `allowed` URL must be sent; messages with a `rejected` URL must not. */
    | { readonly fileUrls: { readonly allowed: readonly string[]; readonly rejected: readonly string[] } }
    /** Hosts that a transport must reject. `{port}` stands for the port of a local server. */
    | { readonly hosts: readonly string[] }
    /** Command lines that a program must reject. Each ends with a secret. */
    | { readonly argv: readonly (readonly string[])[] }
  );

const secretFlags = [
  '--password',
  '--psw',
  '--api-key',
  '--apikey',
  '--apiKey',
  '--api_key',
  '--key',
  '--login',
  '--secret',
  '--token',
  '-p',
  '--SMSC_API_KEY',
];

/** All security threats. */
export const threats: readonly Threat[] = [
  {
    name: 'no redirect is followed with a request body',
    cases: redirectCases.flatMap((contractCase) => [
      contractCase,
      { ...contractCase, trial: { ...contractCase.trial, message: 'files' } } satisfies Case,
    ]),
  },
  {
    name: 'prototype pollution before and after start-up has no effect',
    pollutions: createPollutions,
  },
  {
    name: 'quotes and line breaks in file names are escaped',
    cases: messageCases.filter(({ trial }) => trial?.message === 'unsafe names'),
  },
  { name: 'no response makes a message that arrived look unsent', responses: hostileResponses },
  { name: 'oversized and endless responses are cut off', cases: oversizedCases },
  {
    name: 'file URLs have the scheme http or https',
    fileUrls: {
      allowed: [
        'https://shop.example/a.png',
        'http://shop.example/a.png',
        'HTTPS://shop.example/a.png?b=1#c',
      ],
      rejected: [
        'file:///etc/passwd',
        'ftp://shop.example/a',
        'gopher://shop.example/a',
        'data:text/plain,a',
        'javascript:alert(1)',
        'jar:http://shop.example!/a',
        'dict://127.0.0.1:11211/',
        '//shop.example/a',
        '/etc/passwd',
        'shop.example/a',
        'https:shop.example',
        'https://',
        'https://user:word@shop.example/',
        ' https://shop.example/',
        'https://shop.example/\r\nx: y',
        'https:\\\\shop.example\\a',
      ],
    },
  },
  {
    name: 'a host is a name or an origin, not a URL with a path, a user or another scheme',
    hosts: [
      'https://127.0.0.1:{port}/elsewhere',
      'http://127.0.0.1:{port}/elsewhere',
      'http://127.0.0.1:{port}/?a=',
      'http://127.0.0.1:{port}/#',
      'http://user:word@127.0.0.1:{port}',
      'https://smsc.ua@127.0.0.1:{port}',
      '127.0.0.1:{port}/elsewhere',
      'smsc.ua@127.0.0.1:{port}',
      '//127.0.0.1:{port}',
      '/elsewhere',
      '',
      'https://',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:,a',
      'ftp://127.0.0.1:{port}',
      'ws://127.0.0.1:{port}',
      'unix:/tmp/a',
      'gateway.invalid\r\nx: y',
      'gateway.invalid?',
    ],
  },
  {
    name: 'http is only for loopback hosts',
    hosts: [
      'http://0.0.0.0:{port}',
      'http://[::]:{port}',
      'http://[::ffff:127.0.0.1]:{port}',
      'http://gateway.invalid',
      'http://127.0.0.1.gateway.invalid',
      'http://localhost.gateway.invalid',
      'http://192.0.2.1',
      'http://10.0.0.1',
    ],
  },
  {
    name: 'secrets on the command line are rejected',
    argv: secretFlags.flatMap((flag) => [[`${flag}=${secrets.password}`], [flag, secrets.password]]),
  },
];
