import type { Answer } from '../wire/answer.ts';
import { balance } from './balance.ts';
import type { RequestContext } from '../state/request-context.ts';
import { documents } from './documents.ts';
import { downloads } from './downloads.ts';
import { portedNumbers } from './get-mnp.ts';
import { get } from './get.ts';
import { info } from './info.ts';
import { jobs } from './jobs.ts';
import { operatorTemplates } from './op-templates.ts';
import { phones } from './phones.ts';
import { ping } from './ping.ts';
import { receivePhones } from './receive-phones.ts';
import { senders } from './senders.ts';
import { send } from './send.ts';
import { status } from './status.ts';
import { templates } from './templates.ts';
import { tinyurls } from './tinyurls.ts';
import { users } from './users.ts';
import { waitCall } from './wait-call.ts';

/** One endpoint. */
export interface Route {
  readonly methods: readonly string[];
  /** The body is one JSON object and so is the answer, whatever `fmt` says. Third party: «even if `fmt` is absent». */
  readonly json: boolean;
  readonly answer: (call: RequestContext) => Answer;
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
  ['/sys/phones.php', form(phones)],
  ['/sys/jobs.php', form(jobs)],
  ['/sys/users.php', form(users)],
  ['/sys/documents.php', form(documents)],
  ['/sys/senders.php', form(senders)],
  ['/sys/get.php', form(get)],
  ['/sys/info.php', form(info)],
  ['/sys/tinyurls.php', form(tinyurls)],
  ['/sys/get_mnp.php', form(portedNumbers)],
  ['/sys/downloads.php', form(downloads)],
  ['/sys/receive_phones.php', form(receivePhones)],
  ['/sys/wait_call.php', form(waitCall)],
  ['/sys/ping.php', form(ping)],
]);
