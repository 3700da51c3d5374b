/** Which part of a longer text this is. Source: 3GPP TS 23.040, 9.2.3.24.1 and 8. */
export interface Concatenation {
  /** The number that all parts of a text share: 0 to 255, or to 65,535 in 16 bits. */
  readonly reference: number;
  /** Bits of the reference. */
  readonly bits: 8 | 16;
  /** How many parts there are, 1 to 255. */
  readonly total: number;
  /** Which of them this is, 1 to `total`. */
  readonly sequence: number;
}

/** Applications that a message is for and from. Source: 3GPP TS 23.040, 9.2.3.24.3 and 4. */
export interface Ports {
  /** 0 to 255, or to 65,535 in 16 bits. */
  readonly destination: number;
  /** As `destination`. */
  readonly source: number;
  /** Bits of each. */
  readonly bits: 8 | 16;
}

/** An information element as it stands in a header. */
export interface HeaderElement {
  /** Its identifier (IEI), 0 to 255. */
  readonly id: number;
  readonly data: Uint8Array;
}

/** A user-data header, element by element. Source: 3GPP TS 23.040, 9.2.3.24. */
export interface UserDataHeader {
  readonly concatenation?: Concatenation | undefined;
  readonly ports?: Ports | undefined;
  /** The national language whose locking shift table is used, by its identifier: 1 is Turkish. Source: 9.2.3.24.16. */
  readonly locking?: number | undefined;
  /** The national language whose single shift table is used, by its identifier. Source: 9.2.3.24.15. */
  readonly single?: number | undefined;
  /** Elements of every other kind; read, also those of a kind above that say nothing which could be used. */
  readonly others?: readonly HeaderElement[] | undefined;
}
