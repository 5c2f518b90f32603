import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { sizeOf } from "../../tensor/tensor.ts";
import { anyConfig } from "../testing/config_arbitrary.ts";
import { type ConfigInput, makeConfig, parameterShapes, randomWeights } from "../mod.ts";
import { hooksOf, lengthsOf } from "../hooks.ts";
import { crossEntropy, type Numbers, reference } from "./reference.ts";

const LN3 = Math.log(3);

/** A model in which every parameter that is not given is 0, but LayerNorm's weights are 1. */
function modelOf(input: ConfigInput, given: Record<string, number[]>) {
  const config = makeConfig({ normalization: "none", positions: "none", biases: false, ...input });
  const weights: Record<string, Numbers> = {};
  for (const [name, shape] of Object.entries(parameterShapes(config))) {
    const fill = name.endsWith(".w") ? 1 : 0;
    const data = Float64Array.from(given[name] ?? new Array(sizeOf(shape)).fill(fill));
    weights[name] = { shape, data };
  }
  return { config, weights };
}

/** One head of width 1 on one-hot tokens: q is 1, k is 0 or ln 3, v is 2 or 6. */
const ONE_HEAD = {
  "embed.W_E": [1, 0, 0, 1],
  "blocks.0.attn.W_Q": [1, 1],
  "blocks.0.attn.W_K": [0, LN3],
  "blocks.0.attn.W_V": [2, 6],
  "blocks.0.attn.W_O": [1, -1],
  "unembed.W_U": [1, 2, 3, 4],
};
const TINY = { n_layers: 1, d_model: 2, n_heads: 1, d_head: 1, d_vocab: 2, n_ctx: 4 };

function assertClose(actual: Numbers, shape: number[], expected: number[], msg: string): void {
  assertEquals(actual.shape, shape, `shape of ${msg}`);
  expected.forEach((value, i) =>
    assertAlmostEquals(actual.data[i], value, 1e-14, `${msg}, [${i}]`)
  );
}

Deno.test("one attention head, step by step as by hand", () => {
  const { get } = reference(modelOf({ ...TINY, attn_only: true }, ONE_HEAD), [[0, 1]]);
  assertClose(get("blocks.0.attn.hook_k"), [1, 2, 1, 1], [0, LN3], "keys");
  const scores = [0, -Infinity, 0, LN3];
  assertClose(get("blocks.0.attn.hook_attn_scores"), [1, 1, 2, 2], scores, "scores, masked");
  assertClose(get("blocks.0.attn.hook_pattern"), [1, 1, 2, 2], [1, 0, 1 / 4, 3 / 4], "1 : 3");
  assertClose(get("blocks.0.attn.hook_z"), [1, 2, 1, 1], [2, 5], "2, and 2 / 4 + 6 * 3 / 4");
  assertClose(get("blocks.0.attn.hook_result"), [1, 2, 1, 2], [2, -2, 5, -5], "result");
  assertClose(get("blocks.0.hook_resid_post"), [1, 2, 2], [3, -2, 5, -4], "added to the stream");
  assertClose(get("logits"), [1, 2, 2], [3 - 6, 6 - 8, 5 - 12, 10 - 16], "logits");
});

Deno.test("without the mask the first position reads the second", () => {
  const config = { ...TINY, attn_only: true, causal: false };
  const { get } = reference(modelOf(config, ONE_HEAD), [[0, 1]]);
  const pattern = [1 / 4, 3 / 4, 1 / 4, 3 / 4];
  assertClose(get("blocks.0.attn.hook_pattern"), [1, 1, 2, 2], pattern, "pattern");
});

Deno.test("an MLP reads the stream that attention wrote to, and adds to it", () => {
  const given = {
    ...ONE_HEAD,
    "blocks.0.mlp.W_in": [1, 0, -1, 0, 1, 1],
    "blocks.0.mlp.b_in": [0, 0, 1],
    "blocks.0.mlp.W_out": [1, 0, 0, 1, 10, 10],
    "blocks.0.mlp.b_out": [100, 200],
  };
  const config = { ...TINY, d_mlp: 3, act_fn: "relu", biases: true } as const;
  const { get } = reference(modelOf(config, given), [[0, 1]]);
  assertClose(get("blocks.0.hook_resid_mid"), [1, 2, 2], [3, -2, 5, -4], "before the MLP");
  assertClose(get("blocks.0.mlp.hook_pre"), [1, 2, 3], [3, -2, -4, 5, -4, -8], "x W_in + b_in");
  assertClose(get("blocks.0.mlp.hook_post"), [1, 2, 3], [3, 0, 0, 5, 0, 0], "ReLU");
  assertClose(get("blocks.0.hook_mlp_out"), [1, 2, 2], [103, 200, 105, 200], "x W_out + b_out");
  assertClose(get("blocks.0.hook_resid_post"), [1, 2, 2], [106, 198, 110, 196], "their sum");
});

Deno.test("a gated MLP multiplies what is let through by what is read", () => {
  const given = {
    ...ONE_HEAD,
    "blocks.0.mlp.W_gate": [1, 0, -1, 0, 1, 1],
    "blocks.0.mlp.W_in": [1, 0, 2, 1, 0, 0],
    "blocks.0.mlp.W_out": [1, 0, 0, 1, 10, 10],
  };
  const config = { ...TINY, d_mlp: 3, act_fn: "relu", gated_mlp: true } as const;
  const { get } = reference(modelOf(config, given), [[0, 1]]);
  assertClose(get("blocks.0.mlp.hook_pre"), [1, 2, 3], [3, -2, -5, 5, -4, -9], "x W_gate");
  assertClose(get("blocks.0.mlp.hook_pre_linear"), [1, 2, 3], [1, 0, 6, 1, 0, 10], "x W_in");
  assertClose(get("blocks.0.mlp.hook_post"), [1, 2, 3], [3, 0, 0, 5, 0, 0], "their product");
  assertClose(get("blocks.0.hook_mlp_out"), [1, 2, 2], [3, 0, 5, 0], "times W_out");
});

Deno.test("heads of a group share keys and values, each with queries of its own", () => {
  const config = { ...TINY, n_heads: 4, n_key_value_heads: 2, attn_only: true };
  const given = {
    "embed.W_E": [1, 0, 0, 1],
    "blocks.0.attn.W_Q": [1, 1, 0, 0, 1, 1, 0, 0],
    "blocks.0.attn.W_K": [0, LN3, 0, -LN3],
    "blocks.0.attn.W_V": [2, 6, 20, 60],
  };
  const { get } = reference(modelOf(config, given), [[0, 1]]);
  assertClose(get("blocks.0.attn.hook_k"), [1, 2, 2, 1], [0, 0, LN3, -LN3], "two keys each");
  assertClose(get("blocks.0.attn.hook_v"), [1, 2, 2, 1], [2, 20, 6, 60], "two values each");
  // 1 : 3 and 1 : 1 of the first group's, 3 : 1 and 1 : 1 of the second's.
  const z = [2, 2, 20, 20, 5, 4, 30, 40];
  assertClose(get("blocks.0.attn.hook_z"), [1, 2, 4, 1], z, "four heads");
});

Deno.test("RMSNorm scales by the root of mean square plus eps, then weighs, and does not centre", () => {
  const config = { ...TINY, n_layers: 0, normalization: "RMS", eps: 4, biases: true } as const;
  const given = { "embed.W_E": [2, 6, 0, 0], "ln_final.w": [4, 8] }; // mean squares 20 and 0
  const { get } = reference(modelOf(config, given), [[0], [1]]);
  assertClose(
    get("ln_final.hook_scale"),
    [2, 1, 1],
    [Math.sqrt(24), 2],
    "sqrt(20 + 4), sqrt(0 + 4)",
  );
  const normalized = [8 / Math.sqrt(24), 48 / Math.sqrt(24), 0, 0];
  assertClose(get("ln_final.hook_normalized"), [2, 1, 2], normalized, "weighed");
});

Deno.test("LayerNorm centres, scales by the root of variance plus eps, then weighs and shifts", () => {
  const config = { ...TINY, n_layers: 0, normalization: "LN", eps: 3, biases: true } as const;
  const given = { "embed.W_E": [1, 3, 5, 5], "ln_final.w": [4, 8], "ln_final.b": [10, 20] };
  const { get } = reference(modelOf(config, given), [[0], [1]]);
  assertClose(get("ln_final.hook_scale"), [2, 1, 1], [2, Math.sqrt(3)], "sqrt(1 + 3), sqrt(0 + 3)");
  assertClose(get("ln_final.hook_normalized"), [2, 1, 2], [8, 24, 10, 20], "-1/2 and 1/2, weighed");
});

Deno.test("position vectors are added to the embedding, and a tied unembedding compares with it", () => {
  const config = { ...TINY, n_layers: 0, positions: "learned", tied: true } as const;
  const given = { "embed.W_E": [1, 2, 3, 4], "pos_embed.W_pos": [0, 0, 10, 20, 0, 0, 0, 0] };
  const { get } = reference(modelOf(config, given), [[0, 1]]);
  assertClose(get("hook_embed"), [1, 2, 2], [1, 2, 3, 4], "embedding");
  assertClose(get("hook_pos_embed"), [1, 2, 2], [0, 0, 10, 20], "positions");
  assertClose(get("logits"), [1, 2, 2], [5, 11, 13 + 48, 39 + 96], "(1, 2), (13, 24) with W_E");
});

Deno.test("it has every hook of the table, in the table's shape, for every config", () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const pos = Math.min(config.n_ctx, 2);
      const tokens = [new Array(pos).fill(0), new Array(pos).fill(config.d_vocab - 1)];
      const activations = reference({ config, weights: randomWeights(config, 1) }, tokens);
      const lengths = lengthsOf(config, 2, pos);
      const table = hooksOf(config);
      assertEquals(activations.hooks.toSorted(), table.map((hook) => hook.name).sort(), "names");
      for (const { name, axes } of table) {
        const { shape, data } = activations.get(name);
        assertEquals(shape, axes.map((axis) => lengths[axis]), `shape of ${name}`);
        assertEquals(data.length, sizeOf(shape), `numbers of ${name}`);
      }
    }),
    { seed: 12, numRuns: 150 },
  );
});

Deno.test("rows of a batch know nothing of each other", () => {
  const config = makeConfig({ n_layers: 2, d_model: 6, n_heads: 3, d_vocab: 9, n_ctx: 5 });
  const model = { config, weights: randomWeights(config, 2) };
  const rows = [[1, 2, 3, 4, 5], [8, 0, 8, 0, 7]];
  const both = reference(model, rows);
  for (const hook of both.hooks) {
    const apart = rows.flatMap((row) => [...reference(model, [row]).get(hook).data]);
    assertEquals([...both.get(hook).data], apart, hook);
  }
});

Deno.test("weights of 64 bits are used as they are: a change of 1e-12 is seen", () => {
  const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 2, d_vocab: 5, n_ctx: 3 });
  const weights: Record<string, Numbers> = { ...randomWeights(config, 3) };
  const logits = () => reference({ config, weights }, [[0, 1, 2]]).get("logits").data;
  const before = logits();
  const b_U = Float64Array.from(weights["unembed.b_U"].data);
  b_U[4] += 1e-12;
  weights["unembed.b_U"] = { shape: [5], data: b_U };
  // A logit is about 1, so it is good to 2^-52.
  assertAlmostEquals(logits()[4] - before[4], 1e-12, 1e-15, "the logit that it is added to");
  assertStrictEquals(logits()[3], before[3], "another logit");
});

Deno.test("cross-entropy is the mean surprise at the targets, in nats", () => {
  const uniform = { shape: [2, 3, 5], data: new Float64Array(30).fill(7) };
  assertAlmostEquals(crossEntropy(uniform, [[0, 1, 2], [3, 4, 0]]), Math.log(5), 1e-14, "uniform");
  const sure = { shape: [1, 2, 2], data: Float64Array.of(0, LN3, 0, LN3) };
  const expected = (Math.log(4 / 3) + Math.log(4)) / 2; // 3/4 and 1/4 were given to what came
  assertAlmostEquals(crossEntropy(sure, [[1, 0]]), expected, 1e-14, "3 : 1");
  assertThrows(() => crossEntropy(sure, [[1]]), RangeError, "Targets must be 1 rows of 2, got");
  assertThrows(() => crossEntropy(sure, [[1, 2]]), RangeError, "from 0 to 1, got 2");
});

Deno.test("its slope at the logits is softmax less one at the target", () => {
  const scores = [0.3, -1, 2, 0.5];
  const loss = (at: number, by: number) => {
    const data = Float64Array.from(scores, (score, i) => i === at ? score + by : score);
    return crossEntropy({ shape: [1, 1, 4], data }, [[2]]);
  };
  const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
  scores.forEach((score, i) => {
    const slope = (loss(i, 1e-5) - loss(i, -1e-5)) / 2e-5;
    const expected = Math.exp(score) / sum - (i === 2 ? 1 : 0);
    // Central differences err by the step squared, 1e-10, and by rounding over the step, 2e-11.
    assertAlmostEquals(slope, expected, 1e-9, `logit ${i}`);
  });
});

Deno.test("what it cannot compute is refused with its reason", () => {
  const model = modelOf({ ...TINY, positions: "learned" }, ONE_HEAD);
  const refused: [() => unknown, string][] = [
    [() => reference(model, [[0, 2]]), "whole number in [0, 2), got 2"],
    [() => reference(model, [[]]), "at least one row of one token is required"],
    [() => reference({ ...model, rewrites: [1] }, [[0]]), "computes sound models only"],
    [() => reference(model, [[0]]).get("blocks.1.hook_resid_pre"), `No hook "blocks.1.hook_resid`],
    [
      () => reference({ ...model, weights: {} }, [[0]]),
      "with these weights: embed.W_E must be [2,2], got nothing",
    ],
  ];
  for (const [action, message] of refused) assertThrows(action, RangeError, message);
  const unbounded = modelOf(TINY, ONE_HEAD);
  assert(reference(unbounded, [[0, 0, 0, 0, 0]]), "only a learned table has an end");
});
