import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { canAfford, recordTransaction } from '../state/turnover.ts';
import { writeAmount } from '../pricing/money.ts';
import { readPhone } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import type { RentedNumber } from '../state/records.ts';
import { scheduleRenewal, priceForRestOfMonth } from '../events/rented-numbers.ts';
import { okResponse, listResponse } from '../wire/rows.ts';

/** Whether somebody rents a number. */
const isTaken = ({ gateway }: RequestContext, phone: string): boolean =>
  [...gateway.accounts.byLogin.values()].some(({ account }) => account.rents.has(phone));

function buy(call: RequestContext, phone: string, ends: boolean): ResponseBody {
  const { account, gateway, instant } = call;
  const price = gateway.rentable.get(phone);
  // A number that is not there, or is taken: which error is not known, assumed.
  if (price === undefined || isTaken(call, phone)) return errorResponse('parameters');
  const rest = priceForRestOfMonth(price, instant, account.utcOffset);
  if (!canAfford(account.wallet, rest)) return errorResponse('money');
  recordTransaction(account, instant, { spent: rest });
  const rent: RentedNumber = { phone, price, ends };
  account.rents.set(phone, rent);
  scheduleRenewal(rent, account, gateway, instant);
  return okResponse;
}

/** `receive_phones.php`: numbers for receiving messages. Of the list only that it is one is known; its members are assumed. */
export function rentedNumbers(call: RequestContext): ResponseBody {
  const { account, gateway } = call;
  const action = readAction(call.parameters.values, ['get', 'buy', 'chg']);
  const [phone, ends] = [readPhone(valueOf(call, 'phone')), valueOf(call, 'noprolong')];
  if (!action || !/^[01]?$/.test(ends) || (action !== 'get' && phone === undefined))
    return errorResponse('parameters');
  if (exceedsLimit(call, 'rents')) return errorResponse('duplicate');
  if (action === 'get') {
    const free = [...gateway.rentable].filter(([number]) => !isTaken(call, number));
    return listResponse(
      free.map(([number, price]) => [
        ['phone', number],
        ['price', writeAmount(price)],
        ['currency', account.currency],
      ]),
    );
  }
  if (action === 'buy') return buy(call, phone!, ends === '1');
  const rent = account.rents.get(phone!);
  if (!rent) return errorResponse('parameters');
  rent.ends = ends === '1';
  return okResponse;
}
