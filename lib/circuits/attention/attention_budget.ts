import { inEachBlock, type Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { max, sum, type Tensor } from "../../tensor/mod.ts";

/** How the heads of a model share out their attention, as evidence: counts over all heads. */
export type AttentionBudget = {
  /** Places that the mask allows. */
  readonly allowed: number;
  /** Those among them that have no finite score. */
  readonly unreachable: number;
  /** Those that have a weight of exactly zero. */
  readonly vanished: number;
  /** Those that have one although they score hardly lower than the highest: no underflow. */
  readonly unexplained: number;
  /** The most that the weights of a position sum to. */
  readonly spent: number;
  /** The most by which such a sum misses 1. */
  readonly off: number;
};

/**
 * How far below the highest a score must be for 32 bits to have no number for its weight. Their
 * smallest is about e^-87, and a runtime may give up a little earlier.
 */
const UNDERFLOW = 80;

/**
 * Looks at every weight that every head gives in a text.
 *
 * @param tokens One text.
 */
export async function attentionBudget(
  model: Model,
  tokens: readonly number[],
): Promise<AttentionBudget> {
  const length = tokens.length;
  const patterns = inEachBlock(model.config, "attn.hook_pattern");
  const scores = inEachBlock(model.config, "attn.hook_attn_scores");
  const kept = await run(model, [tokens], { hooks: [...patterns, ...scores] });
  const rows = patterns.flatMap((hook, layer) =>
    Array.from({ length: model.config.n_heads * length }, (_, row) => {
      const places = model.config.causal ? row % length + 1 : length;
      const part = ({ data }: Tensor) => data.subarray(row * length, row * length + places);
      return budgetOf(part(kept.get(hook)), part(kept.get(scores[layer])));
    })
  );
  return rows.reduce((a, b) => ({
    allowed: a.allowed + b.allowed,
    unreachable: a.unreachable + b.unreachable,
    vanished: a.vanished + b.vanished,
    unexplained: a.unexplained + b.unexplained,
    spent: Math.max(a.spent, b.spent),
    off: Math.max(a.off, b.off),
  }));
}

/** One position's weights and scores, those that its mask allows. */
function budgetOf(weights: Float32Array, scores: Float32Array): AttentionBudget {
  const [spent, top] = [sum(weights), max(scores)];
  let [unreachable, vanished, unexplained] = [0, 0, 0];
  // A plain loop: of a long text there are a million weights.
  for (let key = 0; key < weights.length; key++) {
    if (!Number.isFinite(scores[key])) unreachable++;
    if (weights[key] !== 0) continue;
    vanished++;
    if (top - scores[key] < UNDERFLOW) unexplained++;
  }
  const off = Math.abs(spent - 1);
  return { allowed: weights.length, unreachable, vanished, unexplained, spent, off };
}
