import type { Effect, Operation } from '@smsc/protocol';
import type { RelayContext } from './context.ts';
import type { OfferInput } from './offer.ts';

declare const menu: unique symbol;

/** Answers requests of pages. Never throws. */
export type Relay<Given = unknown> = ((request: Request, context?: RelayContext) => Promise<Response>) & {
  readonly [menu]?: Given;
};

type OutputOf<Given> = Given extends { readonly operation: Operation<never, infer Output> } ? Output : never;
type EffectOf<Given> = Given extends { readonly operation: Operation<never, unknown, infer E extends Effect> }
  ? E
  : never;
type Told<Output, Member> = Output extends readonly (infer Row)[]
  ? readonly Told<Row, Member>[]
  : Pick<Output, Extract<keyof Output, Member>>;
type Shown<Given> = Given extends { readonly show: readonly (infer Member)[] }
  ? Told<OutputOf<Given>, Member>
  : OutputOf<Given>;

/** What a relay lists, for its page: `createSmsc<MenuOf<typeof relay>>({ … })`, by `import type`. */
export type MenuOf<R> =
  R extends Relay<infer Given>
    ? {
        readonly [Name in keyof Given]: Operation<
          OfferInput<Given[Name]>,
          Shown<Given[Name]>,
          EffectOf<Given[Name]>
        >;
      }
    : never;
