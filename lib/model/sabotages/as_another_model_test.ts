/**
 * Many sabotages make of a model what another config or other weights would have made: there the
 * reference, in plain loops and 64 bits, knows to the last digit what must come out.
 */
import { assertLess } from "@std/assert";
import { run } from "../../runtime/run.ts";
import "../../runtime/testing/give_back.ts";
import { stack } from "../../tensor/rows.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import { changeWeights, parameterShapes } from "../params.ts";
import { reference } from "../reference/reference.ts";
import { LLAMA, smallModel } from "../testing/small_models.ts";
import * as sabotages from "./mod.ts";
import type { Sabotage } from "./sabotage.ts";

const TEXT = [1, 2, 3, 4, 5];

/** What a sabotage is done to, and what it must be after that. */
interface AsIf {
  readonly of?: Partial<Config>;
  readonly config?: Partial<Config>;
  readonly weights?: readonly [names: RegExp, change: (x: Tensor) => Tensor];
}

const times = (factor: number) => (x: Tensor) => x.map((each) => each * factor);
const order = (rows: readonly number[]) => (x: Tensor) => stack(rows.map((row) => x.get(row)));
const swap = (x: Tensor) => order([1, 0, ...x.unstack().keys().drop(2)])(x);
const scaling = {
  ...{ type: "llama3", factor: 4, low_freq_factor: 1, high_freq_factor: 4 } as const,
  original_n_ctx: 32,
};

const CASES: readonly (readonly [Sabotage, AsIf])[] = [
  [sabotages.tableOffByOne, { weights: [/W_pos/, order([1, 2, 3, 4, 5, 6, 7, 0])] }],
  [sabotages.positionsAddedTwice, { weights: [/W_pos/, times(2)] }],
  [sabotages.countedFromTheEnd, { weights: [/W_pos/, order([4, 3, 2, 1, 0, 5, 6, 7])] }],
  [sabotages.wrongWaves, { of: { positions: "sinusoidal" }, config: { position_base: 1e5 } }],
  [sabotages.wrongBase, { of: { positions: "rotary" }, config: { position_base: 1e5 } }],
  [sabotages.wrongPairs, {
    of: { positions: "rotary" },
    config: { rotary_adjacent_pairs: true },
  }],
  [sabotages.wrongPairs, { of: LLAMA, config: { rotary_adjacent_pairs: false } }],
  [sabotages.unscaledRotation, {
    of: { ...LLAMA, position_scaling: scaling },
    config: { position_scaling: null },
  }],
  [sabotages.longEmbeddings, { weights: [/W_E/, times(Math.sqrt(10))] }],
  [sabotages.lastBlockSkipped, { of: { n_layers: 2 }, config: { n_layers: 1 } }],
  [sabotages.uncentredNorm, { of: { biases: false }, config: { normalization: "RMS" } }],
  [sabotages.centredNorm, { of: LLAMA, config: { normalization: "LN" } }],
  [sabotages.largerEps(0.25), { config: { eps: 0.25 + 1e-5 } }],
  [sabotages.withoutEps, { config: { eps: 1e-30 } }],
  [sabotages.normWithoutWeight, { weights: [/ln.*\.w$/, (x) => x.map(() => 1)] }],
  [sabotages.normWithoutBias, { weights: [/ln.*\.b$/, times(0)] }],
  [sabotages.scaledByWidth, { weights: [/[Wb]_Q$/, times(1 / 2)] }], // d_head 4
  [sabotages.scaledByModelWidth, { weights: [/[Wb]_Q$/, times(Math.sqrt(4 / 10))] }],
  [sabotages.longerQueries(0.5), { weights: [/[Wb]_Q$/, times(1.5)] }],
  [sabotages.softmaxBaseTwo, { weights: [/[Wb]_Q$/, times(Math.LN2)] }],
  [sabotages.valuesWithoutBias, { weights: [/b_V$/, times(0)] }],
  [sabotages.swappedQueries, { weights: [/[Wb]_Q$/, swap] }],
  [sabotages.headsInReverse, { weights: [/W_O$/, order([2, 1, 0])] }],
  [sabotages.lastHeadLeftOut, {
    weights: [/W_O$/, (x) => stack([x.get(0), x.get(1), times(0)(x.get(2))])],
  }],
  [sabotages.biasOfEveryHead, { weights: [/b_O$/, times(3)] }],
  [sabotages.keysInTurn, {
    of: { ...LLAMA, positions: "learned" },
    config: { n_key_value_heads: 6 },
    weights: [/W_[KV]$/, order([0, 1, 0, 1, 0, 1])],
  }],
  [sabotages.exactGelu, { config: { act_fn: "gelu" } }],
  [sabotages.reluMlp, { config: { act_fn: "relu" } }],
  [sabotages.reluMlp, { of: LLAMA, config: { act_fn: "relu" } }],
  [sabotages.mlpWithoutBias, { weights: [/b_in$/, times(0)] }],
  [sabotages.logitsWithoutBias, { weights: [/b_U$/, times(0)] }],
];

Deno.test("what a sabotage makes of a model is what the reference makes of another one", async () => {
  for (const [sabotage, { of = {}, config: changes = {}, weights: changed }] of CASES) {
    const model = smallModel(of);
    const config = { ...model.config, ...changes };
    const weights = changed ? changeWeights(model.weights, ...changed) : model.weights;
    const stored = Object.keys(parameterShapes(config)).map((name) => [name, weights[name]]);
    const said = reference({ config, weights: Object.fromEntries(stored) }, [TEXT]).get("logits");
    const { logits } = await run(sabotage.apply(model), [TEXT]);
    const apart = Math.max(...said.data.map((x, i) => Math.abs(x - logits.data[i])));
    // Logits of about 1, of sums that are rounded at 6e-8.
    assertLess(apart, 1e-5, `${sabotage.name}, ${JSON.stringify(of)}`);
  }
});
