import { parentPort } from 'node:worker_threads';
import { startGateway } from '@smsc/simulator';

// A thread of its own, so that what is measured is the client and not what answers it. Without the gateway's limits, which
// would refuse thousands of messages to one number, and with more money than they cost.
const { url } = await startGateway({ port: 0, limits: false, keepMessages: 100, accounts: [{ login: 'demo', password: 'demo', balance: '100000000.00' }] });
parentPort?.postMessage(url);
