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

/** Settings of a client: format, charset, body and credentials. */
export interface RequestStyle {
  readonly format: keyof typeof formats | undefined;
  readonly charset: CharsetName | undefined;
  readonly body: 'form' | 'json' | undefined;
  readonly byKey: boolean;
}

const styles: fc.Arbitrary<RequestStyle> = fc.oneof(
  fc.record({
    format: fc.constantFrom(undefined, 'text' as const, 'csv' as const, 'xml' as const, 'json' as const),
    charset: fc.constantFrom(undefined, 'utf-8' as const, 'windows-1251' as const, 'koi8-r' as const),
    body: fc.constantFrom(undefined, 'form' as const),
    byKey: fc.boolean(),
  }),
  // A JSON body and its response are always UTF-8.
  fc.record({
    format: fc.constantFrom(undefined, 'json' as const),
    charset: fc.constantFrom(undefined, 'utf-8' as const),
    body: fc.constant('json' as const),
    byKey: fc.boolean(),
  }),
);

/** Context of the assertions of a trial. */
export interface TrialContext<Seed, Input> {
  readonly seed: Seed;
  readonly input: Input;
  readonly customer: Customer;
  readonly world: World;
  readonly style: RequestStyle;
  /** The client that made the call, for further calls. */
  readonly smsc: ReturnType<Customer['client']>;
}

export type AnyOperation = Operation<never, unknown>;

/** Expects a call to fail with an error of the gateway: as an outcome if the operation spends money, thrown otherwise. */
export async function expectRefusal(
  operation: AnyOperation,
  call: () => Promise<unknown>,
  code: number,
): Promise<void> {
  const meaning = operation.errors[code]!;
  expect(meaning).toMatch(/./);
  const result = { kind: 'gateway', operation: operation.name, code, meaning, mayHaveHappened: false };
  if (operation.effect === 'spends')
    expect(await call()).toMatchObject({ outcome: 'rejected', code, meaning, error: result });
  else await expect(call()).rejects.toMatchObject(result);
}

/** A property test of one operation: input → request → gateway → reply → result. */
export interface OperationTrial {
  readonly operation: AnyOperation;
  /** Runs the operation `numRuns` times, each time for another customer. */
  holds(world: World, numRuns: number): Promise<void>;
  /** Runs the operation with a wrong password or key, for customers who have everything that the input needs. */
  isForbidden(world: World, numRuns: number): Promise<void>;
}

/** Definition of a trial. */
export interface TrialDefinition<Input, Output, Seed> {
  /** Generates the random data of one run. */
  readonly seeds: (words: Words, style: RequestStyle) => fc.Arbitrary<Seed>;
  /** Prepares the account and returns the input. */
  readonly input: (seed: Seed, customer: Customer) => Input;
  /** Asserts the result and the state of the gateway. */
  readonly holds: (result: Output, context: TrialContext<Seed, Input>) => void | Promise<void>;
}

function optionsFor(
  { format, charset, body, byKey }: RequestStyle,
  { apiKey }: Customer,
): Partial<SmscOptions> {
  const options = { format: format && formats[format], charset: charset && charsets[charset], body };
  return byKey ? { ...options, login: undefined, password: undefined, apiKey } : options;
}

/** Creates a trial of an operation. */
export function trial<Input, Output, E extends Effect, Seed>(
  operation: Operation<Input, Output, E>,
  definition: TrialDefinition<Input, Output, Seed>,
): OperationTrial {
  const runs = styles.chain((style) =>
    definition.seeds(wordsIn(style.charset), style).map((seed) => ({ style, seed })),
  );

  async function once(
    world: World,
    { style, seed }: { readonly style: RequestStyle; readonly seed: Seed },
  ): Promise<void> {
    const customer = world.customer();
    const input = definition.input(seed, customer);
    const smsc = customer.client(optionsFor(style, customer));
    const sent = world.sentRequests.length;
    const result = (await smsc.call(operation, input)) as Output | Outcome<Output>;
    if (operation.effect === 'spends') expect((result as Outcome<Output>).outcome).toBe('accepted');
    // There is one request, to the expected path, in the expected format and charset.
    const [{ path, text } = { path: '', text: '' }, ...more] = world.sentRequests.slice(sent);
    const asJson = style.body === 'json' && operation.restPath !== undefined;
    expect([path, more]).toEqual([asJson ? operation.restPath : operation.path, []]);
    if (text !== undefined) {
      const params = asJson
        ? (JSON.parse(text) as Readonly<Record<string, unknown>>)
        : Object.fromEntries(new URLSearchParams(text));
      expect(Number(params['fmt'])).toBe((operation.format ?? formats[style.format ?? 'json']).fmt);
      expect(params['charset']).toBe(style.charset ?? 'utf-8');
    }
    await definition.holds(result as Output, { seed, input, customer, world, style, smsc });
  }

  async function forbidden(
    world: World,
    { style, seed }: { readonly style: RequestStyle; readonly seed: Seed },
  ): Promise<void> {
    const customer = world.customer();
    const input = definition.input(seed, customer);
    const before = customer.snapshot();
    const wrong = style.byKey
      ? { ...optionsFor(style, customer), apiKey: 'wrong' }
      : { ...optionsFor(style, customer), password: 'wrong' };
    await expectRefusal(
      operation,
      () => customer.client(wrong as Partial<SmscOptions>).call(operation, input),
      2,
    );
    expect(customer.snapshot()).toEqual(before);
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
