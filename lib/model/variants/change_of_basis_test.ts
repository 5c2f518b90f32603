import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import {
  type Bases,
  identityBasis,
  inAnotherBasis,
  randomBasis,
  rotaryBasis,
} from "./change_of_basis.ts";
import { smallModel } from "../testing/small_models.ts";

const MODEL = smallModel({ n_layers: 2 });
const { d_head, n_heads } = MODEL.config;
const HEADS = [0, 1, 2, 3, 4, 5];

/** a^T b of square matrices. */
function transposedTimes(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): number[][] {
  return a.map((_, i) => b.map((_, j) => a.reduce((sum, row, k) => sum + row[i] * b[k][j], 0)));
}

function eachCell(bases: Bases, check: (R: number[][], product: number[][], head: number) => void) {
  for (const head of HEADS) {
    const { R, inverseTransposed } = bases(MODEL.config, head);
    check(R.map((row) => [...row]), transposedTimes(R, inverseTransposed), head);
  }
}

Deno.test("what is done to the keys makes up for what is done to the queries", () => {
  for (const bases of [randomBasis, rotaryBasis, identityBasis]) {
    eachCell(bases, (_, product, head) => {
      product.flat().forEach((value, i) => {
        const identity = i % (d_head + 1) === 0 ? 1 : 0;
        assertAlmostEquals(value, identity, 1e-12, `head ${head}, cell ${i} of R^T R^-T`);
      });
    });
  }
});

Deno.test("a basis is far from the identity, another for each head, and never far from singular", () => {
  const seen = new Set<string>();
  eachCell(randomBasis, (R, _, head) => {
    seen.add(`${R}`);
    const change = Math.hypot(...R.flatMap((row, i) => row.map((x, j) => x - (i === j ? 1 : 0))));
    assertGreater(change, 1, `head ${head}`);
    // Three factors, of which only the middle one stretches, by 1/2 to 2.
    assertGreater(2.0001, Math.hypot(...R.flat()) / Math.sqrt(d_head), `head ${head} is not large`);
  });
  assertEquals(seen.size, HEADS.length, "six heads, six bases");
});

Deno.test("a turning basis commutes with the turns of rotary positions", () => {
  const half = d_head / 2;
  const turn = Array.from({ length: d_head }, (_, i) =>
    Array.from({ length: d_head }, (_, j) => {
      if (i % half !== j % half) return 0;
      const angle = 0.3 + i % half;
      return i === j ? Math.cos(angle) : Math.sin(angle) * (i < j ? 1 : -1);
    }));
  const times = (a: number[][], b: number[][]) =>
    a.map((row) => b.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)));
  eachCell(rotaryBasis, (R, _, head) => {
    const [there, back] = [times(R, turn).flat(), times(turn, R).flat()];
    there.forEach((x, i) => assertAlmostEquals(x, back[i], 1e-12, `head ${head}, cell ${i}`));
  });
});

Deno.test("rebased weights are the rows times R, head by head, biases too, and the rest is as it was", () => {
  const changed = inAnotherBasis(MODEL);
  const name = "blocks.1.attn.W_Q";
  const [W, b] = [MODEL.weights[name], MODEL.weights["blocks.1.attn.b_Q"]];
  for (let head = 0; head < n_heads; head++) {
    const { R } = randomBasis(MODEL.config, n_heads + head);
    const expected = (row: ArrayLike<number>, column: number) =>
      R.reduce((sum, from, k) => sum + row[k] * from[column], 0);
    for (let column = 0; column < d_head; column++) {
      const given = changed.weights[name].at(head, 2, column);
      assertEquals(given, Math.fround(expected(W.get(head, 2).data, column)), "a row of W_Q");
      const bias = changed.weights["blocks.1.attn.b_Q"].at(head, column);
      assertEquals(bias, Math.fround(expected(b.get(head).data, column)), "b_Q");
    }
  }
  const kept = Object.keys(MODEL.weights).filter((x) => changed.weights[x] === MODEL.weights[x]);
  const others = Object.keys(MODEL.weights).filter((x) => !/[Wb]_[QK]$/.test(x));
  assertEquals(kept, others, "what belongs to no query or key");
  assertEquals(
    inAnotherBasis(MODEL, identityBasis).weights,
    MODEL.weights,
    "the change that changes nothing",
  );
});
