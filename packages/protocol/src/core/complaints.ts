import { InputError, type Issue } from './errors.ts';

/** An object whose members nobody has looked at yet. */
export type UnknownRecord = Readonly<Record<string, unknown>>;

/** An object with members of its own: not null, not an array. */
export const isObject = (value: unknown): value is UnknownRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As many as an error lists. */
const listed = 100;

/** What is wrong with an input, all of it. */
export class Complaints {
  readonly #issues: Issue[] = [];

  /** Leaves a complaint. Those past the hundredth are dropped. */
  add(path: string, message: string): void {
    if (this.#issues.length < listed) this.#issues.push({ path, message });
  }

  /** Complains of a value that is not as expected. Says whether it is. */
  expect(valid: boolean, path: string, expected: string): boolean {
    if (!valid) this.add(path, `expected ${expected}`);
    return valid;
  }

  /** Complains of anything but a whole number in a range. Says whether it is one. */
  expectWhole(value: unknown, path: string, min: number, max: number): value is number {
    return this.expect(
      Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
      path,
      `a whole number from ${min} to ${max}`,
    );
  }

  get count(): number {
    return this.#issues.length;
  }

  /** Throws every complaint as one error, if there are any. */
  refuse(operation: string): void {
    if (this.#issues.length > 0) throw new InputError(operation, this.#issues);
  }
}
