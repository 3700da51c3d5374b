import type { ServerOptions } from '@smsc/simulator';

/**
 * Options of a simulator with enough money for all sends, and without limits: they would stop thousands of messages to one
 * number.
 */
export const gatewayOptions: ServerOptions = {
  port: 0,
  limits: false,
  keepMessages: 100,
  accounts: [{ login: 'demo', password: 'demo', balance: '100000000.00' }],
};
