import type { Model } from "../../mod.ts";
import type { Tensor } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/**
 * The farthest place after an edited token whose stream moved, after each layer, and how far off that
 * is where each layer carries it on by its window less one, up to the end of the text.
 */
export const reachByLayer = (window: number) => async (model: Model) => {
  const [text] = probes.drawTokens(model);
  const end = text.length - 1;
  const due = (layer: number) => Math.min((layer + 1) * (window - 1), end);
  const felt = await feltAfter(model, text);
  const isShort = felt.some((far, layer) => far < due(layer));
  const carried = isShort ? await carriedUpTo(model, text) : felt;
  const reach = felt.map((far, layer) => far < due(layer) ? Math.max(far, carried[layer]) : far);
  const off = reach.map((far, layer) => Math.abs(far - due(layer)));
  return { reach, end, off: Math.max(...off) };
};

/** How far an edited token is felt after each layer, where rounding does not swallow it. */
async function feltAfter(model: Model, text: readonly number[]): Promise<number[]> {
  const pairs = Array.from({ length: model.config.n_layers }, (_, layer) => ({
    from: "tokens",
    to: `blocks.${layer}.hook_resid_post`,
  }));
  return (await probes.influences(model, text, pairs)).map(farthest);
}

/** The same, put together of how far each layer alone carries a nudge of what it reads. */
async function carriedUpTo(model: Model, text: readonly number[]): Promise<number[]> {
  const through = { from: "hook_resid_pre", to: "hook_resid_post" };
  const pairs = probes.pairsInEachBlock(model, through);
  const alone = (await probes.influences(model, text, pairs)).map(farthest);
  let far = 0;
  return alone.map((more) => far = Math.min(far + more, text.length - 1));
}

/** The farthest that anything moved from where it was changed: [changed, read]. */
function farthest(moved: Tensor): number {
  const [changed, read] = moved.shape.map((length) => [...Array(length).keys()]);
  return Math.max(...changed.flatMap((i) => read.map((j) => moved.at(i, j) > 0 ? j - i : 0)));
}
