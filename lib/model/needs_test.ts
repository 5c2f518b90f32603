import { assertEquals } from "@std/assert";
import { makeConfig } from "./config.ts";
import { allOf, atLeast, like, needs } from "./needs.ts";

const config = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 5 });

Deno.test("what a model lacks is said as it is", () => {
  assertEquals(like({ positions: ["learned"], n_layers: [1, 2] })(config), undefined);
  assertEquals(like({ positions: ["none"] })(config), "its positions are learned");
  assertEquals(
    like({ positions: ["learned"] })({ ...config, positions: "none" }),
    "it is told no positions",
  );
  assertEquals(like({ n_layers: [2] })(config), "it has 1 layer");
  assertEquals(like({ attn_only: [true] })(config), "it has MLPs");
  assertEquals(like({ normalization: ["none"] })(config), "its normalization is LN");
  assertEquals(like({ query_key: ["same"] })(config), "its scores come from a pair of matrices");
  assertEquals(like({ tied: [true] })(config), "its tied is false");
});

Deno.test("so much of something is enough", () => {
  assertEquals(atLeast({ n_heads: 2, n_ctx: 5 })(config), undefined);
  assertEquals(atLeast({ n_ctx: 6 })(config), "its window is 5 tokens, and 6 are needed");
  assertEquals(atLeast({ n_heads: 3 })(config), "it has 2 heads in each layer, and 3 are needed");
});

Deno.test("of several needs the first that is not met says why", () => {
  const all = allOf(needs.attention, needs.mlp, like({ causal: [true] }));
  assertEquals(all(config), undefined);
  assertEquals(all({ ...config, attn_only: true, causal: false }), "it has no MLP");
});
