/** What the pictures of this question show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import * as models from "../../fixtures/mod.ts";
import type { Frozen } from "./freezing.ts";
import type { onTwoTexts } from "./two_texts.ts";
import type { variation } from "./variation.ts";

const [first] = models.bothSeeds("attn-2l");

export const twoHeads = pictures.arcs<Awaited<ReturnType<typeof onTwoTexts>>>({
  title: "One head looks elsewhere in another sentence, one looks at the token before in both",
  caption: "Two heads of one model, each on two sentences: an arrow goes from a token to those " +
    "that it looks at. Shares below a fifth are not drawn, nor is the first token's, which can " +
    "look at nothing but itself. The head that changes most follows the words: where they come " +
    "again, it looks at what stood after them the first time. The other looks at the token " +
    "before. In the other sentence few words come again, and the head that changes most rests on " +
    "an early token.",
  on: { model: first },
  of: ({ evidence }) => evidence.panels,
  value: { label: "share of attention" },
});

export const frozen = pictures.dots<Frozen>({
  title: "A previous-token head is costly to flatten and costs nothing to freeze",
  caption:
    "A dot for each head of two models: how much higher the loss against the unchanged model's " +
    "predictions is where the head looks at everything alike (to the right), and where it keeps " +
    "its average pattern over other texts (upwards). Far right and low is a head that is needed, " +
    "and whose pattern may as well be a table. The previous-token heads lie there, so close that " +
    "one dot covers half of the other.",
  x: { label: "cost of flattening", unit: "nats", of: "heads.flattened" },
  y: { label: "cost of freezing", unit: "nats", of: "heads.frozen" },
  series: "heads.role",
});

export const moved = pictures.dots<Frozen>({
  title: "Induction heads follow the text, and the others less",
  caption:
    "The same heads: the share of a position's attention that lies on other places in another " +
    "text, a mean over positions and pairs of texts. 0 is a fixed pattern, 1 one that never " +
    "looks at the same place twice.",
  x: {
    label: "two attention-only layers",
    of: ({ model }) => model === first.name ? "first seed" : "second seed",
  },
  y: { label: "share of attention that moves", of: "heads.varies" },
  series: "heads.role",
});

export const beforeAndAfter = pictures.dots<Awaited<ReturnType<typeof variation>>>({
  title: "Trained heads follow the text more than before, and so do shuffled ones",
  caption:
    "A dot for each head of both seeds: the share of a position's attention that lies on other " +
    "places in another text. Before training (all heads in one place, near zero), after it, and " +
    "after it with the numbers within each W_Q and each W_K in another order.",
  on: ({ control }) => control === undefined,
  x: {
    label: "positions",
    of: ({ model }) => model.replace("both seeds of ", "").replace("nope", "none"),
  },
  y: {
    label: "share of attention that moves",
    of: ({ evidence: { headsBefore, heads, headsShuffled } }) => [
      ...headsBefore,
      ...heads,
      ...headsShuffled,
    ],
  },
  series: ({ evidence: { headsBefore, heads, headsShuffled } }) => [
    ...headsBefore.map(() => "before training"),
    ...heads.map(() => "trained"),
    ...headsShuffled.map(() => "trained, then shuffled"),
  ],
});
