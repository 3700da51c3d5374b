/**
 * Maximum numbers of octets in a single SMS, and in a part of a longer message. The header of a part takes another six
 * octets. Source: 3GPP TS 23.040.
 */
const singleOctets = 140;
const partOctets = 134;
/** Octets of a WAP push in addition to link and title. Assumption: always 26, as in the example on the gateway's page. */
const overhead = 26;

/** Content of a WAP push, `push=1`. */
export interface WapPush {
  readonly link: string;
  readonly title: string;
}

/** Reads a link and a title with a line break between them. Returns `undefined` if one is missing. */
export function readWapPush(text: string): WapPush | undefined {
  const match = /^(\S+)\r?\n([^\n]+)\s*$/.exec(text);
  return match ? { link: match[1]!, title: match[2]! } : undefined;
}

/** Returns the number of SMS of a WAP push. Only the capacity of an SMS is documented; the calculation is an assumption. */
export function countWapPushParts({ link, title }: WapPush): number {
  const octets = overhead + Buffer.byteLength(link, 'utf8') + Buffer.byteLength(title, 'utf8');
  return octets <= singleOctets ? 1 : Math.ceil(octets / partOctets);
}
