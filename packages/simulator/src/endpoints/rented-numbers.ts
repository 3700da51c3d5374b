import { actionOf } from '../params/action.ts';
import type { Answer } from '../wire/answer.ts';
import { type RequestContext, isTooOften, valueOf } from '../state/request-context.ts';
import { affords, book } from '../state/ledger.ts';
import { writeAmount } from '../pricing/money.ts';
import { readPhone } from '../params/recipients.ts';
import { refuse } from '../wire/refusal.ts';
import type { Rent } from '../state/records.ts';
import { planRenewal, restOfMonth } from '../events/rent.ts';
import { done, listing } from '../wire/rows.ts';

/** Whether somebody rents a number. */
const isTaken = ({ house }: RequestContext, phone: string): boolean =>
  [...house.accounts.byLogin.values()].some(({ account }) => account.rents.has(phone));

function buy(call: RequestContext, phone: string, ends: boolean): Answer {
  const { account, house, instant } = call;
  const price = house.rentable.get(phone);
  // A number that is not there, or is taken: which error is not known, assumed.
  if (price === undefined || isTaken(call, phone)) return refuse('parameters');
  const rest = restOfMonth(price, instant, account.utcOffset);
  if (!affords(account.purse, rest)) return refuse('money');
  book(account, instant, { spent: rest });
  const rent: Rent = { phone, price, ends };
  account.rents.set(phone, rent);
  planRenewal(rent, account, house, instant);
  return done;
}

/** `receive_phones.php`: numbers for receiving messages. Of the list only that it is one is known; its members are assumed. */
export function rentedNumbers(call: RequestContext): Answer {
  const { account, house } = call;
  const action = actionOf(call.parameters.values, ['get', 'buy', 'chg']);
  const [phone, ends] = [readPhone(valueOf(call, 'phone')), valueOf(call, 'noprolong')];
  if (!action || !/^[01]?$/.test(ends) || (action !== 'get' && phone === undefined))
    return refuse('parameters');
  if (isTooOften(call, 'rents')) return refuse('duplicate');
  if (action === 'get') {
    const free = [...house.rentable].filter(([number]) => !isTaken(call, number));
    return listing(
      free.map(([number, price]) => [
        ['phone', number],
        ['price', writeAmount(price)],
        ['currency', account.currency],
      ]),
    );
  }
  if (action === 'buy') return buy(call, phone!, ends === '1');
  const rent = account.rents.get(phone!);
  if (!rent) return refuse('parameters');
  rent.ends = ends === '1';
  return done;
}
