import { assertEquals } from "@std/assert";
import { endedTest, showProgress } from "./progress.ts";

Deno.test("a test that ended is read from its line, and steps and other lines are not", () => {
  const cases: [string, ReturnType<typeof endedTest>][] = [
    [
      "./spec/10_a_test.ts => An MLP's output is local ... ok (2s)",
      { file: "spec/10_a_test.ts", test: "An MLP's output is local", passed: true },
    ],
    [
      "./spec/10_a_test.ts => it holds ... FAILED (due to 1 failed step) (303ms)",
      { file: "spec/10_a_test.ts", test: "it holds", passed: false },
    ],
    ["./spec/10_a_test.ts => it holds ... FAILED (1ms)", {
      file: "spec/10_a_test.ts",
      test: "it holds",
      passed: false,
    }],
    ["./spec/10_a_test.ts => it holds ... on gpt ... ok (3ms)", undefined],
    ["Uncaught error from ./spec/03_c_test.ts FAILED", undefined],
    ["ok | 8 passed (44 steps) | 0 failed (18s)", undefined],
    ["", undefined],
  ];
  for (const [line, ended] of cases) assertEquals(endedTest(line), ended, line);
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
