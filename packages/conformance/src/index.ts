export { type Case, cases, type Target } from './cases.ts';
export { contract, type Difference, type Differences, type Framework, type Subject, tryCase, type Verdict } from './contract.ts';
export { leakOf } from './leaks.ts';
export { openServer, type Received, type Script, type ScriptedServer, type Step } from './server.ts';
export { type AttemptOptions, type MakeTransport, type Outcome, requestOf, runTrial, secrets, type Seen, type TransportOptions, type Trial } from './trial.ts';
