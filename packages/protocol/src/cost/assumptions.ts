/** What an estimate can rest on that the gateway's pages do not say, by name. */
const meanings = {
  'number-correction':
    'A number without + may be mended by the gateway; how is not documented. Taken: 00 in front goes, 0XXXXXXXXX and 80XXXXXXXXX become 380…, 8XXXXXXXXXX and 9XXXXXXXXX become 7…; the bounds count the number as it is written, too, and nothing for one that as it is written has no price.',
  duplicates:
    'A recipient who is named twice for one text gets one message; the upper bound charges for each.',
  operator:
    'The price depends on the network of the number, which is not known; the bounds are the cheapest and the dearest network of its prefix.',
  translit:
    "The gateway's tables of transliteration are not published; the bounds write each letter as short and as long as it is ever written.",
  'short-link':
    'How long a short link is, and what is shortened, is not known. Taken: what begins with http:// or https:// and is longer than a short link; the bounds are the shortest link, for what begins with www. too, and the longest, for short addresses as well.',
  'max-parts':
    'A text that is cut off by maxParts may have lost the characters that made it UCS-2; the upper bound counts all parts that are allowed.',
  'speech-speed': 'How fast the voice speaks is not known.',
  'spoken-code': 'How long it takes to dictate a code is not known, nor always how many digits it has.',
  'wap-push':
    'How the gateway encodes a WAP push is not known; the lower bound is its shortest encoding, the upper one has an id, a time of creation and an action besides.',
} as const;

/** The name of an assumption. */
export type AssumptionName = keyof typeof meanings;

/** An assumption that an estimate rests on. */
export interface Assumption {
  readonly name: AssumptionName;
  /** What is assumed, and what the bounds stand for. */
  readonly meaning: string;
}

/** Assumptions by their names, each once, in the order of the table. */
export const assumptionsOf = (names: ReadonlySet<AssumptionName>): readonly Assumption[] =>
  (Object.keys(meanings) as AssumptionName[])
    .filter((name) => names.has(name))
    .map((name) => ({ name, meaning: meanings[name] }));
