/** Whether a pattern is what formulas make of the stream and of weights. */
import memoize from "memoize";
import { type Model, run } from "../../mod.ts";
import { maxDifference, Tensor } from "../../lib/tensor/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/** What the notes' `transformer.softmax(x^T W x)` leaves unsaid, and a pattern depends on. */
export const UNSAID = ["scale", "mask", "biases", "positions"] as const;
type Unsaid = typeof UNSAID[number];

/**
 * How far plain loops in 64 bits are from the model: in any layer's pattern, which they make of the
 * stream, and in the logits, which they make of the text.
 */
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
  const logits = await probes.offLogitFormula(model, text.slice(0, 12));
  return { apart: Math.max(...apart), logits };
}

/**
 * How far the notes' form, with what it leaves unsaid, is from the model's own pattern, in any
 * head.
 */
export function offNotes(model: Model) {
  return offForm(model, []);
}

/**
 * The same without some of what it leaves unsaid; without all of it, the form is taken literally.
 */
export const without = (...parts: readonly Unsaid[]) => (model: Model) => {
  if (parts.every((part) => LACKS[part]?.(model))) {
    throw new transformer.Unfit(`its scores have no ${parts.join(" and no ")}`);
  }
  return offForm(model, parts);
};

/** Whether there is nothing that could be left out. */
const LACKS: Partial<Record<Unsaid, (model: Model) => boolean>> = {
  mask: ({ config }) => !config.causal,
  biases: ({ weights }) =>
    Object.entries(weights).every(([name, { data }]) =>
      !/\.attn\.b_[QK]$/.test(name) || data.every((bias) => bias === 0)
    ),
};

async function offForm(model: Model, without: readonly Unsaid[]) {
  const layers = await readAndMade(model);
  const apart = transformer.headsOf(model.config).map((head) => {
    const { x, patterns } = layers[head.layer];
    const own = patterns.get(head.head); // [query, key]
    return maxDifference(own, Tensor.from(notesForm(model, head, x, without)));
  });
  return { apart: Math.max(...apart) };
}

/** What attention reads in a text, and the patterns that it makes of it, by layer. */
const readAndMade = memoize(async (model: Model) => {
  const [text] = probes.drawTokens(model, { length: 8 });
  const patterns = transformer.inEachBlock(model.config, "attn.hook_pattern");
  const reads = patterns.map((_, i) => transformer.attentionInput(model.config, `blocks.${i}`));
  const kept = await run(model, [text], { hooks: [...patterns, ...reads] });
  return patterns.map((hook, layer) => ({
    x: kept.get(reads[layer]).get(0), // [pos, d_model]
    patterns: kept.get(hook).get(0), // [head, query, key]
  }));
}, { cache: new WeakMap() });

/** Of a model as wide as this or wider all matrices together would take gigabytes. */
const WIDE = 256;

/** A model's matrices for queries and keys, each worked out once; of a wide one each time. */
const matricesOf = memoize((model: Model) => {
  const matrix = (layer: number, head: number, distance: number) =>
    probes.queryKeyMatrix(model, layer, head, distance);
  if (model.config.d_model >= WIDE) return matrix;
  return memoize(matrix, { cacheKey: (place) => place.join(" ") });
}, { cache: new WeakMap() });

const HOOKS = { pattern: "attn.hook_pattern", scale: "ln1.hook_scale" };

/**
 * How far attention is from affine with some of it held; a scale only where there is a norm. Half of
 * what that shows is the other half: with any part free again, attention is not affine.
 */
export const holding = (...held: readonly (keyof typeof HOOKS)[]) => (model: Model) => {
  const there = held.filter((each) => each !== "scale" || model.config.normalization !== "none");
  const hooks = there.map((each) => HOOKS[each]);
  return probes.attentionLinearity(model, probes.drawTokens(model)[0], hooks);
};

/** Softmax over j of `(x_i, 1) W (x_j, 1)`, scaled and masked: a row for each i. */
function notesForm(
  model: Model,
  head: transformer.Head,
  x: Tensor,
  without: readonly Unsaid[],
): number[][] {
  const { causal, d_head, n_heads, positions } = model.config;
  const masked = causal && !without.includes("mask");
  const scale = without.includes("scale") ? 1 : 1 / Math.sqrt(d_head);
  const penalised = positions === "alibi" && !without.includes("positions");
  const slope = penalised ? transformer.alibiSlopes(n_heads)[head.head] : 0;
  const bilinear = bilinearForm(model, head, x, without);
  const places = [...Array(x.shape[0]).keys()];
  return places.map((i) => {
    const scores = places.map((j) => {
      if (masked && j > i) return -Infinity;
      return scale * bilinear(i, j) - slope * Math.abs(i - j);
    });
    return [...transformer.softmax(Float64Array.from(scores))];
  });
}

/** The form `(x_i, 1) W (x_j, 1)`, with the W of a distance where positions are rotary. */
function bilinearForm(
  model: Model,
  { layer, head }: transformer.Head,
  x: Tensor,
  without: readonly Unsaid[],
) {
  const turns = model.config.positions === "rotary" && !without.includes("positions");
  const longer = probes.withOne(x, without.includes("biases") ? 0 : 1);
  const W = matricesOf(model);
  const formAt = memoize((distance: number) =>
    probes.bilinearForm(longer, W(layer, head, distance))
  );
  return (i: number, j: number): number => formAt(turns ? i - j : 0)(i, j);
}
