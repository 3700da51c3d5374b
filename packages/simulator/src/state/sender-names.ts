/** Sender name of an account. */
export interface SenderName {
  readonly id: number;
  readonly sender: string;
  readonly addedAt: number;
  /**
   * True if messages may use the name. A phone number is approved with a confirmation code. Assumption: other names are
   * approved immediately, without a moderator.
   */
  approved: boolean;
  /** Confirmation code that was sent to the phone number, with the instant of sending. */
  code: { readonly digits: string; readonly sentAt: number } | undefined;
  /** Further details, by parameter name. */
  readonly details: Map<string, string>;
}

/** Creates the sender names of a new account. */
export const createSenderNames = (names: readonly string[]): Map<string, SenderName> =>
  new Map(
    names
      .filter((name) => name !== '')
      .map((sender, index) => [
        sender,
        { id: index + 1, sender, addedAt: 0, approved: true, code: undefined, details: new Map() },
      ]),
  );

/** Returns true if a sender is a phone number, which must be confirmed with a code. */
export const isNumber = (sender: string): boolean => /^\+?\d+$/.test(sender);
