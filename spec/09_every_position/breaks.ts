/** What a reader of question 09 is to break, and what becomes of which claims. */
import type { Breaks } from "../../mod.ts";

export const breaks: Breaks<"once" | "likelihood" | "perplexity" | "decoding"> = (
  { tryBreaking },
  { once, likelihood, perplexity, decoding },
) => {
  tryBreaking("no-causal-mask", {
    notice: [once, likelihood],
    stand: [perplexity],
  })`Every prediction now sees the tokens after it. Cut the text there, and the prediction is
    another one: one pass no longer has the losses of all beginnings ${once}. Worse, the answer to
    each may have been in sight, so the products of probabilities are no probabilities of texts:
    their sum is not one ${likelihood}. Perplexity can be worked out all the same, since that is
    arithmetic ${perplexity}.`;

  tryBreaking("logits-one-late", {
    notice: [decoding],
    stand: [once, likelihood],
  })`Each position puts out what the one before it predicts: a guess at the token that already
    stands here, where the next one is wanted. Yet one pass still has the losses of all beginnings
    ${once}, and probabilities still add up to one ${likelihood}. Both need only that no later token
    is seen, not a good guess. Writing does notice: what the position before predicted is not in the
    KV cache ${decoding}.`;

  tryBreaking("forgetful-cache", {
    notice: [decoding],
    stand: [once, likelihood],
  })`The first token's keys and values get lost between two steps of writing, so what is written
    differs from what would be computed anew ${decoding}. A whole text that is run in one pass needs
    nothing that was kept: its losses are what they were ${once}${likelihood}. So a model can be
    trained and tested at every position while its writing is wrong.`;
};
