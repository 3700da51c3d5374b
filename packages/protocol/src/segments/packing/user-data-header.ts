/** Position of a part in a concatenated message. Source: 3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8. */
export interface Concatenation {
  /** Number that all parts of the message share: 0 to 255, or 0 to 65,535 with 16 bits. */
  readonly reference: number;
  /** Bits of `reference`. */
  readonly bits: 8 | 16;
  /** Number of parts, 1 to 255. */
  readonly total: number;
  /** Number of this part, 1 to `total`. */
  readonly sequence: number;
}

/** Application ports of a message. Source: 3GPP TS 23.040, 9.2.3.24.3 and 9.2.3.24.4. */
export interface Ports {
  /** Port of the receiving application: 0 to 255, or 0 to 65,535 with 16 bits. */
  readonly destination: number;
  /** Port of the sending application, in the same range as `destination`. */
  readonly source: number;
  /** Bits of each port. */
  readonly bits: 8 | 16;
}

/** Information element of a header. */
export interface HeaderElement {
  /** Information element identifier (IEI), 0 to 255. */
  readonly id: number;
  /** Content of the element, up to 255 octets. */
  readonly data: Uint8Array;
}

/** User data header. Source: 3GPP TS 23.040, 9.2.3.24. */
export interface UserDataHeader {
  /** Position of the part in a concatenated message. Default: a single message. */
  readonly concatenation?: Concatenation | undefined;
  /** Application ports. Default: none. */
  readonly ports?: Ports | undefined;
  /** Identifier of the national language whose locking shift table is used, such as 1 for Turkish. Source: 9.2.3.24.16. */
  readonly locking?: number | undefined;
  /** Identifier of the national language whose single shift table is used. Source: 9.2.3.24.15. */
  readonly single?: number | undefined;
  /** Elements that have no member of their own. In a header that was read, also elements with invalid contents. */
  readonly others?: readonly HeaderElement[] | undefined;
}
