import { assertEquals } from "@std/assert";
import { firstFailure } from "./ask.ts";

Deno.test("who noticed a mutant is the first test that failed, or what stopped it from loading", () => {
  const listed =
    "running 2 tests\na claim ... ok (2ms)\nanother one ... FAILED (3ms)\nlast ... FAILED\n";
  assertEquals(firstFailure(listed), "another one");
  assertEquals(
    firstFailure("error: SyntaxError: no such name\n    at x"),
    "SyntaxError: no such name",
  );
  assertEquals(firstFailure(""), "no reason was given");
});
