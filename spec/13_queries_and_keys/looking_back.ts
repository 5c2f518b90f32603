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
  /** The sentence, and where the head looks in it. */
  readonly tokens: readonly string[];
  readonly arcs: readonly { readonly from: number; readonly to: number; readonly weight: number }[];
};

/** Fainter arcs would hide the others. */
const FAINT = 0.15;

/** Of all heads, the one that looks back most, on held-out text. */
export async function lookingBack(model: Model): Promise<LookingBack> {
  const rows = await heldOutRows({ rows: 6, length: model.config.n_ctx });
  const { previous, own } = await detectHeads(model, rows);
  const [{ layer, head, score }] = rankHeads(previous);
  const { ids, pieces } = await sentenceTokens();
  const pattern = (await patternsOf(model, [ids]))[layer].get(0, head); // [query, key]
  const arcs = ids.flatMap((_, from) =>
    ids.slice(0, from + 1).map((_, to) => ({ from, to, weight: pattern.at(from, to) }))
  );
  return {
    ...{ previous: score, own: own[layer][head], tokens: pieces },
    arcs: arcs.filter(({ weight }) => weight > FAINT),
  };
}

export const whereHeadsLook = pictures.arcs<LookingBack>({
  title: "With keys of its own a head looks back; without, at itself",
  caption: "The head of each model that looks at the token before most: above where queries are " +
    "the keys, below with keys of its own.",
  on: ({ model }) => [pairs[0].name, same[0].name].includes(model),
  of: ({ control, evidence: { tokens, arcs } }) => ({
    name: control ?? "queries that are keys",
    ...{ tokens, arcs },
  }),
  value: { label: "attention" },
});
