import { assertEquals, assertInstanceOf, AssertionError, assertStringIncludes } from "@std/assert";
import { planClaim } from "./plan.ts";
import { claimFailure, stepFailure } from "./register.ts";
import { line, lines, steepen, throughZero } from "./testing/toy.ts";

const file = new URL("../../spec/02_lines_test.ts", import.meta.url).href;
const named = {
  id: "through-zero",
  statement: "a line goes through zero",
  at: { file, line: 12, column: 3 },
};

/** What the last step of such a claim throws, and the claim's own test. */
async function failures(changed: Parameters<typeof throughZero>[0], step = -1) {
  const claim = planClaim(throughZero(changed));
  return {
    step: stepFailure(named, await claim.steps.at(step)!.run()),
    claim: claimFailure(named, await claim.record()),
  };
}

Deno.test("a step's failure names claim, place, model and what was asserted, and keeps the error", async () => {
  const bent = line("bent", 1, 3);
  const { step } = await failures({ on: [bent] }, 0);
  const parts = [
    '"through-zero"',
    "spec/02_lines_test.ts:12",
    "on bent",
    "it must be zero at zero",
  ];
  for (const part of parts) assertStringIncludes(step!.message, part);
  assertInstanceOf(step!.cause, AssertionError, "its stack shows the line of the check");
  const member = await failures({ on: [lines((slope) => slope >= 13 ? 1 : 0)] }, 0);
  assertInstanceOf(member.step!.cause, AssertionError, "that of a family's smallest member");
});

Deno.test("a step and a claim that came out as they must have no failure", async () => {
  for (const step of [0, 1]) {
    assertEquals(await failures({}, step), { step: undefined, claim: undefined });
  }
});

Deno.test("what is broken in a step is named before what merely fails", async () => {
  const measure = ({ slope }: { slope: number }) => {
    if (slope === 2) throw new TypeError("no such hook");
    return { at: 0 };
  };
  const { step } = await failures({
    on: [line("one"), line("two", 2)],
    controls: { odd: { measure } },
  });
  assertStringIncludes(step!.message, "is broken: on two");
});

Deno.test("a claim fails for what no step can show", async () => {
  const bare = await failures({ controls: {} });
  assertStringIncludes(bare.claim!.message, "is broken: it has no control");
  const doubtful = await failures({ controls: { steepen } });
  assertStringIncludes(doubtful.claim!.message, "is not trusted");
});
