/** What finally becomes of a message: the number of its state, and why. */
export interface DeliveryOutcome {
  /** 1 delivered, 3 expired, 20 undeliverable, 22 wrong number, 25 unavailable; any other passes through. */
  readonly status: number;
  /** Delivery error. Default: none. */
  readonly err?: number | undefined;
}

/** Chooses what becomes of messages by their recipients. `undefined` leaves it to the magic numbers. */
export type DeliveryOutcomes =
  ((phone: string) => DeliveryOutcome | undefined) | Readonly<Record<string, DeliveryOutcome>>;

const delivered: DeliveryOutcome = { status: 1 };

/**
 * The magic numbers: the last six digits choose the fate.
 *
 * | ending | fate |
 * | --- | --- |
 * | `000003` | 3, expired |
 * | `020eee` | 20, undeliverable, with the delivery error `eee`: `020006` is «subscriber offline» |
 * | `000022` | 22, wrong number, error 1 |
 * | `000025` | 25, unavailable, error 11 |
 * | anything else | 1, delivered |
 */
export function magicOutcome(phone: string): DeliveryOutcome {
  const ending = phone.slice(-6);
  if (ending === '000003') return { status: 3 };
  if (ending === '000022') return { status: 22, err: 1 };
  if (ending === '000025') return { status: 25, err: 11 };
  if (/^020\d{3}$/.test(ending)) return { status: 20, err: Number(ending.slice(3)) };
  return delivered;
}

/** Makes one rule of the owner's choice and the magic numbers. */
export function outcomeRule(outcomes: DeliveryOutcomes | undefined): (phone: string) => DeliveryOutcome {
  if (outcomes === undefined) return magicOutcome;
  if (typeof outcomes === 'function') return (phone) => outcomes(phone) ?? magicOutcome(phone);
  const table = new Map(Object.entries(outcomes));
  return (phone) => table.get(phone) ?? magicOutcome(phone);
}
