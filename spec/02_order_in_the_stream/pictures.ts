/** The pictures of question 02. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { WorthOfOrder } from "../../lib/circuits/mod.ts";
import type * as measure from "./measure.ts";
import { isDrawn } from "./measure.ts";
import { nope, untaught } from "./subjects.ts";

type Of<Measure extends (...args: never[]) => unknown> = Awaited<ReturnType<Measure>>;

export const guesses = pictures.sentence<Of<typeof measure.shuffledSentence>>({
  title: "Without positions and mask, each guess goes where its token goes",
  caption: "The best guess of what comes next, under each token of a sentence, and after the " +
    "tokens were shuffled; the stronger its colour, the more of the probability " +
    "now goes elsewhere. Without positions and mask nothing changes, and a token that is there twice has one guess.",
  on: ({ model }) => isDrawn({ name: model }),
  value: { label: "share of the probability that moved" },
  of: ({ control, evidence }) =>
    evidence.panels.map(({ name, ...panel }) => ({
      ...panel,
      name: `${control ? "with both" : "with neither"}, ${name}`,
    })),
});

export const orders = pictures.dots<Of<typeof measure.shuffled>>({
  title: "The mask alone gives order in two layers, not in one",
  caption:
    "In models without positions the tokens before the last one are shuffled. Shown is the " +
    "largest change in the last token's logits, beside the largest logit: in one layer it is no " +
    "more than rounding. Each horizontal grid line is a hundred times the one below.",
  on: ({ control }) => control === undefined || control === "two layers",
  x: { label: "layers", of: ({ control }) => control ?? "one layer" },
  y: { label: "largest change, beside the largest logit", of: "last" },
  series: ({ origin }) => origin === "random" ? "random" : "trained",
  reference: [{ y: 5e-6, label: "rounding" }],
  log: true,
});

export const alike = pictures.lines<Of<typeof measure.alikeness>>({
  title: "With the mask, neighbours get vectors more alike than distant tokens do",
  caption:
    "How alike what the first attention layer writes is at two places of a text, by how far " +
    "apart they are, in a model without positions. A cosine of 1 is the same direction, 0 a " +
    "right angle. Before training, each place spreads its attention almost evenly over all " +
    "that it may look at. Without the mask these are the same tokens for every place, so all " +
    "places get nearly the same vector, and the cosine is near 1. Training makes attention " +
    "less even, so that even " +
    "neighbours read different things.",
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
  x: {
    label: "positions",
    of: ({ model }) => model.split("/")[0].replace("nope", "none").replace("alibi", "ALiBi"),
  },
  y: { label: "lost without the order", unit: "nats", of: "worth" },
  series: ({ model }) => `seed ${model.at(-1)}`,
});

export const gaps = pictures.bars<Of<typeof measure.compareLosses>>({
  title: "With any scheme of positions, these models predict better than with none",
  caption: "How far the loss is below that of the model without positions: the same recipe and " +
    "held-out texts, the mean over all positions.",
  x: {
    label: "positions",
    of: ({ evidence }) => evidence.gaps.map(({ scheme }) => scheme === "alibi" ? "ALiBi" : scheme),
  },
  y: { label: "loss below that with none", unit: "nats", of: "gaps.nats" },
  series: "model",
});

export const probed = pictures.lines<{ stream: number[] }>({
  title: "A linear probe finds little of the position, but where a table has just put it",
  caption:
    "How well the position is read off the stream at its start and after each part of each " +
    "block: 1 is always right, 0 no better than always naming the average. Where a table of " +
    "positions was " +
    "learned, the probe finds it at the start; what layers add soon hides it from the probe.",
  on: "all",
  x: {
    label: "place in the stream",
    of: () => ["start", "attention 1", "MLP 1", "attention 2", "MLP 2"],
  },
  y: { label: "R squared", of: "stream" },
  series: ({ model, control }) => `${control ?? "no positions"}, seed ${model.at(-1)}`,
});
