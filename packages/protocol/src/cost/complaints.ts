import { InputError, type Issue } from '../errors.ts';

/** Complaints about one input, which become one error. */
export class Complaints {
  readonly #issues: Issue[] = [];

  /** Leaves a complaint. Those past the hundredth are dropped. */
  add(path: string, message: string): void {
    if (this.#issues.length < 100) this.#issues.push({ path, message });
  }

  /** Throws every complaint as one error, if there are any. */
  refuse(operation: string): void {
    if (this.#issues.length > 0) throw new InputError(operation, this.#issues);
  }
}
