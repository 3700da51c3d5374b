import { parentPort } from 'node:worker_threads';
import { startGateway } from '@smsc/simulator';
import { gatewayOptions } from './gateway-options.ts';

// Runs the simulator in a thread of its own, so that only the client is measured.
const { url } = await startGateway(gatewayOptions);
parentPort?.postMessage(url);
