export { xml, xmlUpTo } from './replies/xml.ts';
