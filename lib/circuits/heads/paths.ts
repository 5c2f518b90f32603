import memoize from "memoize";
import { headsOf, hooksLike, keyHeadOf, type Model, needs } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { add, dot, mean, product, stack, takeRows, Tensor } from "../../tensor/mod.ts";
import { type LogitDirection, logitDirections } from "./logit_attribution.ts";

/** One way from the bottom to the top: through some heads, and past all the rest. */
export interface Path {
  /** Where it begins: in the embedding (tokens, positions), or in what layers add in any case. */
  readonly from: "embedding" | "biases";
  /** The heads that it goes through, in ascending layers; none for the direct path. */
  readonly through: readonly (readonly [layer: number, head: number])[];
  /** What it writes to the last stream, [batch, pos, d_model]; nothing for later biases. */
  readonly stream?: Tensor;
}

/** A run of a model without MLPs, its patterns and its norms' scales held as they came out. */
export interface HeldRun {
  /** Whose run it is. */
  readonly model: Model;
  /** The run's own logits: [batch, pos, d_vocab]. */
  readonly logits: Tensor;
  /** What the stream begins with: [batch, pos, d_model]. */
  readonly embedded: Tensor;
  /** For each layer [batch, n_heads, query, key]. */
  readonly patterns: readonly Tensor[];
  /** The norm's scale before each layer and the unembedding, [batch, pos, 1]; none without it. */
  readonly scales: readonly Tensor[];
  /** How far a token's logit stands above the mean is read off the last stream with this. */
  readonly directionOf: (token: number) => LogitDirection;
}

/**
 * Runs a model without MLPs and keeps what must be held for the rest to be linear in the stream:
 * every pattern, and the scales of its norms where it has them (Elhage et al., 2021).
 *
 * @throws {RangeError} If the model has MLPs: no path through those can be told from the others.
 */
export async function holdPatterns(model: Model, tokens: Tokens): Promise<HeldRun> {
  if (!needs.mlp(model.config)) {
    const required = "a model without MLPs is required";
    throw new RangeError(`Cannot follow paths through ${model.name}: ${required}`);
  }
  const hooks = [/^hook_/, /\.hook_pattern$/, /\.hook_scale$/]
    .map((pattern) => hooksLike(model.config, pattern));
  const kept = await run(model, tokens, { hooks: hooks.flat() });
  const [starts, patterns, scales] = hooks.map((names) => names.map((name) => kept.get(name)));
  return {
    model,
    logits: kept.logits,
    embedded: add(starts),
    patterns,
    scales,
    directionOf: logitDirections(model, { aboveMean: true }),
  };
}

/**
 * Every path of a run: with patterns held, the logits are the sum of what these add to them. There
 * are (n_heads + 1)^n_layers from the embedding alone, so this is for small models. What a layer
 * adds whatever it reads is a start of its own; the biases after all layers are one direct path.
 */
export function pathsOf(held: HeldRun): Path[] {
  const fromBiases = Array.from(
    { length: held.model.config.n_layers },
    (_, layer) => follow(held, "biases", layerBias(held, layer), layer + 1, []),
  );
  return [...embeddingPaths(held), ...fromBiases.flat(), { from: "biases", through: [] }];
}

/** Those of them that begin in the embedding. */
export function embeddingPaths(held: HeldRun): Path[] {
  return follow(held, "embedding", held.embedded, 0, []);
}

/** What is written before a layer, straight up and through every choice of later heads. */
function follow(
  held: HeldRun,
  from: Path["from"],
  stream: Tensor,
  before: number,
  through: Path["through"],
): Path[] {
  const later = headsOf(held.model.config).filter(({ layer }) => layer >= before);
  const read = memoize((layer: number) => readBy(held, layer, stream)); // by all heads of a layer
  const onward = later.flatMap(({ layer, head }) => {
    const written = throughHead(held, layer, head, read(layer));
    return follow(held, from, written, layer + 1, [...through, [layer, head]]);
  });
  return [{ from, through, stream }, ...onward];
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
  const written = unembed(held, add([Tensor.full(held.embedded.shape), ...streams]));
  return streams.length === paths.length ? written : add([written, lastBias(held)]);
}

/** What the heads of a layer make values from. */
function readBy(held: HeldRun, layer: number, stream: Tensor): Tensor {
  return normed(held, `blocks.${layer}.ln1`, held.scales[layer], stream);
}

/** A pattern moves values along, and W_V and W_O say which: pattern (x W_V) W_O. */
function throughHead(held: HeldRun, layer: number, head: number, x: Tensor): Tensor {
  const { config, weights } = held.model;
  const name = `blocks.${layer}.attn`;
  const W_V = weights[`${name}.W_V`].get(keyHeadOf(config, head));
  const values = product(x, W_V); // [batch, pos, d_head]
  const pattern = held.patterns[layer];
  const read = values.unstack().map((each, row) => product(pattern.get(row, head), each));
  return product(stack(read), weights[`${name}.W_O`].get(head)); // [batch, pos, d_model]
}

/**
 * What a layer adds whatever it reads: b_O, and b_V and LayerNorm's bias as heads pass them on. The
 * weights of a position sum to one, so it is the same at each.
 */
function layerBias(held: HeldRun, layer: number): Tensor {
  const { config, weights } = held.model;
  const { d_model, biases } = config;
  if (!biases) return Tensor.full(held.embedded.shape);
  const [W_V, b_V, W_O, b_O] = ["W_V", "b_V", "W_O", "b_O"]
    .map((name) => weights[`blocks.${layer}.attn.${name}`]);
  const norm = weights[`blocks.${layer}.ln1.b`] ?? Tensor.full([d_model]);
  const written = Array.from({ length: config.n_heads }, (_, head) => {
    const own = keyHeadOf(config, head);
    const value = product(norm.reshape(1, d_model), W_V.get(own)); // [1, d_head]
    return product(add([value, takeRows(b_V, [own])]), W_O.get(head)); // [1, d_model]
  });
  return everywhere(add([b_O.reshape(1, d_model), ...written]), held.embedded);
}

/** What is added after all layers: the last LayerNorm's bias, unembedded, and b_U. */
function lastBias(held: HeldRun): Tensor {
  const { config: { d_model, d_vocab }, weights } = held.model;
  const norm = weights["ln_final.b"] ?? Tensor.full([d_model]);
  const logits = product(norm.reshape(1, d_model), unembedding(held.model));
  const b_U = weights["unembed.b_U"] ?? Tensor.full([d_vocab]);
  return everywhere(add([logits, b_U.reshape(1, d_vocab)]), held.logits);
}

/** A part of the last stream to its part of the logits, biases apart. */
function unembed(held: HeldRun, stream: Tensor): Tensor {
  return product(normed(held, "ln_final", held.scales.at(-1), stream), unembedding(held.model));
}

function unembedding({ config, weights }: Model): Tensor {
  return config.tied ? weights["embed.W_E"].transpose(1, 0) : weights["unembed.W_U"];
}

/** LayerNorm without its bias, or RMSNorm, at a held scale: linear in the stream. */
function normed({ model }: HeldRun, name: string, scale: Tensor | undefined, x: Tensor): Tensor {
  if (!scale) return x;
  const { d_model, normalization } = model.config;
  const { data: weight } = model.weights[`${name}.w`];
  const means = x.reshape(scale.size, d_model).unstack()
    .map(({ data }) => normalization === "LN" ? mean(data) : 0);
  return x.map((value, i) => {
    const row = Math.floor(i / d_model);
    return (value - means[row]) / scale.data[row] * weight[i % d_model];
  });
}

/** One vector at every position of every row of `like`: [1, n] to [batch, pos, n]. */
function everywhere(vector: Tensor, like: Tensor): Tensor {
  const [batch, pos] = like.shape;
  return takeRows(vector, Array(batch * pos).fill(0)).reshape(batch, pos, vector.size);
}
