import type { TrialOutcome } from './attempt.ts';
import type { MakeTransport, Trial, TrialResult } from './trial.ts';

/** Expectation that replaces that of a case, for a transport that cannot know better. */
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

/** The transport under test: either a factory, or a function that runs trials with it elsewhere. */
export interface Subject {
  /** Creates the transport. Not needed with `run`. */
  readonly transport?: MakeTransport;
  /** Runs a trial in another process or in a page. Default: in this process. */
  readonly run?: (trial: Trial) => Promise<TrialResult>;
  /** Known deviations of the transport. Default: none. */
  readonly deviations?: KnownDeviations;
  /**
   * Multipart forms: `exact` keeps file names and line breaks. `platform` is the form of a page, which the browser writes: line
   * breaks of texts become CR LF, and files have the name `blob`. It is allowed because the only text in a page's form
   * is JSON, which has no line breaks and holds the names. Default: `exact`.
   */
  readonly form?: 'exact' | 'platform';
}
