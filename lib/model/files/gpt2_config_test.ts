import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { gpt2Small, makeConfig, ModelFileError } from "../mod.ts";
import { anyConfig } from "../testing/config_arbitrary.ts";
import { fromGpt2Config, toGpt2Config } from "./gpt2_config.ts";

/** `config.json` as published for GPT-2 small, less the settings of tasks. */
const GPT2_SMALL = {
  activation_function: "gelu_new",
  architectures: ["GPT2LMHeadModel"],
  attn_pdrop: 0.1,
  bos_token_id: 50256,
  embd_pdrop: 0.1,
  eos_token_id: 50256,
  initializer_range: 0.02,
  layer_norm_epsilon: 1e-5,
  model_type: "gpt2",
  n_ctx: 1024,
  n_embd: 768,
  n_head: 12,
  n_inner: null,
  n_layer: 12,
  n_positions: 1024,
  resid_pdrop: 0.1,
  summary_activation: null,
  vocab_size: 50257,
};

Deno.test("GPT-2 small's published config is read as GPT-2 small", () => {
  assertEquals(fromGpt2Config(GPT2_SMALL), gpt2Small);
});

Deno.test("a config that was written out is read back the same, through JSON", () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      assertEquals(fromGpt2Config(JSON.parse(JSON.stringify(toGpt2Config(config)))), config);
    }),
    { seed: 6, numRuns: 300 },
  );
});

Deno.test("sizes go by Hugging Face's names, and what GPT-2 lacks under a key of ours", () => {
  const config = makeConfig({
    n_layers: 3,
    d_model: 8,
    n_heads: 2,
    d_head: 6,
    d_mlp: 20,
    d_vocab: 11,
    n_ctx: 7,
    positions: "rotary",
  });
  assertEquals(toGpt2Config(config), {
    model_type: "transformer_spec",
    n_layer: 3,
    n_embd: 8,
    n_head: 2,
    vocab_size: 11,
    n_positions: 7,
    n_inner: 20,
    activation_function: "gelu_new",
    layer_norm_epsilon: 1e-5,
    tie_word_embeddings: false,
    transformer_spec: {
      d_head: 6,
      positions: "rotary",
      normalization: "LN",
      attn_only: false,
      causal: true,
      biases: true,
      position_base: 10_000,
      position_step: 1,
      unembed_bias: true,
    },
  });
});

Deno.test("what no GPT-2 has is written only where it is there", () => {
  const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 2, d_vocab: 5, n_ctx: 3 });
  const more = { n_key_value_heads: 1, gated_mlp: true, rotary_adjacent_pairs: true };
  const written = (change: Partial<typeof config>) =>
    Object.keys(toGpt2Config({ ...config, ...change }).transformer_spec as object);
  assertEquals(written(more).filter((key) => !written({}).includes(key)), Object.keys(more));
});

Deno.test("what a head's scores come from is written where it is no pair", () => {
  const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 2, d_vocab: 5, n_ctx: 3 });
  const written = (query_key: typeof config.query_key) =>
    JSON.parse(JSON.stringify(toGpt2Config({ ...config, query_key }))).transformer_spec.query_key;
  assertEquals([written("pair"), written("same"), written("full")], [undefined, "same", "full"]);
});

/** A change to GPT-2 small's config, and what the message must say. */
const REFUSED: [unknown, string][] = [
  [null, "the file must be a JSON object, got null"],
  [[], "the file must be a JSON object, got []"],
  [
    { ...GPT2_SMALL, n_layer: undefined },
    "n_layer must be a whole number of at least 0, got undefined",
  ],
  [{ ...GPT2_SMALL, n_layer: "12" }, `n_layer must be a whole number of at least 0, got "12"`],
  [{ ...GPT2_SMALL, n_embd: 767 }, "n_embd must be a multiple of n_head, which is 12, got 767"],
  [{ ...GPT2_SMALL, activation_function: "mish" }, "activation_function must be one of gelu_new,"],
  [
    { ...GPT2_SMALL, model_type: "llama" },
    `model_type must be one of gpt2, transformer_spec, got "llama"`,
  ],
  [{ ...GPT2_SMALL, scale_attn_weights: false }, "scale_attn_weights must be true, got false"],
  [
    { ...GPT2_SMALL, scale_attn_by_inverse_layer_idx: true },
    "scale_attn_by_inverse_layer_idx must be false, got true",
  ],
  [{ ...GPT2_SMALL, transformer_spec: [] }, "transformer_spec must be an object, got []"],
  [
    { ...GPT2_SMALL, transformer_spec: { n_layers: 3 } },
    `a field of transformer_spec must be one of d_head, positions,`,
  ],
  [
    { ...GPT2_SMALL, transformer_spec: { positions: "relative" } },
    "positions must be one of learned, sinusoidal, rotary, alibi, none, got relative",
  ],
  [
    JSON.parse(
      `{"n_layer":1,"n_embd":4,"n_head":2,"vocab_size":5,"n_positions":3,"transformer_spec":{"__proto__":{"causal":false}}}`,
    ),
    `a field of transformer_spec must be one of`,
  ],
];

for (const [json, message] of REFUSED) {
  Deno.test(`a config is refused with its reason: ${message}`, () => {
    const error = assertThrows(() => fromGpt2Config(json), ModelFileError, message);
    assert(error.message.startsWith("Cannot read config.json: "), error.message);
  });
}

Deno.test("any JSON is read as a config or refused, never a crash", () => {
  const small = { n_layer: 1, n_embd: 4, n_head: 2, vocab_size: 5, n_positions: 3 };
  const key = fc.constantFrom(...Object.keys(small), "n_inner", "transformer_spec", "model_type");
  fc.assert(
    fc.property(key, fc.jsonValue(), (key, value) => {
      try {
        fromGpt2Config({ ...small, [key]: value });
      } catch (error) {
        assert(error instanceof ModelFileError, `only ModelFileErrors, got ${error}`);
      }
    }),
    { seed: 7, numRuns: 500 },
  );
});
