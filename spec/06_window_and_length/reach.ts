import type { Model } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/** The farthest place after an edited token whose stream moved, after each layer. */
export async function reachByLayer(model: Model) {
  const [text] = probes.drawTokens(model);
  const pairs = Array.from({ length: model.config.n_layers }, (_, layer) => ({
    from: "tokens",
    to: `blocks.${layer}.hook_resid_post`,
  }));
  const matrices = await probes.influences(model, text, pairs); // [edited, read] for each layer
  const reach = matrices.map((moved) =>
    Math.max(...text.flatMap((_, i) => text.map((_, j) => moved.at(i, j) > 0 ? j - i : 0)))
  );
  return { reach, end: text.length - 1 };
}
