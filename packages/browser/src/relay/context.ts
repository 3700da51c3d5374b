/** Information about a request that is not part of the `Request`. */
export interface RelayContext {
  /** Address of the visitor: the remote address of the connection, or the address that your own proxy reports. */
  readonly address?: string | undefined;
}
