export { xmlFormat, xmlUpTo } from './replies/xml.ts';
