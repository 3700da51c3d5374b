import { parentPort } from 'node:worker_threads';
import { startGateway } from '@smsc/simulator';
import { gatewayOptions } from './gateway-options.ts';

// A thread of its own, so that what is measured is the client and not what answers it.
const { url } = await startGateway(gatewayOptions);
parentPort?.postMessage(url);
