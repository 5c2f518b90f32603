import * as transformer from "../../lib/model/mod.ts";
import type * as models from "../../fixtures/mod.ts";

/** What predictions at all positions of a window cost, in multiplications; as evidence. */
export type Work = {
  /** Tokens in the window, each of which gets a prediction. */
  readonly positions: number;
  /** A pass over each beginning by itself, against the one pass over the window. */
  readonly separately: number;
  /** The one pass, against what the last position's prediction needs of it. */
  readonly together: number;
};

/**
 * Counts what all predictions of a window cost, a pass over every beginning anew.
 *
 * What grows with a text's length adds up to half as many times as there are prompts, what grows
 * with
 * its square to a third as many. And the last prediction needs each layer but the last: of two
 * layers
 * and little else that is half of all work.
 */
export function work(sizes: models.WithoutWeights): Work {
  return count(sizes, (pass) => pass);
}

/** The same where each pass keeps what the one over the beginning before it worked out. */
export function keptWork(sizes: models.WithoutWeights): Work {
  return count(sizes, (pass, before) => pass - before);
}

/** @param step What a beginning costs, from a pass over it and one over the beginning before it. */
function count(
  { config }: models.WithoutWeights,
  step: (pass: number, passBefore: number) => number,
): Work {
  const pass = passOf(config);
  const positions = config.n_ctx;
  let beginnings = 0;
  for (let n = 1; n <= positions; n++) beginnings += step(pass(n), pass(n - 1));
  const whole = pass(positions);
  return {
    positions,
    separately: beginnings / whole,
    together: whole / lastAlone(config),
  };
}

/** What a pass over n tokens costs: an + bn^2, so counts at two lengths tell it at all. */
function passOf(config: transformer.Config): (n: number) => number {
  // Layers are alike, so one of them tells the cost of all.
  const one = (n: number, n_layers: number) =>
    transformer.multiplications({ ...config, n_layers }, n).total;
  const count = (n: number) => one(n, 0) + config.n_layers * (one(n, 1) - one(n, 0));
  const b = (count(2) - 2 * count(1)) / 2;
  const a = count(1) - b;
  return (n) => a * n + b * n * n;
}

/**
 * What the prediction at the last position of a window needs: all layers but the last, of the last
 * one every key and value, and its own position's share of the rest.
 */
function lastAlone(config: transformer.Config): number {
  const { at, total } = transformer.multiplications({ ...config, n_layers: 1 }, config.n_ctx);
  const kept = at["attn.hook_k"] + at["attn.hook_v"];
  const below = (config.n_layers - 1) * (total - at.logits);
  return below + kept + (total - kept) / config.n_ctx;
}
