import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { parseCommand, run, usage } from '../src/command.ts';

const collect = (): { out: string; err: string; surroundings: Parameters<typeof run>[1] } => {
  const written = {
    out: '',
    err: '',
    surroundings: {
      out: (text: string) => void (written.out += text),
      err: (text: string) => void (written.err += text),
    },
  };
  return written;
};

describe('smsc-simulator', () => {
  it('starts with the account demo and a balance, on this machine only', () => {
    expect(parseCommand([])).toEqual({
      action: 'start',
      options: {
        port: 8025,
        host: undefined,
        latencyMs: 0,
        accounts: [{ login: 'demo', password: 'demo', apiKey: undefined, balance: '1000.00' }],
        limits: undefined,
      },
    });
  });

  it('starts with the options of the command line', () => {
    expect(
      parseCommand([
        '--port',
        '0',
        '--host=::1',
        '--login',
        'me',
        '--api-key',
        'k',
        '--balance',
        '5',
        '--latency',
        '20',
        '--no-limits',
      ]),
    ).toEqual({
      action: 'start',
      options: {
        port: 0,
        host: '::1',
        latencyMs: 20,
        accounts: [{ login: 'me', password: undefined, apiKey: 'k', balance: '5' }],
        limits: false,
      },
    });
  });

  it('sends webhooks to --push-url', () => {
    expect(
      parseCommand(['--push-url', 'http://127.0.0.1:3000/hook?fmt=3', '--push-secret', 'key']),
    ).toMatchObject({
      options: {
        accounts: [{ login: 'demo', push: { url: 'http://127.0.0.1:3000/hook?fmt=3', secret: 'key' } }],
      },
    });
  });

  it('prints its help and its version', async () => {
    const written = collect();
    expect([
      await run(['--help'], written.surroundings),
      await run(['--version'], written.surroundings),
    ]).toEqual([0, 0]);
    expect([written.out, written.err]).toEqual([`${usage}${manifest.version}\n`, '']);
    expect(usage).toContain('not a secret');
  });

  it.each([
    ['--nothing'],
    ['--port', 'x'],
    ['--port', '70000'],
    ['--port'],
    ['--latency', '-1'],
    ['--balance', 'x'],
    ['--login', ''],
    ['--push-url', 'x'],
    ['word'],
  ])('fails for %s with one problem and the usage', async (...args) => {
    const written = collect();
    expect(await run(args, written.surroundings)).toBe(2);
    expect(written.err).toMatch(/^smsc-simulator: [^\n]+\n/);
    expect(written.err).toContain(usage);
    expect(written.out).toBe('');
  });

  it('prints its address when it is ready to respond', async () => {
    const written = collect();
    const started = await run(['--port', '0'], written.surroundings);
    if (typeof started === 'number') throw new Error(written.err);
    expect(written.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(await (await fetch(`${written.out.trim()}sys/balance.php?login=demo&psw=demo`)).text()).toBe(
      '1000.00',
    );
    const second = collect();
    expect(await run(['--port', new URL(started.url).port], second.surroundings)).toBe(1);
    expect(second.err).toContain('cannot listen');
    await started.close();
  });
});
