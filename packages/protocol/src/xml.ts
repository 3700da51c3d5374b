export { xml, xmlUpTo } from './formats/xml.ts';
