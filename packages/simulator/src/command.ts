import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { isWebAddress } from './params/web-address.ts';
import { demoAccount, type ServerOptions } from './options/options.ts';
import { type RunningGateway, startGateway } from './server.ts';

const defaultPort = 8025;

/** Help text of the command. */
export const usage: string = `Usage: smsc-simulator [options]

Simulates the SMSC gateway on this machine. No message is sent and no real money is spent.

  --port <number>      port to listen on (default: ${defaultPort}; 0 chooses a free port)
  --host <address>     address to listen on (default: 127.0.0.1, this machine only)
  --login <login>      login of the account (default: ${demoAccount.login})
  --password <text>    password of the account (default: ${demoAccount.password}, or none with --api-key)
  --api-key <key>      API key of the account (default: none)
  --balance <amount>   balance of the account (default: ${demoAccount.balance})
  --push-url <url>     address of your webhook handler (default: none). Its query sets the
                       form, as at the gateway: ?charset=utf-8&fmt=3&md5
  --push-secret <text> secret of webhook signatures (default: none, webhooks are not signed)
  --latency <ms>       delay of every response in milliseconds (default: 0)
  --no-limits          lift all limits, including the one for duplicate requests
  --help               show this help
  --version            show the version

The account exists on this machine only, so its password is not a secret. Never use the password of a real account.
`;

/** Parsed command line. */
export type Command =
  | { readonly action: 'start'; readonly options: ServerOptions }
  | { readonly action: 'print'; readonly text: string }
  | { readonly action: 'fail'; readonly text: string };

const fail = (problem: string): Command => ({
  action: 'fail',
  text: `smsc-simulator: ${problem}\n\n${usage}`,
});

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Options of the command line. */
const commandOptions = {
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
};

type Values = ReturnType<typeof parseArgs<{ options: typeof commandOptions }>>['values'];

/** Finds the first problem in the values of the options. */
function findProblem({ port = '0', latency = '0', balance = '0', ...values }: Values): string | undefined {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    return `--port is «${port}»; expected a number from 0 to 65535`;
  if (!/^\d{1,6}$/.test(latency))
    return `--latency is «${latency}»; expected milliseconds, a number from 0 to 999999`;
  if (!/^\d{1,15}(?:\.\d{1,6})?$/.test(balance))
    return `--balance is «${balance}»; expected an amount such as 1000.00`;
  const empty = (['host', 'login', 'password', 'api-key'] as const).find((name) => values[name] === '');
  if (empty) return `--${empty} is empty`;
  const pushUrl = values['push-url'];
  return pushUrl === undefined || isWebAddress(pushUrl)
    ? undefined
    : `--push-url is «${pushUrl}»; expected an http: or https: address`;
}

/** Converts the command-line options to options of the server. */
function serverOptions(values: Values): ServerOptions {
  const { login = demoAccount.login, balance = demoAccount.balance } = values;
  const [apiKey, pushUrl] = [values['api-key'], values['push-url']];
  const password = values.password ?? (apiKey === undefined ? demoAccount.password : undefined);
  const push = pushUrl === undefined ? undefined : { url: pushUrl, secret: values['push-secret'] };
  return {
    port: Number(values.port ?? defaultPort),
    host: values.host,
    latencyMs: Number(values.latency ?? 0),
    accounts: [{ login, password, apiKey, balance, push }],
    limits: values['no-limits'] ? false : undefined,
  };
}

/** Parses the arguments of a command line. They do not include the name of the program. */
export function parseCommand(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: commandOptions,
    });
    if (values.help) return { action: 'print', text: usage };
    if (values.version) return { action: 'print', text: `${manifest.version}\n` };
    const problem = findProblem(values);
    return problem === undefined ? { action: 'start', options: serverOptions(values) } : fail(problem);
  } catch (error) {
    return fail((error as Error).message);
  }
}

/** Output of a command. */
export interface CommandOutput {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs a command. Resolves to its exit code, or to the simulator that it started. */
export async function run(
  args: readonly string[],
  { out, err }: CommandOutput,
): Promise<number | RunningGateway> {
  const command = parseCommand(args);
  if (command.action === 'print') {
    out(command.text);
    return 0;
  }
  if (command.action === 'fail') {
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
