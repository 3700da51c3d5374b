import type { ResponseBody } from '../wire/response.ts';
import { balance } from './balance.ts';
import type { RequestContext } from '../state/request-context.ts';
import { documents } from './documents.ts';
import { downloads } from './downloads.ts';
import { portedNumbers } from './ported-numbers.ts';
import { accountData } from './account-data.ts';
import { operatorOf } from './operator-of.ts';
import { jobs } from './jobs.ts';
import { operatorTemplates } from './operator-templates.ts';
import { addressBook } from './address-book.ts';
import { reportEvent } from './report-event.ts';
import { rentedNumbers } from './rented-numbers.ts';
import { senderNames } from './sender-names.ts';
import { send } from './send.ts';
import { status } from './status.ts';
import { templates } from './templates.ts';
import { shortLink } from './short-link.ts';
import { subAccounts } from './sub-accounts.ts';
import { waitForCall } from './wait-for-call.ts';

/** One endpoint. */
export interface Route {
  readonly methods: readonly string[];
  /** The body is one JSON object and so is the answer, whatever `fmt` says. Third party: «even if `fmt` is absent». */
  readonly json: boolean;
  readonly answer: (call: RequestContext) => ResponseBody;
}

/** What takes forms, in the query or in the body. */
const form = (answer: Route['answer']): Route => ({ methods: ['GET', 'POST'], json: false, answer });

/** Everything that the gateway can be asked. What is not here is a plain 404. */
export const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/sys/send.php', form(send)],
  ['/rest/send/', { methods: ['POST'], json: true, answer: send }],
  ['/sys/status.php', form(status)],
  ['/sys/balance.php', form(balance)],
  ['/sys/templates.php', form(templates)],
  ['/sys/op_templates.php', form(operatorTemplates)],
  ['/sys/phones.php', form(addressBook)],
  ['/sys/jobs.php', form(jobs)],
  ['/sys/users.php', form(subAccounts)],
  ['/sys/documents.php', form(documents)],
  ['/sys/senders.php', form(senderNames)],
  ['/sys/get.php', form(accountData)],
  ['/sys/info.php', form(operatorOf)],
  ['/sys/tinyurls.php', form(shortLink)],
  ['/sys/get_mnp.php', form(portedNumbers)],
  ['/sys/downloads.php', form(downloads)],
  ['/sys/receive_phones.php', form(rentedNumbers)],
  ['/sys/wait_call.php', form(waitForCall)],
  ['/sys/ping.php', form(reportEvent)],
]);
