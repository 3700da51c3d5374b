/** Value as `JSON.parse` returns it. All reply formats are parsed to such values. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** Parsed reply, or a part of one, before an operation's `result` reads it. */
export interface JsonObject {
  readonly [member: string]: Json;
}
