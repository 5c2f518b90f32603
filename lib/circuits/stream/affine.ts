import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import { Random } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** How far attention layers are from being affine, as evidence. */
export type AffineSummary = {
  /** The most by which f(a x + b y) misses a f(x) + b f(y), f(0) taken off each, in any layer. */
  readonly apart: number;
  /** The same without taking f(0) off: how far they are from being linear. */
  readonly fromLinear: number;
};

/** The weights of the sum, neither 0 nor 1, and not summing to 1, where f(0) would drop out. */
const [A, B] = [0.7, -1.6];

/**
 * Puts streams into every attention layer and looks whether what comes out is affine in them, both
 * relative to the largest number that comes out.
 *
 * @param tokens One text, whose own run gives what is held.
 * @param held Hooks, named without their block, that stay as they are in that run whatever is put
 * in: `attn.hook_pattern`, `ln1.hook_scale`.
 * @throws {RangeError} If the model has no layer.
 */
export async function affinity(
  model: Model,
  tokens: readonly number[],
  held: readonly string[],
): Promise<AffineSummary> {
  const { n_layers, d_model } = model.config;
  if (n_layers === 0) throw new RangeError(`Cannot test attention: ${model.name} has none`);
  const blocks = Array.from({ length: n_layers }, (_, layer) => `blocks.${layer}`);
  const streams = mixtures(tokens.length, d_model); // 0, x, y, a x + b y
  const same = (clean: Tensor) => clean;
  const interventions = blocks.flatMap((block) => [
    { hook: `${block}.hook_resid_pre`, to: streams },
    ...held.map((hook) => ({ hook: `${block}.${hook}`, to: same })),
  ]);
  const read = blocks.map((block) => `${block}.hook_attn_out`);
  const kept = await run(model, Array(4).fill(tokens), { hooks: read, interventions });
  const summaries = read.map((hook) => compare(kept.get(hook)));
  return {
    apart: Math.max(...summaries.map(({ apart }) => apart)),
    fromLinear: Math.max(...summaries.map(({ fromLinear }) => fromLinear)),
  };
}

/** Nothing, two random streams, and a sum of the two: [4, pos, d_model]. */
function mixtures(pos: number, d_model: number): Tensor {
  const random = new Random("two streams");
  const [x, y] = [0, 1].map(() => random.normalTensor([pos, d_model]));
  const sum = x.map((value, i) => A * value + B * y.data[i]);
  const data = [...new Float32Array(x.size), ...x.data, ...y.data, ...sum.data];
  return new Tensor(Float32Array.from(data), [4, pos, d_model]);
}

function compare(out: Tensor): AffineSummary {
  const [zero, x, y, sum] = [0, 1, 2, 3].map((row) => out.get(row).data);
  let [apart, fromLinear, largest] = [0, 0, 0];
  sum.forEach((value, i) => {
    const linear = A * x[i] + B * y[i];
    apart = Math.max(apart, Math.abs(value - linear - (1 - A - B) * zero[i]));
    fromLinear = Math.max(fromLinear, Math.abs(value - linear));
    largest = Math.max(largest, Math.abs(x[i]), Math.abs(y[i]), Math.abs(value));
  });
  return { apart: apart / largest, fromLinear: fromLinear / largest };
}
