/**
 * What models without MLPs guess: on text, and where a block of tokens, a sequence, is said again.
 */
import memoize from "memoize";
import { type Model, run } from "../../mod.ts";
import { mean, min, Random, standardError } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import type * as models from "../../fixtures/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";
import { one } from "./subjects.ts";

/** The shortest block and the longest that models were trained on: no distance is right for all. */
const LENGTHS = [12, 48] as const;

/** The rows on which models are to go on; of a small window no block is more than half. */
export function varied(model: Model, rows = 5): probes.RepeatedBlocks {
  const [shortest, longest] = LENGTHS;
  const most = Math.min(longest, Math.floor(model.config.n_ctx / 2));
  return probes.drawRepeatedBlocks(model, { block: [shortest, most], rows });
}

/** How a model goes on where a block of some length is said again. */
export const goesOn = memoize((model: Model) => probes.continuation(model, varied(model)), {
  cache: new WeakMap(),
});

/** The same where the block's tokens come again in another order. */
export function inAnotherOrder(model: Model): Promise<probes.Continuation> {
  const { tokens, blocks } = varied(model);
  const random = new Random("another order");
  const again = (row: number[], block: number) => random.shuffle(row.slice(block));
  return probes.continuation(model, {
    blocks,
    tokens: tokens.map((row, r) => [...row.slice(0, blocks[r]), ...again(row, blocks[r])]),
  });
}

/** With a row for each length that the models were trained on, from the shortest to the longest. */
export function everyLength(model: Model): Promise<probes.Continuation> {
  const [shortest, longest] = LENGTHS;
  const lengths = Array.from({ length: longest - shortest + 1 }, (_, i) => shortest + i);
  const each = lengths.map((block) =>
    probes.drawRepeatedBlocks(model, { block: [block, block], seed: block })
  );
  const tokens = each.flatMap((drawn) => drawn.tokens);
  return probes.continuation(model, { tokens, blocks: lengths });
}

/** With rows whose blocks have lengths within some bounds. */
export const ofLength = (...block: [shortest: number, longest: number]) => (model: Model) =>
  probes.continuation(model, probes.drawRepeatedBlocks(model, { block, rows: 8 }));

/** On the cards of models without layers: the loss of a table of pairs, from their own batches. */
const BIGRAM = "held-out loss, bigram of its own batches, add-one";

/** The loss on each of a few rows of held-out prose, in nats per token. */
async function onProse(model: Model, change = (row: number[]) => row): Promise<number[]> {
  const rows = await texts.heldOutRows({ rows: 16, length: model.config.n_ctx });
  const read = rows.map(change);
  return probes.losses((await run(model, read)).logits, read).map(mean);
}

/** The loss on prose of the better of our models with one layer. */
const withOneLayer = memoize(async () =>
  min(await Promise.all(one.map(async (each) => mean(await onProse(await each.load())))))
);

/**
 * The loss on prose, beside that of the table and of a model with one layer.
 *
 * @param order A seed by which the tokens of each row are put into another order.
 */
export const besideBigrams =
  (order?: string) => async ({ model, perToken }: models.ModelWithCard) => {
    const random = new Random(order ?? "");
    const each = await onProse(model, (row) => order ? random.shuffle(row) : row);
    const [error, chance] = [standardError(each), Math.log(model.config.d_vocab)];
    return {
      loss: mean(each),
      error,
      table: perToken[BIGRAM],
      chance,
      oneLayer: await withOneLayer(),
    };
  };
