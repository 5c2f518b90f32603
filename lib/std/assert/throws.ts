import { refuse } from "./assertion_error.ts";

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
  try {
    fn();
  } catch (error) {
    return checked(error, "thrown", expected);
  }
  refuse("Expected function to throw", expected.msg);
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
  const promise = promiseOf(fn);
  if (!promise) refuse("Function throws when expected to reject", expected.msg);
  try {
    await promise;
  } catch (error) {
    return checked(error, "rejected", expected);
  }
  refuse("Expected function to reject", expected.msg);
}

/** What `fn` returns, unless it throws at once or returns no promise. */
function promiseOf(fn: () => PromiseLike<unknown>): PromiseLike<unknown> | undefined {
  try {
    const given = fn();
    return typeof given?.then === "function" ? given : undefined;
  } catch {
    return undefined;
  }
}

type Expectation = [first?: ErrorClass<Error> | string, includes?: string, msg?: string];
interface Expected {
  readonly errorClass?: ErrorClass<Error>;
  readonly includes?: string;
  readonly msg?: string;
}

function expectation([first, includes, msg]: Expectation): Expected {
  return typeof first === "string" ? { msg: first } : { errorClass: first, includes, msg };
}

/** The error, if it is what was expected; without a class anything is. */
function checked(error: unknown, verb: string, { errorClass, includes, msg }: Expected): unknown {
  if (!errorClass) return error;
  if (!(error instanceof Error)) refuse(`A non-Error object was ${verb}`, msg);
  const { constructor, message }: Error = error;
  if (!(error instanceof errorClass)) {
    const [wanted, was] = [errorClass.name, constructor.name];
    refuse(`Expected error to be instance of "${wanted}", but was "${was}"`, msg);
  }
  if (includes && !message.includes(includes)) {
    const [part, whole] = [includes, message].map((text) => JSON.stringify(text));
    refuse(`Expected error message to include ${part}, but got ${whole}`, msg);
  }
  return error;
}
