import { security } from '@smsc/conformance';
import { describe, expect, it } from 'vitest';
import { runDemo } from './run-demo.ts';

security({ describe, it }, 'the demo', { program: (argv) => runDemo(argv) });

it('rejects secrets on the command line and says where they belong', async () => {
  const { code, output } = await runDemo(['Hi', '380501234567', '--live', '--yes', '--api-key=sesame-open'], {
    env: { SMSC_API_KEY: 'k' },
  });
  expect(code).toBe(2);
  expect(output).toMatch(
    /^Do not put logins, passwords or keys on the command line, .* Set SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD, in the environment\.\n\nnpm start/,
  );
  expect(output).not.toContain('sesame');
});

it.each(['token', 'password=1'])(
  'sends a text that looks like a secret but is not a flag: %s',
  async (text) => {
    const { code } = await runDemo([text]);
    expect(code).toBe(0);
  },
);
