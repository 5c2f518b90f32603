import memoize from "memoize";
import type { Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { columnMeans, dot, mean, type Tensor } from "../../tensor/mod.ts";

/** What one part of a model writes towards a token's logit. */
export interface Contribution {
  /** "embedding", "positions", "head 0.1", "b_O 0", "MLP 0" or "last biases". */
  readonly part: string;
  /** In logits, [row][pos]. */
  readonly toward: readonly (readonly number[])[];
}

/** A logit taken apart. */
export interface Attribution {
  /** Every part that writes to the stream, in order, and the biases after the last of them. */
  readonly parts: readonly Contribution[];
  /** The logits themselves, as the model has them: [row][pos]. */
  readonly logits: readonly (readonly number[])[];
}

/**
 * Direct logit attribution (Elhage et al., 2021): how much of a logit each part of the model has
 * written into the stream itself. The last norm's scale is held as it came out, so that it
 * divides every part alike, and its bias is a part of its own: then the parts sum to the logit.
 *
 * @param targets Which token's logit, for each position: [row][pos].
 * @param aboveMean Whether it is measured from the mean over the vocabulary, which is all that a
 * prediction depends on; else it is the logit itself.
 */
export async function logitAttribution(
  model: Model,
  tokens: Tokens,
  targets: Tokens,
  { aboveMean = false }: { readonly aboveMean?: boolean } = {},
): Promise<Attribution> {
  const written = writersOf(model);
  const scale = model.config.normalization === "none" ? [] : ["ln_final.hook_scale"];
  const hooks = [...new Set(written.flatMap(({ hook }) => hook ?? []))];
  const kept = await run(model, tokens, { hooks: [...hooks, ...scale] });
  const directionOf = logitDirections(model, { aboveMean });
  const scales = scale.map((hook) => kept.get(hook))[0];
  const each = (measure: (row: number, p: number, target: number) => number) =>
    targets.map((row, r) => row.map((target, p) => measure(r, p, target)));
  const parts = written.map(({ part, hook, head = [], constant }) => ({
    part,
    toward: each((row, p, target) => {
      const vector = constant ?? kept.get(hook!).get(row, p, ...head);
      return dot(directionOf(target).direction, vector.data) / (scales?.at(row, p, 0) ?? 1);
    }),
  }));
  const biases = each((_row, _p, target) => directionOf(target).bias);
  return {
    parts: [...parts, { part: "last biases", toward: biases }],
    logits: each((row, p, target) => {
      const { data } = kept.logits.get(row, p);
      return data[target] - (aboveMean ? mean(data) : 0);
    }),
  };
}

/** Something that writes to the stream: a hook, one head of it, or a constant. */
interface Writer {
  readonly part: string;
  readonly hook?: string;
  readonly head?: readonly [number];
  readonly constant?: Tensor;
}

function writersOf({ config, weights }: Model): Writer[] {
  const { n_layers, n_heads, positions, attn_only, biases } = config;
  const inStream = positions === "learned" || positions === "sinusoidal";
  const writers: Writer[] = [{ part: "embedding", hook: "hook_embed" }];
  if (inStream) writers.push({ part: "positions", hook: "hook_pos_embed" });
  for (let layer = 0; layer < n_layers; layer++) {
    const block = `blocks.${layer}`;
    for (let head = 0; head < n_heads; head++) {
      writers.push({
        part: `head ${layer}.${head}`,
        hook: `${block}.attn.hook_result`,
        head: [head],
      });
    }
    const b_O = weights[`${block}.attn.b_O`];
    if (biases) writers.push({ part: `b_O ${layer}`, constant: b_O });
    if (!attn_only) writers.push({ part: `MLP ${layer}`, hook: `${block}.hook_mlp_out` });
  }
  return writers;
}

/** How a token's logit is read off the stream. */
export interface LogitDirection {
  /** What each part of the stream is multiplied with: [d_model]. */
  readonly direction: Float64Array;
  /** What is added whatever the stream holds. */
  readonly bias: number;
}

/**
 * A reader for each token of the vocabulary, made when it is asked for: what a vector of the last
 * stream adds to the token's logit is its product with the direction, over the last norm's scale.
 */
export function logitDirections(
  { config, weights }: Model,
  { aboveMean = false }: { readonly aboveMean?: boolean } = {},
): (token: number) => LogitDirection {
  const { d_model, d_vocab, tied, normalization } = config;
  const words = tied ? weights["embed.W_E"] : weights["unembed.W_U"].transpose(1, 0);
  const b_U = weights["unembed.b_U"]?.data ?? new Float32Array(d_vocab);
  const shift = weights["ln_final.b"]?.data ?? new Float32Array(d_model);
  const norm = normalization === "none" ? undefined : weights["ln_final.w"].data;
  const common = aboveMean ? columnMeans(words) : new Float64Array(d_model);
  return memoize((token: number): LogitDirection => {
    const word = Float64Array.from(words.get(token).data, (x, i) => x - common[i]);
    const bias = dot(word, shift) + b_U[token] - (aboveMean ? mean(b_U) : 0);
    const weighted = norm ? word.map((x, i) => x * norm[i]) : word;
    return { direction: normalization === "LN" ? centred(weighted) : weighted, bias };
  });
}

/** LayerNorm takes each vector's mean away; to do so with the direction comes to the same. */
function centred(direction: Float64Array): Float64Array {
  const middle = mean(direction);
  return direction.map((x) => x - middle);
}
