import { actionOf } from './action.ts';
import type { Answer } from './answer.ts';
import { type Call, isTooOften, valueOf } from './call.ts';
import { affords, book } from './ledger.ts';
import { writeAmount } from './money.ts';
import { readPhone } from './recipients.ts';
import { refuse } from './refusal.ts';
import { planRenewal, type Rent, restOfMonth } from './rent.ts';
import { done, listing } from './rows.ts';

/** Whether somebody rents a number. */
const isTaken = ({ house }: Call, phone: string): boolean => [...house.accounts.byLogin.values()].some(({ account }) => account.rents.has(phone));

function buy(call: Call, phone: string, ends: boolean): Answer {
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
export function receivePhones(call: Call): Answer {
  const { account, house } = call;
  const action = actionOf(call.parameters.values, ['get', 'buy', 'chg']);
  const [phone, ends] = [readPhone(valueOf(call, 'phone')), valueOf(call, 'noprolong')];
  if (!action || !/^[01]?$/.test(ends) || (action !== 'get' && phone === undefined)) return refuse('parameters');
  if (isTooOften(call, 'rents')) return refuse('duplicate');
  if (action === 'get') {
    const free = [...house.rentable].filter(([number]) => !isTaken(call, number));
    return listing(free.map(([number, price]) => [['phone', number], ['price', writeAmount(price)], ['currency', account.currency]]));
  }
  if (action === 'buy') return buy(call, phone!, ends === '1');
  const rent = account.rents.get(phone!);
  if (!rent) return refuse('parameters');
  rent.ends = ends === '1';
  return done;
}
