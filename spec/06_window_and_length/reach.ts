import type { Model } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/**
 * The farthest place after an edited token whose stream moved, after each layer, and how far off that
 * is where each layer carries it on by its window less one, up to the end of the text.
 */
export const reachByLayer = (window: number) => async (model: Model) => {
  const [text] = probes.drawTokens(model);
  const pairs = Array.from({ length: model.config.n_layers }, (_, layer) => ({
    from: "tokens",
    to: `blocks.${layer}.hook_resid_post`,
  }));
  const matrices = await probes.influences(model, text, pairs); // [edited, read] for each layer
  const reach = matrices.map((moved) =>
    Math.max(...text.flatMap((_, i) => text.map((_, j) => moved.at(i, j) > 0 ? j - i : 0)))
  );
  const end = text.length - 1;
  const off = reach.map((far, layer) => Math.abs(far - Math.min((layer + 1) * (window - 1), end)));
  return { reach, end, off: Math.max(...off) };
};
