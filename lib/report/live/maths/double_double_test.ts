import { assertEquals, assertLess } from "@std/assert";
import { Random } from "../../../tensor/mod.ts";
import { lessMultiple, plus, product, roundedSum, series, times } from "./double_double.ts";

/** A sum of doubles as a whole number of 2^-200: exact for doubles from 2^-140 to 2^100. */
function exact(...parts: number[]): bigint {
  return parts.reduce((sum, part) => sum + BigInt(part * 2 ** 200), 0n);
}
const ONE = exact(1);

/** A pair of numbers between -1 and 1 such as this arithmetic gives: the low is what a sum left. */
function draw(random: Random) {
  const [high, low] = [random.uniform() * 2 - 1, random.uniform() - 0.5];
  return plus({ high, low: 0 }, { high: low * 2 ** -54, low: 0 });
}

Deno.test("products of doubles are exact", () => {
  const random = new Random("products");
  for (let i = 0; i < 1000; i++) {
    const [a, b] = [random.normal(), random.normal()];
    const { high, low } = product(a, b);
    assertEquals(high, a * b);
    assertEquals(exact(high, low) * ONE, exact(a) * exact(b), `${a} times ${b}`);
  }
});

Deno.test("sums and products of pairs are off by 2^-102 of themselves at most", () => {
  const random = new Random("pairs");
  for (let i = 0; i < 1000; i++) {
    const [a, b] = [draw(random), draw(random)];
    const [x, y] = [exact(a.high, a.low), exact(b.high, b.low)];
    const check = (value: typeof a, expected: bigint) => {
      const off = Number(exact(value.high, value.low) - expected) / Number(expected);
      assertLess(Math.abs(off), 2 ** -102);
      assertEquals(value.high + value.low, value.high, "the high is the sum, rounded");
    };
    check(plus(a, b), x + y);
    check(times(a, b), x * y / ONE);
  }
});

Deno.test("a tie is rounded to even, unless something is left that decides it", () => {
  const [half, little] = [2 ** -53, 2 ** -110];
  const next = 1 + 2 ** -52;
  assertEquals(roundedSum(1, { high: half, low: 0 }), 1);
  assertEquals(roundedSum(1, { high: half, low: little }), next);
  assertEquals(roundedSum(1, { high: half, low: -little }), 1);
  assertEquals(roundedSum(next, { high: half, low: -little }), next);
  assertEquals(roundedSum(next, { high: half, low: 0 }), 1 + 2 ** -51);
  assertEquals(roundedSum(1, { high: -half / 2, low: -little }), 1 - half);
  assertEquals(roundedSum(1, { high: -half / 2, low: little }), 1);
});

Deno.test("a series is the sum of powers", () => {
  const coefficients = [1, 2, 3].map((high) => ({ high, low: 0 }));
  assertEquals(series(coefficients, { high: 10, low: 0 }), { high: 321, low: 0 });
  const x = { high: 1, low: 2 ** -60 };
  assertEquals(series(coefficients, x), { high: 6, low: 8 * 2 ** -60 }, "and 3 * 2^-120 is lost");
});

Deno.test("what a multiple of a constant leaves is right to the last digit of both", () => {
  // π/2 to 192 bits, less the double next to it; of that, by mpmath, the double next to it and of
  // the rest once more.
  const halfPi = [0x1_921fb544, 0x42d18469, 0x898cc517, 0x01b839a2, 0x52049c11, 0x14cf98e8]
    .map((word, i) => word / 2 ** (32 * (i + 1)));
  const left = { high: -6.123233995736766e-17, low: 1.4973849048591698e-33 };
  assertEquals(lessMultiple(Math.PI / 2, 1, halfPi), left);
});
