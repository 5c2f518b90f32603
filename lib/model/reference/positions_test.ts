import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ALIBI_SLOPES } from "../testing/alibi_slopes.ts";
import { dot } from "../../tensor/arithmetic.ts";
import type { Vector } from "./maths.ts";
import { alibiSlope, rotary, sinusoidal } from "./positions.ts";

const { sin, cos, PI } = Math;

function assertClose(actual: Vector, expected: readonly number[], msg: string): void {
  assertEquals(actual.length, expected.length, msg);
  expected.forEach((value, i) => assertAlmostEquals(actual[i], value, 1e-15, `${msg}, [${i}]`));
}

Deno.test("sinusoidal codes are sines and cosines side by side, slower from pair to pair", () => {
  assertClose(sinusoidal(0, 4, 10_000), [0, 1, 0, 1], "position 0");
  assertClose(sinusoidal(1, 4, 10_000), [sin(1), cos(1), sin(0.01), cos(0.01)], "position 1");
  assertClose(sinusoidal(3, 2, 10_000), [sin(3), cos(3)], "one pair");
});

Deno.test("rotary positions turn the first half of a head against its second half", () => {
  assertClose(rotary(Float64Array.of(1, 0), PI / 2, 10_000), [0, 1], "a quarter turn");
  assertClose(
    rotary(Float64Array.of(1, 2, 3, 4), 1, 100),
    [
      cos(1) - 3 * sin(1),
      2 * cos(0.1) - 4 * sin(0.1),
      sin(1) + 3 * cos(1),
      2 * sin(0.1) + 4 * cos(0.1),
    ],
    "one radian for the first pair, a tenth for the second",
  );
});

Deno.test("a product of two rotated vectors depends on their distance alone", () => {
  const head = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 6, maxLength: 6 })
    .map((values) => Float64Array.from(values));
  const place = fc.nat({ max: 50 });
  fc.assert(
    fc.property(head, head, place, place, place, (q, k, from, to, shift) => {
      const here = dot(rotary(q, from, 100), rotary(k, to, 100));
      const there = dot(rotary(q, from + shift, 100), rotary(k, to + shift, 100));
      // 486 is the largest product; an angle of 100 radians is good to 100 * 2^-52.
      assertAlmostEquals(here, there, 1e-11, `${from} and ${to}, both moved by ${shift}`);
    }),
    { seed: 11, numRuns: 200 },
  );
});

Deno.test("ALiBi's slopes are the paper's, and those of its published code", () => {
  for (const slopes of ALIBI_SLOPES) {
    assertEquals(slopes.map((_, head) => alibiSlope(head, slopes.length)), slopes);
  }
});
