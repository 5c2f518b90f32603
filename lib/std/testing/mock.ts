import { assertEquals, AssertionError } from "@std/assert";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** One call of a spy. */
export interface SpyCall {
  readonly args: unknown[];
  readonly returned?: unknown;
  readonly error?: unknown;
}

/** A function that remembers its calls. */
export type Spy<F extends AnyFunction> = F & { readonly calls: readonly SpyCall[] };

/** Wraps a function so that its calls are remembered. */
export function spy<F extends AnyFunction>(func: F): Spy<F> {
  const calls: SpyCall[] = [];
  const watched = (...args: Parameters<F>): ReturnType<F> => {
    try {
      const returned = func(...args);
      calls.push({ args, returned });
      return returned;
    } catch (error) {
      calls.push({ args, error });
      throw error;
    }
  };
  return Object.assign(watched as F, { calls });
}

/** Fails unless the spy was called this often. */
export function assertSpyCalls({ calls }: { calls: readonly SpyCall[] }, expected: number): void {
  try {
    assertEquals(calls.length, expected);
  } catch (error) {
    const off = calls.length < expected ? "not called as much as" : "called more than";
    const [, ...difference] = (error as AssertionError).message.split("\n");
    throw new AssertionError([`Spy ${off} expected:`, ...difference].join("\n"));
  }
}
