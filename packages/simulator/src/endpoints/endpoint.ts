import type { RequestContext } from '../state/request-context.ts';
import type { ResponseBody } from '../wire/response.ts';

/** Endpoint of the gateway. */
export interface Endpoint {
  /** Path, such as `/sys/balance.php`. */
  readonly path: string;
  /** HTTP methods. Default: GET and POST. */
  readonly methods?: readonly string[];
  /** True if the endpoint accepts JSON bodies and always responds in JSON, regardless of `fmt`. Default: false. */
  readonly json?: boolean;
  /** Responds to an authenticated request. */
  readonly respond: (context: RequestContext) => ResponseBody;
}
