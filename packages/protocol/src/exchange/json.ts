/** A value as `JSON.parse` gives it. Every reply format reads to one of these. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A reply, or a part of one, before `result` has looked at it. */
export interface JsonObject {
  readonly [member: string]: Json;
}
