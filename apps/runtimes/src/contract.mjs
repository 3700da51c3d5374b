export { cases, threats, tryCase, tryThreat } from '@smsc/conformance';
