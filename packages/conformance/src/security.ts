import type { TestFramework } from './contract.ts';
import { runCase } from './run-case.ts';
import type { SecuritySubject } from './security-subject.ts';
import { type Threat, threats } from './threats.ts';
import { checkArguments } from './threats/arguments.ts';
import { checkFileUrls } from './threats/file-urls.ts';
import { checkHosts } from './threats/hosts.ts';
import { checkResponses } from './threats/responses.ts';
import { checkPollutions } from './threats/pollutions.ts';

/** Tells whether the subject has the members that a threat needs. */
function appliesTo(threat: Threat, { isolate, program, transport, run }: SecuritySubject): boolean {
  if ('argv' in threat) return program !== undefined;
  if ('pollutions' in threat) return isolate !== undefined;
  return transport !== undefined || run !== undefined;
}

/**
 * Runs one threat against a transport or program. Resolves to the failures: an empty list if there are none, or if the threat
 * does not apply to the subject.
 */
export async function runThreat(threat: Threat, subject: SecuritySubject): Promise<readonly string[]> {
  if (!appliesTo(threat, subject)) return [];
  if ('argv' in threat) return checkArguments(threat.argv, subject.program!);
  if ('pollutions' in threat) return checkPollutions(threat.pollutions, subject.isolate!);
  if ('responses' in threat) return checkResponses(threat.responses, subject);
  if ('fileUrls' in threat) return checkFileUrls(threat.fileUrls, subject);
  if ('hosts' in threat) return checkHosts(threat.hosts, subject);
  const failures: string[] = [];
  for (const contractCase of threat.cases)
    for (const failure of (await runCase(contractCase, subject)).failures)
      failures.push(`${contractCase.title}: ${failure}`);
  return failures;
}

/** Time limit of a threat, in ms. Prototype pollution opens hundreds of isolates. */
const threatTimeoutMs = 240_000;

/**
 * Declares one test for each of {@link threats} that applies to the subject.
 *
 * @example
 * ```ts
 * security({ describe, it }, 'my transport', {
 *   transport: myTransport,
 *   isolate: () => workerIsolate(import.meta.resolve('./isolate.mjs')),
 * });
 * ```
 */
export function security({ describe, it }: TestFramework, name: string, subject: SecuritySubject): void {
  describe(`${name} is secure`, () => {
    for (const threat of threats) {
      if (!appliesTo(threat, subject)) continue;
      it(
        threat.name,
        async () => {
          const failures = await runThreat(threat, subject);
          if (failures.length > 0) throw new Error(failures.join('\n'));
        },
        threatTimeoutMs,
      );
    }
  });
}
