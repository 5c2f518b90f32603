/** Concatenating beside adding, and what width costs. */
import { type Model, run } from "../../mod.ts";
import { maxDifference } from "../../lib/tensor/mod.ts";
import { concatenated, separated } from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import type { WithoutWeights } from "../../fixtures/mod.ts";

/** A model that concatenates beside one that adds in separate coordinates, half the stream each. */
export async function besideOrAdded(model: Model, { overlap = 0 } = {}) {
  const width = Math.ceil(model.config.d_model / 2);
  const text = probes.drawTokens(model);
  const beside = (await run(concatenated(model, width), text)).logits;
  const added = (await run(separated(model, width, overlap), text)).logits;
  return { apart: maxDifference(beside, added) };
}

/** The same where the two share one coordinate. */
export function besideOrOverlapping(model: Model) {
  return besideOrAdded(model, { overlap: 1 });
}

/**
 * What a wider stream costs, how often a layer takes the square of the width, and what the next
 * width
 * that all heads can share costs.
 */
export function costs({ config }: WithoutWeights, stays: readonly probes.Fixed[] = []) {
  const cost = probes.costOfWidth(config, stays);
  const [now, next] = cost.parameters.counted;
  return { ...cost, pairs: cost.due / config.n_layers, step: next - now };
}
