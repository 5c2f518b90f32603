import { hooksLike, type Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { maxDifference, Random, type Tensor } from "../../tensor/mod.ts";

/** How far a model is from being linear in its stream, as evidence. */
export type StreamLinearity = {
  /** How far the logits' second step is from being the first again, beside both steps together. */
  readonly fromLinear: number;
};

/**
 * Moves the stream at its start by a random step, and by twice that step. If everything acted
 * linearly on the stream, the logits would move twice as far, in the same direction.
 *
 * @param tokens One text.
 * @param held Whether patterns, and the scales that LayerNorm divides by, stay as the text made them.
 * @throws {RangeError} If the model has no block.
 */
export async function streamLinearity(
  model: Model,
  tokens: readonly number[],
  { held = false }: { readonly held?: boolean } = {},
): Promise<StreamLinearity> {
  const { n_layers, d_model } = model.config;
  if (n_layers === 0) throw new RangeError(`Cannot move the stream: ${model.name} has no block`);
  const step = new Random("step").normalTensor([1, tokens.length, d_model]);
  const move = (times: number) => ({
    hook: "blocks.0.hook_resid_pre",
    rows: [times],
    to: (clean: Tensor) => step.map((x, i) => clean.get(times).data[i] + times * x),
  });
  const decided = held ? hooksLike(model.config, /\.hook_(pattern|scale)$/) : [];
  const holds = decided.map((hook) => ({ hook, to: (clean: Tensor) => clean }));
  const interventions = [move(1), move(2), ...holds];
  const { logits } = await run(model, [tokens, tokens, tokens], { interventions });
  const [here, once, twice] = logits.unstack();
  const straight = once.map((x, i) => 2 * x - here.data[i]);
  return { fromLinear: maxDifference(twice, straight) / maxDifference(twice, here) };
}
