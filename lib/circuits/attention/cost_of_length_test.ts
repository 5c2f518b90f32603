import { assertEquals, assertNotEquals } from "@std/assert";
import { gpt2Small, makeConfig } from "../../model/mod.ts";
import { leakyMlp } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { costOfLength } from "./cost_of_length.ts";

const SIZES = { n_layers: 2, d_model: 6, n_heads: 3, d_head: 4, d_mlp: 10, d_vocab: 11, n_ctx: 5 };
const cost = (change = {}) =>
  costOfLength({ config: makeConfig({ ...SIZES, ...change }), rewrites: [] }, [1, 3]);

Deno.test("what the lengths of a tiny model's texts cost, by hand", () => {
  const weights = 2 * (4 * 6 * 12 + 2 * 6 * 10) + 6 * 11;
  const kept = 2 * 2 * 12;
  assertEquals(cost(), {
    lengths: [5, 15],
    counted: [weights + 5 * kept, weights + 15 * kept],
    weights,
    kept,
    cache: [5 * kept, 15 * kept],
    even: Math.round(882 / 48),
    twice: 2 * (weights + 10 * kept) / (weights + 5 * kept),
  });
});

Deno.test("keys and values that heads share are kept once, and each head multiplies by them", () => {
  const { counted, weights, kept } = cost({ n_key_value_heads: 1 });
  assertEquals([kept, weights], [2 * 2 * 4, 882 - 2 * 2 * 6 * 8], "a third of what was kept");
  assertEquals(counted, [weights + 5 * 3 * kept, weights + 15 * 3 * kept]);
});

Deno.test("a tied embedding and no biases change nothing of that", () => {
  assertEquals(cost({ tied: true, biases: false }), cost());
});

Deno.test("GPT-2 small keeps keys and values as wide as its stream in each layer", () => {
  const { kept, weights, even } = costOfLength({ config: gpt2Small, rewrites: [] }, [1]);
  assertEquals(kept, 12 * 2 * 768);
  assertEquals(weights, 12 * 12 * 768 ** 2 + 768 * 50_257);
  assertEquals(even, 6702);
});

Deno.test("products that no weight and no cache accounts for are counted", () => {
  const { counted: [counted], weights, cache: [cache] } = costOfLength(
    leakyMlp(1).apply(smallModel({ n_layers: 1 })),
    [1],
  );
  assertNotEquals(counted, weights + cache);
});
