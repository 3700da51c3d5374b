import fc from 'fast-check';
import { errorsByPath, firstRequests } from '../../protocol/test/endpoints.ts';
import { operations } from '../../protocol/test/operations.ts';
import { type Provocation, usual } from './refusals.ts';
import { type OperationTrial, trial } from './trial.ts';

// Derives trials and provocations for new operations from the first request in the operation's test vectors. So adding
// an operation needs no edit in this package.

/**
 * Returns a trial for each operation that has no written trial: the operation's first request in the vectors must
 * succeed at the simulator.
 */
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

/** Returns provocations of the errors 2, 4 and 9 for each path without written provocations. */
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

/** Returns the error codes that no derived provocation causes, each with the reason. */
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
