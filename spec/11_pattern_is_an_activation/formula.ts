/** Whether a pattern is what formulas make of the stream and of weights. */
import { type Model, run } from "../../mod.ts";
import { dot, maxDifference, Tensor } from "../../lib/tensor/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/** What the notes' `transformer.softmax(x^T W x)` leaves unsaid, and a pattern depends on. */
export const UNSAID = ["scale", "mask", "biases", "positions"] as const;
type Unsaid = typeof UNSAID[number];

/** How far the pattern of plain loops in 64 bits is from the model's own, in any layer. */
export function offLoops(model: Model) {
  return offLoopsOn(model, "text");
}

/** The same where the loops are given the stream of another text. */
export function offLoopsOfAnother(model: Model) {
  return offLoopsOn(model, "another's");
}

async function offLoopsOn(model: Model, seed: string) {
  const [text, given] = ["text", seed].map((seed) => probes.drawTokens(model, { seed })[0]);
  const patterns = transformer.inEachBlock(model.config, "attn.hook_pattern");
  const streams = transformer.inEachBlock(model.config, "hook_resid_pre");
  const kept = await run(model, [text, given], { hooks: [...patterns, ...streams] });
  const apart = patterns.map((hook, layer) => {
    const own = kept.get(hook).get(0);
    const found = probes.patternFromStream(model, layer, kept.get(streams[layer]).get(1));
    return maxDifference(own, new Tensor(Float32Array.from(found), own.shape));
  });
  return { apart: Math.max(...apart) };
}

/** How far the notes' form, with what it leaves unsaid, is from the model's own pattern, in any head. */
export function offNotes(model: Model) {
  return offForm(model, []);
}

/** The same without some of what it leaves unsaid; without all of it, the form is taken literally. */
export const without = (...parts: readonly Unsaid[]) => (model: Model) => offForm(model, parts);

async function offForm(model: Model, without: readonly Unsaid[]) {
  const { config } = model;
  const [text] = probes.drawTokens(model, { length: 8 });
  const patterns = transformer.inEachBlock(config, "attn.hook_pattern");
  const reads = patterns.map((_, layer) => transformer.attentionInput(config, `blocks.${layer}`));
  const kept = await run(model, [text], { hooks: [...patterns, ...reads] });
  const apart = transformer.headsOf(config).map((head) => {
    const x = kept.get(reads[head.layer]).get(0).toNested() as number[][]; // [pos, d_model]
    const own = kept.get(patterns[head.layer]).get(0, head.head); // [query, key]
    return maxDifference(own, Tensor.from(notesForm(model, head, x, without)));
  });
  return { apart: Math.max(...apart) };
}

const HOOKS = { pattern: "attn.hook_pattern", scale: "ln1.hook_scale" };

/**
 * How far attention is from affine with some of it held; a scale only where there is LayerNorm. Half of
 * what that shows is the other half: with any part free again, attention is not affine.
 */
export const holding = (...held: readonly (keyof typeof HOOKS)[]) => (model: Model) => {
  const there = held.filter((each) => each !== "scale" || model.config.normalization === "LN");
  const hooks = there.map((each) => HOOKS[each]);
  return probes.attentionLinearity(model, probes.drawTokens(model)[0], hooks);
};

/** Softmax over j of `(x_i, 1) W (x_j, 1)`, scaled and masked: a row for each i. */
function notesForm(
  model: Model,
  head: transformer.Head,
  x: readonly (readonly number[])[],
  without: readonly Unsaid[],
): number[][] {
  const { causal, d_head, n_heads, positions } = model.config;
  const masked = causal && !without.includes("mask");
  const scale = without.includes("scale") ? 1 : 1 / Math.sqrt(d_head);
  const penalised = positions === "alibi" && !without.includes("positions");
  const slope = penalised ? transformer.alibiSlopes(n_heads)[head.head] : 0;
  const bilinear = bilinearForm(model, head, without);
  return x.map((query, i) => {
    const scores = x.map((key, j) => {
      if (masked && j > i) return -Infinity;
      return scale * bilinear(query, key, i - j) - slope * Math.abs(i - j);
    });
    return [...transformer.softmax(Float64Array.from(scores))];
  });
}

/** The form `(x, 1) W (y, 1)`, with the W of a distance where positions are rotary. */
function bilinearForm(model: Model, { layer, head }: transformer.Head, without: readonly Unsaid[]) {
  const turns = model.config.positions === "rotary" && !without.includes("positions");
  const one = without.includes("biases") ? 0 : 1;
  const matrices = new Map<number, number[][]>();
  return (x: readonly number[], y: readonly number[], apart: number): number => {
    const distance = turns ? apart : 0;
    const W = matrices.get(distance) ??
      probes.queryKeyMatrix(model, layer, head, distance).toNested() as number[][];
    matrices.set(distance, W);
    const [query, key] = [[...x, one], [...y, one]];
    return dot(query, W.map((row) => dot(row, key)));
  };
}
