/**
 * States of a message by number. Source: the gateway's page of statuses. States above 0 are final (inferred). The only
 * known exception: 1 (delivered) can become 2 (read) or 4 (link clicked).
 */
export const states: Readonly<Record<number, string>> = {
  [-3]: 'not found',
  [-2]: 'stopped',
  [-1]: 'waiting to be sent',
  0: 'passed to the operator',
  1: 'delivered',
  2: 'read',
  3: 'expired',
  4: 'link clicked',
  20: 'undeliverable',
  22: 'invalid number',
  23: 'forbidden',
  24: 'insufficient funds',
  25: 'number unavailable',
};

/** Name of a state in English; `unknown` for a number that is not documented. */
export const stateName = (status: number): string => states[status] ?? 'unknown';

/** Returns true for every known state above 0. */
export const isFinal = (status: number): boolean => status > 0 && status in states;
