/** One state of a message. */
export interface State {
  readonly name: string;
  /** Whether it stays so. Inferred, but for 1, which is known to become 2 or 4 at times. */
  readonly final: boolean;
}

/** States of a message by number. Source: the gateway's page of statuses; finality is inferred. */
export const states: Readonly<Record<number, State>> = {
  [-3]: { name: 'not found', final: false },
  [-2]: { name: 'stopped', final: false },
  [-1]: { name: 'waiting to be sent', final: false },
  0: { name: 'passed to the operator', final: false },
  1: { name: 'delivered', final: true },
  2: { name: 'read', final: true },
  3: { name: 'expired', final: true },
  4: { name: 'link clicked', final: true },
  20: { name: 'undeliverable', final: true },
  22: { name: 'wrong number', final: true },
  23: { name: 'forbidden', final: true },
  24: { name: 'insufficient funds', final: true },
  25: { name: 'number unavailable', final: true },
};
