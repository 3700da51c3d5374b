import type { Isolate } from './isolate.ts';
import type { Subject } from './subject.ts';
import { runTrial, type Trial, type TrialResult } from './trial.ts';

/** Result of a program run. */
export interface ProgramResult {
  /** Exit code. */
  readonly code: number;
  /** Everything that the program printed. */
  readonly output: string;
}

/** The transport or program under test. A threat is tested only if the subject has the members for it. */
export interface SecuritySubject extends Subject {
  /** Opens an isolate in which the transport is not loaded yet. Needed to test prototype pollution. */
  readonly isolate?: () => Isolate | Promise<Isolate>;
  /** Allows a path, or a URL with a path, as the host: the address of a relay. Default: `false`. */
  readonly toRelay?: boolean;
  /** Runs the program under test with these arguments. The program sends messages. */
  readonly program?: (argv: readonly string[]) => Promise<ProgramResult>;
}

/** Response that accepts the message. */
export const acceptedResponse = {
  send: 'HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: 22\r\n\r\n{"id": "m1", "cnt": 1}',
} as const;

/** Creates a trial that sends one short message to a host. */
export const createTrial = (host: string, more: Partial<Trial> = {}): Trial => ({
  ...more,
  options: { host, timeoutMs: 2500 },
});

/** Runs a trial with the transport of a subject. */
export const runSubject = ({ run, transport }: Subject, trial: Trial): Promise<TrialResult> =>
  run ? run(trial) : runTrial(transport!, trial);
