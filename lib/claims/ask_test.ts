import * as fc from "fast-check";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runClaim } from "./plan.ts";
import { assertVerdict, lift, type Line, line, lines, throughZero } from "./testing/toy.ts";

Deno.test("a family shrinks to the smallest member that fails, and names it", async () => {
  const family = lines((slope) => slope >= 13 ? 1 : 0);
  const record = await runClaim(throughZero({ on: [family] }));
  assertEquals(record.verdict, "fails");
  assertStringIncludes(record.reason!, 'line 13 (the smallest found in the family "random lines")');
  const failing = record.runs.filter((run) => run.role === "subject" && run.verdict === "fails");
  assertEquals(failing.map(({ model, family }) => [model, family]), [["line 13", "random lines"]]);
  assertEquals(failing[0].evidence, { at: 1 }, "the evidence is the smallest member's");
});

Deno.test("a control that one member slips past is not trusted, and the smallest is named", async () => {
  const apply = (line: Line) => line.slope >= 29 ? line : lift.apply(line);
  await assertVerdict(
    "not trusted",
    throughZero({ on: [lines()], controls: { leaky: { ...lift, apply } } }),
    "it had to fail on line 29 (the smallest found",
  );
});

Deno.test("a family crashes as broken, at its smallest member that crashes", async () => {
  const measure = ({ slope, bias }: Line) => {
    if (slope >= 17) throw new RangeError("too steep");
    return { at: bias };
  };
  await assertVerdict("broken", throughZero({ on: [lines()], measure }), "line 17");
});

Deno.test("shrinking does not slip from a failure to a crash among smaller members", async () => {
  const measure = ({ slope, bias }: Line) => {
    if (slope < 13) throw new RangeError("too flat");
    return { at: bias };
  };
  // With this seed the first member is steep enough to be measured, and the claim fails on it.
  const family = { ...lines(() => 1), seed: 7, size: 1 };
  const controls = { one: { on: [line("one", 13, 1)] } };
  await assertVerdict("fails", throughZero({ on: [family], measure, controls }), "line 13");
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

Deno.test("a family that cannot be drawn from, or has no member, is broken in claims and controls", async () => {
  const arbitrary = fc.integer().map((): ReturnType<typeof line> => {
    throw new RangeError("bad config");
  });
  const none = 'the family "random lines" must have at least one member, got a size of';
  const cases = [
    { family: { ...lines(), arbitrary }, reason: "RangeError: bad config" },
    ...[0, -1, 1.5, NaN].map((size) => ({
      family: { ...lines(), size },
      reason: `${none} ${size}`,
    })),
  ];
  for (const { family, reason } of cases) {
    await assertVerdict("broken", throughZero({ on: [line("one"), family] }), reason);
    await assertVerdict("broken", throughZero({ controls: { none: { on: [family] } } }), reason);
  }
});

Deno.test("members that a claim does not fit are passed over", async () => {
  const spec = throughZero({ on: [lines()], needs: () => "never" });
  await assertVerdict("not applicable", spec, "it has no config to judge it by");
});
