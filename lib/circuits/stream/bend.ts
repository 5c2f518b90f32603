import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import { maxDifference } from "../../tensor/compare.ts";
import { Random } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** How far a model is from a straight line, as evidence. */
export type Bend = {
  /** How far the middle of two outputs is from the one between them, beside how far they moved. */
  readonly bent: number;
};

/** What {@linkcode bend} is told. */
export interface BendOptions {
  /** Whether the patterns, and the scales that LayerNorm divides by, stay as the text made them. */
  readonly held?: boolean;
}

/**
 * Moves the stream at its start by a random step and by its opposite. If everything acted linearly
 * on the stream, the middle of the two outputs would be the output itself.
 *
 * @param tokens One text.
 * @throws {RangeError} If the model has no block.
 */
export async function bend(
  model: Model,
  tokens: readonly number[],
  { held = false }: BendOptions = {},
): Promise<Bend> {
  const { n_layers, d_model } = model.config;
  if (n_layers === 0) throw new RangeError(`Cannot bend the stream: ${model.name} has no block`);
  const step = new Random("step").normalTensor([1, tokens.length, d_model]);
  const move = (sign: number, row: number) => ({
    hook: "blocks.0.hook_resid_pre",
    rows: [row],
    to: (clean: Tensor) => step.map((x, i) => clean.get(row).data[i] + sign * x),
  });
  const keep = held ? whatIsDecided(model) : [];
  const holds = keep.map((hook) => ({ hook, to: (clean: Tensor) => clean }));
  const interventions = [move(1, 1), move(-1, 2), ...holds];
  const { logits } = await run(model, [tokens, tokens, tokens], { interventions });
  const [here, there, back] = [0, 1, 2].map((row) => logits.get(row));
  const middle = there.map((x, i) => (x + back.data[i]) / 2);
  return { bent: maxDifference(middle, here) / maxDifference(there, here) };
}

function whatIsDecided({ config }: Model): string[] {
  const blocks = Array.from({ length: config.n_layers }, (_, layer) => `blocks.${layer}.`);
  const patterns = blocks.map((block) => `${block}attn.hook_pattern`);
  if (config.normalization === "none") return patterns;
  const norms = config.attn_only ? ["ln1"] : ["ln1", "ln2"];
  const scales = blocks.flatMap((block) => norms.map((norm) => `${block}${norm}.hook_scale`));
  return [...patterns, ...scales, "ln_final.hook_scale"];
}
