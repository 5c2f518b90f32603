import { assert, assertEquals } from "@std/assert";
import { type Config, makeConfig } from "./config.ts";
import { changeWeights, misfit, parameterShapes } from "./params.ts";
import { gpt2Small, llama1B } from "./presets.ts";
import { smallModel } from "./testing/small_models.ts";

Deno.test("parameters have TransformerLens's names and shapes, in the order of the pass", () => {
  const sizes = { n_layers: 1, d_model: 6, n_heads: 2, d_head: 5, d_mlp: 7, d_vocab: 11, n_ctx: 4 };
  assertEquals(Object.entries(parameterShapes(makeConfig(sizes))), [
    ["embed.W_E", [11, 6]],
    ["pos_embed.W_pos", [4, 6]],
    ["blocks.0.ln1.w", [6]],
    ["blocks.0.ln1.b", [6]],
    ["blocks.0.attn.W_Q", [2, 6, 5]],
    ["blocks.0.attn.b_Q", [2, 5]],
    ["blocks.0.attn.W_K", [2, 6, 5]],
    ["blocks.0.attn.b_K", [2, 5]],
    ["blocks.0.attn.W_V", [2, 6, 5]],
    ["blocks.0.attn.b_V", [2, 5]],
    ["blocks.0.attn.W_O", [2, 5, 6]],
    ["blocks.0.attn.b_O", [6]],
    ["blocks.0.ln2.w", [6]],
    ["blocks.0.ln2.b", [6]],
    ["blocks.0.mlp.W_in", [6, 7]],
    ["blocks.0.mlp.b_in", [7]],
    ["blocks.0.mlp.W_out", [7, 6]],
    ["blocks.0.mlp.b_out", [6]],
    ["ln_final.w", [6]],
    ["ln_final.b", [6]],
    ["unembed.W_U", [6, 11]],
    ["unembed.b_U", [11]],
  ]);
});

Deno.test("a Llama has gates, fewer keys and values, norms of one vector, and no biases", () => {
  const shapes = Object.entries(parameterShapes({ ...llama1B, n_layers: 1 }));
  assertEquals(shapes, [
    ["embed.W_E", [128_256, 2048]],
    ["blocks.0.ln1.w", [2048]],
    ["blocks.0.attn.W_Q", [32, 2048, 64]],
    ["blocks.0.attn.W_K", [8, 2048, 64]],
    ["blocks.0.attn.W_V", [8, 2048, 64]],
    ["blocks.0.attn.W_O", [32, 64, 2048]],
    ["blocks.0.ln2.w", [2048]],
    ["blocks.0.mlp.W_gate", [2048, 8192]],
    ["blocks.0.mlp.W_in", [2048, 8192]],
    ["blocks.0.mlp.W_out", [8192, 2048]],
    ["ln_final.w", [2048]],
  ]);
  const biased = parameterShapes({ ...llama1B, n_layers: 1, biases: true });
  const biases = Object.entries(biased).filter(([name]) => /\.b(_|$)/.test(name));
  assertEquals(biases.map(([name, shape]) => `${name.slice(9)} ${shape}`), [
    "attn.b_Q 32,64",
    "attn.b_K 8,64",
    "attn.b_V 8,64",
    "attn.b_O 2048",
    "mlp.b_gate 8192",
    "mlp.b_in 8192",
    "mlp.b_out 2048",
  ], "every linear map, no RMSNorm");
});

/** The parameters that two configs do not share, or share in another shape. */
function differing(a: Config, b: Config): string[] {
  const [left, right] = [parameterShapes(a), parameterShapes(b)];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => `${left[name]}` !== `${right[name]}`);
}

Deno.test("a larger vocabulary changes the embedding and the unembedding, nothing else", () => {
  const untied = { ...gpt2Small, tied: false };
  const changed = differing(untied, { ...untied, d_vocab: 50_258 });
  assertEquals(changed, ["embed.W_E", "unembed.W_U", "unembed.b_U"], "untied");
  assertEquals(differing(gpt2Small, { ...gpt2Small, d_vocab: 50_258 }), ["embed.W_E"], "tied");
});

Deno.test("a longer context changes the table of learned positions, if there is one", () => {
  assertEquals(differing(gpt2Small, { ...gpt2Small, n_ctx: 1025 }), ["pos_embed.W_pos"], "learned");
  for (const positions of ["sinusoidal", "rotary", "alibi", "none"] as const) {
    const config = { ...gpt2Small, positions };
    assertEquals(differing(config, { ...config, n_ctx: 1025 }), [], positions);
    assertEquals(differing(config, gpt2Small), ["pos_embed.W_pos"], `${positions} learn nothing`);
  }
});

Deno.test("scores from one matrix, or from queries alone, change the parameters of both and no other", () => {
  const small = { ...gpt2Small, n_layers: 1 };
  const changed = differing(small, { ...small, query_key: "full" });
  const queries = ["blocks.0.attn.W_Q", "blocks.0.attn.b_Q"];
  const keys = ["blocks.0.attn.W_K", "blocks.0.attn.b_K"];
  assertEquals(changed, [...queries, ...keys, "blocks.0.attn.W_QK"], "full");
  const W_QK = parameterShapes({ ...small, query_key: "full" })["blocks.0.attn.W_QK"];
  assertEquals(W_QK, [12, 768, 768], "a matrix for each head");
  assertEquals(differing(small, { ...small, query_key: "same" }), keys, "same");
});

Deno.test("some weights are changed or left out, and the others stay what they are", () => {
  const { weights } = smallModel();
  const changed = changeWeights(weights, /^unembed/, (x, name) => {
    return name === "unembed.b_U" ? undefined : x.map((value) => 2 * value);
  });
  assertEquals(changed["unembed.W_U"].at(1, 2), 2 * weights["unembed.W_U"].at(1, 2), "changed");
  assert(!("unembed.b_U" in changed), "left out");
  assert(changed["embed.W_E"] === weights["embed.W_E"], "as it was");
});

Deno.test("what does not fit is named, an endless name cut short", () => {
  const { config, weights } = smallModel();
  const required = parameterShapes(config);
  assertEquals(misfit(required, weights), undefined, "nothing");
  const extra = { ...weights, ["n".repeat(1e6)]: weights["embed.W_E"] };
  assertEquals(misfit(required, extra), `there is no place for ${"n".repeat(80)}`);
});
