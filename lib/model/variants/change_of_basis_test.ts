import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertLess, assertNotEquals } from "@std/assert";
import { run } from "../../runtime/mod.ts";
import { maxDifference } from "../../tensor/mod.ts";
import { Matrix } from "../../tensor/matrix.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import {
  type Bases,
  type Basis,
  identityBasis,
  inAnotherBasis,
  randomBasis,
  rotaryBasis,
} from "./change_of_basis.ts";
import type { Model } from "../model.ts";
import { LLAMA, smallModel } from "../testing/small_models.ts";

const MODEL = smallModel({ n_layers: 2 });
const { d_head, n_heads } = MODEL.config;
const HEADS = [0, 1, 2, 3, 4, 5];

/** Looks at the basis of each head. */
function eachBasis(
  bases: Bases,
  check: (basis: Record<keyof Basis, Matrix>, head: number) => void,
  config = MODEL.config,
) {
  for (const head of HEADS) {
    const { R, inverseTransposed } = bases(config, head);
    check({ R: matrix(R), inverseTransposed: matrix(inverseTransposed) }, head);
  }
}

const matrix = (rows: Basis["R"]) => new Matrix(rows.map((row) => [...row]));

Deno.test("what is done to the keys makes up for what is done to the queries", () => {
  for (const bases of [randomBasis, rotaryBasis, identityBasis]) {
    eachBasis(bases, ({ R, inverseTransposed }, head) => {
      const product = R.transpose().mmul(inverseTransposed);
      const identity = Matrix.eye(d_head).to1DArray();
      assertClose(product.to1DArray(), identity, 1e-12, `R^T R^-T of head ${head}`);
    });
  }
});

Deno.test("a basis is far from the identity, another for each head, and never far from singular", () => {
  const seen = new Set<string>();
  eachBasis(randomBasis, ({ R }, head) => {
    seen.add(`${R.to1DArray()}`);
    assertGreater(Matrix.sub(R, Matrix.eye(d_head)).norm(), 1, `head ${head}`);
    // Three factors, of which only the middle one stretches, by 1/2 to 2.
    assertGreater(2.0001, R.norm() / Math.sqrt(d_head), `head ${head} is not large`);
  });
  assertEquals(seen.size, HEADS.length, "six heads, six bases");
});

for (const rotary_adjacent_pairs of [false, true]) {
  const pairs = rotary_adjacent_pairs ? "neighbours" : "halves";
  Deno.test(`a turning basis commutes with the turns of rotary positions: ${pairs}`, () => {
    const half = d_head / 2;
    const turn = Matrix.zeros(d_head, d_head);
    for (let i = 0; i < half; i++) {
      const [a, b] = rotary_adjacent_pairs ? [2 * i, 2 * i + 1] : [i, i + half];
      const [cos, sin] = [Math.cos(0.3 + i), Math.sin(0.3 + i)];
      turn.set(a, a, cos).set(a, b, sin).set(b, a, -sin).set(b, b, cos);
    }
    eachBasis(rotaryBasis, ({ R }, head) => {
      const [there, back] = [R.mmul(turn), turn.mmul(R)].map((product) => product.to1DArray());
      assertClose(there, back, 1e-12, `head ${head}`);
    }, { ...MODEL.config, rotary_adjacent_pairs });
  });
}

Deno.test("queries that share keys share the basis that makes up for theirs", async () => {
  const model = smallModel({ ...LLAMA, n_layers: 2 });
  const hooks = [0, 1].map((layer) => `blocks.${layer}.attn.hook_attn_scores`);
  const read = (each: Model) => run(each, [[1, 2, 3, 4, 5]], { hooks });
  const rebased = inAnotherBasis(model, rotaryBasis);
  assertNotEquals(rebased.weights["blocks.1.attn.W_Q"], model.weights["blocks.1.attn.W_Q"]);
  const [before, after] = [await read(model), await read(rebased)];
  for (const hook of hooks) { // sums of some ten products, rounded at 6e-8 each
    const [scores, same] = [before, after].map((found) =>
      found.get(hook).map((score) => Number.isFinite(score) ? score : 0)
    );
    assertLess(maxDifference(scores, same), 1e-5, hook);
  }
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
