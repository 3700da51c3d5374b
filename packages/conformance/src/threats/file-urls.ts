import { openServer } from '../server.ts';
import { acceptedResponse, createTrial, runSubject } from '../security-subject.ts';
import type { Subject } from '../subject.ts';

/** Sends a message with one file URL. Returns the failures. */
async function checkFileUrl(
  fileUrl: string,
  expected: 'accepted' | 'not-sent',
  subject: Subject,
): Promise<readonly string[]> {
  const server = await openServer({ onRequest: [[acceptedResponse]] });
  try {
    const { outcome } = await runSubject(
      subject,
      createTrial(`http://127.0.0.1:${server.port}`, { fileUrl }),
    );
    const failures: string[] = [];
    if (outcome !== expected) failures.push(`the outcome is ${outcome}, expected ${expected}`);
    const expectedRequests = expected === 'accepted' ? 1 : 0;
    if (server.requests.length !== expectedRequests)
      failures.push(`${server.requests.length} requests arrived, expected ${expectedRequests}`);
    for (const { head, body } of server.requests)
      if (head.includes('shop') || !body.includes(`&fileurl=${encodeURIComponent(fileUrl)}`))
        failures.push('the URL is missing in the body, or is also outside the body');
    return failures.map((failure) => `${fileUrl}: ${failure}`);
  } finally {
    await server.close();
  }
}

/** Checks that `rejected` file URLs are not sent, and that `allowed` file URLs are sent in the body only. */
export async function checkFileUrls(
  { allowed, rejected }: { readonly allowed: readonly string[]; readonly rejected: readonly string[] },
  subject: Subject,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const fileUrl of allowed) failures.push(...(await checkFileUrl(fileUrl, 'accepted', subject)));
  for (const fileUrl of rejected) failures.push(...(await checkFileUrl(fileUrl, 'not-sent', subject)));
  return failures;
}
