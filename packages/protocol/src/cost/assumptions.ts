/** Meaning of each assumption: what the gateway does not document, what the estimate assumes, and what the bounds cover. */
const meanings = {
  'number-correction':
    'The gateway may correct a number without +, but does not document how. Assumed: 00 at the start is dropped, 0XXXXXXXXX and 80XXXXXXXXX become 380…, 8XXXXXXXXXX and 9XXXXXXXXX become 7…. The bounds also cover a message to the number as it is written. If that number has no price, the lower bound is no cost.',
  duplicates:
    'A recipient that occurs twice for one text gets one message; the upper bound charges for each occurrence.',
  operator:
    'The price depends on the network of the number, which is not known; the bounds are the cheapest and the most expensive network of its prefix.',
  translit:
    'The gateway does not publish its transliteration tables; the bounds use the shortest and the longest known spelling of each letter.',
  'short-link':
    'The gateway does not document the length of a short link or which links it shortens. Assumed: links that start with http:// or https:// and are longer than a short link. The lower bound uses the shortest short link, also for links that start with www.; the upper bound uses the longest, also for links that are shorter.',
  'max-parts':
    'A text cut by maxParts may lose the characters that made it UCS-2; the upper bound counts all allowed parts.',
  'speech-speed':
    'The gateway does not document the speed of the voice; the bounds use the fastest and the slowest assumed speed.',
  'spoken-code':
    'The gateway does not document the time to dictate a code, and the number of digits is not always known; the bounds are 2 and 12 seconds.',
  'wap-push':
    'The gateway does not document how it encodes a WAP push; the lower bound is the shortest encoding, the upper bound adds an id, a creation time and an action.',
} as const;

/** Name of an assumption. */
export type AssumptionName = keyof typeof meanings;

/** An assumption that an estimate is based on. */
export interface Assumption {
  /** Identifier of the assumption. */
  readonly name: AssumptionName;
  /** Describes what is assumed and what the bounds cover. In English, for logs and developers. */
  readonly meaning: string;
}

/** Returns the named assumptions in a fixed order. */
export const assumptionsOf = (names: ReadonlySet<AssumptionName>): readonly Assumption[] =>
  (Object.keys(meanings) as AssumptionName[])
    .filter((name) => names.has(name))
    .map((name) => ({ name, meaning: meanings[name] }));
