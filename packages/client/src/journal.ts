/** A send that is about to be made. */
export interface Planned {
  readonly id: string;
  /** The operation's name. */
  readonly operation: string;
  /** Numbers, addresses and names; groups as `G5`. Whoever keeps them seals them. */
  readonly to: readonly string[];
  /** Whose it is: a login, or a digest of an API key. Only who has the same can ask for it. */
  readonly account: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/** One send of a journal, while it goes on. What throws here before the request leaves keeps it from leaving. */
export interface JournalRecord {
  /** A request is about to leave, in milliseconds since 1970: from here on it may have happened. */
  written(at: number): void | Promise<void>;
  /** It has ended. `unknown` leaves it open. */
  ended(outcome: 'accepted' | 'rejected' | 'not-sent' | 'unknown'): void | Promise<void>;
}

/** A send that was open when the journal was opened. */
export interface OpenSend extends Planned {
  /** When a request of it left last; `undefined` when none has. */
  readonly writtenAt: number | undefined;
  readonly record: JournalRecord;
}

/** Remembers what was begun, so that it can be settled when the program is not there to do so. */
export interface Journal {
  /** Remembers a send before anything of it leaves. */
  plan(planned: Planned): JournalRecord | Promise<JournalRecord>;
  /** Sends that have not ended, and are not going on in this program. */
  open(): readonly OpenSend[] | Promise<readonly OpenSend[]>;
}

/** A journal that ends with the program. What stays `unknown` can be settled by `recover` while it runs. */
export function memoryJournal(): Journal {
  const unknown = new Map<JournalRecord, () => OpenSend>();
  return {
    plan: (planned) => {
      let writtenAt: number | undefined;
      const record: JournalRecord = {
        written: (at) => void (writtenAt = at),
        ended: (outcome) => {
          if (outcome === 'unknown') unknown.set(record, () => ({ ...planned, writtenAt, record }));
          else unknown.delete(record);
        },
      };
      return record;
    },
    open: () => Array.from(unknown.values(), (each) => each()),
  };
}
