/**
 * Tests of the contract between a client and its transports, for authors of transports.
 *
 * @example
 * ```ts
 * import { contract, security } from '@smsc/conformance';
 * import { describe, it } from 'node:test';
 *
 * contract({ describe, it }, 'my transport', { transport: myTransport });
 * security({ describe, it }, 'my transport', { transport: myTransport });
 * ```
 */
export { type TrialOutcome } from './attempt.ts';
export { type Case, type CaseTarget } from './case.ts';
export { cases } from './cases.ts';
export { contract, type TestFramework } from './contract.ts';
export { findSecret } from './find-secret.ts';
export { type Isolate, workerIsolate } from './isolate.ts';
export { type ForbiddenTargets, type Pollution } from './pollution.ts';
export { type CaseResult, runCase } from './run-case.ts';
export { runThreat, security } from './security.ts';
export { type ProgramResult, type SecuritySubject } from './security-subject.ts';
export {
  openServer,
  type ReceivedRequest,
  type ScriptedServer,
  type ServerScript,
  type ServerStep,
} from './server.ts';
export { type HostileResponse } from './threats/hostile-responses.ts';
export { type KnownDeviation, type KnownDeviations, type Subject } from './subject.ts';
export { type Threat, threats } from './threats.ts';
export { secrets, trialRequest, type TrialRequestOptions } from './trial-request.ts';
export {
  type AttemptOptions,
  type MakeTransport,
  runTrial,
  type TransportOptions,
  type Trial,
  type TrialResult,
} from './trial.ts';
