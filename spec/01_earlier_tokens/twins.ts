import memoize from "memoize";
import { type Model, run } from "../../mod.ts";
import { mean, standardError } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import type * as models from "../../fixtures/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** It takes many windows to know the loss at the last position to a tenth of a nat. */
const MANY = 128;

/** Few do inside, where each has dozens of predictions. */
const FEW = 8;

const lossesInWindows = memoize((model: Model) =>
  memoize(async (windows: number) => {
    const rows = await texts.heldOutRows({ rows: MANY, length: model.config.n_ctx + 1 });
    const few = rows.slice(0, FEW);
    const { logits } = await run(model, few.map((row) => row.slice(0, -1)));
    const first = probes.losses(logits, few);
    const last = first.map((losses) => losses.at(-1)!);
    last.push(...await probes.lastLosses(model, rows.slice(FEW, windows)));
    return { last, inside: mean(first.flatMap((losses) => losses.slice(0, -1))) };
  }), { cache: new WeakMap() });

/**
 * What two twins lose inside a window of held-out text, and at its last position, in nats.
 *
 * @param windows How many last positions.
 */
export async function compareTwins({ masked, unmasked }: models.MaskPair, windows = MANY) {
  const [a, b] = [await lossesInWindows(masked)(windows), await lossesInWindows(unmasked)(windows)];
  const gainLast = mean(b.last) - mean(a.last);
  return {
    maskedLast: mean(a.last),
    unmaskedLast: mean(b.last),
    gainLast,
    asLikely: Math.exp(-gainLast), // how likely the token is to the unmasked twin, of the other's
    gainInside: a.inside - b.inside,
    error: standardError(a.last.map((loss, row) => b.last[row] - loss)),
  };
}

/** The same of few windows: enough for a control that is nats off inside them. */
export function compareTwinsInFew(pair: models.MaskPair) {
  return compareTwins(pair, FEW);
}
