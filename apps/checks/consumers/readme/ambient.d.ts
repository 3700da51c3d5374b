// What the examples of the READMEs take for granted: an application of their reader's.
declare const apiKey: string;
declare const token: string;
declare const file: Blob;
declare function isHuman(token: string | undefined): Promise<boolean>;
declare function show(share: number): void;
declare const phones: readonly string[];
declare const text: string;
declare const bytes: Uint8Array;
declare const instant: number;
declare const pdu: import('@smsc/protocol').PackedUserData;
declare const transport: import('@smsc/protocol').Transport;
declare const smsc: import('@smsc/fetch').Smsc;
declare const sent: import('@smsc/protocol').Sent;
declare function save(id: string, parts: number): void;
declare function warn(code: number, meaning: string): void;
declare function retryLater(error: Error): void;
declare function askLater(id: string): void;
