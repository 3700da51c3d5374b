import { openServer } from '../server.ts';
import { acceptedResponse, createTrial, runSubject, type SecuritySubject } from '../security-subject.ts';

/** Matches a path, or a local URL with a path: the address of a relay. */
const relayAddress = /^(?:https?:\/\/127\.0\.0\.1:\{port\})?\/(?!\/)[^#]*$/;

/** Tries to send to one host. Returns the failures. */
async function checkHost(
  template: string,
  passedTo: 'transport' | 'attempt',
  subject: SecuritySubject,
): Promise<readonly string[]> {
  const server = await openServer({ onRequest: [[acceptedResponse]] });
  try {
    const host = template.replace('{port}', String(server.port));
    const trial =
      passedTo === 'transport'
        ? createTrial(host)
        : createTrial(`http://127.0.0.1:${server.port}`, { attemptHost: host });
    const { outcome, error = '' } = await runSubject(subject, trial);
    const failures: string[] = [];
    if (outcome !== 'not-sent') failures.push(`the outcome is ${outcome}, expected not-sent (${error})`);
    if (server.connectionCount() > 0) failures.push('a connection was opened');
    return failures.map((failure) => `${JSON.stringify(template)}, passed to the ${passedTo}: ${failure}`);
  } finally {
    await server.close();
  }
}

/** Checks that a transport rejects these hosts, both as an option and as the host of a single attempt. Returns the failures. */
export async function checkHosts(
  hosts: readonly string[],
  subject: SecuritySubject,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const host of hosts) {
    if (subject.toRelay && relayAddress.test(host)) continue;
    failures.push(...(await checkHost(host, 'transport', subject)));
    failures.push(...(await checkHost(host, 'attempt', subject)));
  }
  return failures;
}
