import {
  type Charset,
  type CharsetName,
  csvFormat,
  type Effect,
  jsonFormat,
  koi8r,
  type Operation,
  type ReplyFormat,
  textFormat,
  utf8,
  windows1251,
} from '@smsc/protocol';
import { xmlFormat } from '@smsc/protocol/xml';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Outcome, SmscOptions } from '../src/index.ts';
import { type Words, wordsIn } from './words.ts';
import type { Customer, World } from './world.ts';

const formats: Readonly<Record<'text' | 'csv' | 'xml' | 'json', ReplyFormat>> = {
  text: textFormat,
  csv: csvFormat,
  xml: xmlFormat,
  json: jsonFormat,
};
const charsets: Readonly<Record<CharsetName, Charset>> = {
  'utf-8': utf8,
  'windows-1251': windows1251,
  'koi8-r': koi8r,
};

/** How a client is told to ask. */
export interface How {
  readonly format: keyof typeof formats | undefined;
  readonly charset: CharsetName | undefined;
  readonly body: 'form' | 'json' | undefined;
  readonly byKey: boolean;
}

const hows: fc.Arbitrary<How> = fc.oneof(
  fc.record({
    format: fc.constantFrom(undefined, 'text' as const, 'csv' as const, 'xml' as const, 'json' as const),
    charset: fc.constantFrom(undefined, 'utf-8' as const, 'windows-1251' as const, 'koi8-r' as const),
    body: fc.constantFrom(undefined, 'form' as const),
    byKey: fc.boolean(),
  }),
  // A JSON body is in UTF-8 and so is its answer.
  fc.record({
    format: fc.constantFrom(undefined, 'json' as const),
    charset: fc.constantFrom(undefined, 'utf-8' as const),
    body: fc.constant('json' as const),
    byKey: fc.boolean(),
  }),
);

/** What a check of a result can look at, beside the result. */
export interface Scene<Seed, Input> {
  readonly seed: Seed;
  readonly input: Input;
  readonly customer: Customer;
  readonly world: World;
  readonly how: How;
  /** The client that asked, to ask for more. */
  readonly smsc: ReturnType<Customer['client']>;
}

export type AnyOperation = Operation<never, unknown>;

/** Expects a call to end in one of the gateway's errors: as an outcome where money is spent, thrown where not. */
export async function expectRefusal(
  operation: AnyOperation,
  call: () => Promise<unknown>,
  code: number,
): Promise<void> {
  const meaning = operation.errors[code]!;
  expect(meaning).toMatch(/./);
  const told = { kind: 'gateway', operation: operation.name, code, meaning, mayHaveHappened: false };
  if (operation.effect === 'spends')
    expect(await call()).toMatchObject({ outcome: 'rejected', code, meaning, error: told });
  else await expect(call()).rejects.toMatchObject(told);
}

/** A generated test of one operation: input → request → gateway → reply → result. */
export interface Trial {
  readonly operation: AnyOperation;
  /** Runs the operation so many times, each time for another customer. */
  holds(world: World, numRuns: number): Promise<void>;
  /** Asks for it with a wrong password, and with a wrong key, for customers who have everything that the input needs. */
  isForbidden(world: World, numRuns: number): Promise<void>;
}

/** How one operation is tried. */
export interface Script<Input, Output, Seed> {
  /** What is made up for one run. */
  readonly seeds: (words: Words, how: How) => fc.Arbitrary<Seed>;
  /** Makes what has to be there before, and the input. */
  readonly input: (seed: Seed, customer: Customer) => Input;
  /** What has to be true of the result and of the gateway. */
  readonly holds: (told: Output, scene: Scene<Seed, Input>) => void | Promise<void>;
}

function asHow({ format, charset, body, byKey }: How, { apiKey }: Customer): Partial<SmscOptions> {
  const options = { format: format && formats[format], charset: charset && charsets[charset], body };
  return byKey ? { ...options, login: undefined, password: undefined, apiKey } : options;
}

/** Makes a trial of an operation. */
export function trial<Input, Output, E extends Effect, Seed>(
  operation: Operation<Input, Output, E>,
  script: Script<Input, Output, Seed>,
): Trial {
  const runs = hows.chain((how) => script.seeds(wordsIn(how.charset), how).map((seed) => ({ how, seed })));

  async function once(
    world: World,
    { how, seed }: { readonly how: How; readonly seed: Seed },
  ): Promise<void> {
    const customer = world.customer();
    const input = script.input(seed, customer);
    const smsc = customer.client(asHow(how, customer));
    const sent = world.left.length;
    const came = (await smsc.call(operation, input)) as Output | Outcome<Output>;
    if (operation.effect === 'spends') expect((came as Outcome<Output>).outcome).toBe('accepted');
    // One request, to where the operation and the body say, and in what was asked for.
    const [{ path, body } = { path: '', body: '' }, ...more] = world.left.slice(sent);
    const asJson = how.body === 'json' && operation.restPath !== undefined;
    expect([path, more]).toEqual([asJson ? operation.restPath : operation.path, []]);
    if (typeof body === 'string') {
      const params = asJson
        ? (JSON.parse(body) as Readonly<Record<string, unknown>>)
        : Object.fromEntries(new URLSearchParams(body));
      expect(Number(params['fmt'])).toBe((operation.format ?? formats[how.format ?? 'json']).fmt);
      expect(params['charset']).toBe(how.charset ?? 'utf-8');
    }
    await script.holds(came as Output, { seed, input, customer, world, how, smsc });
  }

  async function forbidden(
    world: World,
    { how, seed }: { readonly how: How; readonly seed: Seed },
  ): Promise<void> {
    const customer = world.customer();
    const input = script.input(seed, customer);
    const before = customer.everything();
    const wrong = how.byKey
      ? { ...asHow(how, customer), apiKey: 'wrong' }
      : { ...asHow(how, customer), password: 'wrong' };
    await expectRefusal(
      operation,
      () => customer.client(wrong as Partial<SmscOptions>).call(operation, input),
      2,
    );
    expect(customer.everything()).toEqual(before);
  }

  return {
    operation: operation,
    holds: (world, numRuns) =>
      fc.assert(
        fc.asyncProperty(runs, (run) => once(world, run)),
        { numRuns },
      ),
    isForbidden: (world, numRuns) =>
      fc.assert(
        fc.asyncProperty(runs, (run) => forbidden(world, run)),
        { numRuns },
      ),
  };
}
