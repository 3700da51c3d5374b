import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A request as a source shows it. */
export interface RequestVector {
  readonly name: string;
  readonly source: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A reply as a source shows it, in every format that it shows. */
export interface ReplyVector {
  readonly name: string;
  readonly source: string;
  readonly operation: string;
  readonly replies: Readonly<Record<string, string>>;
  readonly result: unknown;
}

interface Vectors {
  readonly requests: readonly RequestVector[];
  readonly replies: readonly ReplyVector[];
}

const folder = join(import.meta.dirname, 'vectors/endpoints');

/** Vectors of requests and replies. The key is the name of the file, which is also the name of the operation's file. */
export const endpoints: Readonly<Record<string, Vectors>> = Object.fromEntries(
  readdirSync(folder).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(folder, file), 'utf8')) as Vectors,
  ]),
);
