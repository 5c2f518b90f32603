import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Quantity, quantity, snug } from "./quantity.ts";

Deno.test("a linear axis ends on round numbers that hold every value, and is never empty", () => {
  const cases: [number[], boolean, string[]][] = [
    [[0.3, 4.4], false, ["0", "1", "2", "3", "4", "5"]],
    [[4.2101, 4.2105, 4.2109], false, ["4.21", "4.2102", "4.2104", "4.2106", "4.2108", "4.211"]],
    [[0.9, 1], true, ["0", "0.2", "0.4", "0.6", "0.8", "1"]],
    [[-0.5, 1], true, ["-0.5", "0", "0.5", "1"]],
    [[0, 0], false, ["0", "0.2", "0.4", "0.6", "0.8", "1"]],
    [[3, 3], false, ["0", "0.5", "1", "1.5", "2", "2.5", "3"]],
    [[-3, -3], false, ["-3", "-2.5", "-2", "-1.5", "-1", "-0.5", "0"]],
  ];
  for (const [values, fromZero, labels] of cases) {
    const axis = quantity(values, { fromZero });
    assertEquals(axis.labels, labels, `labels for ${values}, bars: ${fromZero}`);
    assertEquals(axis.scale.domain, [Number(labels[0]), Number(labels.at(-1))], "from end to end");
  }
});

Deno.test("a logarithmic axis has a place for exactly zero, at its foot and named 0", () => {
  const { place, labels, base } = quantity([0, 0.01, 0.9], { log: true });
  assertEquals(labels, ["0", "0.01", "0.1", "1"], "powers of ten, and zero");
  assertEquals([place(0), place(0.01), base], [-3, -2, -3], "zero stands a step lower");
});

Deno.test("a logarithmic axis over many powers skips some and keeps its ends", () => {
  const { labels, scale } = quantity([1e-12, 3], { log: true });
  assertEquals(labels.at(-1), "10", "the top");
  assert(labels.length <= 8, `few enough to read: ${labels}`);
  assertEquals((scale.domain as number[])[0], -12, "the foot");
  assertEquals(quantity([1e-3, 1 + 2e-7], { log: true }).labels.at(-1), "1", "sums round");
  const all = quantity([5e-324, 1.7e308], { log: true }).labels;
  assertEquals([all[0], all.at(-1)], ["1e-324", "1e309"], "beyond what a double holds");
});

Deno.test("values that are all zero make a linear axis though a logarithmic one was asked for", () => {
  assertEquals(quantity([0, 0], { log: true }).scale.domain, [0, 1], "zero has no logarithm");
});

Deno.test("an axis that fits its values ends with them, and names a few whole ones", () => {
  assertEquals(snug([1, 7, 9], 3).labels, ["1", "7", "9"], "whole and few");
  assertEquals(snug([1, 2, 34, 35], 6).labels, ["1", "34"], "that do not stand in one another");
  assertEquals(snug([0.3, 4.4], 5).labels, ["1", "2", "3", "4"], "others: round numbers between");
  assertEquals(snug([0.3, 4.4], 5).scale.domain, [0.3, 4.4], "and its ends");
  assertEquals(snug([0.25, 0.25], 5).labels, ["0.25"], "a single one");
});

/** Values of any size, and such as lie close to one another. */
const anyValues = fc.tuple(
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 6 }),
  fc.integer({ min: 1, max: 52 }),
).map(([values, bits]) => [...values, values[0] * (1 - 2 ** -bits)]);

Deno.test("every axis has a place within it for each value, and labels that are pairwise different", () => {
  const kinds: Record<string, (values: number[]) => Quantity> = {
    linear: (values) => quantity(values, {}),
    "from zero": (values) => quantity(values, { fromZero: true }),
    logarithmic: (values) => quantity(values, { log: true }),
    snug: (values) => snug(values, 5),
  };
  for (const [kind, axisOf] of Object.entries(kinds)) {
    fc.assert(
      fc.property(anyValues, (values) => {
        const { place, scale, labels } = axisOf(values);
        const [from, to] = scale.domain as number[];
        assert(Number.isFinite(to - from) && from <= to, `${kind}: from ${from} to ${to}`);
        for (const value of values) {
          const slack = (to - from) * 1e-9;
          const at = place(value);
          assert(from - slack <= at && at <= to + slack, `${kind}: ${value} at ${at}`);
        }
        assertEquals(new Set(labels).size, labels.length, `${kind}: ${labels}`);
        const ticks = scale.ticks as number[];
        assertEquals(ticks.map(scale.tickFormat as (tick: number) => string), labels, kind);
      }),
      { seed: 11, numRuns: 250 },
    );
  }
});
