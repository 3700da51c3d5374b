import { request as secureRequest } from 'node:https';
import { describe, expect, it } from 'vitest';
import { cert } from '../src/certificate.ts';
import { whilePolluted } from '../src/pollution.ts';
import { seededIntegers, seededRandom } from '../src/random.ts';
import { serve } from '../src/servers.ts';

describe('seeded random numbers', () => {
  it('are the same for the same seed, and others for another seed', () => {
    const numbers = (seed: number): readonly number[] => Array.from({ length: 100 }, seededRandom(seed));
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
  });

  it('are at least 0 and below 1, or below the bound given', () => {
    const [random, integers] = [seededRandom(1), seededIntegers(1)];
    for (let count = 0; count < 1000; count++) {
      expect(random()).toSatisfy((value: number) => value >= 0 && value < 1);
      expect([0, 1, 2]).toContain(integers(3));
    }
  });
});

describe('whilePolluted', () => {
  const inherited = (): unknown => (({}) as { readonly added?: number }).added;

  it('adds members to every object until the function returns or throws', () => {
    expect(whilePolluted({ added: 1, get: 2 }, inherited)).toBe(1);
    expect(() =>
      whilePolluted({ added: 1 }, () => {
        throw new Error(String(inherited()));
      }),
    ).toThrow('1');
    expect(inherited()).toBeUndefined();
  });

  it('waits for a promise', async () => {
    const run = whilePolluted({ added: 1 }, () => Promise.resolve().then(inherited));
    expect(inherited()).toBe(1);
    expect(await run).toBe(1);
    expect(inherited()).toBeUndefined();
  });
});

describe('serve', () => {
  it('records each request with its body and answers it', async () => {
    const { host, seen } = await serve((response) => response.end('hello'));
    const answer = await fetch(`${host}/path?a=1`, { method: 'POST', body: 'é' });
    expect(await answer.text()).toBe('hello');
    expect(seen).toMatchObject([{ method: 'POST', url: '/path?a=1', body: 'Ã©' }]);
  });

  it('speaks HTTPS with the certificate of the tests', async () => {
    const { host } = await serve((response) => response.writeHead(204).end(), { secure: true });
    const status = await new Promise((resolve, reject) => {
      secureRequest(host, { ca: cert, agent: false }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(204);
  });

  it('accepts no connection after it was closed', async () => {
    const { host, close } = await serve((response) => response.end());
    await close();
    await expect(fetch(host)).rejects.toThrow('fetch failed');
  });
});
