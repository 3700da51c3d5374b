import type { TrialOutcome } from './attempt.ts';
import type { ServerScript } from './server.ts';
import type { Trial } from './trial.ts';

/** Address that the transport under test sends to. */
export type CaseTarget =
  /** The scripted server. */
  | 'server'
  /** A local port that nobody listens on. */
  | 'closed-port'
  /** A host name that does not resolve. */
  | 'unresolvable-name';

/** One contract case: what the server does, and what the transport must report. */
export interface Case {
  /** Sentence that describes the situation. Also the key of the case in {@link KnownDeviations}. */
  readonly title: string;
  /** Address that the transport sends to. Default: the scripted server. */
  readonly target?: CaseTarget;
  /** Scheme of the host. Default: `https` if the script uses TLS, else `http`. */
  readonly scheme?: 'https';
  /** Behaviour of the server. Default: it never responds. */
  readonly script?: ServerScript;
  /** Second server. Its address replaces `{redirect}` in the script. No connection may arrive there. */
  readonly redirectTo?: 'another port' | 'another scheme';
  /** Attempts of the client, and the message that they send. Default: one attempt with a short message. */
  readonly trial?: Omit<Trial, 'options' | 'attemptHost'> & {
    readonly options?: Omit<Trial['options'], 'host'>;
  };
  /** Creates the transport for a closed port and passes the right host with the attempt. Default: `false`. */
  readonly hostPerAttempt?: boolean;
  /** Outcome that the transport must report. */
  readonly outcome: TrialOutcome;
  /** Number of whole requests that must arrive. Default: the number of attempts. */
  readonly requests?: number;
  /** Value of `Retry-After` that the transport must return. Default: none. */
  readonly retryAfter?: string;
  /** Every connection must be closed, because no whole response arrived on it. */
  readonly mustClose?: true;
  /** Reason for the expected outcome, if it is not obvious. */
  readonly reason?: string;
}
