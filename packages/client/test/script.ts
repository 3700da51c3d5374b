import { VirtualClock } from '@smsc/testing/clocks';
import { encode, TransportError, utf8, type WireRequest } from '@smsc/protocol';
import { type Client, type ClientOptions, createClient } from '../src/index.ts';
import type { AttemptOptions } from '../src/adapter.ts';

export const hang: unique symbol = Symbol('hang');

/** Response to a request: a body, a whole response, an error to throw, or no response at all. */
export type Step =
  | string
  | { readonly status: number; readonly body?: string; readonly retryAfter?: string }
  | Error
  | typeof hang;

export const refused = (): TransportError => new TransportError('no connection', 'connect', 'network');
export const reset = (): TransportError => new TransportError('reset', 'sent', 'network');
export const timedOut = (): TransportError => new TransportError('too slow', 'sent', 'timeout');

/** A request that the transport got. */
export interface ReceivedRequest {
  readonly at: number;
  readonly request: WireRequest;
  readonly params: URLSearchParams;
  readonly attempt: AttemptOptions | undefined;
}

export interface Scripted {
  readonly client: Client;
  readonly received: ReceivedRequest[];
  readonly clock: VirtualClock;
}

/** Returns the parameters of a request. */
export const paramsOf = (request: WireRequest): URLSearchParams =>
  new URLSearchParams(request.body.kind === 'text' ? request.body.text : '');

/** Creates a client on a virtual clock whose transport responds with one step per request; the last step repeats. */
export function scripted(
  steps: readonly Step[] | ((received: ReceivedRequest) => Step),
  options: Partial<ClientOptions> = {},
): Scripted {
  const received: ReceivedRequest[] = [];
  const clock = options.clock instanceof VirtualClock ? options.clock : new VirtualClock();
  const transport: ClientOptions['transport'] = {
    send: async (request, attempt) => {
      const one: ReceivedRequest = { at: clock.now(), request, params: paramsOf(request), attempt };
      received.push(one);
      const step = typeof steps === 'function' ? steps(one) : (steps[received.length - 1] ?? steps.at(-1)!);
      if (step instanceof Error) throw step;
      if (step === hang) {
        return new Promise((_, reject) =>
          attempt!.signal!.addEventListener(
            'abort',
            () => reject(new TransportError('aborted', 'sent', 'aborted')),
            { once: true },
          ),
        );
      }
      if (typeof step === 'string') return { status: 200, body: encode(step, utf8) };
      return { ...step, body: encode(step.body ?? '', utf8) };
    },
  };
  const client = createClient({
    transport,
    credentials: { login: 'alex', password: 'hunter2' },
    clock,
    random: () => 0.5,
    ...options,
  });
  return { client, received, clock };
}

export const wait = ({ clock }: Pick<Scripted, 'clock'>, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve));

export const input = { id: 'm1', to: '380501234567', text: 'Ваш код: 4821' };
export const accepted = '{"id": "m1", "cnt": 1}';
export const missing = '{"status": -3, "last_date": "", "last_timestamp": 0, "err": 0}';
export const delivered = '{"status": 1, "last_date": "16.03.2026 12:00:05", "last_timestamp": 1773651605}';
export const answer = (code: number): string => `{"error": "x", "error_code": ${code}}`;
