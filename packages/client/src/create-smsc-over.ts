import { type Credentials, hosts, type Operation } from '@smsc/protocol';
import {
  type Check,
  checkCredentials,
  copyOwn,
  readOptions,
  type UnknownRecord,
} from '@smsc/protocol/adapter';
import { bind, type Bound, type MethodsOf } from './bind.ts';
import { anything, checkMember } from './checks.ts';
import { type Client, clientOf } from './client.ts';
import { credentialsFromEnvironment } from './environment.ts';
import { type Methods, methods } from './methods.ts';
import { type ClientOptions, readyChecks } from './options.ts';
import { originOf } from './transport/host.ts';
import type { ClientTransport } from './transport/http-exchange.ts';
import { checkHosts, type TransportOptions } from './transport/transport-options.ts';

/** Options without credentials. The client reads the credentials from the environment. */
interface NoCredentials {
  readonly apiKey?: undefined;
  readonly login?: undefined;
  readonly password?: undefined;
}

/**
 * Options of `createSmsc`, the same for every transport. Without `apiKey`, `login` and `password`, the client reads the
 * variables SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD, from the environment.
 */
export type ReadyOptions = (Credentials | NoCredentials) &
  Omit<TransportOptions, 'host'> &
  Omit<ClientOptions, 'transport' | 'credentials' | 'hosts'> & {
    /**
     * Host name (`smsc.kz`) or origin, or a list of them in the order in which attempts use them. Default: `smsc.ua`.
     * If you pass one of the gateway's five hosts alone, its backup, such as `www2.smsc.ua`, is added for retries. A
     * list is used unchanged. Plain http is allowed only to this machine, for the simulator: `http://127.0.0.1:8025`.
     */
    readonly host?: string | readonly string[] | undefined;
  };

type AnyOperation = Operation<never, unknown>;
/** Operations by method name. */
export type Operations = Readonly<Record<string, AnyOperation>>;

/**
 * A client with the methods `send`, `cost`, `status` and `balance`, one method for each operation in `More`, and `call`
 * for all other operations.
 */
export type Smsc<More = unknown> = MethodsOf<Methods> & Bound<More> & Client;

/** Type that forbids the names of the client's own methods. */
export type NoReservedNames = { readonly [Taken in keyof Methods | keyof Client]?: never };

/** Adds the backup host if the host is one of the gateway's own. Leaves other hosts and lists unchanged. */
function withBackup(host: string | readonly string[]): readonly string[] {
  if (typeof host !== 'string') return host;
  // An origin looks like `https://smsc.ua/`. An http origin loses one character too many here, so it never matches a
  // gateway host.
  const name = originOf(host)!.slice('https://'.length, -1);
  return (hosts as readonly string[]).includes(name) ? [name, `www2.${name}`] : [host];
}

/**
 * Checks a member of `more`: its name must not be taken, and its value must be an operation. The value of a misspelt
 * import is `undefined` in CommonJS.
 */
const checkFurther =
  (taken: object): Check =>
  (operation, at) =>
    Object.hasOwn(taken, at.path)
      ? at.addIssue('is already a method')
      : checkMember('fields', 'object', 'an operation')(operation, at);

/**
 * Creates a client with methods over a transport. Authors of transports build their own `createSmsc` with it.
 *
 * @param createTransport called with the first host and with the checked options named in `transportChecks`, without
 * credentials
 * @param transportChecks the checks of the transport's options
 * @throws {InputError} for unknown or invalid options, for missing credentials, and for method names that are taken
 */
export function createSmscOver<More extends Operations>(
  options: ReadyOptions,
  more: More | undefined,
  createTransport: (options: TransportOptions) => ClientTransport,
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
  let credentials: UnknownRecord | undefined;
  const read = readOptions('createSmsc', options, checks, {}, (given, at) => {
    const { login, password, apiKey, charset } = given;
    const isGiven = [login, password, apiKey].some((each) => each !== undefined);
    credentials = isGiven ? { login, password, apiKey } : credentialsFromEnvironment(at);
    if (credentials) checkCredentials(credentials, isGiven ? at : at.inside('environment'), charset);
  });
  const hostList = withBackup(read.host ?? hosts[0]);
  const transportOptions = Object.entries(read).filter(([name]) => Object.hasOwn(transportChecks, name));
  const transport = createTransport(copyOwn({ ...Object.fromEntries(transportOptions), host: hostList[0] }));
  const client = clientOf(
    copyOwn({ ...read, transport, credentials: credentials as unknown as Credentials, hosts: hostList }),
  );
  const usual = { ...bind(client, methods as Methods & Operations), ...client };
  const given: object = { ...more };
  const checkMore = checkFurther(usual);
  const moreChecks = Object.fromEntries(Object.keys(given).map((name) => [name, checkMore]));
  const further = readOptions('createSmsc', given, {}, moreChecks);
  return { ...usual, ...bind(client, further as More) };
}
