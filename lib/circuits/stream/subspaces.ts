import { inEachBlock, type Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { product64 } from "../../tensor/arithmetic.ts";
import { centre, dot, product, Random, Tensor } from "../../tensor/mod.ts";
import { randomDirections } from "../heads/random_directions.ts";
import { leadingAxes, type PrincipalComponents } from "./principal_components.ts";

/** How much of what tells positions apart their subspace must hold. */
const HELD = 0.9;

/** A few directions of the stream. */
export interface Subspace {
  /** Orthonormal columns, [d_model, directions]. */
  readonly axes: Tensor;
  /** The share of random vectors' variance that it holds: directions over d_model. */
  readonly chance: number;
}

/**
 * The fewest directions that hold nine tenths of the variance of a model's position vectors.
 *
 * @param components Those of its position vectors.
 */
export function positionSubspace({ config }: Model, components: PrincipalComponents): Subspace {
  const axes = leadingAxes(components, HELD);
  return { axes, chance: axes.shape[1] / config.d_model };
}

/** As many directions as a subspace has, drawn at random: what it is to be told apart from. */
export function randomSubspace({ axes, chance }: Subspace, seed: number | string = 0): Subspace {
  const [width, count] = axes.shape;
  const drawn = randomDirections(new Random(seed), count, width).map((row) => [...row]);
  return { axes: Tensor.from(drawn).transpose(1, 0), chance };
}

/** What one layer writes to the stream. */
export interface Written {
  /** Such as "0.attn". */
  readonly layer: string;
  /** [batch, pos, d_model]. */
  readonly vectors: Tensor;
}

/**
 * What each attention layer and each MLP writes to the stream, from the first to the last.
 *
 * @param tokens [batch][pos].
 */
export async function writtenByLayer(model: Model, tokens: Tokens): Promise<Written[]> {
  const parts = model.config.attn_only ? ["attn"] : ["attn", "mlp"];
  const layers = inEachBlock(model.config, "hook_").flatMap((start, layer) =>
    parts.map((part) => ({ layer: `${layer}.${part}`, hook: `${start}${part}_out` }))
  );
  const kept = await run(model, tokens, { hooks: layers.map(({ hook }) => hook) });
  return layers.map(({ layer, hook }) => ({ layer, vectors: kept.get(hook) }));
}

/**
 * Which share of the variance within the span of some directions lies between positions, span by
 * span: 1 if what is there depends on the position alone, and 0 on average if not at all. What few
 * texts would differ by from position to position by chance is taken off, as in an adjusted R^2.
 *
 * @param x One vector for each position of several texts, [batch, pos, width].
 * @param spans Each of orthonormal columns, [width, k].
 */
export function betweenPositions(x: Tensor, spans: readonly Tensor[]): number[] {
  const [batch, length, width] = x.shape;
  const about = centre(x.reshape(batch * length, width));
  const means = meanOverTexts(about, batch);
  // Squares summed over all vectors, and over the means: of each no more than [width, width].
  const [inAll, inMeans] = [about, means].map((part) => product(part.transpose(1, 0), part));
  return spans.map((axes) => {
    const [all, between] = [inAll, inMeans].map((part) => dot(product64(part, axes), axes.data));
    const within = all - batch * between;
    return 1 - (within / (length * (batch - 1))) / (all / (length * batch - 1));
  });
}

/** The mean of every position's vectors, of the texts one after another: [pos, width]. */
function meanOverTexts({ data, shape: [rows, width] }: Tensor, batch: number): Tensor {
  const means = Tensor.full([rows / batch, width]);
  data.forEach((value, i) => means.data[i % means.size] += value / batch);
  return means;
}
