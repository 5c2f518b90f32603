import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./truth.ts";

// deno-lint-ignore no-explicit-any
type ErrorClass<E extends Error> = new (...args: any[]) => E;

/** Fails unless `fn` throws; returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Fails unless `fn` throws an error of this class whose message has `msgIncludes`; returns it. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(fn: () => unknown, ...rest: Expectation): unknown {
  const expected = expectation(rest);
  let thrown: unknown;
  try {
    fn();
  } catch (error) {
    thrown = error;
    return checkThrown(thrown, expected, "thrown");
  }
  throw new AssertionError(`Expected function to throw${suffix(expected.msg)}`);
}

/** Fails unless the promise that `fn` returns rejects; resolves to the reason. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Fails unless it rejects with an error of this class whose message has `msgIncludes`. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  ...rest: Expectation
): Promise<unknown> {
  const expected = expectation(rest);
  let promise: PromiseLike<unknown> | undefined;
  try {
    promise = fn();
    if (typeof promise?.then !== "function") throw new Error("not a promise");
    await promise;
  } catch (error) {
    if (typeof promise?.then === "function") return checkThrown(error, expected, "rejected");
    throw new AssertionError(`Function throws when expected to reject${suffix(expected.msg)}`);
  }
  throw new AssertionError(`Expected function to reject${suffix(expected.msg)}`);
}

type Expectation = [(ErrorClass<Error> | string)?, string?, string?];
interface Expected {
  readonly errorClass?: ErrorClass<Error>;
  readonly includes?: string;
  readonly msg?: string;
}

function expectation([first, second, third]: Expectation): Expected {
  return typeof first === "string"
    ? { msg: first }
    : { errorClass: first, includes: second, msg: third };
}

function checkThrown(error: unknown, expected: Expected, verb: string): unknown {
  const { errorClass, includes, msg } = expected;
  if (!errorClass) return error;
  if (!(error instanceof Error)) {
    throw new AssertionError(`A non-Error object was ${verb}${suffix(msg)}`);
  }
  const { name, message }: Error = error;
  if (!(error instanceof errorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${errorClass.name}", but was "${name}"${suffix(msg)}`,
      { cause: error },
    );
  }
  if (includes !== undefined && !message.includes(includes)) {
    throw new AssertionError(
      `Expected error message to include "${includes}", but got "${message}"${suffix(msg)}`,
    );
  }
  return error;
}
