import type { BlockRange } from "../../circuits/texts/draw_repeats.ts";
import type { CardFigure } from "../../model/mod.ts";
import { mean } from "../../tensor/mod.ts";
import { alternate } from "./batches.ts";
import type { Losses } from "../evaluate.ts";
import type { Recipe } from "../recipe.ts";
import { repeatBatches } from "./repeats.ts";
import { type Books, textDataOf } from "./text_data.ts";

/**
 * Random blocks said again and again, later half text: what makes attention learn to copy.
 *
 * @param alone Steps of repeats only, before text joins in: heads that copy form faster without it.
 * @param block The fewest and the most tokens in a block that is said again and again.
 */
export function inductionData(
  books: () => Promise<Books>,
  { alone, block }: { readonly alone: number; readonly block: BlockRange },
): Recipe["data"] {
  return async (recipe) => {
    const { config: { d_vocab, n_ctx: length }, batch, seed } = recipe;
    const text = textDataOf(await books(), recipe);
    const first = repeatBatches({ batch, length, d_vocab, block, seed: `repeats/${seed}` });
    return {
      ...text,
      batches: alternate({ first, second: text.batches, alone }),
      score: async (losses) => [...await scoreRepeats(recipe, losses), ...await text.score(losses)],
    };
  };
}

/** Loss on random sequences said twice that no training has seen, half by half. */
export async function scoreRepeats(
  { config, seed }: Recipe,
  losses: Losses,
): Promise<CardFigure[]> {
  const { d_vocab, n_ctx } = config;
  const half = Math.floor(n_ctx / 2);
  const options = { batch: 64, length: 2 * half - 1, d_vocab, block: [half, half] as const };
  const rows = repeatBatches({ ...options, seed: `scored repeats/${seed}` })(0);
  const found = await losses(rows); // the loss of token i + 1 is at i
  const figure = (which: string, from: number, to: number): CardFigure => ({
    label: `${which} half of ${half} random tokens said twice`,
    value: mean(found.flatMap((row) => row.slice(from, to))),
    unit: "nats per token",
  });
  return [figure("second", half, 2 * half - 1), figure("first", 0, half - 1)];
}
