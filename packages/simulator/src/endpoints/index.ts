/*
 * All endpoints of the gateway. To add an endpoint, create its file and export it here.
 */
export { accountData } from './account-data.ts';
export { addressBook } from './address-book.ts';
export { balance } from './balance.ts';
export { documents } from './documents.ts';
export { downloads } from './downloads.ts';
export { jobs } from './jobs.ts';
export { operatorOf } from './operator-of.ts';
export { operatorTemplates } from './operator-templates.ts';
export { portedNumbers } from './ported-numbers.ts';
export { rentedNumbers } from './rented-numbers.ts';
export { reportEvent } from './report-event.ts';
export { send, sendJson } from './send.ts';
export { senderNames } from './sender-names.ts';
export { shortLink } from './short-link.ts';
export { status } from './status.ts';
export { subAccounts } from './sub-accounts.ts';
export { templates } from './templates.ts';
export { waitForCall } from './wait-for-call.ts';
