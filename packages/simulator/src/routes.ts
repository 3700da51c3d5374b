import type { Answer } from './answer.ts';
import { balance } from './balance.ts';
import type { Call } from './call.ts';
import { send } from './sending.ts';
import { status } from './status.ts';

/** One endpoint. */
export interface Route {
  readonly methods: readonly string[];
  /** The body is one JSON object and so is the answer, whatever `fmt` says. Third party: «even if `fmt` is absent». */
  readonly json: boolean;
  readonly answer: (call: Call) => Answer;
}

const either = ['GET', 'POST'];

/** Everything that the gateway can be asked. What is not here is a plain 404. */
export const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/sys/send.php', { methods: either, json: false, answer: send }],
  ['/rest/send/', { methods: ['POST'], json: true, answer: send }],
  ['/sys/status.php', { methods: either, json: false, answer: status }],
  ['/sys/balance.php', { methods: either, json: false, answer: balance }],
]);
