import { inEachBlock } from "../../model/hooks.ts";
import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import { add, dot, product } from "../../tensor/arithmetic.ts";
import { stack, takeRows } from "../../tensor/rows.ts";
import { mean } from "../../tensor/statistics.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { type LogitDirection, logitDirections } from "./logit_attribution.ts";

/** Where a path begins: in the embedding (tokens, positions), or in what layers add in any case. */
export type PathStart = "embedding" | "biases";

/** A head by its layer and its number there. */
export type HeadPlace = readonly [layer: number, head: number];

/** One way from the bottom to the top: through some heads, and past all the rest. */
export interface Path {
  /** Where it begins. */
  readonly from: PathStart;
  /** The heads that it goes through, in ascending layers; none for the direct path. */
  readonly through: readonly HeadPlace[];
  /** What it writes to the last stream, [batch, pos, d_model]; nothing for later biases. */
  readonly stream?: Tensor;
}

/** A run of a model without MLPs, its patterns and LayerNorm's scales held as they came out. */
export interface HeldRun {
  /** Whose run it is. */
  readonly model: Model;
  /** The run's own logits: [batch, pos, d_vocab]. */
  readonly logits: Tensor;
  /** What the stream begins with: [batch, pos, d_model]. */
  readonly embedded: Tensor;
  /** For each layer [batch, n_heads, query, key]. */
  readonly patterns: readonly Tensor[];
  /** LayerNorm's scale before each layer and the unembedding, [batch, pos, 1]; none without it. */
  readonly scales: readonly Tensor[];
  /** How far a token's logit stands above the mean is read off the last stream with this. */
  readonly directionOf: (token: number) => LogitDirection;
}

/**
 * Runs a model without MLPs and keeps what must be held for the rest to be linear in the stream:
 * every pattern, and LayerNorm's scales where it has LayerNorm (Elhage et al., 2021).
 *
 * @throws {RangeError} If the model has MLPs: no path through those can be told from the others.
 */
export async function holdPatterns(model: Model, tokens: Tokens): Promise<HeldRun> {
  const { n_layers, attn_only, normalization, positions } = model.config;
  if (!attn_only && n_layers > 0) {
    throw new RangeError(
      `Cannot follow paths through ${model.name}: a model without MLPs is required`,
    );
  }
  const table = positions === "learned" || positions === "sinusoidal";
  const starts = ["hook_embed", ...(table ? ["hook_pos_embed"] : [])];
  const patterns = inEachBlock(model.config, "attn.hook_pattern");
  const norms = [...inEachBlock(model.config, "ln1.hook_scale"), "ln_final.hook_scale"];
  const scales = normalization === "none" ? [] : norms;
  const kept = await run(model, tokens, { hooks: [...starts, ...patterns, ...scales] });
  return {
    model,
    logits: kept.logits,
    embedded: add(...starts.map((hook) => kept.get(hook))),
    patterns: patterns.map((hook) => kept.get(hook)),
    scales: scales.map((hook) => kept.get(hook)),
    directionOf: logitDirections(model, { aboveMean: true }),
  };
}

/**
 * Every path of a run: with patterns held, the logits are the sum of what these add to them. There
 * are (n_heads + 1)^n_layers from the embedding alone, so this is for small models. What a layer
 * adds whatever it reads is a start of its own; the biases after all layers are one direct path.
 */
export function pathsOf(held: HeldRun): Path[] {
  const { n_layers } = held.model.config;
  const paths: Path[] = follow(held, "embedding", held.embedded, 0, []);
  for (let layer = 0; layer < n_layers; layer++) {
    paths.push(...follow(held, "biases", layerBias(held, layer), layer + 1, []));
  }
  return [...paths, { from: "biases", through: [] }];
}

/** What is written before a layer, straight up and through every choice of later heads. */
function follow(
  held: HeldRun,
  from: PathStart,
  stream: Tensor,
  layer: number,
  through: readonly HeadPlace[],
): Path[] {
  const { n_layers, n_heads } = held.model.config;
  const paths: Path[] = [{ from, through, stream }];
  for (let next = layer; next < n_layers; next++) {
    for (let head = 0; head < n_heads; head++) {
      const written = throughHead(held, next, head, stream);
      paths.push(...follow(held, from, written, next + 1, [...through, [next, head]]));
    }
  }
  return paths;
}

/**
 * How far a path lifts a token's logit above the mean over the vocabulary: [row][pos].
 *
 * @param targets Which token's logit, for each position: [row][pos].
 * @throws {RangeError} If the path writes nothing to the stream, as that of the last biases.
 */
export function pathAttribution(
  { scales, directionOf }: HeldRun,
  path: Path,
  targets: Tokens,
): number[][] {
  const { stream } = path;
  if (!stream) throw new RangeError("Cannot attribute a path: it must write to the stream");
  return targets.map((row, r) =>
    row.map((target, p) =>
      dot(directionOf(target).direction, stream.get(r, p).data) / (scales.at(-1)?.at(r, p, 0) ?? 1)
    )
  );
}

/** What some paths of a run add to the logits together: [batch, pos, d_vocab]. */
export function pathLogits(held: HeldRun, paths: readonly Path[]): Tensor {
  const streams = paths.flatMap(({ stream }) => stream ?? []);
  const written = unembed(held, add(Tensor.full(held.embedded.shape), ...streams));
  return streams.length === paths.length ? written : add(written, lastBias(held));
}

/** A pattern moves values along, and W_V and W_O say which: pattern (x W_V) W_O. */
function throughHead(held: HeldRun, layer: number, head: number, stream: Tensor): Tensor {
  const { weights } = held.model;
  const name = `blocks.${layer}.attn`;
  const x = normed(held, `blocks.${layer}.ln1`, held.scales[layer], stream);
  const values = product(x, weights[`${name}.W_V`].get(head)); // [batch, pos, d_head]
  const read = mixed(held.patterns[layer], head, values); // [batch, pos, d_head]
  return product(read, weights[`${name}.W_O`].get(head)); // [batch, pos, d_model]
}

/**
 * What a layer adds whatever it reads: b_O, and b_V and LayerNorm's bias as heads pass them on. The
 * weights of a position sum to one, so it is the same at each.
 */
function layerBias(held: HeldRun, layer: number): Tensor {
  const { config: { n_heads, d_model, biases }, weights } = held.model;
  if (!biases) return Tensor.full(held.embedded.shape);
  const name = `blocks.${layer}.attn`;
  const norm = weights[`blocks.${layer}.ln1.b`] ?? Tensor.full([d_model]);
  let bias = weights[`${name}.b_O`].reshape(1, 1, d_model);
  for (let head = 0; head < n_heads; head++) {
    const value = product(norm.reshape(1, 1, d_model), weights[`${name}.W_V`].get(head));
    const b_V = weights[`${name}.b_V`].get(head);
    const written = product(
      add(value, b_V.reshape(...value.shape)),
      weights[`${name}.W_O`].get(head),
    );
    bias = add(bias, written);
  }
  return everywhere(bias, held.embedded);
}

/** What is added after all layers: the last LayerNorm's bias, unembedded, and b_U. */
function lastBias(held: HeldRun): Tensor {
  const { config: { d_model, d_vocab }, weights } = held.model;
  const norm = weights["ln_final.b"] ?? Tensor.full([d_model]);
  const logits = product(norm.reshape(1, 1, d_model), unembedding(held.model));
  const b_U = weights["unembed.b_U"] ?? Tensor.full([d_vocab]);
  return everywhere(add(logits, b_U.reshape(1, 1, d_vocab)), held.logits);
}

/** A part of the last stream to its part of the logits, biases apart. */
function unembed(held: HeldRun, stream: Tensor): Tensor {
  return product(normed(held, "ln_final", held.scales.at(-1), stream), unembedding(held.model));
}

function unembedding({ config, weights }: Model): Tensor {
  return config.tied ? weights["embed.W_E"].transpose(1, 0) : weights["unembed.W_U"];
}

/** LayerNorm without its bias, at a held scale: linear in the stream. */
function normed({ model }: HeldRun, name: string, scale: Tensor | undefined, x: Tensor): Tensor {
  if (!scale) return x;
  const { d_model } = model.config;
  const { data: weight } = model.weights[`${name}.w`];
  const vectors = x.reshape(scale.size, d_model);
  const means = Array.from(scale.data, (_, row) => mean(vectors.get(row).data));
  return x.map((value, i) => {
    const row = Math.floor(i / d_model);
    return (value - means[row]) / scale.data[row] * weight[i % d_model];
  });
}

/** Values mixed by one head's pattern: [batch, pos, d_head]. */
function mixed(pattern: Tensor, head: number, values: Tensor): Tensor {
  const rows = Array.from({ length: values.shape[0] }, (_, row) => row);
  return stack(rows.map((row) => product(pattern.get(row, head), values.get(row))));
}

/** One vector at every position of every row of `like`: [1, 1, n] to [batch, pos, n]. */
function everywhere(vector: Tensor, like: Tensor): Tensor {
  const [batch, pos] = like.shape;
  const rows = Array(batch * pos).fill(0);
  return takeRows(vector.get(0), rows).reshape(batch, pos, vector.size);
}
