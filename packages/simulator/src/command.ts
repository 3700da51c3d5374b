import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { demoAccount } from './state/gateway-state.ts';
import { isWebAddress } from './params/web-address.ts';
import type { ServerOptions } from './options/options.ts';
import { type RunningGateway, startGateway } from './server.ts';

const defaultPort = 8025;

/** What `--help` says. */
export const usage: string = `Usage: smsc-simulator [options]

The SMSC gateway on your own machine. Nothing is sent, and the money is not real.

  --port <number>      port to listen on (default: ${defaultPort}; 0 takes any that is free)
  --host <address>     address to listen on (default: 127.0.0.1, this machine only)
  --login <login>      login of the account (default: ${demoAccount.login})
  --password <text>    its password (default: ${demoAccount.password}, unless there is an API key)
  --api-key <key>      its API key (default: none)
  --balance <amount>   money on it (default: ${demoAccount.balance})
  --push-url <url>     your handler of pushes; its query says how: ?charset=utf-8&fmt=3&md5 (default: none)
  --push-secret <text> what pushes are signed with (default: nothing, and they are not signed)
  --latency <ms>       how long every answer takes (default: 0)
  --no-limits          nothing is too often, too many or a duplicate
  --help               this text
  --version            the version

The account exists on this machine only, so its password is not a secret. Never give the password of a real account.
`;

/** What a command line asks for. */
export type Command =
  | { readonly action: 'start'; readonly options: ServerOptions }
  | { readonly action: 'print'; readonly text: string }
  | { readonly action: 'refuse'; readonly text: string };

const refuse = (complaint: string): Command => ({
  action: 'refuse',
  text: `smsc-simulator: ${complaint}\n\n${usage}`,
});

/** Reads a command line, without the name of the program. */
export function parseCommand(args: readonly string[]): Command {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        port: text,
        host: text,
        login: text,
        password: text,
        'api-key': text,
        balance: text,
        latency: text,
        'push-url': text,
        'push-secret': text,
        'no-limits': flag,
        help: flag,
        version: flag,
      },
    });
    if (values.help) return { action: 'print', text: usage };
    if (values.version) return { action: 'print', text: `${manifest.version}\n` };
    const {
      port = String(defaultPort),
      latency = '0',
      balance = demoAccount.balance!,
      login = demoAccount.login,
    } = values;
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
      return refuse(`--port is «${port}»; expected a number from 0 to 65535`);
    if (!/^\d{1,6}$/.test(latency)) return refuse(`--latency is «${latency}»; expected milliseconds`);
    if (!/^\d{1,15}(?:\.\d{1,6})?$/.test(balance))
      return refuse(`--balance is «${balance}»; expected an amount such as 1000.00`);
    const empty = (['host', 'login', 'password', 'api-key'] as const).find((name) => values[name] === '');
    if (empty) return refuse(`--${empty} is empty`);
    const [apiKey, pushUrl] = [values['api-key'], values['push-url']];
    if (pushUrl !== undefined && !isWebAddress(pushUrl)) return refuse('--push-url is no address of HTTP');
    const push = pushUrl === undefined ? undefined : { url: pushUrl, secret: values['push-secret'] };
    const password = values.password ?? (apiKey === undefined ? demoAccount.password : undefined);
    return {
      action: 'start',
      options: {
        port: Number(port),
        host: values.host,
        latencyMs: Number(latency),
        accounts: [{ login, password, apiKey, balance, push }],
        limits: values['no-limits'] ? false : undefined,
      },
    };
  } catch (error) {
    return refuse((error as Error).message);
  }
}

/** What a command writes to, and what ends it. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs a command. Gives its exit code, or the gateway that it has started. */
export async function run(
  args: readonly string[],
  { out, err }: Surroundings,
): Promise<number | RunningGateway> {
  const command = parseCommand(args);
  if (command.action === 'print') {
    out(command.text);
    return 0;
  }
  if (command.action === 'refuse') {
    err(command.text);
    return 2;
  }
  try {
    const running = await startGateway(command.options);
    out(`${running.url}\n`);
    return running;
  } catch (error) {
    err(`smsc-simulator: cannot listen: ${(error as Error).message}\n`);
    return 1;
  }
}
