import { assertEquals, AssertionError, assertStringIncludes } from "@std/assert";
import { claimFailure, stepFailure } from "./failure.ts";
import { runClaim } from "./run_claim.ts";
import { stepsOf } from "./steps.ts";
import { line, steepen, throughZero } from "./testing/toy.ts";

const file = new URL("../../spec/02_lines_test.ts", import.meta.url).href;
const named = {
  id: "through-zero",
  statement: "a line goes through zero",
  at: { file, line: 12, column: 3 },
};

Deno.test("a step's failure names claim, place, model and what was asserted, and keeps the error", async () => {
  const [step] = stepsOf(throughZero({ on: [line("bent", 1, 3)] }));
  const failure = stepFailure(named, await step.run())!;
  for (
    const part of [
      '"through-zero"',
      "spec/02_lines_test.ts:12",
      "on bent",
      "it must be zero at zero",
    ]
  ) {
    assertStringIncludes(failure.message, part);
  }
  assertEquals(
    failure.cause instanceof AssertionError,
    true,
    "its stack shows the line of the check",
  );
});

Deno.test("a step that came out as it must has no failure", async () => {
  for (const step of stepsOf(throughZero())) {
    assertEquals(stepFailure(named, await step.run()), undefined);
  }
});

Deno.test("what is broken in a step is named before what merely fails", async () => {
  const control = stepsOf(throughZero({
    on: [line("one"), line("two", 2)],
    controls: {
      odd: {
        measure: ({ slope }) => {
          if (slope === 2) throw new TypeError("no such hook");
          return { at: 0 };
        },
      },
    },
  })).at(-1)!;
  assertStringIncludes(stepFailure(named, await control.run())!.message, "is broken: on two");
});

Deno.test("a claim fails for what no step can show", async () => {
  const record = await runClaim(throughZero({ controls: {} }));
  assertStringIncludes(claimFailure(named, record)!.message, "is broken: it has no control");
  const doubtful = await runClaim(throughZero({ controls: { steepen } }));
  assertStringIncludes(claimFailure(named, doubtful)!.message, "is not trusted");
  assertEquals(claimFailure(named, await runClaim(throughZero())), undefined);
});
