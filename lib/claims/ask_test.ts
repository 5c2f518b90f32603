import * as fc from "fast-check";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runClaim } from "./plan.ts";
import { lift, type Line, line, lines, testVerdicts, throughZero } from "./testing/toy.ts";

/** Measures lines that pass, and crashes on the others. */
const crashOn = (wrong: (slope: number) => boolean) => ({ slope, bias }: Line) => {
  if (wrong(slope)) throw new RangeError("no such slope");
  return { at: bias };
};
const leaky = { ...lift, apply: (line: Line) => line.slope >= 29 ? line : lift.apply(line) };
const arbitrary = fc.integer().map((): ReturnType<typeof line> => {
  throw new RangeError("bad config");
});
const none = 'the family "random lines" must have at least one member, got a size of';

testVerdicts({
  "a control that one member slips past is not trusted, and the smallest is named": [
    [
      "not trusted",
      throughZero({ on: [lines()], controls: { leaky } }),
      "it had to fail on line 29 (the smallest found",
    ],
  ],
  "a family crashes as broken, at its smallest member that crashes": [
    ["broken", throughZero({ on: [lines()], measure: crashOn((slope) => slope >= 17) }), "line 17"],
  ],
  "shrinking does not slip from a failure to a crash among smaller members": [
    [
      "fails",
      throughZero({
        // With this seed the first member is steep enough to be measured, and the claim fails on it.
        on: [{ ...lines(() => 1), seed: 7, size: 1 }],
        measure: crashOn((slope) => slope < 13),
        controls: { one: { on: [line("one", 13, 1)] } },
      }),
      "line 13",
    ],
  ],
  "a family that cannot be drawn from, or has no member, is broken in claims and controls": [
    { family: { ...lines(), arbitrary }, reason: "RangeError: bad config" },
    ...[0, -1, 1.5, NaN].map((size) => ({
      family: { ...lines(), size },
      reason: `${none} ${size}`,
    })),
  ].flatMap(({ family, reason }) => [
    ["broken", throughZero({ on: [line("one"), family] }), reason],
    ["broken", throughZero({ controls: { none: { on: [family] } } }), reason],
  ]),
  "members that a claim does not fit are passed over": [
    [
      "not applicable",
      throughZero({ on: [lines()], needs: () => "never" }),
      "it has no config to judge it by",
    ],
  ],
});

Deno.test("a family shrinks to the smallest member that fails, and names it", async () => {
  const family = lines((slope) => slope >= 13 ? 1 : 0);
  const record = await runClaim(throughZero({ on: [family] }));
  assertEquals(record.verdict, "fails");
  assertStringIncludes(record.reason!, 'line 13 (the smallest found in the family "random lines")');
  const failing = record.runs.filter((run) => run.role === "subject" && run.verdict === "fails");
  assertEquals(failing.map(({ model, family }) => [model, family]), [["line 13", "random lines"]]);
  assertEquals(failing[0].evidence, { at: 1 }, "the evidence is the smallest member's");
});

Deno.test("the same seed draws the same members, and the size says how many", async () => {
  const models = async (seed: number, size: number) => {
    const { runs } = await runClaim(throughZero({ on: [{ ...lines(), seed, size }] }));
    return runs.filter(({ role }) => role === "subject").map(({ model }) => model);
  };
  const first = await models(3, 10);
  assertEquals(first.length, 10);
  assertEquals(await models(3, 10), first);
  assertEquals(JSON.stringify(await models(4, 10)) === JSON.stringify(first), false);
});
