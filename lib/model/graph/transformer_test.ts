/** The runtime against the reference: some of each kind; the longer suite has all of them. */
import "../../runtime/testing/give_back.ts";
import { assertGreater } from "@std/assert";
import { makeConfig, makeModel, randomWeights, SCHEMES } from "../mod.ts";
import { reference } from "../reference/reference.ts";
import {
  assertAgreement,
  errors,
  LLAMA,
  MARGIN,
  MIDDLE,
  VARIANTS,
} from "../../runtime/testing/agreement.ts";
import { runAll } from "../../runtime/testing/run_all.ts";

const [NO_BLOCKS, GELU, ATTN_ONLY, RELU, DEEP] = VARIANTS;

// A scheme meets two variants with LayerNorm and two without; the next scheme the other way round.
for (const [i, positions] of SCHEMES.entries()) {
  for (const [j, normalization] of (["LN", "none"] as const).entries()) {
    const variants = (i + j) % 2 === 0 ? [GELU, ATTN_ONLY] : [RELU, NO_BLOCKS];
    const kind = `positions: ${positions}, normalization: ${normalization}`;
    Deno.test(`the runtime agrees with the reference at every hook: ${kind}`, async () => {
      for (const [k, variant] of variants.entries()) {
        await assertAgreement(
          makeConfig({ ...variant, positions, normalization }),
          4 * i + 2 * j + k,
        );
      }
    });
  }
}

Deno.test("the runtime agrees with the reference at every hook with a full W_QK, and where keys are queries", async () => {
  await assertAgreement(makeConfig({ ...RELU, query_key: "full" }), 22);
  await assertAgreement(makeConfig({ ...GELU, query_key: "same", positions: "alibi" }), 23);
});

Deno.test("the runtime agrees with the reference at every hook of Llamas", async () => {
  const rotary = { ...LLAMA, positions: "rotary", n_layers: 1 } as const;
  const [factor, original_n_ctx] = [4, 64];
  const llama3 = { type: "llama3", low_freq_factor: 1, high_freq_factor: 4 } as const;
  const yarn = { type: "yarn", beta_fast: 32, beta_slow: 1, attention_factor: 1.14 } as const;
  const kinds = [
    { ...rotary, biases: false, rotary_adjacent_pairs: true },
    { ...rotary, position_scaling: { ...llama3, factor, original_n_ctx }, n_key_value_heads: 1 },
    { ...rotary, position_scaling: { ...yarn, factor, original_n_ctx }, position_base: 100 },
  ];
  for (const [i, kind] of kinds.entries()) await assertAgreement(makeConfig(kind), 24 + i);
});

Deno.test("the runtime agrees with the reference at every hook of four layers", async () => {
  await assertAgreement(makeConfig({ ...DEEP, positions: "rotary" }), 21);
});

Deno.test("the bound is tight: it tells GELU from GPT-2's form of it, and sees 0.01% in a weight", async () => {
  const config = makeConfig({ ...MIDDLE, n_layers: 2, act_fn: "gelu" });
  const model = makeModel("random", config, randomWeights(config, 1));
  const tokens = [[1, 2, 3, 4, 5, 6, 7]];
  const actual = await runAll(model, tokens);
  const W_V = model.weights["blocks.0.attn.W_V"].map((weight) => weight * 1.0001);
  const others = {
    "another GELU": { ...model, config: makeConfig({ ...config, act_fn: "gelu_new" }) },
    "W_V times 1.0001": { ...model, weights: { ...model.weights, "blocks.0.attn.W_V": W_V } },
  };
  for (const [what, other] of Object.entries(others)) {
    const found = errors(config, actual, reference(other, tokens));
    const logits = found.find(({ name }) => name === "logits")!;
    assertGreater(logits.error, 2 * MARGIN, `${what} shows in the logits`);
  }
});
