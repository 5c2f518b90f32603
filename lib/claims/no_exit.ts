import { placeInWords, placesIn } from "./location.ts";

/** What Deno takes for a file of tests. */
const TEST_FILE = /(?:^|[/_.])test\.[cm]?[jt]sx?$/;

/**
 * Keeps test files from ending their process. One that does while it is loaded leaves no test and no
 * failure: `deno test` notes it and passes. So whatever ends the process throws where a test file
 * calls it; everybody else's calls go through. (`process.exit` ends it by `Deno.exit`.)
 */
export function forbidExit(): void {
  Object.assign(Deno, { exit: unlessTested("Deno.exit", Deno.exit) });
  Object.assign(globalThis, { close: unlessTested("close", globalThis.close) });
}

function unlessTested<A extends unknown[], R>(name: string, end: (...args: A) => R) {
  return (...args: A): R => {
    const caller = placesIn(new Error().stack).find(({ file }) => TEST_FILE.test(file));
    if (!caller) return end(...args);
    throw new Error(
      `A test file must not end its process: ${name} was called at ${placeInWords(caller)}`,
    );
  };
}
