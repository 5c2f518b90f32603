import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { changeWeights, type Model } from "../../model/mod.ts";
import { mean } from "../../tensor/mod.ts";
import { inductionByHand } from "../../../fixtures/subjects/copiers.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { matrixOf } from "../../tensor/matrix.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { composition, type CompositionKind } from "./composition.ts";

const KINDS: readonly CompositionKind[] = ["Q", "K", "V"];

Deno.test("a head built to be read by keys composes with keys alone", async () => {
  const model = await inductionByHand.load();
  const { Q, K, V } = composition(model, { draws: 1 });
  // Of 2 n equal numbers in W_QK (n tokens, and position 0 for each) n meet what was written.
  assertAlmostEquals(K.scores[0][0], 1 / Math.sqrt(2 * model.config.d_vocab), 1e-12, "keys");
  assertEquals([Q.scores[0][0], V.scores[0][0]], [0, 0], "not queries, not values");
  assertEquals([K.scores[1][0], K.scores[0][1]], [0, 0], "heads of zeros");
});

for (const n_key_value_heads of [3, 1]) {
  Deno.test(`the norms are those of the products written out, with ${n_key_value_heads} keys`, () => {
    const model = smallModel({ n_layers: 3, normalization: "none", n_key_value_heads });
    assertWrittenOut(model);
  });
}

/** Every kind of composition of a head with another, by the matrices themselves. */
function assertWrittenOut(model: Model): void {
  const found = composition(model, { from: 0, to: 2, draws: 0 });
  const W = (layer: number, part: string, head: number) => {
    const { [`blocks.${layer}.attn.W_${part}`]: all } = model.weights;
    return matrixOf(all.get(head % all.shape[0])); // where one is shared there is but one
  };
  const [writer, reader] = [2, 1];
  const written = W(0, "V", writer).mmul(W(0, "O", writer));
  const QK = W(2, "Q", reader).mmul(W(2, "K", reader).transpose());
  const by = { Q: QK, K: QK.transpose(), V: W(2, "V", reader).mmul(W(2, "O", reader)) };
  for (const kind of KINDS) {
    const expected = written.mmul(by[kind]).norm() / written.norm() / by[kind].norm();
    assertAlmostEquals(found[kind].scores[writer][reader], expected, 1e-12, kind);
  }
}

Deno.test("what LayerNorm takes away before a head reads is none of what it reads", () => {
  const model = smallModel({ n_layers: 2 });
  const before = composition(model, { draws: 0 });
  // The same direction in every coordinate, and any scale: LayerNorm leaves neither.
  const raised = changed(model, "blocks.1.ln1.w", (x) => 3 * x);
  const scale = raised.weights["blocks.1.ln1.w"].data;
  const { d_head } = model.config;
  const both = changed(raised, "blocks.1.attn.W_Q", (x, i) => {
    const d = Math.floor(i / d_head) % scale.length;
    return x + 0.5 / scale[d];
  });
  const after = composition(both, { draws: 0 });
  // Weights in single precision: 6e-8 of each.
  assertClose(after.Q.scores.flat(), before.Q.scores.flat(), 1e-6, "pairs");
});

Deno.test("RMSNorm takes nothing away: its weights count to the reader, and no centring", () => {
  const model = smallModel({ n_layers: 2, normalization: "RMS" });
  const { d_head, d_model } = model.config;
  const folded = changeWeights(model.weights, /\.W_[QKV]$/, (W, name) => {
    const { data: scale } = model.weights[name.replace(/attn\.W_.$/, "ln1.w")];
    return W.map((x, i) => x * scale[Math.floor(i / d_head) % d_model]);
  });
  const config = { ...model.config, normalization: "none" } as const;
  const plain = { ...model, config, weights: folded };
  const [given, expected] = [model, plain].map((each) => composition(each, { draws: 0 }));
  for (const kind of KINDS) {
    assertClose(given[kind].scores.flat(), expected[kind].scores.flat(), 1e-6, kind);
  }
});

Deno.test("turned at random, two heads meet as much as any two: 1 in d_model of the squares", () => {
  const model = smallModel({ n_layers: 2, normalization: "none" });
  const found = composition(model, { draws: 100 });
  for (const kind of KINDS) {
    const { turned } = found[kind];
    assertEquals([turned.length, turned[0].length, turned[0][0].length], [100, 3, 3], "shape");
    const square = mean(turned.flat(2).map((x) => x * x));
    // Nine pairs to each of a hundred turns, and one number varies by about 0.08: 0.01 is plenty.
    assertAlmostEquals(square, 1 / model.config.d_model, 0.01, kind);
  }
  assertEquals(
    composition(model, { draws: 2 }),
    composition(model, { draws: 2 }),
    "the same turns",
  );
});

Deno.test("layers that are no two of the model's in order are refused", () => {
  const model = smallModel({ n_layers: 2 });
  for (const [from, to] of [[0, 2], [1, 1], [1, 0], [-1, 1], [0, 0.5]]) {
    const message = `the earlier first, are required, got ${from} and ${to}`;
    assertThrows(() => composition(model, { from, to }), RangeError, message);
  }
});

function changed(model: Model, name: string, change: (x: number, i: number) => number): Model {
  return { ...model, weights: { ...model.weights, [name]: model.weights[name].map(change) } };
}
