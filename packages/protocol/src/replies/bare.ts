import type { JsonObject } from '../exchange/json.ts';

/**
 * The two answers that come as plain text whatever format was asked for: `OK` and `ERROR = N (…)`, the latter with an
 * id behind it for some errors. Source: recordings of `templates.php` with fmt=3.
 */
export function readBare(text: string): JsonObject | undefined {
  if (text === 'OK') return { result: 'OK' };
  const found = text.startsWith('ERROR') && /^ERROR = (\d+)(?: \((.*)\))?(?:, ID - ([\w.-]+))?$/s.exec(text);
  if (!found) return undefined;
  const [, code, description = '', id = ''] = found;
  // An empty id counts as none.
  return { error: description, error_code: code!, id };
}
