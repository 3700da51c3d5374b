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
  /**
   * IP address of the client. Without an address, neither `allowedAddresses` nor the block after frequent errors applies.
   */
  readonly address?: string | undefined;
  /** Identifies the connection of the request. Default: a separate connection for each request. */
  readonly connection?: string | number | undefined;
}

/** HTTP response of the simulator. API errors have the status 200, as at the gateway (recorded). */
export interface GatewayReply {
  /** HTTP status. */
  readonly status: number;
  /** Value of the header `Content-Type`. */
  readonly contentType: string;
  /** Body of the response. */
  readonly body: Uint8Array;
}

/** Response to a request that is still in flight. The request counts as concurrent until `release` is called. */
export interface Pending {
  /** Response to send. */
  readonly reply: GatewayReply;
  /** Ends the request. Further calls do nothing. */
  release(): void;
}
