import { assertEquals } from "@std/assert";
import { type Ended, endedTests, showProgress } from "./progress.ts";

Deno.test("a test that ended is read from its line, and no other line is", () => {
  const blank = "spec/an (odd) => name_test.ts";
  const read = endedTests(["spec/10_a_test.ts", blank]);
  const local = "An MLP's output is local";
  const cases: [string, Ended | undefined][] = [
    [`./spec/10_a_test.ts => ${local} ... ok (2s)`, {
      file: "spec/10_a_test.ts",
      test: local,
      passed: true,
    }],
    ["./spec/10_a_test.ts => it holds ... FAILED (due to 1 failed step) (303ms)", {
      file: "spec/10_a_test.ts",
      test: "it holds",
      passed: false,
    }],
    ["./spec/10_a_test.ts => it holds ... FAILED (1ms)", {
      file: "spec/10_a_test.ts",
      test: "it holds",
      passed: false,
    }],
    [`./${blank} => it holds ... ok (1ms)`, { file: blank, test: "it holds", passed: true }],
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

/** What is written for one test that passed and one that failed. */
function written(terminal: boolean): string {
  let text = "";
  const show = showProgress({ terminal, write: (more) => text += more });
  show({ file: "spec/01_a_test.ts", test: "one", passed: true });
  show({ file: "spec/01_a_test.ts", test: "two", passed: false });
  return text;
}

Deno.test("progress is a line for each test where lines cannot be written over", () => {
  assertEquals(
    written(false),
    "ok     spec/01_a_test.ts: one\nFAILED spec/01_a_test.ts: two\n",
    "with the file and the claim",
  );
});

Deno.test("progress on a terminal is one line that changes, and what failed stays", () => {
  const clear = "\r\x1b[K";
  assertEquals(
    written(true),
    `${clear}1 passed  spec/01_a_test.ts` +
      `${clear}FAILED spec/01_a_test.ts: two\n${clear}1 passed, 1 failed  spec/01_a_test.ts`,
    "a counter, and a line for the failure",
  );
});
