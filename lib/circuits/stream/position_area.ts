import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import { Random } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { axesFor, firstAxes, sharesWithin, type Spread, spreadOf } from "./participation.ts";
import { randomDirections } from "../heads/random_directions.ts";

/** How much of what tells positions apart their area must hold. */
const HELD = 0.9;

/** A few directions of the stream. */
export interface Area {
  /** Orthonormal columns, [d_model, directions]. */
  readonly axes: Tensor;
  /** The share of random vectors' variance that it holds: directions over d_model. */
  readonly chance: number;
}

/**
 * The fewest directions that hold nine tenths of the variance of a model's position vectors.
 *
 * @param model One with learned positions.
 * @param spread How those spread, where that has been worked out already.
 */
export function positionArea(
  { config, weights }: Model,
  spread: Spread = spreadOf(weights["pos_embed.W_pos"]),
): Area {
  const directions = axesFor(spread, HELD);
  return { axes: firstAxes(spread.axes, directions), chance: directions / config.d_model };
}

/** As many directions as an area has, drawn at random: what the area is to be told apart from. */
export function randomArea({ axes, chance }: Area, seed: number | string = 0): Area {
  const [width, count] = axes.shape;
  const drawn = randomDirections(new Random(seed), count, width).map((row) => [...row]);
  return { axes: Tensor.from(drawn).transpose(1, 0), chance };
}

/** What one layer writes into some areas. */
export type Written = {
  /** Such as "0.attn". */
  readonly layer: string;
  /** The share of the variance of what it writes, over rows and positions, area by area. */
  readonly shares: readonly number[];
};

/**
 * Which share of the variance of what each layer writes lies in each of some areas of the stream.
 *
 * @param tokens [batch][pos].
 */
export async function writtenInto(
  model: Model,
  areas: readonly Area[],
  tokens: Tokens,
): Promise<Written[]> {
  const { n_layers, attn_only, d_model } = model.config;
  const parts = attn_only ? ["attn"] : ["attn", "mlp"];
  const layers = Array.from({ length: n_layers }, (_, layer) => layer)
    .flatMap((layer) => parts.map((part) => ({ layer, part })));
  const hook = ({ layer, part }: { layer: number; part: string }) =>
    `blocks.${layer}.hook_${part}_out`;
  const kept = await run(model, tokens, { hooks: layers.map(hook) });
  return layers.map((each) => {
    const written = kept.get(hook(each)); // [batch, pos, d_model]
    const rows = written.reshape(written.size / d_model, d_model);
    const shares = sharesWithin(rows, areas.map(({ axes }) => axes));
    return { layer: `${each.layer}.${each.part}`, shares };
  });
}
