import { type Check, type Credentials, hosts, InputError, type Operation, readOptions, type Transport } from '@smsc/protocol';
import { bind, type Bound } from './bind.ts';
import { anything } from './checks.ts';
import { type Client, type ClientOptions, createClient } from './client.ts';
import { type Methods, methods } from './methods.ts';
import { readyChecks } from './options.ts';
import { type AttemptOptions, checkHosts, type TransportOptions } from './transport-options.ts';

/** Who asks, and how; what a transport has of its own comes to it. */
export type ReadyOptions = Credentials &
  Omit<TransportOptions, 'host'> &
  Omit<ClientOptions, 'transport' | 'credentials' | 'hosts'> & {
    /**
     * Host name (`smsc.kz`) or origin, or several in the order in which they are tried. Default: `smsc.ua`. After one of
     * the gateway's own hosts comes its backup, `www2.smsc.ua`. http is allowed to this machine alone, for the simulator:
     * `http://127.0.0.1:8025`.
     */
    readonly host?: string | readonly string[] | undefined;
  };

type AnyOperation = Operation<never, unknown>;
export type Operations = Readonly<Record<string, AnyOperation>>;

/** A client with `send`, `cost`, `status` and `balance` as methods, those that were asked for, and `call` for any other. */
export type Smsc<More = unknown> = Bound<Methods> & Bound<More> & Client;

/** Names that further operations cannot have. */
export type Free = { readonly [Taken in keyof Methods | keyof Client]?: never };

/** The gateway's own hosts have a backup each; others go by themselves. */
const hostsOf = (host: string | readonly string[]): readonly string[] =>
  typeof host !== 'string' ? host : (hosts as readonly string[]).includes(host) ? [host, `www2.${host}`] : [host];

/** The members of an object that `checks` has. */
const only = (from: object, checks: object): object => Object.fromEntries(Object.entries(from).filter(([name]) => Object.hasOwn(checks, name)));

/**
 * A ready client over a transport of any kind, for those who make one.
 *
 * @param transportOf makes the transport from those options that `transportChecks` has
 * @param transportChecks what the transport can be told, each with its check
 * @throws {InputError} for options that cannot be meant, and for a name that is taken
 */
export function createReady<More extends Operations>(
  options: ReadyOptions,
  more: More | undefined,
  transportOf: (options: TransportOptions) => Transport<AttemptOptions>,
  transportChecks: Readonly<Record<string, Check>>,
): Smsc<More> {
  const read = readOptions('createSmsc', options, { login: anything, password: anything, apiKey: anything, ...transportChecks, ...readyChecks, host: checkHosts });
  const { login, password, apiKey, host = hosts[0] } = read;
  const list = hostsOf(host);
  const transport = transportOf({ ...only(read, transportChecks), host: list[0] });
  // Whether these are credentials at all is checked with the first input, so that all complaints come at once.
  const credentials = { login, password, apiKey } as Credentials;
  const client = createClient({ ...only(read, readyChecks), transport, credentials, hosts: list });
  const usual = { ...bind(client, { ...methods }), ...client };
  const further = bind(client, { ...more });
  const taken = Object.keys(further).filter((name) => Object.hasOwn(usual, name));
  if (taken.length > 0) throw new InputError('createSmsc', taken.map((path) => ({ path, message: 'is a method already' })));
  return { ...usual, ...further } as unknown as Smsc<More>;
}
