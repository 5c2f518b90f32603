import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { exactNumber } from "../numbers.ts";
import { ticksFrom } from "./ticks.ts";

const STEPS = 6;

/** Two ends: any, and such as lie close to one another far from zero. */
const anyEnds = fc.oneof(
  fc.tuple(finite(), finite()),
  fc.tuple(finite(), fc.integer({ min: 1, max: 60 })).map(([end, bits]) =>
    [end, end * (1 + 2 ** -bits)] as [number, number]
  ).filter((ends) => ends.every(Number.isFinite)),
).map(([a, b]) => a < b ? [a, b] : [b, a]).filter(([a, b]) => a < b);

function finite(): fc.Arbitrary<number> {
  return fc.double({ noNaN: true, noDefaultInfinity: true });
}

Deno.test("ticks are round numbers that hold both ends, in steps of 1, 2 or 5", () => {
  const cases: [number, number, string][] = [
    [0.3, 4.4, "0 1 2 3 4 5"],
    [-0.5, 1, "-0.5 0 0.5 1"],
    [4.2101, 4.2109, "4.21 4.2102 4.2104 4.2106 4.2108 4.211"],
    [0.1, 0.7, "0.1 0.2 0.3 0.4 0.5 0.6 0.7"],
    [0, 5e-324, "0 5e-324"],
    [1, 1 + 2 ** -52, "0.999999999999999 1 1.000000000000001"],
    [-1.7e308, 1.7e308, "-1.5e308 -1e308 -5e307 0 5e307 1e308 1.5e308"],
  ];
  for (const [least, greatest, labels] of cases) {
    assertEquals(ticksFrom(least, greatest, STEPS).map(exactNumber).join(" "), labels);
  }
});

Deno.test("labels of ticks are pairwise different, and each is its tick exactly", () => {
  fc.assert(
    fc.property(anyEnds, ([least, greatest]) => {
      const ticks = ticksFrom(least, greatest, STEPS);
      const labels = ticks.map(exactNumber);
      assertEquals(labels.map(Number), ticks.map((tick) => tick + 0), "what the labels say");
      assertEquals(new Set(labels).size, ticks.length, `each its own: ${labels}`);
      assert(ticks.length <= STEPS + 4, `few enough to read: ${labels}`);
      ticks.slice(1).forEach((tick, i) => assert(tick > ticks[i], `in order: ${labels}`));
      assert(labels.every((label) => label.length < 25), `short enough to read: ${labels}`);
    }),
    { seed: 7, numRuns: 1000 },
  );
});
