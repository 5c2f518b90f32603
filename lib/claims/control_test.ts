import { assertEquals, AssertionError } from "@std/assert";
import { runClaim } from "./plan.ts";
import {
  assertVerdict,
  type AtZero,
  crash,
  lift,
  type Line,
  line,
  missesZero,
  smallConfig,
  steepen,
  throughZero,
} from "./testing/toy.ts";

Deno.test("a control that comes out as the subjects do leaves the claim not trusted", async () => {
  const steep = { controls: { steep: steepen } };
  await assertVerdict(
    "not trusted",
    throughZero(steep),
    /had to fail on one under the control "steep", and held/,
  );
  await assertVerdict(
    "not trusted",
    missesZero(steep),
    /had to hold on one under the control "steep", and failed/,
    "it must be one at zero",
  );
});

Deno.test("one control that is missed is enough, whatever the others catch", async () => {
  await assertVerdict("not trusted", throughZero({ controls: { lifted: lift, steep: steepen } }));
});

Deno.test("a crash in a control does not count as coming out wrong", async () => {
  for (const control of [{ ...lift, apply: crash }, { measure: crash }]) {
    const spec = throughZero({ controls: { crashing: control } });
    await assertVerdict("broken", spec, 'under the control "crashing"', "TypeError: no such hook");
  }
});

Deno.test("an assertion outside of check is broken: a control could hide behind it", async () => {
  const measure = (): AtZero => {
    throw new AssertionError("not now");
  };
  await assertVerdict("broken", throughZero({ controls: { odd: { measure } } }), "only check may");
});

Deno.test("NaN does not pass for a control that came out wrong", async () => {
  const controls = { "not a number": { measure: () => ({ at: NaN }) } };
  await assertVerdict("broken", throughZero({ controls }));
});

Deno.test("a control that applies nowhere is not trusted and says why", async () => {
  const unfit = { ...lift, unfit: () => "it has nothing to lift" };
  const spec = throughZero({
    on: [{ ...line("one"), config: smallConfig() }],
    controls: { lifted: lift, "unfit lift": unfit },
  });
  const why = /"unfit lift" applies to no model: one: it has nothing to lift/;
  await assertVerdict("not trusted", spec, why);
  await assertVerdict("not trusted", throughZero({ controls: { nobody: { on: [] } } }));
});

Deno.test("a control need not fit every model, and its record says where it did not", async () => {
  const picky = {
    ...lift,
    unfit: ({ d_vocab }: { d_vocab: number }) => d_vocab === 3 ? "too few words" : undefined,
  };
  const on = [3, 9].map((d_vocab) => ({ ...line(`${d_vocab}`), config: smallConfig({ d_vocab }) }));
  const record = await runClaim(throughZero({ on, controls: { picky } }));
  assertEquals(record.verdict, "holds");
  const [small, large] = record.runs.filter(({ role }) => role === "control");
  assertEquals([small.verdict, small.reason], ["not applicable", "too few words"]);
  assertEquals(large.verdict, "fails");
});

Deno.test("a control may break models or the measurement, ask others, or all of it at once", async () => {
  const on = [line("bent", 1, 2)];
  const measure = ({ slope, bias }: Line) => ({ at: slope + bias });
  const controls = {
    sabotage: { sabotage: lift },
    on: { on },
    measure: { measure },
    two: { on: [line("steep", 9)], measure },
    all: { sabotage: lift, on, measure },
  };
  const record = await runClaim(throughZero({ controls }));
  assertEquals(record.verdict, "holds", record.reason);
  const runs = record.runs.filter(({ role }) => role === "control");
  assertEquals(runs.map(({ model, evidence }) => [model, evidence]), [
    ["one", { at: 1 }],
    ["bent", { at: 2 }],
    ["one", { at: 1 }],
    ["steep", { at: 9 }],
    ["bent", { at: 4 }],
  ]);
  assertEquals(record.controls.map(({ description }) => description), [
    "one is added everywhere",
    "asked of bent",
    "measured in a broken way",
    "asked of steep, measured in a broken way",
    "one is added everywhere, asked of bent, measured in a broken way",
  ]);
});

Deno.test("what a claim needs is asked of those whom a control brings, unless it says not to", async () => {
  const needs = ({ n_layers }: { n_layers: number }) => n_layers ? undefined : "it has no layer";
  const empty = { ...line("empty", 1, 2), config: smallConfig({ n_layers: 0 }) };
  const spec = { on: [{ ...line("one"), config: smallConfig() }], needs };
  const why = '"bent" applies to no model: empty: it has no layer';
  await assertVerdict(
    "not trusted",
    throughZero({ ...spec, controls: { bent: { on: [empty] } } }),
    why,
  );
  await assertVerdict(
    "holds",
    throughZero({ ...spec, controls: { bent: { on: [empty], needs: false } } }),
  );
});

Deno.test("a claim without a control is broken", async () => {
  const none = { controls: {} };
  await assertVerdict("broken", throughZero(none), "mustFailOn must name at least one");
  await assertVerdict("broken", missesZero(none), "mustHoldOn must name at least one");
});
