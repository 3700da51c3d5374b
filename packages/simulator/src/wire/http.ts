/** A request as it came over the wire. */
export interface GatewayRequest {
  /** `GET` or `POST`. */
  readonly method: string;
  /** Path and query: `/sys/send.php?fmt=3`. */
  readonly url: string;
  /** The header `Content-Type`. */
  readonly contentType?: string | undefined;
  /** The whole body; empty for a GET. */
  readonly body: Uint8Array;
  /** The caller's IP address. Without one no address list and no block applies. */
  readonly address?: string | undefined;
  /** Which connection it came over. Default: one of its own. */
  readonly connection?: string | number | undefined;
}

/** The answer. The gateway answers HTTP 200 to everything that it understands as a call, errors included (recorded). */
export interface GatewayReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A request that is in flight: it counts as «at once» with others until it is released. */
export interface Pending {
  readonly reply: GatewayReply;
  /** Ends the flight. Calling it again does nothing. */
  release(): void;
}
