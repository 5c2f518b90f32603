import { assertEquals, AssertionError, assertMatch, assertStringIncludes } from "@std/assert";
import { makeConfig } from "../model/config.ts";
import { runClaim } from "./run_claim.ts";
import {
  type AtZero,
  crash,
  lift,
  type Line,
  line,
  missesZero,
  reasonFor,
  steepen,
  throughZero,
} from "./testing/toy.ts";

Deno.test("a claim that holds on its sabotage is not trusted", async () => {
  const reason = await reasonFor("not trusted", throughZero({ controls: { steep: steepen } }));
  assertMatch(reason, /had to fail on one under the control "steep", and held/);
});

Deno.test("one control that is missed is enough, whatever the others catch", async () => {
  const controls = { lifted: lift, steep: steepen };
  await reasonFor("not trusted", throughZero({ controls }));
});

Deno.test("a refutation whose control fails is not trusted", async () => {
  const reason = await reasonFor("not trusted", missesZero({ controls: { steep: steepen } }));
  assertMatch(reason, /had to hold on one under the control "steep", and failed/);
  assertStringIncludes(reason, "it must be one at zero");
});

Deno.test("a crash in a control does not count as coming out wrong", async () => {
  for (const control of [{ ...lift, apply: crash }, { measure: crash }]) {
    const reason = await reasonFor("broken", throughZero({ controls: { crashing: control } }));
    assertStringIncludes(reason, 'under the control "crashing"');
    assertStringIncludes(reason, "TypeError: no such hook");
  }
});

Deno.test("an assertion outside of check is broken: a control could hide behind it", async () => {
  const measure = (): AtZero => {
    throw new AssertionError("not now");
  };
  const reason = await reasonFor("broken", throughZero({ controls: { odd: { measure } } }));
  assertStringIncludes(reason, "only check may assert");
});

Deno.test("NaN does not pass for a control that came out wrong", async () => {
  const controls = { "not a number": { measure: () => ({ at: NaN }) } };
  await reasonFor("broken", throughZero({ controls }));
});

Deno.test("a control that applies nowhere is not trusted and says why", async () => {
  const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 1, d_vocab: 3, n_ctx: 5 });
  const unfit = { ...lift, unfit: () => "it has nothing to lift" };
  const spec = throughZero({
    on: [{ ...line("one"), config }],
    controls: { lifted: lift, "unfit lift": unfit },
  });
  const reason = await reasonFor("not trusted", spec);
  assertMatch(reason, /"unfit lift" applies to no model: one: it has nothing to lift/);
  await reasonFor("not trusted", throughZero({ controls: { nobody: { on: [] } } }));
});

Deno.test("a control need not fit every model, and its record says where it did not", async () => {
  const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 1, d_vocab: 3, n_ctx: 5 });
  const picky = {
    ...lift,
    unfit: ({ d_vocab }: { d_vocab: number }) => d_vocab === 3 ? "too few words" : undefined,
  };
  const record = await runClaim(throughZero({
    on: [{ ...line("small"), config }, { ...line("large"), config: { ...config, d_vocab: 9 } }],
    controls: { picky },
  }));
  assertEquals(record.verdict, "holds");
  const [small, large] = record.runs.filter(({ role }) => role === "control");
  assertEquals([small.verdict, small.reason], ["not applicable", "too few words"]);
  assertEquals(large.verdict, "fails");
});

Deno.test("a control may be other subjects, a broken measurement or both", async () => {
  const on = [line("bent", 1, 2)];
  const measure = ({ slope }: Line) => ({ at: slope });
  const controls = { on: { on }, measure: { measure }, both: { on: [line("steep", 9)], measure } };
  const record = await runClaim(throughZero({ controls }));
  assertEquals(record.verdict, "holds", record.reason);
  const runs = record.runs.filter(({ role }) => role === "control");
  assertEquals(runs.map(({ model, evidence }) => [model, evidence]), [
    ["bent", { at: 2 }],
    ["one", { at: 1 }],
    ["steep", { at: 9 }],
  ]);
  assertEquals(record.controls.map(({ description }) => description), [
    "asked of bent",
    "measured in a broken way",
    "asked of steep, measured in a broken way",
  ]);
});

Deno.test("a claim without a control is broken", async () => {
  const reason = await reasonFor("broken", throughZero({ controls: {} }));
  assertStringIncludes(reason, "mustFailOn must name at least one");
  const other = await reasonFor("broken", missesZero({ controls: {} }));
  assertStringIncludes(other, "mustHoldOn must name at least one");
});
