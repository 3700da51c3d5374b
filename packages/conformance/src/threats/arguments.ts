import type { SecuritySubject } from '../security-subject.ts';
import { secrets } from '../trial-request.ts';

/** Checks that a program rejects secrets on its command line, and names the environment variables for them. */
export async function checkArguments(
  commandLines: readonly (readonly string[])[],
  program: NonNullable<SecuritySubject['program']>,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const argv of commandLines) {
    const { code, output } = await program(argv);
    const flag = argv[0]!.split('=')[0]!;
    if (code !== 2) failures.push(`${flag}: the exit code is ${code}, expected 2`);
    if (!/SMSC_API_KEY.*SMSC_LOGIN.*SMSC_PASSWORD/s.test(output))
      failures.push(`${flag}: the output does not name SMSC_API_KEY, SMSC_LOGIN and SMSC_PASSWORD`);
    if (output.includes(secrets.password)) failures.push(`${flag}: the output contains the secret`);
  }
  return failures;
}
