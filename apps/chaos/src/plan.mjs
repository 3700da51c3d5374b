// The messages that a program has to send, and the price of each.
import { estimate, pricesFromJson } from '@smsc/protocol';

/** Prices of one part, by number prefix. The gateway and the estimator get the same table. */
export const partPrices = { 380: '0.385', 7: '1.40', 48: '0.60' };

const prices = pricesFromJson(Object.entries(partPrices).map(([prefix, sms]) => ({ prefix, sms })));
const prefixes = ['38050', '38067', '7916', '4850'];

/** Every fiftieth text contains a word that the gateway rejects. */
const isRefused = (number) => number % 50 === 7;
const textOf = (number) =>
  isRefused(number) ? `casino ${number}` : `Код ${number}${' и ещё слово'.repeat((number * 7) % 13)}`;

/** Creates a plan. Every recipient and every text is different. */
export const createPlan = (sends) =>
  Array.from({ length: sends }, (_, number) => ({
    id: `m${number}`,
    to: prefixes[number % prefixes.length] + String(1_000_000 + number),
    text: textOf(number),
  }));

/** Returns true if the gateway will reject a message for its text. */
export const isRefusedText = ({ text }) => text.startsWith('casino');

/** Converts an amount to thousandths. */
export function thousandths(amount) {
  const [whole, decimals = ''] = amount.split('.');
  return BigInt(whole + decimals.slice(0, 3).padEnd(3, '0'));
}

/** Returns the price of a planned message in thousandths, as the estimator computes it. */
export const priceOf = ({ to, text }) => thousandths(estimate({ to, text }, prices).total);
