import { inEachBlock, type Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { Random, Tensor } from "../../tensor/mod.ts";
import { randomDirections } from "../heads/random_directions.ts";
import { leadingAxes, type PrincipalComponents, varianceWithin } from "./principal_components.ts";

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

/** What one layer writes into some subspaces. */
export type WrittenVariance = {
  /** Such as "0.attn". */
  readonly layer: string;
  /** The share of the variance of what it writes, over rows and positions, by subspace. */
  readonly shares: readonly number[];
};

/**
 * Which share of the variance of what each layer writes lies in each of some subspaces of the stream.
 *
 * @param tokens [batch][pos].
 */
export async function varianceWritten(
  model: Model,
  subspaces: readonly Subspace[],
  tokens: Tokens,
): Promise<WrittenVariance[]> {
  const { attn_only, d_model } = model.config;
  const parts = attn_only ? ["attn"] : ["attn", "mlp"];
  const layers = inEachBlock(model.config, "hook_").flatMap((start, layer) =>
    parts.map((part) => ({ layer: `${layer}.${part}`, hook: `${start}${part}_out` }))
  );
  const kept = await run(model, tokens, { hooks: layers.map(({ hook }) => hook) });
  return layers.map(({ layer, hook }) => {
    const written = kept.get(hook); // [batch, pos, d_model]
    const rows = written.reshape(written.size / d_model, d_model);
    return { layer, shares: varianceWithin(rows, subspaces.map(({ axes }) => axes)) };
  });
}
