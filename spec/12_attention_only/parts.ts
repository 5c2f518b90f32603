/** What an attention-only model consists of. */
import { type Model, run } from "../../mod.ts";
import { maxDifference, sum } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";

const PARTS = ["embed", "pos_embed", "attn", "ln1", "ln_final", "unembed"];

/** Parameters and hooks that no attention-only model has, and what in it is not linear. */
export function partsOf(model: Model) {
  const graph = transformer.buildGraph(model);
  const parts = Object.keys(model.weights).map(partOf);
  const foreign = [
    ...[...new Set(parts)].filter((part) => !PARTS.includes(part)),
    ...graph.names.filter((name) => /mlp/.test(name)),
  ];
  const [bends, due] = [probes.nonlinearOperations(graph), bendsDue(model.config)];
  const strange = Object.keys({ ...bends, ...due })
    .map((name) => Math.abs((bends[name] ?? 0) - (due[name] ?? 0)));
  return { foreign, bends, due, more: foreign.length + sum(strange) };
}

/** What a parameter belongs to: "attn" for `blocks.0.attn.W_Q`. */
function partOf(parameter: string): string {
  return parameter.replace(/^blocks\.\d+\./, "").split(".")[0];
}

/** What is not linear in embedding, attention and norms, by operation and how often. */
function bendsDue({ n_layers, normalization }: Model["config"]): Record<string, number> {
  const norms = normalization === "none" ? 0 : n_layers + 1; // before each layer, and at the end
  const due = {
    Gather: 1, // the embedding looks a token up
    MatMul: 2 * n_layers, // scores, and the mean of the values
    Softmax: n_layers,
    Mul: norms, // squares, for the scale; a bilinear MLP would add more
    Sqrt: norms,
    Div: norms,
  };
  return Object.fromEntries(Object.entries(due).filter(([, times]) => times > 0));
}

/**
 * How far a model whose MLPs write zeros is from one that never had any, in its logits.
 *
 * @param left The layer whose MLP is left in; none unless told.
 */
export const silenced = (left?: number) => async (model: Model) => {
  const text = probes.drawTokens(model);
  const quiet = await run(sabotages.zeroedMlps(left).apply(model), text);
  const absent = await run(sabotages.withoutMlps.apply(model), text);
  return { apart: maxDifference(quiet.logits, absent.logits) };
};

/**
 * How far the logits are from following the stream linearly, patterns and LayerNorm held or not.
 */
export const linearity = (held: boolean) => (model: Model) =>
  probes.streamLinearity(model, probes.drawTokens(model)[0], { held });

/**
 * Where an edited token is felt: before any attention, in what the first layer has to look at or in
 * the logits where there is no layer; or after one layer, in the same of the next.
 */
export const whoIsKnown = (when: "before attention" | "after a layer") => (model: Model) => {
  const layer = when === "before attention" ? 0 : 1;
  const seen = ["k", "v"].map((by) => `blocks.${layer}.attn.hook_${by}`);
  const hooks = layer < model.config.n_layers ? seen : ["logits"];
  return probes.probeInfluence(model, hooks.map((to) => ({ from: "tokens", to })));
};
