import { security } from '@smsc/conformance';
import { describe, expect, it } from 'vitest';
import { play } from './play.ts';

security({ describe, it }, 'the demo', { program: (argv) => play(argv) });

it('says where secrets belong, and sends nothing', async () => {
  const { code, output } = await play(['Hi', '380501234567', '--live', '--yes', '--api-key=sesame-open'], {
    env: { SMSC_API_KEY: 'k' },
  });
  expect(code).toBe(2);
  expect(output).toMatch(
    /^Logins, passwords and keys are not taken from the command line, .* Set SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD, in the environment\.\n\nnpm start/,
  );
  expect(output).not.toContain('sesame');
});

it.each(['token', 'password=1'])('sends a text that is no flag: %s', async (text) => {
  const { code } = await play([text]);
  expect(code).toBe(0);
});
