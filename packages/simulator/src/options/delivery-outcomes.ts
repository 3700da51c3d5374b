/** Final status of a message. */
export interface DeliveryOutcome {
  /**
   * 1 delivered, 3 expired, 20 undeliverable, 22 wrong number, 25 unavailable. Any other number is allowed, and status
   * responses contain this number unchanged.
   */
  readonly status: number;
  /** Delivery error. Default: none. */
  readonly err?: number | undefined;
}

/**
 * Outcomes by recipient: a function, or a table by phone number. The magic numbers apply to recipients without an outcome
 * (`undefined`).
 */
export type DeliveryOutcomes =
  ((phone: string) => DeliveryOutcome | undefined) | Readonly<Record<string, DeliveryOutcome>>;

const delivered: DeliveryOutcome = { status: 1 };

/**
 * Magic numbers: the last six digits of a number choose the outcome.
 *
 * | last six digits | outcome |
 * | --- | --- |
 * | `000003` | 3, expired |
 * | `020eee` | 20, undeliverable, with the delivery error `eee`: `020006` is «subscriber offline» |
 * | `000022` | 22, wrong number, error 1 |
 * | `000025` | 25, unavailable, error 11 |
 * | anything else | 1, delivered |
 */
function magicOutcome(phone: string): DeliveryOutcome {
  const lastDigits = phone.slice(-6);
  if (lastDigits === '000003') return { status: 3 };
  if (lastDigits === '000022') return { status: 22, err: 1 };
  if (lastDigits === '000025') return { status: 25, err: 11 };
  if (/^020\d{3}$/.test(lastDigits)) return { status: 20, err: Number(lastDigits.slice(3)) };
  return delivered;
}

/** Creates the function that chooses outcomes: by the option `outcomes`, otherwise by the magic numbers. */
export function outcomeRule(outcomes: DeliveryOutcomes | undefined): (phone: string) => DeliveryOutcome {
  if (outcomes === undefined) return magicOutcome;
  if (typeof outcomes === 'function') return (phone) => outcomes(phone) ?? magicOutcome(phone);
  const table = new Map(Object.entries(outcomes));
  return (phone) => table.get(phone) ?? magicOutcome(phone);
}
