import { type Charset, type CharsetName, csv, type Effect, json, koi8r, type Operation, type ReplyFormat, text, utf8, windows1251 } from '@smsc/protocol';
import { xml } from '@smsc/protocol/xml';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Outcome, SmscOptions } from '../src/index.ts';
import { type Words, wordsIn } from './words.ts';
import type { Customer, World } from './world.ts';

const formats: Readonly<Record<'text' | 'csv' | 'xml' | 'json', ReplyFormat>> = { text, csv, xml, json };
const charsets: Readonly<Record<CharsetName, Charset>> = { 'utf-8': utf8, 'windows-1251': windows1251, 'koi8-r': koi8r };

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
  fc.record({ format: fc.constantFrom(undefined, 'json' as const), charset: fc.constantFrom(undefined, 'utf-8' as const), body: fc.constant('json' as const), byKey: fc.boolean() }),
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

/** A generated test of one operation: input → request → gateway → reply → result. */
export interface Trial {
  readonly operation: Operation<never, unknown>;
  /** Runs the operation so many times, each time for another customer. */
  holds(world: World, numRuns: number): Promise<void>;
  /** Runs it once, as `options` say, for somebody who has everything that the input needs. */
  attempt(world: World, options: Partial<SmscOptions>): Promise<{ readonly customer: Customer; readonly before: unknown; readonly call: () => Promise<unknown> }>;
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
  return byKey ? ({ ...options, login: undefined, password: undefined, apiKey } as Partial<SmscOptions>) : options;
}

/** Makes a trial of an operation. */
export function trial<Input, Output, E extends Effect, Seed>(operation: Operation<Input, Output, E>, script: Script<Input, Output, Seed>): Trial {
  const runs = hows.chain((how) => script.seeds(wordsIn(how.charset), how).map((seed) => ({ how, seed })));

  async function once(world: World, { how, seed }: { readonly how: How; readonly seed: Seed }): Promise<void> {
    const customer = world.customer();
    const input = script.input(seed, customer);
    const smsc = customer.client(asHow(how, customer));
    const sent = world.left.length;
    const came = (await smsc.call(operation, input)) as Output | Outcome<Output>;
    if (operation.effect === 'spends') expect((came as Outcome<Output>).outcome).toBe('accepted');
    // One request, where the operation and the body say.
    const path = how.body === 'json' && operation.restPath ? operation.restPath : operation.path;
    expect(world.left.slice(sent).map((each) => each.path)).toEqual([path]);
    await script.holds(came as Output, { seed, input, customer, world, how, smsc });
  }

  return {
    operation: operation as unknown as Operation<never, unknown>,
    holds: (world, numRuns) => fc.assert(fc.asyncProperty(runs, (run) => once(world, run)), { numRuns }),
    attempt: (world, options) => {
      const [run] = fc.sample(runs, { numRuns: 1, seed: operation.name.length }) as [{ readonly how: How; readonly seed: Seed }];
      const customer = world.customer();
      const input = script.input(run.seed, customer);
      const smsc = customer.client({ ...asHow(run.how, customer), ...options } as Partial<SmscOptions>);
      return Promise.resolve({ customer, before: customer.everything(), call: () => smsc.call(operation, input) });
    },
  };
}
