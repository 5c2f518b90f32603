import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { sizeOf, Tensor } from "../tensor/tensor.ts";
import { type Config, makeConfig } from "./config.ts";
import { anyConfig } from "./testing/config_arbitrary.ts";
import { initialWeights, randomWeights } from "./init.ts";
import { makeModel } from "./model.ts";
import { parameterShapes } from "./params.ts";

const FIXED = { seed: 3, numRuns: 40 };

/** GPT-2 small (Radford et al., 2019). */
const GPT2 = makeConfig({
  n_layers: 12,
  d_model: 768,
  n_heads: 12,
  d_vocab: 50_257,
  n_ctx: 1024,
  tied: true,
});

function count(config: Config): number {
  return Object.values(parameterShapes(config)).reduce((sum, shape) => sum + sizeOf(shape), 0);
}

Deno.test("GPT-2 small has 124,439,808 parameters", () => {
  // The figure that Hugging Face's gpt2 gives for num_parameters().
  assertEquals(count(GPT2), 124_439_808, "tied, with biases");
});

Deno.test("one block has the parameters that its matrices and biases add up to", () => {
  const block = (config: Partial<Config>) =>
    count({ ...GPT2, n_layers: 1, ...config }) - count({ ...GPT2, n_layers: 0, ...config });
  const matrices = 4 * 768 * 768 + 2 * 768 * 3072; // Q, K, V, O and the MLP's two
  const biases = 4 * 768 + 3072 + 768;
  assertEquals(block({}), matrices + biases + 4 * 768, "with biases and two LayerNorms");
  assertEquals(block({ biases: false }), matrices + 2 * 768, "LayerNorm weights remain");
  assertEquals(block({ biases: false, normalization: "none" }), matrices, "matrices only");
  const attention = { biases: false, normalization: "none", attn_only: true } as const;
  assertEquals(block(attention), 4 * 768 * 768, "no MLP");
});

Deno.test("parameters have TransformerLens's names and shapes, in the order of the pass", () => {
  const config = makeConfig({
    n_layers: 1,
    d_model: 6,
    n_heads: 2,
    d_head: 5,
    d_mlp: 7,
    d_vocab: 11,
    n_ctx: 4,
  });
  assertEquals(Object.entries(parameterShapes(config)), [
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

/** The parameters that two configs do not share, or share in another shape. */
function differing(a: Config, b: Config): string[] {
  const [left, right] = [parameterShapes(a), parameterShapes(b)];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => `${left[name]}` !== `${right[name]}`);
}

Deno.test("a larger vocabulary changes the embedding and the unembedding, nothing else", () => {
  const untied = { ...GPT2, tied: false };
  const changed = differing(untied, { ...untied, d_vocab: 50_258 });
  assertEquals(changed, ["embed.W_E", "unembed.W_U", "unembed.b_U"], "untied");
  assertEquals(differing(GPT2, { ...GPT2, d_vocab: 50_258 }), ["embed.W_E"], "tied");
});

Deno.test("a longer context changes the table of learned positions, if there is one", () => {
  assertEquals(differing(GPT2, { ...GPT2, n_ctx: 1025 }), ["pos_embed.W_pos"], "learned");
  for (const positions of ["sinusoidal", "rotary", "alibi", "none"] as const) {
    const config = { ...GPT2, positions };
    assertEquals(differing(config, { ...config, n_ctx: 1025 }), [], positions);
    assertEquals(differing(config, GPT2), ["pos_embed.W_pos"], `${positions} learn nothing`);
  }
});

Deno.test("drawn weights fit their config and depend on the seed alone", () => {
  fc.assert(
    fc.property(anyConfig, fc.nat(), (config, seed) => {
      for (const draw of [initialWeights, randomWeights]) {
        const weights = draw(config, seed);
        makeModel("drawn", config, weights); // throws where one does not fit
        assertEquals(draw(config, seed), weights, "the same seed");
        const finite = Object.values(weights).every(({ data }) => data.every(Number.isFinite));
        assert(finite, "every weight is finite");
      }
      const E = (seed: number) => randomWeights(config, seed)["embed.W_E"];
      assert(`${E(seed).data}` !== `${E(seed + 1).data}`, "another seed");
    }),
    FIXED,
  );
});

/** Standard deviation of all numbers of the parameters whose names match. */
function spreadOf(weights: Readonly<Record<string, Tensor>>, names: RegExp): number {
  const chosen = Object.entries(weights).filter(([name]) => names.test(name));
  const data = chosen.flatMap(([, tensor]) => [...tensor.data]);
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  return Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length);
}

Deno.test("initial weights are GPT-2's: 0.02, less where they write to the stream, biases 0", () => {
  const config = makeConfig({ n_layers: 2, d_model: 32, n_heads: 4, d_vocab: 60, n_ctx: 20 });
  const weights = initialWeights(config, 1);
  // An estimate from n draws strays by 1/sqrt(2n) of itself; n is 2048 or more: five of that is 8%.
  const near = (given: number, expected: number, what: string) =>
    assert(Math.abs(given / expected - 1) < 0.08, `${what}: ${given} is near ${expected}`);
  near(spreadOf(weights, /W_(E|Q|K|V|in|U)$/), 0.02, "matrices that read");
  near(spreadOf(weights, /W_O$/), 0.02 / 2, "W_O: 0.02 / sqrt(2 * 2 layers)");
  near(spreadOf(weights, /W_out$/), 0.02 / 2, "W_out");
  for (const [name, { data }] of Object.entries(weights)) {
    const constant = /ln\w*\.w$/.test(name) ? 1 : /\.b(_\w+)?$/.test(name) ? 0 : undefined;
    if (constant !== undefined) assert(data.every((x) => x === constant), `${name} is ${constant}`);
  }
});

Deno.test("random weights are alive everywhere: 0.2, biases too, LayerNorm about 1", () => {
  const config = makeConfig({ n_layers: 2, d_model: 32, n_heads: 4, d_vocab: 60, n_ctx: 20 });
  const weights = randomWeights(config, 1);
  for (const [name, { data }] of Object.entries(weights)) {
    const centre = /ln\w*\.w$/.test(name) ? 1 : 0;
    const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
    // The mean of n draws strays by 0.2 / sqrt(n).
    const bound = 5 * 0.2 / Math.sqrt(data.length);
    assert(Math.abs(mean - centre) < bound, `${name}: mean ${mean} within ${bound} of ${centre}`);
    assert(new Set(data).size > 1, `${name} varies`);
  }
});

Deno.test("weights that do not fit their config are refused by name", () => {
  const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 2, d_vocab: 5, n_ctx: 3 });
  const weights = randomWeights(config, 1);
  const make = (changes: Record<string, Tensor>) => () =>
    makeModel("m", config, { ...weights, ...changes });
  const { "blocks.0.mlp.W_in": _, ...missing } = weights;
  assertThrows(
    () => makeModel("m", config, missing),
    RangeError,
    "Bad weights of m: blocks.0.mlp.W_in must be [4,16], got nothing",
    "one is missing",
  );
  assertThrows(
    make({ "unembed.b_U": Tensor.full([6]) }),
    RangeError,
    "Bad weights of m: unembed.b_U must be [5], got [6]",
    "one has another shape",
  );
  assertThrows(
    make({ "blocks.1.ln1.w": Tensor.full([4]) }),
    RangeError,
    "Bad weights of m: its config has no place for blocks.1.ln1.w",
    "one too many",
  );
  assertEquals(make({})().rewrites, [], "a sound model has no rewrites");
});
