import { assertEquals } from "@std/assert";
import { loadingErrors } from "./loading_errors.ts";

const OUTPUT = `./spec/01_a_test.ts => it holds ... ok (331ms)
Uncaught error from ./spec/03_c_test.ts FAILED
Uncaught error from ./spec/04 (d)_test.ts FAILED

 ERRORS 

claim two ... step b => ./spec/01_a_test.ts:2:136
error: Error: bad

./spec/03_c_test.ts (uncaught error)
error: (in promise) Error: loading failed
throw new Error("loading failed")
      ^
    at file:///spec/03_c_test.ts:1:7
This error was not caught from a test and caused the test runner to fail on the referenced module.
It most likely originated from a dangling promise, event/timeout handler or top-level code.

 FAILURES 

claim two ... step b => ./spec/01_a_test.ts:2:136
./spec/03_c_test.ts (uncaught error)
./spec/04 (d)_test.ts (uncaught error)

FAILED | 3 passed (3 steps) | 2 failed (1 step) (778ms)
`;

Deno.test("what modules threw while loading is found in what deno test printed", () => {
  assertEquals(
    [...loadingErrors(OUTPUT)],
    [
      [
        "spec/03_c_test.ts",
        'Error: loading failed\nthrow new Error("loading failed")\n      ^\n' +
        "    at file:///spec/03_c_test.ts:1:7",
      ],
      ["spec/04 (d)_test.ts", "see the output of deno test"],
    ],
    "the error where it is printed, a hint where it is not, and no failed test",
  );
});

Deno.test("what tests print is no error of a module, whatever it looks like", () => {
  const printed = OUTPUT.replaceAll("03_c_test", "05_e_test");
  assertEquals([...loadingErrors(printed + OUTPUT)], [...loadingErrors(OUTPUT)]);
});

Deno.test("a run in which everything loads has no loading errors", () => {
  assertEquals(loadingErrors("ok | 8 passed (44 steps) | 0 failed (18s)\n").size, 0, "none");
});

Deno.test("colours and Windows line endings in what was printed change nothing", () => {
  const coloured = OUTPUT.replaceAll("error: ", "\x1b[1m\x1b[31merror\x1b[0m: ")
    .replaceAll("./spec", "\x1b[36m./spec").replaceAll("_test.ts", "_test.ts\x1b[39m")
    .replaceAll("\n", "\r\n");
  assertEquals([...loadingErrors(coloured)], [...loadingErrors(OUTPUT)]);
});
