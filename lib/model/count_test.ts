import { assertEquals, assertThrows } from "@std/assert";
import { multiplications, parameterCount } from "./count.ts";
import { type Config, gpt2Small, makeConfig, rewriteAt } from "./mod.ts";
import { leakyMlp } from "./sabotages/mod.ts";
import { smallModel } from "./testing/small_models.ts";

const SIZES = { n_layers: 2, d_model: 6, n_heads: 3, d_head: 4, d_mlp: 10, d_vocab: 11, n_ctx: 5 };
const TINY = makeConfig(SIZES);

Deno.test("the parameters of a small config, counted by hand", () => {
  assertEquals(parameterCount(TINY), {
    embed: 11 * 6,
    pos_embed: 5 * 6,
    attn: 2 * (3 * (6 * 12 + 12) + 12 * 6 + 6),
    mlp: 2 * (6 * 10 + 10 + 10 * 6 + 6),
    ln: 5 * 2 * 6,
    unembed: 6 * 11 + 11,
    total: 66 + 30 + 660 + 272 + 60 + 77,
  }, "everything");
  const bare = { ...TINY, attn_only: true, biases: false, tied: true, normalization: "none" };
  assertEquals(parameterCount(makeConfig({ ...bare, positions: "rotary" } as typeof TINY)), {
    embed: 66,
    pos_embed: 0,
    attn: 2 * 4 * 6 * 12,
    mlp: 0,
    ln: 0,
    unembed: 0,
    total: 66 + 576,
  }, "as little as can be");
});

Deno.test("the multiplications of a small config, counted by hand", () => {
  const n = 7;
  assertEquals(multiplications({ ...TINY, positions: "none" }, n), {
    at: {
      "attn.hook_q": 2 * n * 6 * 12,
      "attn.hook_k": 2 * n * 6 * 12,
      "attn.hook_v": 2 * n * 6 * 12,
      "attn.hook_attn_scores": 2 * 3 * n * n * 4,
      "attn.hook_z": 2 * 3 * n * n * 4,
      "attn.hook_result": 2 * n * 12 * 6,
      "mlp.hook_pre": 2 * n * 6 * 10,
      "hook_mlp_out": 2 * n * 10 * 6,
      logits: n * 6 * 11,
    },
    total: n * (2 * 4 * 72 + 2 * 2 * 60 + 66) + n * n * 2 * 2 * 12,
  });
});

Deno.test("one full matrix asks with more, compares wider, and makes no keys; queries alone make none either", () => {
  const at = (query_key: Config["query_key"]) => multiplications({ ...TINY, query_key }, 7).at;
  assertEquals(at("full")["attn.hook_q"], 2 * 7 * 6 * 3 * 6, "two layers, three heads, 6 by 6");
  assertEquals(at("full")["attn.hook_attn_scores"], 2 * 3 * 7 * 7 * 6, "as wide as the stream");
  assertEquals(at("same")["attn.hook_q"], at("pair")["attn.hook_q"], "queries as they were");
  for (const each of ["same", "full"] as const) {
    assertEquals(at(each)["attn.hook_k"], undefined, `no keys: ${each}`);
  }
});

Deno.test("shared keys and values cost as much less to make, and as much to compare with", () => {
  const { at } = multiplications({ ...TINY, n_key_value_heads: 1 }, 7);
  const all = multiplications(TINY, 7).at;
  for (const hook of ["attn.hook_k", "attn.hook_v"]) assertEquals(3 * at[hook], all[hook], hook);
  for (const hook of ["attn.hook_q", "attn.hook_attn_scores", "attn.hook_z"]) {
    assertEquals(at[hook], all[hook], hook);
  }
});

Deno.test("a gated MLP multiplies by three matrices", () => {
  const { at } = multiplications({ ...TINY, gated_mlp: true }, 7);
  for (const hook of ["mlp.hook_pre", "mlp.hook_pre_linear", "hook_mlp_out"]) {
    assertEquals(at[hook], 2 * 7 * 6 * 10, hook);
  }
});

Deno.test("positions and a tied unembedding cost no matrix product", () => {
  const { total } = multiplications(TINY, 3);
  for (const positions of ["sinusoidal", "rotary", "alibi", "none"] as const) {
    assertEquals(multiplications({ ...TINY, positions }, 3).total, total, positions);
  }
  assertEquals(multiplications({ ...TINY, tied: true }, 3).total, total, "tied");
});

Deno.test("GPT-2 small multiplies once a token by each weight of a matrix, and for attention", () => {
  const n = 1024;
  const matrices = 12 * 12 * 768 * 768 + 768 * 50_257; // W_E too, as the unembedding
  const pairs = 12 * 2 * 768 * n; // each token with every other: scores, and what is read
  assertEquals(multiplications(gpt2Small, n).total, n * (matrices + pairs));
});

Deno.test("a rewrite's own products count", () => {
  const model = smallModel({ n_layers: 1 });
  const { config, rewrites } = leakyMlp(1).apply(model);
  const more = multiplications(config, 4, rewrites).total - multiplications(config, 4).total;
  assertEquals(more, 4 * 4 * config.d_model, "the leak is a product of [pos, pos] by the stream");
});

Deno.test("what cannot be counted is refused", () => {
  assertThrows(
    () => multiplications(TINY, 0),
    RangeError,
    "Cannot count multiplications: at least 1 token is required, got 0",
  );
  const unknown = rewriteAt(
    "logits",
    (logits, { g }) => g.matmul(g.input("some", "float32", ["rows", 7, 2]), logits),
  );
  assertThrows(
    () => multiplications(TINY, 2, [unknown]),
    RangeError,
    "Cannot count multiplications: every axis of a product must be counted, got [rows,7,11]",
  );
});
