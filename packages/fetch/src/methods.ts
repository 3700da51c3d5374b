// What every client has as methods. Further operations are bound by name, so that a bundle holds only what is used.
export { balance, cost, send, status } from '@smsc/protocol';
