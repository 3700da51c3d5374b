import type { Effect, Operation } from '@smsc/protocol';
import type { AllowedInput } from './allowed-operation.ts';
import type { RelayContext } from './context.ts';

declare const operations: unique symbol;

/** Responds to the requests of pages. Never throws. */
export type Relay<Given = unknown> = ((request: Request, context?: RelayContext) => Promise<Response>) & {
  readonly [operations]?: Given;
};

type OutputOf<Given> = Given extends { readonly operation: Operation<never, infer Output> } ? Output : never;
type EffectOf<Given> = Given extends { readonly operation: Operation<never, unknown, infer E extends Effect> }
  ? E
  : never;
/** Type of a result, or of each row of a list, with only the given members. */
type PickShown<Output, Member> = Output extends readonly (infer Row)[]
  ? readonly PickShown<Row, Member>[]
  : Pick<Output, Extract<keyof Output, Member>>;
type ShownOutput<Given> = Given extends { readonly show: readonly (infer Member)[] }
  ? PickShown<OutputOf<Given>, Member>
  : OutputOf<Given>;

/**
 * Operations that a relay allows, as types for its page: `createSmsc<OperationsOf<typeof relay>>({ … })`. Import the relay
 * with `import type`.
 */
export type OperationsOf<R> =
  R extends Relay<infer Given>
    ? {
        readonly [Name in keyof Given]: Operation<
          AllowedInput<Given[Name]>,
          ShownOutput<Given[Name]>,
          EffectOf<Given[Name]>
        >;
      }
    : never;
