/** Blocks that are said twice, or nearly so, and how well models foresee the second time. */
import type { Model } from "../../mod.ts";
import { Random } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** Tokens in a block. */
const BLOCK = 40;

/** Some hundreds of predictions on each side: losses are good to a tenth of a nat or two. */
const ROWS = 8;

/** What the second block may be: the first again, its tokens shuffled, or others. */
export const SECONDS = {
  same: (model: Model) => probes.drawRepeatedTokens(model, BLOCK, { rows: ROWS }),
  shuffled: (model: Model) => {
    const random = new Random("another order");
    return SECONDS.same(model).map((row) => [
      ...row.slice(0, BLOCK),
      ...random.shuffle(row.slice(BLOCK)),
    ]);
  },
  others: (model: Model) =>
    probes.drawTokens(model, { rows: ROWS, length: 2 * BLOCK, distinct: true }),
  prose: async () => {
    const rows = await texts.heldOutRows({ rows: ROWS, length: BLOCK });
    return rows.map((row) => [...row, ...row]);
  },
};

/** The loss of a model on both blocks. */
export async function saidTwice(
  model: Model,
  second: keyof typeof SECONDS = "same",
): Promise<probes.RepeatedTokensLoss> {
  return await probes.lossOnRepeatedTokens(model, await SECONDS[second](model));
}
