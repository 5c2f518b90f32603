/** How every head's pattern differs between two texts that one model is given. */
import type { Model } from "../../mod.ts";
import { maxDifference } from "../../lib/tensor/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** As many word pieces as the sentence has, from another chapter (Moby-Dick, chapter 124). */
export const OTHER_SENTENCE = " for a moment he almost seemed to stagger.";

/** Weights below this are not drawn. */
const SEEN = 0.2;

type Texts = { readonly tokens: readonly number[][]; readonly pieces: readonly string[][] };

/**
 * Two texts of one length: the sentences, or random tokens for a model that reads no word pieces.
 */
async function textsFor(model: Model): Promise<Texts> {
  const tokenizer = await texts.tokenizer();
  const whole = [texts.SENTENCE, OTHER_SENTENCE].map((text) => [...tokenizer.encode(text)]);
  const length = Math.min(...whole.map((text) => text.length)); // another tokenizer cuts otherwise
  const tokens = whole.map((text) => text.slice(0, length));
  const { d_vocab, n_ctx } = model.config;
  const fits = tokens.every((text) => text.length <= n_ctx && Math.max(...text) < d_vocab);
  if (fits) {
    return {
      tokens,
      pieces: tokens.map((text) => text.map((id) => tokenizer.decode([id]))),
    };
  }
  const drawn = ["one", "two"].map((seed) => probes.drawTokens(model, { seed })[0]);
  return { tokens: drawn, pieces: [] };
}

/** How far every head's weights move from one text to another, and when the first is run again. */
export async function onTwoTexts(model: Model) {
  return await moves(model, await textsFor(model));
}

/** The same where the other text is the first once more. */
export async function sameTextTwice(model: Model) {
  const { tokens: [one], pieces } = await textsFor(model);
  return await moves(model, { tokens: [one, one], pieces });
}

async function moves(model: Model, { tokens: [one, two], pieces }: Texts) {
  const rows = [one, two, one];
  const layers = await probes.patternsOf(model, rows);
  const moved = transformer.headsOf(model.config).map(({ layer, head }) => {
    const [first, other, again] = rows.map((_, text) => layers[layer].get(text, head));
    return { another: maxDifference(first, other), again: maxDifference(first, again) };
  });
  return {
    another: Math.min(...moved.map(({ another }) => another)),
    again: Math.max(...moved.map(({ again }) => again)),
    panels: pieces.length > 0 ? panelsOf(layers, rows, pieces) : [],
  };
}

/** Two heads on both sentences: the one that moves most, and the one that most looks one back. */
function panelsOf(
  layers: Awaited<ReturnType<typeof probes.patternsOf>>,
  rows: readonly number[][],
  pieces: readonly string[][],
) {
  const [moving] = probes.rankHeads(layers.map(probes.headVariations));
  const [back] = probes.rankHeads(
    probes.scoreHeads(layers, rows, probes.previousTokenKeys).scores,
  );
  const heads = [[moving, "the head that changes most"], [back, "a previous-token head"]] as const;
  return heads.flatMap(([{ layer, head }, name]) =>
    pieces.map((tokens, text) => ({
      name: `${name}, ${["one sentence", "another sentence"][text]}`,
      tokens,
      arcs: tokens.flatMap((_, from) =>
        [...layers[layer].get(text, head, from).data]
          .flatMap((weight, to) => from > 0 && weight >= SEEN ? [{ from, to, weight }] : [])
      ),
    }))
  );
}
