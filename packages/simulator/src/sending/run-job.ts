import { routeMessages } from './route.ts';
import type { AccountContext } from '../state/request-context.ts';
import { dispatch } from './dispatch.ts';
import type { DeliveryOutcome } from '../options/delivery-outcomes.ts';
import { canAfford } from '../state/turnover.ts';
import { isDenied } from './prepare-send.ts';
import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import type { JobRecord } from '../state/records.ts';
import { nextRun } from '../params/recurrence.ts';

/**
 * Status 24, insufficient funds. Assumption: if the balance does not cover a run, none of its messages is sent. They get
 * this status unless they are refused for another reason.
 */
const insufficientFunds: DeliveryOutcome = { status: 24, err: 0 };

/** Sends a job by the rules for single messages, with the current group members, prices and balance. */
function runJob(job: JobRecord, context: AccountContext): void {
  const { account } = context;
  const sinceFirstRun = job.dueAt - job.firstDueAt;
  const texts = job.prepared.texts.map((text) => ({ ...text, dueAt: text.dueAt + sinceFirstRun }));
  if (texts.some((text) => isDenied(text, account))) return;
  const messages = routeMessages(texts, context, 'job');
  const total = messages.reduce((sum, { cost }) => sum + cost, 0n);
  if (!canAfford(account.wallet, total)) {
    const refused = messages.map((each) => ({
      ...each,
      cost: 0n,
      refused: each.refused ?? insufficientFunds,
    }));
    dispatch(refused, job.id, job.prepared, context);
    return;
  }
  dispatch(messages, job.id, job.prepared, context);
  job.cost += total;
  job.count += messages.filter(({ refused }) => !refused).length;
}

/** Schedules the next run of a job. The run is skipped if the job has been cancelled or deleted by then. */
export function scheduleJob(job: JobRecord, account: Account, gateway: GatewayState): void {
  const { dueAt } = job;
  gateway.scheduler.schedule(dueAt, (instant) => {
    if (job.state !== 'waiting' || account.jobs.get(job.id) !== job) return;
    runJob(job, { gateway, account, instant });
    job.runs++;
    if (job.recurrence === 'never' || job.repeatsLeft === 0) {
      job.state = 'sent';
      return;
    }
    job.repeatsLeft--;
    job.dueAt = nextRun(job.recurrence, {
      first: job.firstDueAt,
      last: dueAt,
      times: job.runs,
      zone: job.zone,
    });
    scheduleJob(job, account, gateway);
  });
}
