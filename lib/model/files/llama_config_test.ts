import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { llama1B, makeConfig, ModelFileError } from "../mod.ts";
import { fromLlamaConfig, fromMistralConfig, LLAMA_PARTS } from "./llama_config.ts";

/** `config.json` as published for Llama 3.2 1B, less the settings of tasks. */
const LLAMA_1B = {
  architectures: ["LlamaForCausalLM"],
  attention_bias: false,
  attention_dropout: 0.0,
  bos_token_id: 128000,
  eos_token_id: 128001,
  head_dim: 64,
  hidden_act: "silu",
  hidden_size: 2048,
  initializer_range: 0.02,
  intermediate_size: 8192,
  max_position_embeddings: 131072,
  mlp_bias: false,
  model_type: "llama",
  num_attention_heads: 32,
  num_hidden_layers: 16,
  num_key_value_heads: 8,
  pretraining_tp: 1,
  rms_norm_eps: 1e-05,
  rope_scaling: {
    factor: 32.0,
    high_freq_factor: 4.0,
    low_freq_factor: 1.0,
    original_max_position_embeddings: 8192,
    rope_type: "llama3",
  },
  rope_theta: 500000.0,
  tie_word_embeddings: true,
  torch_dtype: "bfloat16",
  use_cache: true,
  vocab_size: 128256,
};

const SMALL = {
  hidden_size: 8,
  intermediate_size: 12,
  max_position_embeddings: 64,
  num_attention_heads: 4,
  num_hidden_layers: 1,
  vocab_size: 11,
};

Deno.test("Llama 3.2 1B's published config is read as Llama 3.2 1B", () => {
  assertEquals(fromLlamaConfig(LLAMA_1B), llama1B);
});

Deno.test("newer files say the same of rotary positions under another key", () => {
  const { rope_theta, rope_scaling, ...rest } = LLAMA_1B;
  const rope_parameters = { rope_theta, ...rope_scaling };
  assertEquals(fromLlamaConfig({ ...rest, rope_parameters }), llama1B);
  const both = { ...rest, rope_theta, rope_parameters };
  assertEquals(fromLlamaConfig(both), llama1B, "twice the same");
});

Deno.test("what is left out is as Hugging Face's own defaults", () => {
  const config = makeConfig({
    ...{ n_layers: 1, d_model: 8, n_heads: 4, d_mlp: 12, d_vocab: 11, n_ctx: 64 },
    ...{ act_fn: "silu", eps: 1e-6, tied: false, ...LLAMA_PARTS },
  });
  assertEquals(fromLlamaConfig(SMALL), config);
  const nulls = {
    num_key_value_heads: null,
    head_dim: null,
    rope_scaling: null,
    hidden_act: "swish",
  };
  assertEquals(fromLlamaConfig({ ...SMALL, ...nulls, sliding_window: 64 }), config);
  const heads = { num_attention_heads: 16, head_dim: 2 };
  assertEquals(fromLlamaConfig({ ...SMALL, ...heads }).n_key_value_heads, 16);
  assertEquals(fromMistralConfig({ ...SMALL, ...heads }).n_key_value_heads, 8, "Mistral's default");
});

Deno.test("linear scaling brings positions closer together", () => {
  for (const key of ["rope_type", "type"]) {
    const rope_scaling = { [key]: "linear", factor: 4 };
    assertEquals(fromLlamaConfig({ ...SMALL, rope_scaling }).position_step, 0.25);
  }
});

const rope = (rope_scaling: unknown) => ({ rope_scaling });
const yarn = { rope_type: "yarn", factor: 2, original_max_position_embeddings: 32 };
const { rope_scaling: llama3 } = LLAMA_1B;

/** A change to a small config, and what the message must say. */
const REFUSED: [Record<string, unknown>, string][] = [
  [{ hidden_size: "8" }, `hidden_size must be a whole number of at least 1, got "8"`],
  [{ hidden_size: undefined }, "hidden_size must be a whole number of at least 1, got undefined"],
  [
    { hidden_size: 10 },
    "hidden_size must be a multiple of num_attention_heads, which is 4, got 10",
  ],
  [{ hidden_size: 12 }, "hidden_size / num_attention_heads must be even, because rotary"],
  [{ head_dim: 3 }, "head_dim must be even, because rotary positions turn pairs of coordinates"],
  [{ num_key_value_heads: 3 }, "num_key_value_heads must be a divisor of num_attention_heads"],
  [{ hidden_act: "gelu_10" }, `hidden_act must be one of gelu_new,`],
  [{ attention_bias: true }, "attention_bias must be false, got true"],
  [{ mlp_bias: true }, "mlp_bias must be false, got true"],
  [{ sliding_window: 32 }, "sliding_window must be null or at least max_position_embeddings"],
  [{ partial_rotary_factor: 0.5 }, "partial_rotary_factor must be 1, got 0.5"],
  [{ quantization_config: { bits: 4 } }, "quantization_config must be left out, got an object"],
  [{ rms_norm_eps: 0 }, "rms_norm_eps must be a finite number above 0, got 0"],
  [{ tie_word_embeddings: 1 }, "tie_word_embeddings must be one of true, false, got 1"],
  [{ rope_theta: "1e4" }, `rope_theta must be a finite number above 1, got "1e4"`],
  [{ rope_theta: 1 }, "rope_theta must be a finite number above 1, got 1"],
  [rope("linear"), `rope_scaling must be null or an object, got "linear"`],
  [rope({ rope_type: "dynamic", factor: 2 }), `rope_type of rope_scaling must be one of default,`],
  [rope({ rope_type: "longrope" }), `rope_type of rope_scaling must be one of default, linear,`],
  [rope({ type: "su" }), `type of rope_scaling must be one of default, linear, llama3, yarn, got`],
  [rope({ type: ["linear"] }), "type of rope_scaling must be one of"],
  [
    rope({ type: "linear" }),
    "factor of rope_scaling must be a finite number of at least 1, got undef",
  ],
  [
    rope({ type: "linear", factor: 0.5 }),
    "factor of rope_scaling must be a finite number of at least",
  ],
  [
    rope({ type: "default", partial_rotary_factor: 0.5 }),
    "partial_rotary_factor of rope_scaling must",
  ],
  [
    rope({ ...llama3, high_freq_factor: 1 }),
    "high_freq_factor of rope_scaling must be above low_freq",
  ],
  [
    rope({ ...llama3, original_max_position_embeddings: undefined }),
    "original_max_position_embeddings of rope_scaling must be a whole number",
  ],
  [rope({ ...yarn, factor: 4 }), "factor of rope_scaling must be max_position_embeddings over"],
  [rope({ ...yarn, truncate: false }), "truncate of rope_scaling must be true, got false"],
  [rope({ ...yarn, mscale: 0.7 }), "mscale of rope_scaling must be left out, got 0.7"],
  [
    rope({ ...yarn, beta_fast: 0.5 }),
    "beta_fast of rope_scaling must be above beta_slow, which is 1",
  ],
  [
    { rope_parameters: { full_attention: { rope_theta: 1e6 } } },
    `"full_attention" of rope_parameters must be no object, got an object`,
  ],
  [
    { ...rope(llama3), rope_parameters: llama3 },
    "rope_scaling must be left out beside rope_parameters, got an object",
  ],
  [
    { rope_theta: 5, rope_parameters: { rope_theta: 6 } },
    "rope_theta of rope_parameters must be the same as rope_theta beside it, got 6",
  ],
];

for (const [changes, message] of REFUSED) {
  Deno.test(`a config is refused with its reason: ${message}`, () => {
    const error = assertThrows(() => fromLlamaConfig({ ...SMALL, ...changes }), ModelFileError);
    assert(error.message.startsWith(`Cannot read config.json: ${message}`), error.message);
  });
}

Deno.test("a Mistral that does not say how far it looks looks no further than 4096", () => {
  const json = { ...SMALL, num_key_value_heads: 4, max_position_embeddings: 8192 };
  assertThrows(() => fromMistralConfig(json), ModelFileError, "sliding_window must be null or at");
  assertEquals(fromMistralConfig({ ...json, sliding_window: null }).n_ctx, 8192);
});

Deno.test("any JSON is read as a config or refused, never a crash", () => {
  const scalings = ["rope_scaling", "rope_parameters", "rope_theta", "head_dim", "model_type"];
  const key = fc.constantFrom(...Object.keys(SMALL), ...scalings);
  fc.assert(
    fc.property(key, fc.jsonValue(), (key, value) => {
      try {
        fromLlamaConfig({ ...SMALL, [key]: value });
      } catch (error) {
        assert(error instanceof ModelFileError, `only ModelFileErrors, got ${error}`);
      }
    }),
    { seed: 14, numRuns: 500 },
  );
});
