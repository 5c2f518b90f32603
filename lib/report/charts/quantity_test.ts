import { assertEquals } from "@std/assert";
import { quantity } from "./quantity.ts";

Deno.test("a linear axis ends on round numbers that hold every value", () => {
  const { scale, labels } = quantity([0.3, 4.4], {});
  assertEquals(scale.domain, [0, 5], "from below the least to above the greatest");
  assertEquals(labels, ["0", "1", "2", "3", "4", "5"], "in steps of 1, 2 or 5");
});

Deno.test("the axis of bars starts at zero, and holds negative ones too", () => {
  assertEquals(quantity([0.9, 1], { fromZero: true }).scale.domain, [0, 1], "positive ones");
  assertEquals(quantity([-0.5, 1], { fromZero: true }).scale.domain, [-0.5, 1], "and others");
});

Deno.test("an axis of equal values is not empty", () => {
  assertEquals(quantity([0, 0], {}).scale.domain, [0, 1], "zeros");
  assertEquals(quantity([3, 3], {}).scale.domain, [0, 3], "others start at zero");
});

Deno.test("a logarithmic axis has a place for exactly zero, at its foot and named 0", () => {
  const { place, scale, labels, base } = quantity([0, 0.0123, 0.9], { log: true });
  assertEquals(scale.type, "log", "its type");
  assertEquals(labels, ["0", "0.01", "0.1", "1"], "powers of ten, and zero");
  assertEquals([place(0), place(0.5), base], [0.001, 0.5, 0.001], "zero stands a step lower");
});

Deno.test("a logarithmic axis over many powers skips some and keeps its ends", () => {
  const { labels, scale } = quantity([1e-12, 3], { log: true });
  assertEquals(labels.at(-1), "10", "the top");
  assertEquals(labels.length <= 8, true, `few enough to read: ${labels.join(" ")}`);
  assertEquals((scale.domain as number[])[0], 1e-12, "the foot");
});

Deno.test("values that are all zero make a linear axis though a logarithmic one was asked for", () => {
  assertEquals(quantity([0, 0], { log: true }).scale.type, "linear", "zero has no logarithm");
});
