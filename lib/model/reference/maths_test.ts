import { assertAlmostEquals, assertStrictEquals } from "@std/assert";
import { erf, gelu, geluNew, logSumExp, silu, softmax } from "./maths.ts";

const vector = (...values: number[]) => Float64Array.of(...values);

/** From tables of the error function, correct to the last digit of a 64-bit number. */
const ERF: [x: number, value: number][] = [
  [0, 0],
  [1e-10, 1.1283791670955126e-10],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [2, 0.9953222650189527],
  [3, 0.9999779095030014],
  [4, 0.9999999845827421],
  [5, 0.9999999999984626],
  [7, 1],
  [Infinity, 1],
];

Deno.test("the error function is the table's to 14 digits, and odd", () => {
  for (const [x, value] of ERF) {
    assertAlmostEquals(erf(x), value, 1e-14 * value, `erf(${x})`);
    assertAlmostEquals(erf(-x), -value, 1e-14 * value, `erf(${-x})`);
  }
});

Deno.test("GELU weighs by the normal distribution; GPT-2's form is off by less than 0.0005", () => {
  assertStrictEquals(gelu(0), 0, "nothing of nothing");
  assertAlmostEquals(gelu(1), 0.8413447460685429, 1e-15, "84% of a normal lie below 1");
  assertAlmostEquals(gelu(-1), -0.15865525393145707, 1e-15, "16% below -1");
  assertAlmostEquals(geluNew(1), 0.8411919906082768, 1e-15, "GPT-2's form at 1");
  assertAlmostEquals(geluNew(-3), -0.0036373920817729943, 1e-15, "and at -3");
  for (let x = -6; x <= 6; x += 0.125) {
    assertAlmostEquals(geluNew(x), gelu(x), 5e-4, `the two forms at ${x}`);
  }
});

Deno.test("SiLU weighs by the logistic function: 3/4 of ln 3, 1/4 of -ln 3, nothing far below", () => {
  assertAlmostEquals(silu(Math.log(3)), Math.log(3) * 3 / 4, 1e-15, "ln 3");
  assertAlmostEquals(silu(-Math.log(3)), -Math.log(3) / 4, 1e-15, "-ln 3");
  assertStrictEquals(silu(-1000), -0, "exp(1000) is infinite");
});

Deno.test("softmax turns scores into shares: exp(0) : exp(ln 2) : exp(ln 5) is 1 : 2 : 5", () => {
  for (const shift of [0, -700, 1e6]) {
    const shares = softmax(vector(shift, Math.log(2) + shift, -Infinity, Math.log(5) + shift));
    [1 / 8, 2 / 8, 0, 5 / 8].forEach((share, i) => {
      assertAlmostEquals(shares[i], share, 1e-9, `share ${i}, scores shifted by ${shift}`);
    });
    assertStrictEquals(shares[2], 0, "-Infinity is given exactly nothing");
  }
});

Deno.test("the log of a sum of exponentials neither overflows nor underflows", () => {
  assertAlmostEquals(logSumExp(vector(0, Math.log(3))), Math.log(4), 1e-15);
  assertStrictEquals(logSumExp(vector(1e5, 1e5)), 1e5 + Math.LN2);
  assertStrictEquals(logSumExp(vector(-1e5, -1e5)), -1e5 + Math.LN2);
});
