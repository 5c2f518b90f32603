import { assertEquals } from "@std/assert";
import { type Ended, endedTests } from "./ended_tests.ts";

Deno.test("a test that ended is read from its line, and no other line is", () => {
  const blank = "spec/an (odd) => name_test.ts";
  const read = endedTests(["spec/10_a_test.ts", blank]);
  const local = "An MLP's output is local";
  const cases: [string, Ended | undefined][] = [
    [`./spec/10_a_test.ts => ${local} ... ok (2s)`, {
      file: "spec/10_a_test.ts",
      test: local,
      passed: true,
      seconds: 2,
    }],
    ["./spec/10_a_test.ts => it holds ... FAILED (due to 1 failed step) (1m2s)", {
      file: "spec/10_a_test.ts",
      test: "it holds",
      passed: false,
      seconds: 62,
    }],
    ["./spec/10_a_test.ts => it holds ... FAILED (303ms)", {
      file: "spec/10_a_test.ts",
      test: "it holds",
      passed: false,
      seconds: 0.303,
    }],
    [`./${blank} => it holds ... ok (546µs)`, {
      file: blank,
      test: "it holds",
      passed: true,
      seconds: 0,
    }],
    ["./spec/11_other_test.ts => it holds ... ok (1ms)", undefined],
    ["./spec/10_a_test.ts => it holds ... on gpt ... ok (3ms)", undefined],
    ["Uncaught error from ./spec/03_c_test.ts FAILED", undefined],
    ["ok | 8 passed (44 steps) | 0 failed (18s)", undefined],
    ["", undefined],
  ];
  for (const [line, ended] of cases) assertEquals(read(line), ended, line);
});

Deno.test("what a test prints is nothing that ended, whatever it looks like", () => {
  const read = endedTests(["spec/10_a_test.ts"]);
  const line = "./spec/10_a_test.ts => it holds ... FAILED (1ms)";
  for (const kind of ["", "pre-test ", "post-test "]) {
    const end = `./spec/10_a_test.ts => it holds ...----- ${kind}output end -----`;
    for (const theirs of [`------- ${kind}output -------`, line, end]) {
      assertEquals(read(theirs), undefined, theirs);
    }
    assertEquals(read(line)?.passed, false, "after it");
  }
});
