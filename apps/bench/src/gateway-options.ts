import type { ServerOptions } from '@smsc/simulator';

/**
 * Without the gateway's limits, which would refuse thousands of messages to one number, and with more money than they
 * cost.
 */
export const gatewayOptions: ServerOptions = {
  port: 0,
  limits: false,
  keepMessages: 100,
  accounts: [{ login: 'demo', password: 'demo', balance: '100000000.00' }],
};
