/** What a server knows of a request beside the request. */
export interface RelayContext {
  /** The address that the connection comes from, or what a proxy of one's own says that it is. */
  readonly address?: string | undefined;
}
