export { cases, runCase, runThreat, threats } from '@smsc/conformance';
