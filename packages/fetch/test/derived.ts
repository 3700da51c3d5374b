import fc from 'fast-check';
import { errorsByPath, firstRequests } from '../../protocol/test/endpoints.ts';
import { operations } from '../../protocol/test/operations.ts';
import { type Provocation, usual } from './refusals.ts';
import { type OperationTrial, trial } from './trial.ts';

// A new operation has no trial and no provocations of its own yet. Those here use the first request of its vectors, so
// that adding an operation needs no edit in this package.

/** Trials of the operations that have no written one: the request of the vectors succeeds at the simulator. */
export const deriveTrials = (written: object): Readonly<Record<string, OperationTrial>> =>
  Object.fromEntries(
    Object.values(operations)
      .filter(({ name }) => !Object.hasOwn(written, name))
      .map((operation) => [
        operation.name,
        trial(operation, {
          seeds: () => fc.constant(undefined),
          input: () => firstRequests.get(operation.name)!.input,
          holds: () => undefined,
        }),
      ]),
  );

/** Provocations of the errors of every endpoint, for the paths that have no written ones. */
export const deriveProvocations = (
  written: object,
): Readonly<Record<string, Readonly<Record<number, Provocation>>>> =>
  Object.fromEntries(
    [...errorsByPath.keys()]
      .filter((path) => !Object.hasOwn(written, path))
      .map((path) => {
        const operation = Object.values(operations).find((each) => each.path === path)!;
        return [path, usual(operation, firstRequests.get(operation.name)!.input)];
      }),
  );

/** Errors that no derived provocation causes, with the reason. */
export const deriveUnprovoked = (
  written: object,
): Readonly<Record<string, Readonly<Record<number, string>>>> =>
  Object.fromEntries(
    [...errorsByPath]
      .filter(([path]) => !Object.hasOwn(written, path))
      .map(([path, { codes }]) => [
        path,
        Object.fromEntries(
          codes
            .filter((code) => ![2, 4, 9].includes(code))
            .map((code) => [code, 'no provocation is written']),
        ),
      ]),
  );
