import { type Credentials, hosts, type Operation } from '@smsc/protocol';
import { type Check, checkCredentials, copyOwn, readOptions } from '@smsc/protocol/adapter';
import { bind, type Bound } from './bind.ts';
import { anything, checkMember } from './checks.ts';
import { type Client, clientOf } from './client.ts';
import { originOf } from './host.ts';
import type { ClientTransport } from './http-exchange.ts';
import { type Methods, methods } from './methods.ts';
import { type ClientOptions, readyChecks } from './options.ts';
import { checkHosts, type TransportOptions } from './transport-options.ts';

/** Who asks, and how; what a transport has of its own comes to it. */
export type ReadyOptions = Credentials &
  Omit<TransportOptions, 'host'> &
  Omit<ClientOptions, 'transport' | 'credentials' | 'hosts'> & {
    /**
     * Host name (`smsc.kz`) or origin, or several in the order in which they are tried. Default: `smsc.ua`. After one of
     * the gateway's own five hosts comes its backup, `www2.smsc.ua`; a list is taken as it is. http is allowed to this machine alone, for the simulator:
     * `http://127.0.0.1:8025`.
     */
    readonly host?: string | readonly string[] | undefined;
  };

type AnyOperation = Operation<never, unknown>;
/** Operations by the names of their methods. */
export type Operations = Readonly<Record<string, AnyOperation>>;

/** A client with `send`, `cost`, `status` and `balance` as methods, those that were asked for, and `call` for any other. */
export type Smsc<More = unknown> = Bound<Methods> & Bound<More> & Client;

/** Names that further operations cannot have. */
export type NoReservedNames = { readonly [Taken in keyof Methods | keyof Client]?: never };

/** The gateway's own hosts have a backup each, however they are written; others go by themselves, and a list as it is. */
function hostsOf(host: string | readonly string[]): readonly string[] {
  if (typeof host !== 'string') return host;
  // `https://smsc.ua/`; what is http is this machine, and none of them.
  const own = originOf(host)!.slice(8, -1);
  return (hosts as readonly string[]).includes(own) ? [own, `www2.${own}`] : [host];
}

/**
 * A ready client over a transport of any kind, for those who make one.
 *
 * @param transportOf makes the transport from those options that `transportChecks` has, which are checked by then
 * @param transportChecks what the transport can be told, each with its check
 * @throws {InputError} for options that cannot be meant, and for a name that is taken
 */
export function createSmscOver<More extends Operations>(
  options: ReadyOptions,
  more: More | undefined,
  transportOf: (options: TransportOptions) => ClientTransport,
  transportChecks: Readonly<Record<string, Check>>,
): Smsc<More> {
  const checks = {
    login: anything,
    password: anything,
    apiKey: anything,
    ...transportChecks,
    ...readyChecks,
    host: checkHosts,
  };
  const read = readOptions('createSmsc', options, checks, {}, (given, at) =>
    checkCredentials(given, at, given['charset']),
  );
  const { login, password, apiKey, host = hosts[0] } = read;
  const list = hostsOf(host);
  // A transport is told what is for transports alone, and no credentials.
  const its = Object.entries(read).filter(([name]) => Object.hasOwn(transportChecks, name));
  const transport = transportOf(copyOwn({ ...Object.fromEntries(its), host: list[0] }));
  const client = clientOf(
    copyOwn({ ...read, transport, credentials: { login, password, apiKey } as Credentials, hosts: list }),
  );
  const usual = { ...bind(client, { ...methods }), ...client };
  // A name that is taken, and what is no operation: in CommonJS a misspelt one is `undefined`.
  const checkMore: Check = (operation, at) =>
    Object.hasOwn(usual, at.path)
      ? at.addIssue('is a method already')
      : checkMember('fields', 'object', 'an operation')(operation, at);
  const further = readOptions<object>(
    'createSmsc',
    { ...more },
    {},
    Object.fromEntries(Object.keys({ ...more }).map((name) => [name, checkMore])),
  );
  return { ...usual, ...bind(client, further as More) };
}
