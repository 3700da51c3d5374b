import type { JsonObject } from '../exchange/json.ts';

/**
 * Reads the two replies that are plain text in every format: `OK`, and `ERROR = N (…)`, which can be followed by an id.
 * Returns `undefined` for any other text. Source: recordings of `templates.php` with fmt=3.
 */
export function readBare(text: string): JsonObject | undefined {
  if (text === 'OK') return { result: 'OK' };
  const found = text.startsWith('ERROR') && /^ERROR = (\d+)(?: \((.*)\))?(?:, ID - ([\w.-]+))?$/s.exec(text);
  if (!found) return undefined;
  const [, code, description = '', id = ''] = found;
  // An empty id counts as missing.
  return { error: description, error_code: code!, id };
}
