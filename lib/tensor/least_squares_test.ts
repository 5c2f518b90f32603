import { assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { product } from "./arithmetic.ts";
import { maxAbs, maxDifference } from "./compare.ts";
import { leastSquares } from "./least_squares.ts";
import { Random } from "./random.ts";
import { Tensor } from "./tensor.ts";
import { assertClose } from "./testing/assert_close.ts";

const FIXED = { seed: 1, numRuns: 30 };

Deno.test("a line through three points, by hand", () => {
  const x = Tensor.from([[1, 0], [1, 1], [1, 2]]);
  // The points (0, 1), (1, 2), (2, 4): slope 3/2, and 5/6 where the line begins.
  const { data } = leastSquares(x, Tensor.from([[1], [2], [4]]));
  assertClose(data, [5 / 6, 3 / 2], 1e-6, "begins and rises");
});

Deno.test("a ridge pulls coefficients towards zero by as much as theory says", () => {
  const x = Tensor.from([[1], [2]]);
  const y = Tensor.from([[1], [2]]);
  // One coefficient: x.y / (x.x + ridge) = 5 / (5 + ridge).
  assertEquals(leastSquares(x, y).toNested(), [[1]], "none");
  assertEquals(leastSquares(x, y, 5).toNested(), [[0.5]], "as large as x.x halves it");
  assertLess(leastSquares(x, y, 1e9).at(0, 0), 1e-8, "a huge one leaves nothing");
});

Deno.test("coefficients that made the data are found again, every output on its own", () => {
  const cases = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }), fc.nat());
  fc.assert(
    fc.property(cases, ([inputs, outputs, seed]) => {
      const random = new Random(seed);
      const x = random.normalTensor([4 * inputs + 4, inputs]);
      const made = random.normalTensor([inputs, outputs]);
      // Y is rounded to 32 bits, and so are the coefficients; four times as many rows as unknowns
      // keep the fit well conditioned.
      assertLess(maxDifference(leastSquares(x, product(x, made)), made), 1e-5, "found again");
    }),
    FIXED,
  );
});

Deno.test("what a fit leaves is at a right angle to every input", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(), (inputs, seed) => {
      const random = new Random(seed);
      const [x, y] = [random.normalTensor([20, inputs]), random.normalTensor([20, 1])];
      const fitted = product(x, leastSquares(x, y));
      const rest = y.map((value, i) => value - fitted.data[i]);
      const along = product(x.transpose(1, 0), rest);
      assertLess(maxAbs(along), 2e-5, "X^T (Y - X B)");
    }),
    FIXED,
  );
});

Deno.test("dependent columns are refused without a ridge and shared out with one", () => {
  const x = Tensor.from([[1, 1], [2, 2], [3, 3]]);
  const y = Tensor.from([[2], [4], [6]]);
  const message = "independent columns or a larger ridge are required, got ridge 0";
  assertThrows(() => leastSquares(x, y), RangeError, message, "one column twice");
  assertClose(leastSquares(x, y, 1e-6).data, [1, 1], 1e-5, "half of it each");
});

Deno.test("shapes that do not fit and ridges below zero are refused", () => {
  const [x, y] = [Tensor.full([3, 2], 1), Tensor.full([3, 1], 1)];
  const cases: [Tensor, Tensor, number][] = [
    [x, Tensor.full([2, 1], 1), 1],
    [x, Tensor.full([3], 1), 1],
    [Tensor.full([0, 2]), Tensor.full([0, 1]), 1],
    [x, y, -1],
    [x, y, NaN],
  ];
  for (const [a, b, ridge] of cases) {
    const given = `got X [${a.shape}], Y [${b.shape}] and ridge ${ridge}`;
    assertThrows(() => leastSquares(a, b, ridge), RangeError, given);
  }
});
