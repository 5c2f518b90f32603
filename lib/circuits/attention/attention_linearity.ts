import { inEachBlock, type Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { max, Random, stack, Tensor } from "../../tensor/mod.ts";

/** How far attention layers are from being affine, as evidence. */
export type AttentionLinearity = {
  /** The most by which f(a x + b y) misses a f(x) + b f(y), f(0) taken off each, in any layer. */
  readonly fromAffine: number;
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
export async function attentionLinearity(
  model: Model,
  tokens: readonly number[],
  held: readonly string[],
): Promise<AttentionLinearity> {
  const { config } = model;
  if (config.n_layers === 0) throw new RangeError(`Cannot test attention: ${model.name} has none`);
  const streams = mixtures(tokens.length, config.d_model); // 0, x, y, a x + b y
  const holds = held.flatMap((name) => inEachBlock(config, name));
  const interventions = [
    ...inEachBlock(config, "hook_resid_pre").map((hook) => ({ hook, to: streams })),
    ...holds.map((hook) => ({ hook, to: (clean: Tensor) => clean })),
  ];
  const hooks = inEachBlock(config, "hook_attn_out");
  const kept = await run(model, Array(4).fill(tokens), { hooks, interventions });
  const found = hooks.map((hook) => compare(kept.get(hook)));
  return {
    fromAffine: max(found.map(({ fromAffine }) => fromAffine)),
    fromLinear: max(found.map(({ fromLinear }) => fromLinear)),
  };
}

/** Nothing, two random streams, and a sum of the two: [4, pos, d_model]. */
function mixtures(pos: number, d_model: number): Tensor {
  const random = new Random("two streams");
  const [x, y] = [0, 1].map(() => random.normalTensor([pos, d_model]));
  const sum = x.map((value, i) => A * value + B * y.data[i]);
  return stack([Tensor.full(x.shape), x, y, sum]);
}

function compare(out: Tensor): AttentionLinearity {
  const [zero, x, y, sum] = out.unstack().map(({ data }) => data);
  let [fromAffine, fromLinear, largest] = [0, 0, 0];
  sum.forEach((value, i) => {
    const linear = A * x[i] + B * y[i];
    fromAffine = Math.max(fromAffine, Math.abs(value - linear - (1 - A - B) * zero[i]));
    fromLinear = Math.max(fromLinear, Math.abs(value - linear));
    largest = Math.max(largest, Math.abs(x[i]), Math.abs(y[i]), Math.abs(value));
  });
  return { fromAffine: fromAffine / largest, fromLinear: fromLinear / largest };
}
