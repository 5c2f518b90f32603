import memoize from "memoize";
import type { Model } from "../../mod.ts";
import { mean, standardError } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import type * as models from "../../fixtures/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/**
 * It takes many windows to know the loss at the last position to a tenth of a nat; few do inside.
 */
const lossesInWindows = memoize(async (model: Model) => {
  const rows = await texts.heldOutRows({ rows: 128, length: model.config.n_ctx + 1 });
  const inside = await probes.lossByPosition(
    model,
    rows.slice(0, 8).map((row) => row.slice(0, -1)),
  );
  return { last: await probes.lastLosses(model, rows), inside: mean(inside) };
}, { cache: new WeakMap() });

/** What two twins lose inside a window of held-out text, and at its last position, in nats. */
export async function compareTwins({ masked, unmasked }: models.MaskPair) {
  const [a, b] = [await lossesInWindows(masked), await lossesInWindows(unmasked)];
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
