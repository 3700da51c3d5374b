export { type Case, cases, type Target } from './cases.ts';
export {
  contract,
  type KnownDeviation,
  type KnownDeviations,
  type Framework,
  type Subject,
  tryCase,
  type Verdict,
} from './contract.ts';
export { leakOf } from './leaks.ts';
export { type Realm, workerRealm } from './realm.ts';
export { type Printed, security, type SecuritySubject, tryThreat } from './security.ts';
export { openServer, type Received, type Script, type ScriptedServer, type Step } from './server.ts';
export { type Elsewhere, type Pollution, type Threat, threats } from './threats.ts';
export {
  type AttemptOptions,
  type MakeTransport,
  type Outcome,
  requestOf,
  runTrial,
  secrets,
  type TrialResult,
  type TransportOptions,
  type Trial,
} from './trial.ts';
