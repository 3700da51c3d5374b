/** What a short link looks like: 20 characters. The gateway's own domain and length are not known: assumed. */
const shortened = 'http://s.test/aBcDeF';

/** `tinyurl=1`: every link that a short one would shorten. */
export const shortenLinks = (text: string): string => text.replace(/https?:\/\/\S+/g, (link) => (link.length > shortened.length ? shortened : link));
