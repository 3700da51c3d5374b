/** A sender name of an account. */
export interface SenderName {
  readonly id: number;
  readonly sender: string;
  readonly addedAt: number;
  /** Only what is approved is taken. A name is at once: that no moderator looks at it here is assumed; a number by its code. */
  approved: boolean;
  /** The code that its owner got, and when. */
  code: { readonly digits: string; readonly sentAt: number } | undefined;
  /** What else was said of it, by the parameter that said it. */
  readonly details: Map<string, string>;
}

/** The names that an account has from the beginning. */
export const createSenderNames = (names: readonly string[]): Map<string, SenderName> =>
  new Map(
    names
      .filter((name) => name !== '')
      .map((sender, at) => [
        sender,
        { id: at + 1, sender, addedAt: 0, approved: true, code: undefined, details: new Map() },
      ]),
  );

/** Whether a sender is a telephone number, which needs a code. */
export const isNumber = (sender: string): boolean => /^\+?\d+$/.test(sender);
