export { cases, tryCase } from '@smsc/conformance';
