import { startGateway } from '@smsc/simulator';
import { serve } from '@smsc/testing/servers';
import { afterEach, describe, expect, it } from 'vitest';
import type { World } from '../src/demo.ts';
import { runDemo, type DemoRun } from './run-demo.ts';

describe('the demo', () => {
  it('sends a greeting to the simulator and follows it until it is delivered', async () => {
    const { code, output } = await runDemo([]);
    expect(code).toBe(0);
    expect(output).toMatch(/1 part in UCS-2: 23 code units, room for 47 more/);
    expect(output).toMatch(/cost +0\.385 for 1 part/);
    expect(output).toMatch(/balance +1000\.00 before/);
    expect(output).toMatch(/accepted +id [\da-f-]{36}, 1 part, cost 0\.385/);
    expect(output).toMatch(/status +1 delivered/);
    expect(output).toMatch(/balance +999\.615 after/);
    expect(output).toMatch(/POST \/sys\/send\.php/);
    expect(output).toContain('login=demo&psw=•••&phones=380501234567&mes=%D0%9F%D1%80');
    expect(output).not.toContain('psw=demo');
  });

  it('sends the given text to the given number', async () => {
    const { code, output } = await runDemo(['a'.repeat(161), '79001234567']);
    expect(code).toBe(0);
    expect(output).toMatch(/2 parts in GSM-7: 161 septets, room for 145 more/);
    expect(output).toContain('phones=79001234567&mes=aaa');
  });

  it('explains invalid input and sends nothing', async () => {
    const { code, output } = await runDemo(['Hi', 'nobody']);
    expect(code).toBe(1);
    expect(output).toContain(
      'cost: to has a letter; expected a phone number as text (7 to 15 digits) or { group: number }',
    );
  });

  it.each([
    [['--lvie'], "Unknown option '--lvie'"],
    [['a', 'b', 'c'], 'expected a text and a phone, got 3 arguments; put the text in quotes'],
  ])('prints its usage if the command line is wrong: %j', async (argv, words) => {
    const { code, output } = await runDemo(argv);
    expect(code).toBe(2);
    expect(output).toContain(words);
    expect(output).toContain('npm start -- ["text" [phone]]');
  });

  it.each([[{}], [{ SMSC_LOGIN: 'a' }], [{ SMSC_PASSWORD: 'b' }]])(
    'sends live only with an account: %j',
    async (env) => {
      const { code, output } = await runDemo(['Hi', '--live'], { env });
      expect(code).toBe(2);
      expect(output).toBe(
        '--live needs an account: set SMSC_API_KEY, or SMSC_LOGIN and SMSC_PASSWORD, in the environment. Nothing was sent.',
      );
    },
  );
});

describe('the live demo, with a simulator as the gateway', () => {
  const open: { close: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  const live = async (ask: World['ask'], ...flags: string[]): Promise<DemoRun & { sent: number }> => {
    const simulator = await startGateway({
      port: 0,
      accounts: [{ login: 'shop', password: 'p', apiKey: 'k', balance: '5.00' }],
    });
    open.push(simulator);
    const played = await runDemo(['Hi', '380501234567', '--live', ...flags], {
      env: { SMSC_API_KEY: 'k', SMSC_HOST: simulator.url },
      ask,
      sleep: () => Promise.resolve(),
    });
    return { ...played, sent: simulator.gateway.messages('shop').length };
  };

  it('shows the cost and asks for consent', async () => {
    let question = '';
    const { code, output, sent } = await live((words) => {
      question = words;
      return Promise.resolve(true);
    });
    expect(question).toBe('This costs 0.385. Send it?');
    expect({ code, sent }).toEqual({ code: 0, sent: 1 });
    expect(output).toContain('apikey=•••&');
  });

  it.each([
    [() => Promise.resolve(false), 'Nothing was sent.'],
    [
      undefined,
      'Nothing was sent: there is no terminal to ask for consent. Add --yes to send without asking.',
    ],
  ])('sends nothing without consent', async (ask, words) => {
    const { code, output, sent } = await live(ask);
    expect({ code, sent }).toEqual({ code: 1, sent: 0 });
    expect(output).toContain(words);
  });

  it('sends without asking if --yes is given', async () => {
    expect(await live(undefined, '--yes')).toMatchObject({ code: 0, sent: 1 });
  });

  it('reports a host that is not the gateway', async () => {
    const { host } = await serve((response) => response.writeHead(502).end('<html>'));
    const { code, output } = await runDemo(['Hi', '--live', '--yes'], {
      env: { SMSC_API_KEY: 'k', SMSC_HOST: host },
    });
    expect(code).toBe(1);
    expect(output).toContain('cost: unreadable reply (HTTP 502)');
  });
});
