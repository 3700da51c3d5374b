import { encode, TransportError, utf8, type WireReply, type WireRequest } from '@smsc/protocol';
import type { ClientOptions } from '@smsc/client';
import type { CaseClock } from './clock.ts';

type CaseTransport = ClientOptions['transport'];

/**
 * Treatment of one request that sends a message:
 *
 * - `accept`: the message is charged, and the response says so.
 * - `lose-response`: the message is charged, and the connection is reset.
 * - `lose-request`: the connection is reset, and the request never arrives.
 * - `unreachable`: no connection can be made.
 * - `hang`: the request never arrives, and no response comes.
 * - `arriveAfterMs`: the connection is reset, and the message is charged later.
 * - `acceptAfterMs`: the message is charged at once, and the response comes later.
 * - `code`: the gateway rejects the request. `withId`: the response contains the id. `connection`: the connection that
 *   the transport reports.
 */
export type Treatment =
  | 'accept'
  | 'lose-response'
  | 'lose-request'
  | 'unreachable'
  | 'hang'
  | { readonly arriveAfterMs: number }
  | { readonly acceptAfterMs: number }
  | {
      readonly code: number;
      readonly withId?: boolean;
      readonly connection?: 'new' | 'used';
    };

/** A request that the gateway got. */
export interface GatewayRequest {
  /** Reading of the monotonic clock, in milliseconds. */
  readonly at: number;
  readonly operation: string;
  readonly params: URLSearchParams;
}

const reset = (): TransportError => new TransportError('the connection was reset', 'sent', 'network');

const reply = (body: unknown, connection?: 'new' | 'used'): WireReply => ({
  status: 200,
  body: encode(JSON.stringify(body), utf8),
  ...(connection && { connection }),
});

/** Returns the parameters of a request: the fields of a form, or the members of a JSON body. */
function paramsOf({ body }: WireRequest): URLSearchParams {
  if (body.kind === 'multipart')
    return new URLSearchParams(body.fields.map(([name, value]): [string, string] => [name, value]));
  return body.contentType.includes('json')
    ? new URLSearchParams(JSON.parse(body.text) as Record<string, string>)
    : new URLSearchParams(body.text);
}

/** A small simulator of the gateway without a network. It records what it charged. */
export class CaseGateway {
  /** All requests. */
  readonly received: GatewayRequest[] = [];
  /** Ids of the charged messages, one for each charge. */
  readonly charged: string[] = [];
  /** True if the same message was charged twice. */
  chargedTwice: boolean = false;
  readonly #messages: Set<string> = new Set();
  /** Treatments of the next sends, the first one first. Every further send is accepted. */
  readonly treatments: Treatment[] = [];
  /** Called when a send arrives. */
  onSend: ((id: string) => unknown) | undefined;
  /** True if no status request gets a response. */
  isMute: boolean = false;
  readonly #clock: CaseClock;

  constructor(clock: CaseClock) {
    this.#clock = clock;
  }

  /** Requests that sent a message. */
  get sends(): readonly GatewayRequest[] {
    return this.received.filter(({ operation }) => operation !== 'status' && operation !== 'balance');
  }

  /** Charges a message. */
  #charge(params: URLSearchParams): void {
    this.charged.push(params.get('id')!);
    const message = JSON.stringify([params.get('id'), params.get('phones'), params.get('mes')]);
    if (this.#messages.has(message)) this.chargedTwice = true;
    this.#messages.add(message);
  }

  /** Creates a transport to this gateway. `timeoutMs` is the time limit that it declares. */
  transport(timeoutMs: number | undefined): CaseTransport {
    return {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      send: async (request, attempt) => {
        const params = paramsOf(request);
        const { operation } = request;
        this.received.push({ at: this.#clock.monotonic(), operation, params });
        if (operation === 'balance') return reply({ balance: '100.00' });
        return operation === 'status' ? this.#status(params) : this.#send(params, attempt?.signal);
      },
    };
  }

  #status(params: URLSearchParams): WireReply {
    if (this.isMute) throw reset();
    const isKnown = this.charged.includes(params.get('id')!);
    return reply(
      isKnown
        ? { status: 1, last_date: '16.03.2026 12:00:05', last_timestamp: 1_773_651_605 }
        : { status: -3, last_date: '', last_timestamp: 0, err: 0 },
    );
  }

  async #send(params: URLSearchParams, signal: AbortSignal | undefined): Promise<WireReply> {
    const id = params.get('id')!;
    const treatment = this.treatments.shift() ?? 'accept';
    await this.onSend?.(id);
    const accept = (): WireReply => {
      const phones = params.get('op') ? [{ phone: params.get('phones'), mccmnc: '25501', cost: '0.45' }] : [];
      return reply({ id, cnt: 2, cost: '0.90', balance: '99.10', phones });
    };
    if (typeof treatment === 'object') return this.#treat(params, treatment, accept);
    switch (treatment) {
      case 'unreachable':
        throw new TransportError('no connection', 'connect', 'network');
      case 'lose-request':
        throw reset();
      case 'hang':
        return new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(new TransportError('aborted', 'sent', 'aborted')), {
            once: true,
          }),
        );
      default:
        this.#charge(params);
        if (treatment === 'lose-response') throw reset();
        return accept();
    }
  }

  async #treat(
    params: URLSearchParams,
    treatment: Extract<Treatment, object>,
    accept: () => WireReply,
  ): Promise<WireReply> {
    if ('arriveAfterMs' in treatment) {
      this.#clock.after(treatment.arriveAfterMs, () => this.#charge(params));
      throw reset();
    }
    if ('acceptAfterMs' in treatment) {
      this.#charge(params);
      await this.#clock.sleep(treatment.acceptAfterMs);
      return accept();
    }
    const { code, withId, connection } = treatment;
    return reply(
      { error: 'rejected', error_code: code, ...(withId && { id: params.get('id') }) },
      connection,
    );
  }
}
