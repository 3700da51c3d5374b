import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import type { ResponseBody } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { canAfford, recordTransaction } from '../state/turnover.ts';
import { writeAmount } from '../pricing/money.ts';
import { readPhone } from '../params/recipients.ts';
import { flag } from '../params/read-values.ts';
import { errorResponse } from '../wire/errors.ts';
import type { RentedNumber } from '../state/records.ts';
import { priceForRestOfMonth, scheduleRenewal } from '../events/rented-numbers.ts';
import { okResponse, listResponse } from '../wire/rows.ts';

/** Returns true if any account already rents a number. */
const isRented = ({ gateway }: RequestContext, phone: string): boolean =>
  [...gateway.accounts.byLogin.values()].some(({ account }) => account.rents.has(phone));

/** `get`: lists the numbers that can be rented. The members of the list are an assumption. */
function listNumbers(context: RequestContext): ResponseBody {
  const free = [...context.gateway.rentable].filter(([phone]) => !isRented(context, phone));
  return listResponse(
    free.map(([phone, price]) => [
      ['phone', phone],
      ['price', writeAmount(price)],
      ['currency', context.account.currency],
    ]),
  );
}

/** `buy`: rents a number. */
function rentNumber(context: RequestContext, phone: string, ends: boolean): ResponseBody {
  const { account, gateway, instant } = context;
  const price = gateway.rentable.get(phone);
  // The error for an unknown or already rented number is an assumption.
  if (price === undefined || isRented(context, phone)) return errorResponse('parameters');
  const firstPrice = priceForRestOfMonth(price, instant, account.utcOffset);
  if (!canAfford(account.wallet, firstPrice)) return errorResponse('insufficientFunds');
  recordTransaction(account, instant, { spent: firstPrice });
  const rent: RentedNumber = { phone, price, ends };
  account.rents.set(phone, rent);
  scheduleRenewal(rent, account, gateway, instant);
  return okResponse;
}

/** `chg`: turns the renewal of a rent on or off. */
function changeRent({ account }: RequestContext, phone: string, ends: boolean): ResponseBody {
  const rent = account.rents.get(phone);
  if (!rent) return errorResponse('parameters');
  rent.ends = ends;
  return okResponse;
}

/** `receive_phones.php`: numbers for incoming messages. */
export const rentedNumbers: Endpoint = {
  path: '/sys/receive_phones.php',
  respond: (context) => {
    const action = readAction(context.parameters.values, ['get', 'buy', 'chg']);
    const ends = flag(valueOf(context, 'noprolong'));
    const phone = readPhone(valueOf(context, 'phone'));
    if (!action || ends === undefined || (action !== 'get' && phone === undefined))
      return errorResponse('parameters');
    if (exceedsLimit(context, 'rents')) return errorResponse('duplicate');
    if (action === 'get' || phone === undefined) return listNumbers(context);
    return action === 'buy' ? rentNumber(context, phone, ends) : changeRent(context, phone, ends);
  },
};
