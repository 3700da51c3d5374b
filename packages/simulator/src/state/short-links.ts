import { createHash } from 'node:crypto';
import { dayOf } from './turnover.ts';
import type { Message } from './message.ts';

/** A short link, and how often it was followed. */
export interface ShortLink {
  readonly id: number;
  /** `http://s.test/aBcDeF`. */
  readonly short: string;
  /** What it stands for. */
  readonly link: string;
  /** Clicks by day of the account's calendar. */
  readonly clicks: Map<number, number>;
  /** The latest message that it went out with, by recipient. */
  readonly messages: Map<string, Message>;
}

/** A link and what it became. */
export interface ShortenedLink {
  readonly short: string;
  readonly link: string;
}

/** What short links look like: 20 characters. The gateway's own domain and length are not known: assumed. */
const beginning = 'http://s.test/';
const digits = 6;
const length = beginning.length + digits;

/** The same link of the same account is always shortened to the same one: assumed. */
const shorten = (link: string, login: string): string =>
  beginning +
  createHash('sha1')
    .update(`${login}\n${link}`, 'utf16le')
    .digest('base64')
    .replace(/[+/]/g, 'x')
    .slice(0, digits);

/** `tinyurl=1`: every link that a short one would shorten. */
export function shortenLinks(
  text: string,
  login: string,
): { readonly text: string; readonly links: readonly ShortenedLink[] } {
  const links: ShortenedLink[] = [];
  const shortened = text.replace(/https?:\/\/\S+/g, (link) => {
    if (link.length <= length) return link;
    const short = shorten(link, login);
    links.push({ short, link });
    return short;
  });
  return { text: shortened, links };
}

/** Writes down a click. */
export function countClick({ clicks }: ShortLink, instant: number, utcOffset: number): void {
  const day = dayOf(instant, utcOffset);
  clicks.set(day, (clicks.get(day) ?? 0) + 1);
}

/** Clicks of the days that a condition holds for. */
export const clicksOn = ({ clicks }: ShortLink, counts: (day: number) => boolean): number =>
  [...clicks].reduce((sum, [day, count]) => sum + (counts(day) ? count : 0), 0);
