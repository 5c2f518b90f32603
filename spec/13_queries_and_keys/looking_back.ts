import { detectHeads, patternsOf, rankHeads } from "../../lib/circuits/mod.ts";
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { Model } from "../../lib/model/mod.ts";
import { heldOutRows, sentenceTokens } from "../../fixtures/texts/held_out.ts";
import { pairs, same } from "./subjects.ts";

/** Where the head looks that gives most of its attention to the token before, as evidence. */
export type LookingBack = {
  /** Its attention to the token before, and to its own token, here and earlier: means over text. */
  readonly previous: number;
  readonly own: number;
  /** Its pattern over the sentence: what each place gives to those up to it, [query][key]. */
  readonly pattern: readonly (readonly number[])[];
};

/** Of all heads, the one that looks back most, on held-out text. */
export async function lookingBack(model: Model): Promise<LookingBack> {
  const rows = await heldOutRows({ rows: 6, length: model.config.n_ctx });
  const { previous, own } = await detectHeads(model, rows);
  const [{ layer, head, score }] = rankHeads(previous);
  const { ids } = await sentenceTokens();
  const weights = (await patternsOf(model, [ids]))[layer].get(0, head); // [query, key]
  const pattern = ids.map((_, query) => [...weights.get(query).data.slice(0, query + 1)]);
  return { previous: score, own: own[layer][head], pattern };
}

/** The first seed of each kind, a panel for either. */
export const whereHeadsLook: pictures.Show<LookingBack> = (runs) => {
  const patternOf = ({ name }: { name: string }) => () =>
    runs.find(({ model }) => model === name)!.evidence.pattern;
  return pictures.heatmap<LookingBack>({
    title: "A head looks back with keys of its own, and at its own token without",
    caption: "The head of each model that looks at the token before most, on a sentence: a row " +
      "for each place that looks, a column for each that it looks at. Its own is at the end of " +
      "the row, the token before is next to it.",
    on: { model: same[0] },
    x: { label: "looked at" },
    y: { label: "looks" },
    value: {
      label: "attention",
      of: { "queries that are keys": patternOf(same[0]), "keys of its own": patternOf(pairs[0]) },
    },
  })(runs);
};
