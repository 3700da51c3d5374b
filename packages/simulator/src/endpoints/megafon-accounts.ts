import type { Answer } from '../wire/answer.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { refuse } from '../wire/refusal.ts';
import { listing } from '../wire/rows.ts';

/** Accounts at an operator. What their members are is not known: those of the options. */
export function megafonAccounts(call: RequestContext): Answer {
  const asked = valueOf(call, 'account');
  const found = call.account.megafonAccounts.filter((each) => asked === '' || each['account'] === asked);
  return found.length > 0 ? listing(found.map((each) => Object.entries(each))) : refuse('nothing');
}
