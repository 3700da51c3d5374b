import type { Clock } from '@smsc/client';
import type { RelayResponse } from '../relay-protocol.ts';
import { RefusalError } from './refusal.ts';
import { unknownResponse } from './response.ts';

/** Limits on the responses that are kept. */
export interface ReplayLimits {
  /** Time for which a response is kept, in ms. */
  readonly replayMs: number;
  /** Maximum number of responses that are kept. */
  readonly maxReplays: number;
}

interface Send {
  readonly fingerprint: string;
  readonly response: Promise<RelayResponse>;
  /** Aborts when no request waits for the send any more. */
  readonly abandoned: AbortController;
  /** Number of requests that wait for the response. */
  waiting: number;
  /** `true` once the message may be at the gateway. */
  maySend: boolean;
  /** Time the send ended. `undefined` while it runs. */
  endedAt: number | undefined;
}

/** A request that has arrived and has no response yet. */
export interface Arrival {
  /** Tells whether there is another request for the same message, or a response that is kept. */
  readonly isKnown: () => boolean;
  /** Marks the end of the request. */
  readonly end: () => void;
}

/** A request for a send. */
export interface SendRequest {
  /** Key of the message. */
  readonly key: string;
  readonly id: string;
  /** Digest of the input. A different digest under the same key means a different message. */
  readonly fingerprint: string;
  /** Aborts when the client of this request disconnects. */
  readonly signal: AbortSignal;
  /**
   * Performs the send. `abandoned` aborts when nobody waits for the send any more. `onSending` must be called right before
   * the message is sent.
   */
  readonly perform: (abandoned: AbortSignal, onSending: () => void) => Promise<RelayResponse>;
}

/** Registry of sends, by the key of the message. Sends each message once, even if it is requested several times. */
export class SendRegistry {
  readonly #limits: ReplayLimits;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #sends = new Map<string, Send>();
  /** Number of arrived requests for each message. */
  readonly #arrivals = new Map<string, number>();

  constructor(limits: ReplayLimits, clock: Pick<Clock, 'now'>) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Records the arrival of a request, before its body is read. The record lasts until `end()` is called. */
  arrive(key: string): Arrival {
    this.#arrivals.set(key, (this.#arrivals.get(key) ?? 0) + 1);
    return {
      isKnown: () => this.#arrivals.get(key)! > 1 || this.#find(key) !== undefined,
      end: () => {
        const others = this.#arrivals.get(key)! - 1;
        if (others > 0) this.#arrivals.set(key, others);
        else this.#arrivals.delete(key);
      },
    };
  }

  /**
   * Returns the response of the message's send if it is running, or if its response is kept. Otherwise starts a send.
   *
   * @throws {RefusalError} if another message has this id, too many sends are running, or the client disconnected before
   *   anything was sent
   */
  async join(request: SendRequest): Promise<RelayResponse> {
    const known = this.#find(request.key);
    if (known && known.fingerprint !== request.fingerprint)
      throw new RefusalError('conflict', 'another message has this id: give each message its own id');
    return this.#waitFor(known ?? this.#start(request), request);
  }

  #isExpired({ endedAt }: Send): boolean {
    return endedAt !== undefined && endedAt + this.#limits.replayMs <= this.#clock.now();
  }

  #find(key: string): Send | undefined {
    const found = this.#sends.get(key);
    return found && this.#isExpired(found) ? undefined : found;
  }

  /**
   * Removes expired sends. If there is still no room, removes the oldest send that has ended. Running sends are never removed.
   */
  #makeRoom(): void {
    for (const [key, send] of this.#sends) if (this.#isExpired(send)) this.#sends.delete(key);
    if (this.#sends.size < this.#limits.maxReplays) return;
    const [oldest] = [...this.#sends].find(([, { endedAt }]) => endedAt !== undefined) ?? [];
    if (oldest === undefined) throw new RefusalError('unavailable', 'too many messages are being sent');
    this.#sends.delete(oldest);
  }

  #start({ key, fingerprint, perform }: SendRequest): Send {
    this.#makeRoom();
    const abandoned = new AbortController();
    const send: Send = {
      fingerprint,
      abandoned,
      waiting: 0,
      maySend: false,
      endedAt: undefined,
      response: perform(abandoned.signal, () => void (send.maySend = true)),
    };
    this.#sends.set(key, send);
    send.response.then(
      (response) => {
        send.endedAt = this.#clock.now();
        const { outcome } = { __proto__: null, ...response } as unknown as { readonly outcome?: string };
        // A message that was certainly not sent may be requested again.
        if (outcome !== 'accepted' && outcome !== 'unknown') this.#sends.delete(key);
      },
      () => this.#sends.delete(key),
    );
    return send;
  }

  /** Waits for the response, or until the client disconnects. */
  #waitFor(send: Send, { id, signal }: SendRequest): Promise<RelayResponse> {
    send.waiting++;
    return new Promise((resolve, reject) => {
      const onDisconnect = (): void => {
        signal.removeEventListener('abort', onDisconnect);
        send.waiting--;
        if (send.waiting === 0) send.abandoned.abort();
        // The message may be at the gateway, or another request may still send it. A refusal would claim that nothing is sent.
        if (send.maySend || send.waiting > 0) resolve(unknownResponse(id, 'aborted'));
        else reject(new RefusalError('unavailable', 'the client disconnected'));
      };
      signal.addEventListener('abort', onDisconnect);
      send.response
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', onDisconnect))
        .catch(() => undefined);
      if (signal.aborted) onDisconnect();
    });
  }
}
