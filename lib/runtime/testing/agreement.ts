/** For tests: how far the runtime is from the reference, and how far rounding should take it. */
import { assert, assertEquals } from "@std/assert";
import { type Config, hooksOf, makeModel, randomWeights } from "../../model/mod.ts";
import {
  type Numbers,
  reference,
  type ReferenceActivations,
} from "../../model/reference/reference.ts";
import { Random } from "../../tensor/random.ts";
import type { Activations } from "../run.ts";
import { runAll } from "./run_all.ts";

/** Half the distance from 1 to the next 32-bit number: what one rounding may change. */
const ROUNDING = 2 ** -24;

/** Of 720 models of these kinds the worst came to 0.88 times `expectedError`. */
export const MARGIN = 4;

/**
 * How far rounding alone should take the two apart, relative to the largest number of a hook. A
 * sum of n products errs by about sqrt(n) roundings, since they are as often up as down; the
 * sub-layers of a model, two a block and the unembedding, err independently of each other and so
 * add up the same way. Sines and cosines see their angle rounded, once for each radian of it. And
 * softmax turns the relative error of its scores into an absolute one, which it multiplies by
 * their size: exp(s + s d) is exp(s) (1 + s d).
 */
function expectedError(config: Config, largestScore: number): number {
  const { d_model, d_mlp, n_heads, d_head, n_ctx, positions, n_layers } = config;
  const widest = Math.max(d_model, d_mlp, n_heads * d_head, n_ctx);
  const sums = Math.sqrt(widest * (2 * n_layers + 1));
  const angles = positions === "rotary" || positions === "sinusoidal" ? n_ctx : 0;
  return ROUNDING * (sums + angles) * Math.max(1, largestScore);
}

/** The largest difference, relative to the largest number; infinities must be the same ones. */
function relativeError(actual: Numbers, expected: Numbers, hook: string): number {
  assertEquals(actual.shape, expected.shape, `shape of ${hook}`);
  let [difference, largest] = [0, 0];
  expected.data.forEach((value, i) => {
    if (!Number.isFinite(value) || !Number.isFinite(actual.data[i])) {
      assert(actual.data[i] === value, `${hook}[${i}] must be ${value}, got ${actual.data[i]}`);
      return;
    }
    difference = Math.max(difference, Math.abs(actual.data[i] - value));
    largest = Math.max(largest, Math.abs(value));
  });
  return difference === 0 ? 0 : difference / largest;
}

/** The error at every hook, in units of what rounding is expected to do. */
export function errors(config: Config, actual: Activations, expected: ReferenceActivations) {
  const scores = expected.hooks.filter((hook) => hook.endsWith("hook_attn_scores"));
  const finite = scores.flatMap((hook) => [...expected.get(hook).data]).filter(Number.isFinite);
  const unit = expectedError(config, Math.max(0, ...finite.map(Math.abs)));
  return hooksOf(config).map(({ name }) => ({
    name,
    error: relativeError(actual.get(name), expected.get(name), name) / unit,
  }));
}

const SMALL = { d_model: 8, n_heads: 1, d_head: 6, d_mlp: 10, d_vocab: 11, n_ctx: 9 };
export const MIDDLE = { d_model: 20, n_heads: 3, d_head: 4, d_mlp: 26, d_vocab: 23, n_ctx: 13 };
const LARGE = { d_model: 32, n_heads: 5, d_head: 8, d_mlp: 64, d_vocab: 47, n_ctx: 24 };

/** Sizes that differ on every axis, and between them every choice that a config has. */
export const VARIANTS = [
  { ...SMALL, n_layers: 0, tied: true },
  { ...SMALL, n_layers: 1, act_fn: "gelu" },
  { ...MIDDLE, n_layers: 1, attn_only: true, causal: false, tied: true },
  { ...MIDDLE, n_layers: 2, act_fn: "relu", biases: false },
  { ...LARGE, n_layers: 4, act_fn: "gelu_new" },
] as const;

/** What Llamas are made of, but for positions: six heads, of which three share keys. */
export const LLAMA = {
  ...{ ...MIDDLE, n_heads: 6, n_key_value_heads: 2, n_layers: 2 },
  ...{ act_fn: "silu", gated_mlp: true, normalization: "RMS" } as const,
} as const;

/**
 * Asserts that the runtime and the reference agree at every hook: two programs that share no code, 32
 * bits against 64. What they agree on within rounding was not got wrong twice in the same way.
 */
export async function assertAgreement(config: Config, seed: number): Promise<void> {
  const model = makeModel("random", config, randomWeights(config, seed));
  const random = new Random(seed);
  const tokens = [0, 1].map(() => random.integers(config.n_ctx, config.d_vocab));
  for (
    const { name, error } of errors(config, await runAll(model, tokens), reference(model, tokens))
  ) {
    const what = `${name} of ${config.n_layers} layers, seed ${seed}`;
    assert(error <= MARGIN, `${what} is off by ${error} times what rounding is expected to do`);
  }
}
