import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Arguments {
  readonly text: string;
  readonly phone: string;
  /** Send through the real gateway, for real money. */
  readonly live: boolean;
  /** Do not ask before sending for real money. */
  readonly yes: boolean;
  readonly help: boolean;
}

export const usage = `npm start -- ["text" [phone]] [--live [--yes]]

  text     what to send; without it, a greeting
  phone    whom to send it to, as an international number; without it, 380501234567
  --live   send it through the real gateway, for real money; SMSC_API_KEY, or
           SMSC_LOGIN and SMSC_PASSWORD, and SMSC_HOST if it is not smsc.ua,
           come from the environment. The cost is asked for first, and so are you.
  --yes    do not ask

Without --live nothing leaves this machine.`;

/** A flag for a password, a key or a login, however it is written. */
const secret = /^--?(?:smsc[-_]?)?(?:p|psw|pass(?:word)?|(?:api)?[-_]?key|login|secret|token)(?:=|$)/i;

/**
 * Reads the command line. Throws a `TypeError` that says what is wrong with it. A secret in it is refused, since every
 * program of the machine can read it there, and the shell keeps it; it is not repeated.
 */
export function readArguments(argv: readonly string[]): Arguments {
  if (argv.some((each) => secret.test(each))) {
    throw new TypeError(
      'Logins, passwords and keys are not taken from the command line, where every program of this machine can read them. Set SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD, in the environment.',
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
    throw new TypeError(`expected a text and a phone, got ${positionals.length} arguments; quote the text`);
  const [text = 'Привіт 👋 Ваш код: 4821', phone = '380501234567'] = positionals;
  return { text, phone, ...values };
}
