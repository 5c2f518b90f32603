/** Whether anything that is learned belongs to a place or to a length. */
import { type Model, run } from "../../mod.ts";
import { maxDifference } from "../../lib/tensor/mod.ts";
import { tokenShift } from "../../lib/model/sabotages/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import type { WithoutWeights } from "../../fixtures/mod.ts";

/** What the matrices of attention read, and what each makes of it. */
const MATRICES: readonly probes.Pair[] = [
  { from: "hook_resid_pre", to: "attn.hook_q" },
  { from: "hook_resid_pre", to: "attn.hook_k" },
  { from: "hook_resid_pre", to: "attn.hook_v" },
  { from: "attn.hook_z", to: "hook_attn_out" },
];

/** Of longer windows so many places are asked, for which there is time. */
const LONGEST = 256;

/** What moves where the vector of one position is nudged, and where all change places. */
export async function oneVectorAtATime(model: Model, parts = MATRICES) {
  const length = Math.min(model.config.n_ctx, LONGEST);
  const [text] = probes.drawTokens(model, { length });
  const pairs = parts.flatMap((part) => probes.pairsInEachBlock(model, part));
  const { moved, self, earlier, later } = await probes.probeInfluence(model, pairs);
  const reordered = await probes.permutationEquivariance(model, text, parts);
  const others = Math.max(earlier, later);
  const { apart, moved: changed } = reordered;
  return { moved, queries: moved, self, others, apart, changed };
}

/** The same from the stream to what heads have read, which is more than matrices do. */
export async function throughWholeHeads(model: Model) {
  const { moved: queries } = await probes.probeInfluence(model, [
    { from: "blocks.0.hook_resid_pre", to: "blocks.0.attn.hook_q" },
  ]);
  const read = await oneVectorAtATime(model, [{ from: "hook_resid_pre", to: "attn.hook_z" }]);
  return { ...read, queries };
}

/**
 * What is learned of all that is read on the way from queries, keys and values to what heads read.
 *
 * @param end Where the way ends: a hook named without its block.
 */
export function learnedBetween({ config, rewrites }: WithoutWeights, end = "attn.hook_z") {
  const g = transformer.buildGraph({ config, rewrites });
  const made = new Map(g.nodes.map(({ output, inputs }) => [output, inputs]));
  const starts = new Set(transformer.hooksLike(config, /hook_[qkv]$/).map((name) => g.get(name)));
  const way = transformer.inEachBlock(config, end).map((name) => g.get(name));
  // A list that grows while it is walked: each value's inputs come after it, once.
  const read = new Set(way);
  for (const value of read) {
    for (const input of starts.has(value) ? [] : made.get(value) ?? []) read.add(input);
  }
  const learned = [...read].map(({ name }) => name)
    .filter((name) => g.find(name) && name !== "tokens" && !made.has(g.get(name)));
  const began = [...starts].filter((value) => read.has(value)).length;
  return { learned, parameters: learned.length, began, starts: starts.size };
}

/** The same up to what heads write, which W_O makes. */
export function learnedUpToOutput(model: WithoutWeights) {
  return learnedBetween(model, "attn.hook_result");
}

/** What of a model has another shape for twice the window, and its parameters for both. */
export function inTwiceTheWindow(model: WithoutWeights) {
  const { n_ctx, positions } = model.config;
  const [once, twice] = [n_ctx, 2 * n_ctx].map((window) => stored(model, window));
  const changed = Object.keys({ ...once, ...twice }).filter((name) => once[name] !== twice[name]);
  const [now, then] = [n_ctx, 2 * n_ctx].map((window) =>
    transformer.parameterCount({ ...model.config, n_ctx: window })
  );
  return {
    changed,
    allowed: positions === "learned" ? ["pos_embed.W_pos"] : [],
    now,
    then,
    share: now.pos_embed / now.total,
  };
}

/** The shapes of all that the graph of such a model stores when its window is `n_ctx`. */
function stored({ config, rewrites }: WithoutWeights, n_ctx: number): Record<string, string> {
  const g = transformer.buildGraph({
    config: transformer.makeConfig({ ...config, n_ctx }),
    rewrites,
  });
  const parameters = g.inputs.filter(({ name }) => name !== "tokens");
  const values = [...parameters, ...g.initializers.map(({ value }) => value)];
  return Object.fromEntries(values.map(({ name, shape }) => [name, `[${shape}]`]));
}

/** How far the logits of a text that fills the old window move in one twice as long. */
export async function inLongerWindow(model: Model, how: transformer.Stretch = "run on") {
  const tokens = probes.drawTokens(model, { length: model.config.n_ctx });
  const longer = transformer.stretched(model, 2 * model.config.n_ctx, how);
  const [before, after] = [await run(model, tokens), await run(longer, tokens)];
  return { apart: maxDifference(before.logits, after.logits) };
}

/** The same where the longer window is squeezed into the old one. */
export function inSqueezedWindow(model: Model) {
  return inLongerWindow(model, "interpolated");
}

/** What attention reads with a little of the left neighbour in it. */
export const leakyReading = tokenShift("ln1.hook_normalized", "what attention reads", 0.01);

/** Queries made by a matrix with a bias of its own for each place. */
export const placedQueries = transformer.sabotage({
  name: "queries with a bias for each place",
  description: "Every query gets a hundredth of its position added in each coordinate.",
  unfit: transformer.needs.pair,
  rewrite: transformer.rewriteAt("attn.hook_q", (queries, { g, queryPos }) => {
    const place = g.unsqueeze(g.unsqueeze(g.cast(queryPos, "float32"), 1), 2); // [pos, 1, 1]
    return g.add(queries, g.mul(place, 0.01)); // [batch, pos, n_heads, d_head]
  }),
});
