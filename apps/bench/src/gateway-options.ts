import type { ServerOptions } from '@smsc/simulator';

/** A simulator without limits, which would reject thousands of messages to one number, and with enough money for all sends. */
export const gatewayOptions: ServerOptions = {
  port: 0,
  limits: false,
  keepMessages: 100,
  accounts: [{ login: 'demo', password: 'demo', balance: '100000000.00' }],
};
