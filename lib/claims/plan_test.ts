import { assertEquals } from "@std/assert";
import { assertSpyCalls, spy } from "@std/testing/mock";
import { planClaim, runClaim } from "./plan.ts";
import { introduce } from "./subject.ts";
import {
  crash,
  lift,
  type Line,
  line,
  lines,
  missesZero,
  smallConfig,
  testVerdicts,
  throughZero,
} from "./testing/toy.ts";

const one = line("one");
const bent = line("bent", 1, 3);
const steep = { on: [line("ok")] };
const lifted = { on: [line("lifted", 1, 1)] };

testVerdicts({
  "a belief that fails on its subjects and holds on its controls is refuted": [
    ["refuted", missesZero({ on: [one, lines()] })],
  ],
  "a claim or belief that a subject contradicts fails, and the model and why are named": [
    ["fails", throughZero({ on: [one, bent] }), "bent", "it must be zero at zero"],
    [
      "fails",
      missesZero({ on: [one, line("bent", 1, 1)], controls: { lifted } }),
      "on bent, the belief was to be refuted, and held",
    ],
  ],
  "a claim about nothing is broken": [["broken", throughZero({ on: [] }), "about nothing"]],
  "what is broken outweighs what is not trusted, and that outweighs what fails": [
    ["not trusted", throughZero({ on: [bent], controls: { steep } })],
    ["broken", throughZero({ on: [bent], controls: { steep, crashing: { measure: crash } } })],
  ],
  "a crash in drawing a claim's figures is broken": [
    ["broken", throughZero({ show: crash }), "figure cannot be drawn: TypeError"],
  ],
});

Deno.test("a claim that holds on its subjects and fails on its controls holds", async () => {
  const record = await runClaim(throughZero({ on: [line("one"), line("two", 2), lines()] }));
  assertEquals(record.verdict, "holds");
  assertEquals(record.reason, undefined, "a claim that stands needs no excuse");
  assertEquals(record.controls, [{ name: "a lifted line", description: lift.description }]);
  const subjects = record.runs.filter(({ role }) => role === "subject");
  const controls = record.runs.filter(({ role }) => role === "control");
  assertEquals(subjects.length, 2 + 24, "two lines and the members of the family");
  assertEquals(controls.length, 2 + 24, "the control runs on each of them");
  assertEquals(new Set(subjects.map(({ verdict }) => verdict)), new Set(["holds"]));
  assertEquals(new Set(controls.map(({ verdict }) => verdict)), new Set(["fails"]));
});

Deno.test("a subject that the claim does not fit is not loaded, and not broken either", async () => {
  const load = spy(() => Promise.resolve({ slope: 1, bias: 0 }));
  const needs = ({ n_layers }: { n_layers: number }) =>
    n_layers > 0 ? undefined : "it has no layer";
  const empty = { ...line("empty"), config: smallConfig({ n_layers: 0 }), load };
  const full = { ...line("full"), config: smallConfig() };
  const record = await runClaim(throughZero({ on: [empty, full], needs }));
  assertEquals(record.verdict, "holds", record.reason);
  const { verdict, reason, evidence } = record.runs[0];
  assertEquals([verdict, reason, evidence], ["not applicable", "it has no layer", null]);
  assertSpyCalls(load, 0);

  const nowhere = throughZero({ on: [empty], needs });
  const { verdict: none, reason: why } = await runClaim(nowhere);
  assertEquals([none, why], ["not applicable", "empty: it has no layer"]);
  assertSpyCalls(load, 0);
  assertEquals(planClaim(nowhere).steps.map(({ name }) => name), [
    "empty (not applicable: it has no layer)",
    "must fail on: a lifted line",
  ]);
});

Deno.test("planning loads nothing, and all runs of a claim share one load of a model", async () => {
  const load = spy(() => Promise.resolve({ slope: 1, bias: 0 }));
  const claim = planClaim(throughZero({ on: [{ ...line("one"), load }] }));
  assertSpyCalls(load, 0);
  await claim.record();
  assertSpyCalls(load, 1);
});

Deno.test("a claim runs once, whoever asks first and in whatever order", async () => {
  const measure = spy(({ bias }: Line) => ({ at: bias }));
  const claim = planClaim(throughZero({ measure }));
  assertEquals(claim.steps.map(({ name }) => name), ["one", "must fail on: a lifted line"]);
  await claim.steps[1].run();
  assertSpyCalls(measure, 1);
  const record = await claim.record();
  await claim.steps[0].run();
  assertEquals(await claim.record(), record);
  assertSpyCalls(measure, 2);
});

Deno.test("a claim asks its subjects and those of its controls, each introduced once", () => {
  const one = line("one");
  const on = [one, lines()];
  const controls = { lift, "other lines": { on: [line("two"), one] } };
  assertEquals(planClaim(throughZero({ on, controls })).models, introduce([...on, line("two")]));
});

Deno.test("figures show subjects and controls", async () => {
  const { figures } = await runClaim(throughZero({
    show: (runs) => ({
      kind: "bars",
      title: "At zero",
      caption: "Only the lifted line misses zero.",
      x: { label: "line" },
      y: { label: "at zero" },
      rows: runs.map((run) => ({ x: run.control ?? run.model, y: run.evidence.at })),
    }),
  }));
  assertEquals("rows" in figures[0] && figures[0].rows, [{ x: "one", y: 0 }, {
    x: "a lifted line",
    y: 1,
  }]);
});
