import { sizeOf } from "../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import { hookOf, lengthsOf } from "../hooks.ts";
import { misfit, parameterShapes } from "../params.ts";
import { checkTokens, type Tokens } from "../tokens.ts";
import { logSumExp, type Vector } from "./maths.ts";
import { type ReferenceContext, transformer } from "./transformer.ts";

/** A shaped array of numbers, of 32 or 64 bits. */
export interface Numbers {
  /** The length of each axis. */
  readonly shape: readonly number[];
  /** The numbers, last axis fastest. */
  readonly data: Float32Array | Float64Array;
}

/** What the reference computes from: a sound model, or the same with weights of 64 bits. */
export interface ReferenceModel {
  /** Every choice that a config has is covered. */
  readonly config: Config;
  /** By name; those that `parameterShapes` lists. */
  readonly weights: Readonly<Record<string, Numbers>>;
  /** Changes to the graph, which the reference cannot make: none, or it refuses. */
  readonly rewrites?: readonly unknown[];
}

/** Every activation of a run of the reference. */
export interface ReferenceActivations {
  /** The name of every hook that the model has. */
  readonly hooks: readonly string[];
  /** The activation at a hook; throws a RangeError where the model has no such hook. */
  get(hook: string): Numbers & { readonly data: Float64Array };
}

/**
 * The transformer again, in plain loops and 64-bit numbers: what the runtime is compared with, and
 * what finite differences are taken of. It shares no code with the graph that the runtime runs,
 * and is written to be read, each function one equation: begin with `reference/transformer.ts`.
 *
 * @param tokens Token ids, [batch][pos].
 * @throws {RangeError} If the model has rewrites, a parameter is missing or of another shape, or
 * a token is not in the vocabulary.
 */
export function reference(model: ReferenceModel, tokens: Tokens): ReferenceActivations {
  if (model.rewrites?.length) {
    throw new RangeError("The reference computes sound models only, and this one has rewrites");
  }
  const problem = misfit(parameterShapes(model.config), model.weights);
  if (problem) throw new RangeError(`The reference cannot run with these weights: ${problem}`);
  checkTokens(model.config, tokens);
  const kept = new Map<string, Vector[]>();
  const context = contextOf(model, kept);
  for (const row of tokens) transformer(context, row);
  const lengths = lengthsOf(model.config, tokens.length, tokens[0].length);
  return {
    hooks: [...kept.keys()],
    get(hook) {
      const shape = hookOf(model.config, hook).axes.map((axis) => lengths[axis]);
      const data = new Float64Array(sizeOf(shape));
      let at = 0; // row after row of tokens, the parts are already in order
      for (const part of kept.get(hook)!) {
        data.set(part, at);
        at += part.length;
      }
      return { shape, data };
    },
  };
}

/**
 * How badly logits predict the tokens that came, in nats: the mean over all positions of
 * log(sum exp(logits)) - logits[target].
 *
 * @param logits [batch, pos, d_vocab].
 * @param targets The token to be predicted at each position, [batch][pos]: in training, the text
 * shifted by one.
 * @throws {RangeError} If the targets do not fit the logits.
 */
export function crossEntropy({ shape, data }: Numbers, targets: Tokens): number {
  const [batch, pos, d_vocab] = shape;
  if (targets.length !== batch || targets.some((row) => row.length !== pos)) {
    const given = targets.map((row) => row.length);
    throw new RangeError(`Targets must be ${batch} rows of ${pos}, got rows of [${given}]`);
  }
  const losses = targets.flat().map((target, i) => {
    const row = Float64Array.from(data.subarray(i * d_vocab, (i + 1) * d_vocab));
    if (row[target] !== undefined) return logSumExp(row) - row[target];
    throw new RangeError(`A target must be a token from 0 to ${d_vocab - 1}, got ${target}`);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

function contextOf(
  { config, weights }: ReferenceModel,
  kept: Map<string, Vector[]>,
): ReferenceContext {
  const wide = new Map<string, Vector>(); // 32-bit parameters, each widened once
  function param(name: string, head?: number): Vector {
    const { data } = weights[name];
    const all = data instanceof Float64Array ? data : wide.get(name) ?? new Float64Array(data);
    wide.set(name, all);
    if (head === undefined) return all;
    const size = all.length / weights[name].shape[0];
    return all.subarray(head * size, (head + 1) * size);
  }
  function bias(name: string, head?: number): Vector | undefined {
    return config.biases ? param(name, head) : undefined;
  }
  function keep(hook: string, parts: readonly Vector[]): void {
    const all = kept.get(hook);
    if (all) all.push(...parts);
    else kept.set(hook, [...parts]);
  }
  return { config, param, bias, keep };
}
