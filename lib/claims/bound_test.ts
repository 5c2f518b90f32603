import { assertEquals, AssertionError, assertStringIncludes, assertThrows } from "@std/assert";
import { assertBounds, type Bound, boundInWords, boundsProblem } from "./bound.ts";
import { missesZero, testVerdicts, throughZero } from "./testing/toy.ts";

const at = { equals: 0, what: "the height at zero" };

Deno.test("each number at a field must lie within its bound, however deep it lies", () => {
  const evidence = { heads: [{ kl: 0.1 }, { kl: 0.3 }], loss: [[1], [2]] };
  const what = "nats";
  assertBounds({ "heads.kl": { above: 0, below: 0.5, what }, loss: { below: 3, what } }, evidence);
  const beyond = () => assertBounds({ "heads.kl": { below: 0.2, what } }, evidence);
  const { message } = assertThrows(beyond, AssertionError);
  assertEquals(message, "nats: heads.kl must be below 0.2, got 0.3");
  for (const bound of [{ above: 1, what }, { below: 2, what }, { equals: 1, what }]) {
    assertThrows(() => assertBounds({ loss: bound }, evidence), AssertionError);
  }
});

Deno.test("a bound on nothing is no check", () => {
  const none = () => assertBounds({ kl: { below: 1, what: "nats" } }, { kl: [] as number[] });
  assertStringIncludes(assertThrows(none, RangeError).message, '"kl" must hold a number');
});

Deno.test("a bound is said in words, and a bad one is refused", () => {
  assertEquals(boundInWords({ above: -0.6, below: -0.4, what: "" }), "above -0.6 and below -0.4");
  assertEquals(boundInWords(at), "exactly 0");
  assertEquals(boundsProblem<{ at: number }>({ at }), undefined);
  const problem = (bad: Bound) => boundsProblem({ at: bad });
  assertEquals(problem({ what: "height" }), "at without above, below or equals");
  assertEquals(problem({ above: NaN, what: "height" }), "at with NaN");
  assertEquals(problem({ above: 0, what: " " }), "at without what it is");
  assertEquals(problem({ above: 1, below: 1, what: "height" }), "at with nothing between 1 and 1");
});

testVerdicts({
  "bounds stand for a check, from both sides": [
    ["holds", throughZero({ check: undefined, bounds: { at } })],
    ["refuted", missesZero({ check: undefined, bounds: { at: { above: 0.5, what: "height" } } })],
  ],
  "a bound that no control crosses is not trusted": [
    [
      "not trusted",
      throughZero({ check: undefined, bounds: { at: { below: 2, what: "height" } } }),
    ],
  ],
  "a bound that a subject crosses fails the claim, and says what was required and given": [
    [
      "fails",
      throughZero({ check: undefined, bounds: { at: { below: -1, what: "the height" } } }),
      "on one, the height: at must be below -1, got 0",
    ],
  ],
  "what is bounded and not there is broken": [
    ["broken", throughZero({ bounds: { no: at } as never }), 'No field "no"'],
  ],
});
