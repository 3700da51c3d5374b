import type { TrialOutcome } from './attempt.ts';
import type { MakeTransport, Trial, TrialResult } from './trial.ts';

/** Expectation that replaces the expectation of a case, for a transport that cannot pass the case. */
export interface KnownDeviation {
  /** Outcome that the transport reports instead. */
  readonly outcome: TrialOutcome;
  /** Reason why the transport cannot pass the case. */
  readonly reason: string;
  /** Number of whole requests that arrive; `fewer` for any number below the number of attempts. */
  readonly requests?: number | 'fewer';
  /** Maximum number of connections that are opened. */
  readonly connections?: number;
}

/** Known deviations by the title of their case. A listed case fails as soon as the transport passes it. */
export type KnownDeviations = Readonly<Record<string, KnownDeviation>>;

/**
 * The transport under test: either `transport`, a factory for this process, or `run`, a function that runs trials with it in
 * another process or in a page.
 */
export interface Subject {
  /** Creates the transport. Not needed with `run`. */
  readonly transport?: MakeTransport;
  /** Runs a trial in another process or in a page. Default: in this process. */
  readonly run?: (trial: Trial) => Promise<TrialResult>;
  /** Known deviations of the transport. Default: none. */
  readonly deviations?: KnownDeviations;
  /**
   * Encoding of multipart forms. `exact` keeps file names and line breaks. `platform` is the encoding of a browser: line
   * breaks in texts become CR LF, and every file has the name `blob`. This is enough for a page: the only text field of its
   * forms is JSON, which has no line breaks and contains the file names. Default: `exact`.
   */
  readonly form?: 'exact' | 'platform';
}
