import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Documented request of an operation, with its expected parameters. */
export interface RequestVector {
  readonly name: string;
  readonly source: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Documented reply to an operation, by `fmt`, with the expected result. */
export interface ReplyVector {
  readonly name: string;
  readonly source: string;
  readonly operation: string;
  readonly replies: Readonly<Record<string, string>>;
  readonly result: unknown;
}

/** Errors of an endpoint. For each path, exactly one file of vectors contains the errors. */
export interface ErrorsVector {
  readonly source: string;
  readonly codes: readonly number[];
}

/** Operations for which the error code `code` means an empty list. */
export interface EmptyListsVector {
  readonly source: string;
  readonly code: number;
  readonly operations: readonly string[];
}

/** Vectors of the operations in one file. */
interface Vectors {
  /** Path below the host that all operations of the file use. */
  readonly path: string;
  readonly errors?: ErrorsVector;
  readonly emptyLists?: EmptyListsVector;
  readonly requests: readonly RequestVector[];
  readonly replies: readonly ReplyVector[];
}

const folder = join(import.meta.dirname, 'vectors/endpoints');

/**
 * Vectors of requests and replies. The key is the name of the JSON file without its ending; the source file of the
 * operations has the same name.
 */
export const endpoints: Readonly<Record<string, Vectors>> = Object.fromEntries(
  readdirSync(folder).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(folder, file), 'utf8')) as Vectors,
  ]),
);

/** Errors of each endpoint, by its path below the host. */
export const errorsByPath: ReadonlyMap<string, ErrorsVector> = new Map(
  Object.values(endpoints).flatMap(({ path, errors }) => (errors ? [[path, errors] as const] : [])),
);

/** The first request vector of each operation. */
export const firstRequests: ReadonlyMap<string, RequestVector> = new Map(
  Object.values(endpoints)
    .flatMap(({ requests }) => requests)
    .reverse()
    .map((request) => [request.operation, request]),
);
