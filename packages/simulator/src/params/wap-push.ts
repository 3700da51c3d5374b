/** Octets of an SMS, alone and of each of several behind a header of six. Source: 3GPP TS 23.040. */
const alone = 140;
const each = 134;
/** What a WAP push has around its link and title. Assumed from the page's example, which has 26 beside them. */
const overhead = 26;

/** `push=1`: a link and a title with a line break between. `undefined` when either is missing. */
export function readWapPush(text: string): { readonly link: string; readonly title: string } | undefined {
  const match = /^(\S+)\r?\n([^\n]+)\s*$/.exec(text);
  return match ? { link: match[1]!, title: match[2]! } : undefined;
}

/** How many SMS it takes. Assumed, but for the octets of an SMS. */
export function countWapPushParts({
  link,
  title,
}: {
  readonly link: string;
  readonly title: string;
}): number {
  const octets = overhead + Buffer.byteLength(link, 'utf8') + Buffer.byteLength(title, 'utf8');
  return octets <= alone ? 1 : Math.ceil(octets / each);
}
