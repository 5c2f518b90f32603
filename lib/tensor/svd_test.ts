import { assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { product } from "./arithmetic.ts";
import { maxDifference } from "./compare.ts";
import { Random } from "./random.ts";
import { singularValues, svd } from "./svd.ts";
import { Tensor } from "./tensor.ts";
import { assertClose } from "./testing/assert_close.ts";

/** Shapes that are tall, wide, square, a row and a column. */
const anyMatrix = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.nat())
  .map(([rows, columns, seed]) => new Random(seed).normalTensor([rows, columns]));

/** X^T X: diagonal where columns are at right angles, and the identity where they are orthonormal. */
const gram = (x: Tensor) => product(x.transpose(1, 0), x);

const diagonal = (values: readonly number[]) =>
  Tensor.full([values.length, values.length])
    .map((_, i) => i % (values.length + 1) === 0 ? values[Math.floor(i / values.length)] : 0);

Deno.test("the singular values of matrices that can be read off", () => {
  assertEquals(singularValues(Tensor.from([[0, -3], [2, 0]])), [3, 2], "two axes, swapped");
  assertEquals(singularValues(Tensor.from([[3, 4]])), [5], "a row has its length");
  assertEquals(singularValues(Tensor.from([[3], [4]])), [5], "and so has a column");
  // An outer product has one, the product of the lengths.
  assertClose(singularValues(Tensor.from([[1, 2], [2, 4]])), [5, 0], 1e-12, "and no second");
  assertEquals(singularValues(Tensor.full([2, 3])), [0, 0], "a matrix of zeros");
});

Deno.test("along orthonormal directions a matrix stretches by its values, however long it is", () => {
  fc.assert(
    fc.property(anyMatrix, (x) => {
      const { S, V } = svd(x);
      const rank = Math.min(...x.shape);
      assertEquals([S.length, V.shape], [rank, [x.shape[1], rank]], `shapes for [${x.shape}]`);
      // x V is U diag(S). What is rounded at 6e-8 of its size are numbers up to about 5, squared here.
      const stretched = product(x, V);
      const squares = diagonal(S.map((s) => s * s));
      assertLess(maxDifference(gram(stretched), squares), 2e-5, "(x V)^T x V");
      // And nothing is left of x besides: that is U diag(S) V^T.
      const together = product(stretched, V.transpose(1, 0));
      assertLess(maxDifference(together, x), 3e-6, "x V V^T");
      assertLess(maxDifference(gram(V), diagonal(S.map(() => 1))), 1e-6, "V^T V");
      assertEquals(S, S.toSorted((a, b) => b - a), "largest first");
      assertLess(-1e-300, S.at(-1)!, "none below zero");
      const values = singularValues(x);
      assertClose(values, S, 1e-12, "values alone are those of the whole");
      assertClose(values, singularValues(x.transpose(1, 0)), 1e-12, "and of the transpose");
    }),
    { seed: 1, numRuns: 30 },
  );
});

Deno.test("a matrix of equal rows has one value, however many rows there are", () => {
  const row = new Random(1).normalTensor([64]);
  const rows = (n: number) => Tensor.full([n, 64]).map((_, i) => row.data[i % 64]);
  const length = Math.hypot(...row.data);
  for (const n of [16, 32, 48, 64, 80]) {
    const [first, ...others] = singularValues(rows(n));
    assertClose([first], [Math.sqrt(n) * length], 1e-12, `the only one of ${n} rows`);
    assertLess(Math.max(...others) / first, 1e-14, `no other of ${n} rows`);
  }
  assertClose(svd(rows(32)).S, singularValues(rows(32)), 1e-12, "with directions, too");
});

Deno.test("what is no finite matrix is refused", () => {
  const required = "finite numbers in rows and columns are required, got";
  for (const shape of [[], [3], [0, 2], [2, 2, 2]]) {
    const message = `${required} shape [${shape}]`;
    assertThrows(() => singularValues(Tensor.full(shape, 1)), RangeError, message, `[${shape}]`);
  }
  const message = `${required} one that is not finite`;
  assertThrows(() => svd(Tensor.from([[1, NaN]])), RangeError, message, "NaN");
  assertThrows(() => svd(Tensor.from([[Infinity, 1]])), RangeError, message, "infinite");
});
