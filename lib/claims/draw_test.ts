import { assertEquals, assertMatch } from "@std/assert";
import { dots } from "./pictures/mod.ts";
import type { Plot } from "./pictures/mod.ts";
import { runClaim } from "./plan.ts";
import { type AtZero, line, throughZero } from "./testing/toy.ts";

const plot: Plot<AtZero> = {
  title: "At zero",
  caption: "A dot for each line.",
  x: { label: "line", of: "model" },
  y: { label: "at zero", of: "at" },
};

/** What the claim has of its one control, asked of other lines than its own if so told. */
async function drawn(more: Partial<Plot<AtZero>>, on = [line("one")]) {
  const controls = { lifted: { measure: () => ({ at: 1 }), on } };
  const record = await runClaim(throughZero({ show: dots({ ...plot, ...more }), controls }));
  assertEquals(record.verdict, "holds", record.reason);
  return record.controls[0];
}

function rowsOf({ figures = [] }: Awaited<ReturnType<typeof drawn>>) {
  return figures.flatMap((figure) => "rows" in figure ? figure.rows : []);
}

Deno.test("a control is drawn as the claim draws its own models", async () => {
  assertEquals(rowsOf(await drawn({})), [{ x: "one", y: 1 }]);
  const byName = await drawn({ series: ({ control }) => control ?? "a straight line" });
  assertEquals(rowsOf(byName), [{ x: "one", y: 1, series: "lifted" }], "and not as a sound one");
});

Deno.test("a picture that shows controls shows this one as it is", async () => {
  const series = ({ model, control }: { model: string; control?: string }) => `${model} ${control}`;
  const two = [line("one"), line("two")];
  const all = await drawn({ on: "all", series }, two);
  assertEquals(rowsOf(all).map((row) => row.series), ["one lifted", "two lifted"]);
});

Deno.test("where a picture is of one model, another that was asked takes its place and is named", async () => {
  const elsewhere = await drawn({ on: { model: "one" } }, [line("two")]);
  assertEquals(rowsOf(elsewhere).map(({ y }) => y), [1]);
  assertEquals(elsewhere.standsIn, "two");
});

Deno.test("what cannot be drawn says why", async () => {
  const { figures, undrawn } = await drawn({ on: (run) => run.evidence.at === 0 });
  assertEquals(figures, undefined);
  assertMatch(undrawn!, /requires at least one row, got none/);
});
