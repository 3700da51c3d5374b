import { createTrial, runSubject, type SecuritySubject } from '../security-subject.ts';
import { openServer } from '../server.ts';
import type { HostileResponse } from './hostile-responses.ts';

/** Smallest share of the requests that must arrive. Some are lost, because the server closes connections that are reused. */
const minArrived = 0.9;

/** Maximum number of failures that are listed. */
const maxListed = 5;

/**
 * Sends one message for each response. No message may end as not sent, because the server accepts every connection. Each
 * message may end with any other outcome.
 */
export async function checkResponses(
  responses: readonly HostileResponse[],
  subject: SecuritySubject,
): Promise<readonly string[]> {
  const server = await openServer({ onRequest: responses.map(({ steps }) => steps) });
  try {
    const trial = createTrial(`http://127.0.0.1:${server.port}`, { times: responses.length });
    const { outcomes, violations, secretAt } = await runSubject(subject, trial);
    const notSent = responses.filter((_, index) => outcomes[index] === 'not-sent').map(({ name }) => name);
    return [
      ...violations,
      ...(secretAt === undefined ? [] : [`a secret appears in ${secretAt}`]),
      ...(server.requests.length < minArrived * responses.length
        ? [`only ${server.requests.length} of ${responses.length} requests arrived`]
        : []),
      ...notSent
        .slice(0, maxListed)
        .map((name) => `the request arrived, but the outcome is not-sent (response: ${name})`),
      ...(notSent.length > maxListed ? [`… and ${notSent.length - maxListed} more`] : []),
    ];
  } finally {
    await server.close();
  }
}
