import { createHash } from 'node:crypto';
import { dayOf } from './turnover.ts';
import type { Message } from './message.ts';

/** Short link with its clicks. */
export interface ShortLink {
  readonly id: number;
  /** Short address, such as `http://s.test/aBcDeF`. */
  readonly short: string;
  /** Address that the link leads to. */
  readonly link: string;
  /** Number of clicks by day in the account's time zone. */
  readonly clicks: Map<number, number>;
  /** Latest message with the link, by recipient. */
  readonly messages: Map<string, Message>;
}

/** Address and its short form. */
export interface ShortenedLink {
  readonly short: string;
  readonly link: string;
}

/**
 * Short links have 20 characters. The domain and the length are assumptions, because they are not known from the gateway.
 */
const prefix = 'http://s.test/';
const codeLength = 6;
const shortLength = prefix.length + codeLength;

/** Returns the short form of an address. Assumption: an account always gets the same short form for the same address. */
const shorten = (link: string, login: string): string =>
  prefix +
  createHash('sha1')
    .update(`${login}\n${link}`, 'utf16le')
    .digest('base64')
    .replace(/[+/]/g, 'x')
    .slice(0, codeLength);

/**
 * Replaces the addresses in a text with short links, as `tinyurl=1` requests. Addresses that are not longer than a short
 * link are kept.
 */
export function shortenLinks(
  text: string,
  login: string,
): { readonly text: string; readonly links: readonly ShortenedLink[] } {
  const links: ShortenedLink[] = [];
  const shortened = text.replace(/https?:\/\/\S+/g, (link) => {
    if (link.length <= shortLength) return link;
    const short = shorten(link, login);
    links.push({ short, link });
    return short;
  });
  return { text: shortened, links };
}

/** Counts a click. */
export function countClick({ clicks }: ShortLink, instant: number, utcOffset: number): void {
  const day = dayOf(instant, utcOffset);
  clicks.set(day, (clicks.get(day) ?? 0) + 1);
}

/** Returns the number of clicks on the days that match a condition. */
export const clicksOn = ({ clicks }: ShortLink, matches: (day: number) => boolean): number =>
  [...clicks].reduce((sum, [day, count]) => sum + (matches(day) ? count : 0), 0);
