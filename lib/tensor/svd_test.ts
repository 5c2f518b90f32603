import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { maxDifference } from "./compare.ts";
import { Random } from "./random.ts";
import { singularValues, svd } from "./svd.ts";
import { Tensor } from "./tensor.ts";

const FIXED = { seed: 1, numRuns: 30 };

/** Shapes that are tall, wide, square, a row and a column. */
const anyMatrix = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.nat())
  .map(([rows, columns, seed]) => new Random(seed).normalTensor([rows, columns]));

/** U diag(S) V^T. */
function together({ U, S, V }: ReturnType<typeof svd>): Tensor {
  const [rows, columns] = [U.shape[0], V.shape[0]];
  return Tensor.full([rows, columns]).map((_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return S.reduce((sum, s, k) => sum + U.at(row, k) * s * V.at(column, k), 0);
  });
}

/** X^T X: the identity where columns are orthonormal. */
function gram(x: Tensor): Tensor {
  const [rows, columns] = x.shape;
  return Tensor.full([columns, columns]).map((_, i) => {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += x.at(r, Math.floor(i / columns)) * x.at(r, i % columns);
    return sum;
  });
}

Deno.test("the singular values of matrices that can be read off", () => {
  assertEquals(singularValues(Tensor.from([[0, -3], [2, 0]])), [3, 2], "two axes, swapped");
  assertEquals(singularValues(Tensor.from([[3, 4]])), [5], "a row has its length");
  assertEquals(singularValues(Tensor.from([[3], [4]])), [5], "and so has a column");
  const [one, none] = singularValues(Tensor.from([[1, 2], [2, 4]]));
  assertAlmostEquals(one, 5, 1e-12, "an outer product has one, the product of the lengths");
  assertAlmostEquals(none, 0, 1e-12, "and no second");
  assertEquals(singularValues(Tensor.full([2, 3])), [0, 0], "a matrix of zeros");
});

Deno.test("a matrix is put together again from its parts, whichever way it is longer", () => {
  fc.assert(
    fc.property(anyMatrix, (x) => {
      const parts = svd(x);
      const rank = Math.min(...x.shape);
      assertEquals([parts.U.shape, parts.S.length, parts.V.shape], [
        [x.shape[0], rank],
        rank,
        [x.shape[1], rank],
      ], `shapes for [${x.shape}]`);
      // U, V and the result are each rounded at 6e-8 of their size: numbers up to about 5 here.
      assertLess(maxDifference(together(parts), x), 3e-6, "U diag(S) V^T");
    }),
    FIXED,
  );
});

Deno.test("columns are orthonormal, and values descend without going below zero", () => {
  fc.assert(
    fc.property(anyMatrix, (x) => {
      const { U, S, V } = svd(x);
      const identity = Tensor.full([S.length, S.length])
        .map((_, i) => i % (S.length + 1) === 0 ? 1 : 0);
      assertLess(maxDifference(gram(U), identity), 1e-6, "U^T U");
      assertLess(maxDifference(gram(V), identity), 1e-6, "V^T V");
      assertEquals(S, S.toSorted((a, b) => b - a), "largest first");
      assertLess(-1e-300, S.at(-1)!, "none below zero");
    }),
    FIXED,
  );
});

Deno.test("values alone are those of the whole decomposition and of the transpose", () => {
  fc.assert(
    fc.property(anyMatrix, (x) => {
      const [values, whole] = [singularValues(x), svd(x).S];
      const transposed = singularValues(x.transpose(1, 0));
      values.forEach((value, i) => {
        assertAlmostEquals(value, whole[i], 1e-12, "value by value");
        assertAlmostEquals(value, transposed[i], 1e-12, "of the transpose");
      });
    }),
    FIXED,
  );
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
