import { parseArgs } from 'node:util';

/** Arguments of the command line. */
export interface Arguments {
  readonly text: string;
  readonly phone: string;
  /** Sends through the real gateway, which costs money. */
  readonly live: boolean;
  /** Sends through the real gateway without asking for confirmation. */
  readonly yes: boolean;
  readonly help: boolean;
}

export const usage = `npm start -- ["text" [phone]] [--live [--yes]]

  text     text of the message; default: a greeting
  phone    recipient, in international form; default: 380501234567
  --live   send through the real gateway, which costs money. Shows the price and
           asks first. Takes the account from SMSC_API_KEY, or from SMSC_LOGIN
           and SMSC_PASSWORD, and the host from SMSC_HOST (default: smsc.ua)
  --yes    with --live, send without asking

Without --live, the message goes to a simulator on this machine.`;

/** Matches a flag for a password, a key or a login in any spelling. */
const secret = /^--?(?:smsc[-_]?)?(?:p|psw|pass(?:word)?|(?:api)?[-_]?key|login|secret|token)(?:=|$)/i;

/**
 * Reads the command line. Throws a `TypeError` if an argument is wrong. Rejects secrets, because other programs can read a
 * command line and the shell stores it. The error does not show the secret.
 */
export function readArguments(argv: readonly string[]): Arguments {
  if (argv.some((each) => secret.test(each))) {
    throw new TypeError(
      'Do not put logins, passwords or keys on the command line, where other programs can read them. Set SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD, in the environment.',
    );
  }
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      live: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 2)
    throw new TypeError(
      `expected a text and a phone, got ${positionals.length} arguments; put the text in quotes`,
    );
  const [text = 'Привіт 👋 Ваш код: 4821', phone = '380501234567'] = positionals;
  return { text, phone, ...values };
}
