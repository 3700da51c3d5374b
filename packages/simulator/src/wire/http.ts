/** HTTP request to the simulator. */
export interface GatewayRequest {
  /** `GET` or `POST`. */
  readonly method: string;
  /** Path and query, such as `/sys/send.php?fmt=3`. */
  readonly url: string;
  /** Value of the header `Content-Type`. */
  readonly contentType?: string | undefined;
  /** The whole body. Empty for GET. */
  readonly body: Uint8Array;
  /** IP address of the client. Without one, neither `allowedAddresses` nor the block after frequent errors applies. */
  readonly address?: string | undefined;
  /** Connection that the request came over. Default: a connection of its own. */
  readonly connection?: string | number | undefined;
}

/** HTTP response of the simulator. Like the gateway, it reports its own errors with HTTP 200 (recorded). */
export interface GatewayReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Response together with its request, which counts as concurrent with others until it is released. */
export interface Pending {
  readonly reply: GatewayReply;
  /** Ends the request. Further calls do nothing. */
  release(): void;
}
