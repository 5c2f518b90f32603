import { assertEquals, AssertionError, assertStringIncludes } from "@std/assert";
import { assertSpyCalls, spy } from "@std/testing/mock";
import { makeConfig } from "../model/config.ts";
import { planClaim, runClaim } from "./run_claim.ts";
import {
  type AtZero,
  crash,
  lift,
  type Line,
  line,
  lines,
  missesZero,
  reasonFor,
  throughZero,
} from "./testing/toy.ts";

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

Deno.test("a belief that fails on its subjects and holds on its controls is refuted", async () => {
  await reasonFor("refuted", missesZero({ on: [line("one"), lines()] }));
});

Deno.test("a claim that a subject contradicts fails, and the model and the assertion are named", async () => {
  const reason = await reasonFor("fails", throughZero({ on: [line("one"), line("bent", 1, 3)] }));
  assertStringIncludes(reason, "bent");
  assertStringIncludes(reason, "it must be zero at zero");
});

Deno.test("a belief that holds on a subject fails", async () => {
  const controls = { lifted: { on: [line("lifted", 1, 1)] } };
  const spec = missesZero({ on: [line("one"), line("bent", 1, 1)], controls });
  const reason = await reasonFor("fails", spec);
  assertStringIncludes(reason, "bent");
  assertStringIncludes(reason, "held");
});

Deno.test("a crash in loading, measuring or checking a subject is broken, not failing", async () => {
  const load = () => Promise.reject(new TypeError("no such hook"));
  const unloadable = { ...line("one"), load };
  for (
    const spec of [
      throughZero({ on: [unloadable] }),
      throughZero({ measure: crash }),
      throughZero({ check: crash }),
      missesZero({ check: crash }),
    ]
  ) {
    assertStringIncludes(await reasonFor("broken", spec), "TypeError: no such hook");
  }
});

Deno.test("a thrown value that is no Error is broken and shown", async () => {
  const measure = () => {
    throw { code: 42 };
  };
  assertStringIncludes(await reasonFor("broken", throughZero({ measure })), "{ code: 42 }");
  const nothing = () => {
    throw undefined;
  };
  assertStringIncludes(await reasonFor("broken", throughZero({ check: nothing })), "undefined");
});

Deno.test("evidence that JSON would lose is broken", async () => {
  for (const [at, shown] of [[NaN, "NaN"], [Infinity, "Infinity"]] as const) {
    const reason = await reasonFor("broken", throughZero({ measure: () => ({ at }) }));
    assertStringIncludes(reason, `evidence.at must be made of`);
    assertStringIncludes(reason, `got ${shown}`);
  }
});

Deno.test("a claim about nothing, about two of one name, or without a proper id is broken", async () => {
  assertStringIncludes(await reasonFor("broken", throughZero({ on: [] })), "about nothing");
  assertStringIncludes(await reasonFor("broken", throughZero({ id: "Not Kebab" })), "kebab-case");
  const twins = throughZero({ on: [line("one"), line("one", 2)] });
  assertStringIncludes(await reasonFor("broken", twins), 'are called "one"');
});

Deno.test("a family without a member is broken, among the subjects or in a control", async () => {
  const problem = 'the family "random lines" must have at least one member, got a size of';
  for (const size of [0, -1, 1.5, NaN]) {
    const none = { ...lines(), size };
    const specs = [
      throughZero({ on: [line("one"), none] }),
      throughZero({ controls: { none: { on: [none] } } }),
    ];
    for (const spec of specs) {
      assertStringIncludes(await reasonFor("broken", spec), `${problem} ${size}`);
    }
  }
});

Deno.test("a check sees the evidence and nothing else, so that it cannot assert on something else", async () => {
  const seen: unknown[][] = [];
  const check = (...given: unknown[]) => void seen.push(given);
  await runClaim(throughZero({ check }));
  assertEquals(seen, [[{ at: 0 }], [{ at: 1 }]]);
});

Deno.test("what is broken outweighs what is not trusted, and that outweighs what fails", async () => {
  const wrong = [line("bent", 1, 3)];
  await reasonFor(
    "not trusted",
    throughZero({ on: wrong, controls: { steep: { on: [line("ok")] } } }),
  );
  await reasonFor(
    "broken",
    throughZero({
      on: wrong,
      controls: { steep: { on: [line("ok")] }, crashing: { measure: crash } },
    }),
  );
});

Deno.test("a subject that the claim does not fit is not loaded, and not broken either", async () => {
  const config = makeConfig({ n_layers: 0, d_model: 4, n_heads: 1, d_vocab: 3, n_ctx: 5 });
  const load = spy(() => Promise.resolve({ slope: 1, bias: 0 }));
  const needs = ({ n_layers }: { n_layers: number }) =>
    n_layers > 0 ? undefined : "it has no layer";
  const empty = { ...line("empty"), config, load };
  const full = { ...line("full"), config: { ...config, n_layers: 1 } };
  const record = await runClaim(throughZero({ on: [empty, full], needs }));
  assertEquals(record.verdict, "holds", record.reason);
  assertEquals(record.runs[0].verdict, "not applicable");
  assertEquals(record.runs[0].reason, "it has no layer");
  assertEquals(record.runs[0].evidence, null);
  assertSpyCalls(load, 0);

  const nowhere = await reasonFor("not applicable", throughZero({ on: [empty], needs }));
  assertEquals(nowhere, "empty: it has no layer");
  assertSpyCalls(load, 0);
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

Deno.test("what was measured is kept, also where the check failed", async () => {
  const { runs } = await runClaim(throughZero({ on: [line("bent", 1, 3)] }));
  assertEquals(runs.map(({ role, evidence }) => [role, evidence]), [
    ["subject", { at: 3 }],
    ["control", { at: 4 }],
  ]);
});

Deno.test("a check cannot change what is kept", async () => {
  const check = (evidence: AtZero) => {
    (evidence as { at: number }).at = 0;
  };
  assertStringIncludes(await reasonFor("broken", throughZero({ check })), "read only");
});

Deno.test("figures show subjects and controls, and a crash in drawing them is broken", async () => {
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
  assertEquals(figures[0].rows, [{ x: "one", y: 0 }, { x: "a lifted line", y: 1 }]);
  const reason = await reasonFor("broken", throughZero({ show: crash }));
  assertStringIncludes(reason, "figure cannot be drawn: TypeError");
});

Deno.test("an assertion's colours do not reach the record", async () => {
  const check = () => {
    throw new AssertionError("\x1b[31mred\x1b[39m");
  };
  assertEquals(
    await reasonFor("fails", throughZero({ check, controls: { one: lift } })),
    "on one, red",
  );
});
