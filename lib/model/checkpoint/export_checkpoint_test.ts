import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type Config,
  exportCheckpoint,
  makeConfig,
  makeModel,
  ModelFileError,
  openCheckpoint,
  randomWeights,
} from "../mod.ts";
import { LLAMA_PARTS } from "../files/llama_config.ts";
import { anyConfig } from "../testing/config_arbitrary.ts";
import { filesOf } from "../testing/checkpoints.ts";

/** What a GPT-2 can be, and what it says of parts that it has not. */
const anyGpt2 = anyConfig.map(({ n_layers, n_heads, d_head, d_mlp, d_vocab, n_ctx, ...rest }) => {
  const { act_fn, tied, eps } = rest;
  const sizes = { n_layers, n_heads, d_model: n_heads * d_head, d_mlp, d_vocab, n_ctx };
  return makeConfig({ ...sizes, act_fn, tied, eps, unembed_bias: tied });
});

/** What a Llama can be: with YaRN, the window is what it was stretched to. */
const anyLlama = anyConfig.map((config) => {
  const { position_scaling: scaling } = config;
  return makeConfig({
    ...config,
    ...LLAMA_PARTS,
    unembed_bias: true,
    n_ctx: scaling?.type === "yarn" ? scaling.factor * scaling.original_n_ctx : config.n_ctx,
    position_step: scaling ? 1 : config.position_step,
  });
});

for (const [kind, configs] of Object.entries({ "gpt2": anyGpt2, "llama": anyLlama })) {
  Deno.test(`every ${kind} comes back from its export, in every field and bit`, async () => {
    await fc.assert(
      fc.asyncProperty(configs, fc.nat(), async (config, seed) => {
        const model = makeModel("exported", config, randomWeights(config, seed));
        const files = exportCheckpoint(model);
        const json = JSON.parse(new TextDecoder().decode(files["config.json"]));
        assertEquals(json.model_type, kind);
        assert(!("transformer_spec" in json));
        assertEquals((await openCheckpoint(filesOf(files), { name: "exported" })).model, model);
      }),
      { seed: 12, numRuns: 100 },
    );
  });
}

Deno.test("what is exported comes back, and all else is refused with a reason", async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(anyConfig, fc.nat(), async (config, seed) => {
      const model = makeModel("any", config, randomWeights(config, seed));
      try {
        const { model: back } = await openCheckpoint(filesOf(exportCheckpoint(model)));
        assertEquals(back.weights, model.weights);
      } catch (error) {
        assert(error instanceof ModelFileError && error.message.startsWith("Cannot export any as"));
        refused++;
      }
    }),
    { seed: 13, numRuns: 200 },
  );
  assert(refused > 100, "most of what we have is neither");
});

const GPT2: Partial<Config> = { tied: true };
/** A change, and what the message must say. */
const REFUSED: [Partial<Config>, string][] = [
  [{ ...GPT2, positions: "alibi" }, "GPT-2: its positions must be learned, got alibi"],
  [{ ...GPT2, positions: "none" }, "its positions must be learned, got none"],
  [{ ...GPT2, normalization: "none" }, "its normalization must be LN, got none"],
  [{ ...GPT2, attn_only: true }, "its attn_only must be false, got true"],
  [{ ...GPT2, causal: false }, "its causal must be true, got false"],
  [{ ...GPT2, biases: false }, "its biases must be true, got false"],
  [{ ...GPT2, query_key: "same" }, "its query_key must be pair, got same"],
  [{ ...GPT2, n_key_value_heads: 1 }, "its n_key_value_heads must be 2, got 1"],
  [{ ...GPT2, d_head: 3 }, "its d_head must be d_model / n_heads, 8 / 2, got 3"],
  [{}, "its unembedding has a bias, unembed.b_U, which has no place"],
  [{ ...LLAMA_PARTS, normalization: "RMS", positions: "none" }, "Llama: its positions must be"],
  [{ ...LLAMA_PARTS, rotary_adjacent_pairs: true }, "its rotary_adjacent_pairs must be false"],
  [{ ...LLAMA_PARTS, gated_mlp: false }, "its gated_mlp must be true, got false"],
  [{ ...LLAMA_PARTS, position_step: 2 }, "its position_step must be one over a number of at least"],
  [{ ...LLAMA_PARTS, position_base: 0.5 }, "its position_base must be above 1, got 0.5"],
];

for (const [changes, message] of REFUSED) {
  Deno.test(`a model is not exported, with its reason: ${message}`, () => {
    const sizes = { n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 5 };
    const config = makeConfig({ ...sizes, ...changes });
    const model = makeModel("odd", config, randomWeights(config, 1));
    assertThrows(() => exportCheckpoint(model), ModelFileError, message);
  });
}

Deno.test("rewrites are in no file", () => {
  const config = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 5 });
  const model = makeModel("broken", config, randomWeights(config, 1));
  const message = "Cannot export broken as a Hugging Face GPT-2: it has 1 rewrites";
  const rewrites = [() => undefined] as unknown as typeof model.rewrites;
  assertThrows(() => exportCheckpoint({ ...model, rewrites }), ModelFileError, message);
});
