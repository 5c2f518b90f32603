import { assertEquals, assertThrows } from "@std/assert";
import type { ShownRun } from "./figure.ts";
import { arcs, bars, dots, fan, heatmap, lines, product, sentence, vectors } from "./mod.ts";

const EVIDENCE = {
  loss: [3, 1],
  worst: 4,
  names: ["a", "b"],
  moved: [[0, 1], [2, 3]],
};
type Evidence = typeof EVIDENCE;

const sound: ShownRun<Evidence> = {
  ...{ model: "gpt", origin: "trained", role: "subject" },
  evidence: EVIDENCE,
};
const broken: ShownRun<Evidence> = { ...sound, role: "control", control: "no mask" };
const RUNS = [sound, broken];
const SAYS = { title: "It falls", caption: "From left to right." };

/** The rows of the one figure that is made. */
// deno-lint-ignore no-explicit-any
const rowsOf = (figure: any) => figure.rows;

Deno.test("a list gives a mark for each of its values, and what is single is given to all", () => {
  const show = lines<Evidence>({
    ...SAYS,
    x: { label: "position", of: "index" },
    y: { label: "loss", unit: "nats", of: "loss" },
    series: "model",
  });
  assertEquals(show(RUNS), {
    ...{ kind: "lines", ...SAYS, x: { label: "position" }, y: { label: "loss", unit: "nats" } },
    rows: [{ x: 0, y: 3, series: "gpt" }, { x: 1, y: 1, series: "gpt" }],
  });
});

Deno.test("the subjects' runs are shown, or all, or those that are chosen", () => {
  const plot = { ...SAYS, x: { label: "model", of: "model" }, y: { label: "worst", of: "worst" } };
  const series = (on?: Parameters<typeof dots<Evidence>>[0]["on"]) =>
    rowsOf(dots<Evidence>({ ...plot, on } as Parameters<typeof dots<Evidence>>[0])(RUNS))
      .map((row: { series?: string }) => row.series);
  assertEquals(series(), [undefined], "one run needs no name");
  assertEquals(series("all"), ["gpt", "no mask"]);
  assertEquals(series({ control: "no mask" }), [undefined]);
  assertEquals(series(({ role }) => role === "control"), [undefined]);
});

Deno.test("several fields are series by their names, and a function serves where a name will not", () => {
  const show = bars<Evidence>({
    ...SAYS,
    x: { label: "which", of: "names" },
    y: {
      label: "loss",
      of: { now: "loss", before: ({ evidence }) => evidence.loss.map((x) => x + 1) },
    },
  });
  assertEquals(rowsOf(show(RUNS)), [
    { x: "a", y: 3, series: "now" },
    { x: "b", y: 1, series: "now" },
    { x: "a", y: 4, series: "before" },
    { x: "b", y: 2, series: "before" },
  ]);
});

Deno.test("a matrix is given as it is, a panel for each run", () => {
  const show = heatmap<Evidence>({
    ...{ ...SAYS, on: "all", x: { label: "to" }, y: { label: "from" } },
    value: { label: "moved", of: "moved" },
  });
  assertEquals(rowsOf(show(RUNS)).slice(1, 5), [
    { x: 1, y: 0, value: 1, series: "gpt" },
    { x: 0, y: 1, value: 2, series: "gpt" },
    { x: 1, y: 1, value: 3, series: "gpt" },
    { x: 0, y: 0, value: 0, series: "no mask" },
  ]);
  const named = heatmap<Evidence>({
    ...{ ...SAYS, x: { label: "to" }, y: { label: "from" }, series: ({ model }) => `a ${model}` },
    value: { label: "moved", of: "moved" },
  });
  assertEquals(rowsOf(named(RUNS))[0].series, "a gpt", "a panel may have a name in words");
});

Deno.test("lists that differ in length, and what is no matrix, are refused", () => {
  const uneven = lines<Evidence>({
    ...{ ...SAYS, x: { label: "x", of: () => [1, 2, 3] } },
    y: { label: "loss", of: "loss" },
  });
  assertThrows(() => uneven(RUNS), RangeError, "x has 3, and y 2");
  const flat = heatmap<Evidence>({
    ...{ ...SAYS, x: { label: "x" }, y: { label: "y" } },
    value: { label: "loss", of: "loss" },
  });
  assertThrows(() => flat(RUNS), RangeError, "A heatmap requires a matrix, got [3,1]");
});

Deno.test("an illustration has a panel for each run, named where there are several", () => {
  const tokens = ["not", "h"];
  const value = { label: "weight" };
  const shown = [
    sentence<Evidence>({ ...SAYS, on: "all", of: () => ({ tokens }) }),
    arcs<Evidence>({
      ...{ ...SAYS, on: "all", value },
      of: () => ({ tokens, arcs: [{ from: 1, to: 0, weight: 1 }] }),
    }),
    vectors<Evidence>({
      ...{ ...SAYS, on: "all" },
      of: () => ({ vectors: [{ x: 1, y: 0, label: "a" }] }),
    }),
    fan<Evidence>({
      ...{ ...SAYS, on: "all", value },
      of: () => ({ paths: [{ through: [], share: 1 }] }),
    }),
  ];
  for (const show of shown) {
    const figure = [show(RUNS)].flat()[0];
    const panels = "panels" in figure ? figure.panels : [];
    assertEquals(panels.map(({ name }) => name), ["gpt", "no mask"], figure.kind);
  }
  const three = product<Evidence>({
    ...SAYS,
    of: () => [
      { name: "a", values: [[1], [2]] },
      { name: "b", values: [[3, 4]] },
      { name: "ab", values: [[3, 4], [6, 8]] },
    ],
  });
  assertEquals([three(RUNS)].flat().length, 1, "one picture for the one subject");
});

Deno.test("more series than there are colours are refused, and a series may gather runs", () => {
  const runs = Array.from({ length: 7 }, (_, i) => ({ ...sound, model: `gpt/${i}` }));
  const plot = {
    ...SAYS,
    x: { label: "x", of: "index" },
    y: { label: "loss", of: "loss" },
  } as const;
  assertThrows(
    () => lines<Evidence>(plot)(runs),
    RangeError,
    "at most 6 series have a colour, got 7",
  );
  assertEquals(rowsOf(lines<Evidence>({ ...plot, series: () => "gpts" })(runs)).length, 14);
});
