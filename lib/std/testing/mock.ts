import { mock } from "node:test";
import { AssertionError } from "@std/assert";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** One call of a spy. */
export interface SpyCall {
  readonly args: unknown[];
  readonly returned?: unknown;
}

/** A function that remembers its calls. */
export type Spy<F extends AnyFunction> = F & { readonly calls: readonly SpyCall[] };

/** Wraps a function, by default one that does nothing, so that its calls are remembered. */
export function spy<F extends AnyFunction = () => void>(
  func: F = (() => undefined) as unknown as F,
): Spy<F> {
  const watched = mock.fn(func);
  return Object.defineProperty(watched, "calls", {
    get: () => watched.mock.calls.map((call) => ({ args: call.arguments, returned: call.result })),
  }) as unknown as Spy<F>;
}

/** Fails unless the spy was called this often. */
export function assertSpyCalls(
  spied: { readonly calls: readonly SpyCall[] },
  expected: number,
): void {
  const given = spied.calls.length;
  if (given === expected) return;
  throw new AssertionError(
    `Spy not called as ${
      given > expected ? "few" : "many"
    } times as expected: ${given} given, ${expected} required`,
  );
}
