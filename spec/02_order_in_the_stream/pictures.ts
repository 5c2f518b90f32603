/** The pictures of question 02. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { WorthOfOrder } from "../../lib/circuits/mod.ts";
import type { alikeness, compareLosses, shuffled, shuffledSentence } from "./measure.ts";
import { learned, nope, untaught } from "./subjects.ts";

type Of<Measure extends (...args: never[]) => unknown> = Awaited<ReturnType<Measure>>;

export const guesses = pictures.sentence<Of<typeof shuffledSentence>>({
  title: "Without positions and mask, each guess goes where its token goes",
  caption: "The best guess of what comes next, under each token of a sentence, and after the " +
    "tokens were shuffled; the darker, the more of the probability now goes elsewhere. Without " +
    "positions and mask nothing changes, and a token that is there twice has one guess.",
  on: ({ model }) => model.startsWith(learned.name),
  value: { label: "share of the probability that moved" },
  of: ({ control, evidence }) =>
    evidence.panels.map(({ name, ...panel }) => ({
      ...panel,
      name: `${control ? "with both" : "with neither"}, ${name}`,
    })),
});

export const orders = pictures.dots<Of<typeof shuffled>>({
  title: "The mask alone gives order in two layers, not in one",
  caption: "How far the last token's logits move when the tokens before it are shuffled, in " +
    "models without positions. With one layer, it is by no more than rounding.",
  on: ({ control }) => control === undefined || control === "two layers",
  x: { label: "layers", of: ({ control }) => control ?? "one layer" },
  y: { label: "moved by, of the largest logit", of: "last" },
  series: ({ origin }) => origin === "random" ? "random" : "trained",
  reference: [{ y: 5e-6, label: "rounding" }],
  log: true,
});

export const alike = pictures.lines<Of<typeof alikeness>>({
  title: "With the mask, neighbours get vectors more alike than distant tokens do",
  caption: "The mean cosine of what the first attention layer writes at two places of a text, by " +
    "how far apart they are, in a model without positions.",
  on: ({ model }) => model.startsWith(nope[0].name),
  x: { label: "tokens apart", of: ({ evidence }) => evidence.cosine.map((_, i) => i + 1) },
  y: { label: "cosine", of: "cosine" },
  series: ({ model, control }) =>
    `${model === untaught.name ? "before training" : "trained"}${control ? ", no mask" : ""}`,
});

export const worth = pictures.bars<WorthOfOrder>({
  title: "Without positions, these models hardly use the order of earlier tokens",
  caption: "How much worse the last token of held-out texts is predicted once the tokens before " +
    "it are shuffled, all but the one right before it.",
  on: ({ control }) => control === undefined || control === "no positions",
  x: { label: "positions", of: ({ model }) => model.split("/")[0].replace("nope", "none") },
  y: { label: "lost without the order", unit: "nats", of: "worth" },
  series: ({ model }) => `seed ${model.at(-1)}`,
});

export const gaps = pictures.bars<Of<typeof compareLosses>>({
  title: "With any scheme of positions, these models predict better than with none",
  caption: "How far the loss is below that of the model without positions: the same recipe and " +
    "held-out texts, the mean over all positions.",
  x: { label: "positions", of: "gaps.scheme" },
  y: { label: "loss below that with none", unit: "nats", of: "gaps.nats" },
  series: "model",
});

export const probed = pictures.lines<{ stream: number[] }>({
  title: "A linear probe finds hardly any position where no table put it",
  caption: "R squared at the start of the stream and after each part of each block, fitted on " +
    "some texts and judged on others. Of a learned table little is left after the first block.",
  on: "all",
  x: {
    label: "place in the stream",
    of: () => ["start", "attention 1", "MLP 1", "attention 2", "MLP 2"],
  },
  y: { label: "R squared", of: "stream" },
  series: ({ model, control }) => control ?? `none, seed ${model.at(-1)}`,
});
