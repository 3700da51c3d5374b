export { startGateway } from '@smsc/simulator';
