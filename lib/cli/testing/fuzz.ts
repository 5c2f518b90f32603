import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

/** What an error says that nobody meant to give; a library's reason is passed on as it is. */
const UNMEANT =
  /^(?!Cannot read tokenizer.json: it makes no tokenizer).*(is not a function|of undefined|of null|not iterable|call stack|Invalid array length|out of bounds|\[object)/;

/** For tests: runs a case; fails unless it ends in a result, or in an error of these that says what was wrong. */
export async function ends(
  attempt: () => unknown,
  ...kinds: readonly (new (message: string) => Error)[]
): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    assert(error instanceof Error && kinds.some((kind) => error instanceof kind), `${error}`);
    assert(!UNMEANT.test(error.message), `no error that was meant: ${error.stack}`);
    assert(error.message.length < 2000, "an endless message");
    return false;
  }
}

/** A test of so many cases; some must be taken and some refused, or they try one thing only. */
export function fuzz<T>(
  name: string,
  numRuns: number,
  cases: fc.Arbitrary<T>,
  attempt: (given: T) => Promise<boolean>,
): void {
  Deno.test(`${numRuns} ${name}`, async () => {
    const counts = [0, 0];
    const property = fc.asyncProperty(cases, async (given) => {
      counts[Number(await attempt(given))]++;
    });
    await fc.assert(property, { seed: 14, numRuns });
    assert(Math.min(...counts) >= numRuns / 1000, `refused and taken: ${counts}`);
    assertEquals(({} as Record<string, unknown>).polluted, undefined, "no prototype was changed");
  });
}
