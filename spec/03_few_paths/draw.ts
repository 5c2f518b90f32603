/** The pictures of question 03. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import * as models from "../../fixtures/mod.ts";
import type * as measure from "./measure.ts";

// deno-lint-ignore no-explicit-any -- whatever it is measured on
type Of<Measure extends (model: any) => unknown> = Awaited<ReturnType<Measure>>;

export const fanOfPaths = pictures.fan<Of<typeof measure.besideShuffled>>({
  title: "A few of the paths do most of the writing",
  caption: "Paths from a token to the scores of the next, by the heads that they pass. " +
    "Thickness is a path's share of what all of them write, on prose. Below, the same " +
    "weights shuffled in each head.",
  on: { model: models.bothSeeds("attn-2l")[0] },
  value: { label: "share" },
  of: ({ evidence: { trained, shuffled } }) => [
    { name: "trained", paths: trained.text.paths },
    { name: "the same weights, shuffled", paths: shuffled.text.paths },
  ],
});

export const byOrder = pictures.bars<Of<ReturnType<typeof measure.lossOn>>>({
  title: "One step does for prose, two steps for a block that is said again",
  caption: "The loss with only some of the paths: those past all heads, those through " +
    "single heads as well, all of them, and all but those through single heads.",
  on: ({ control }) => control !== "untrained weights",
  x: { label: "paths", of: () => ["past heads", "+ single", "+ pairs", "no single"] },
  y: {
    label: "loss",
    unit: "nats",
    of: ({ evidence: e }) => [e.direct, e.single, e.all, e.noSingle],
  },
  series: ({ model, control }) => `${model}, ${control ? "prose" : "said again"}`,
});

/** What each dot of a model is, both seeds after training. */
const WAYS = [
  "before training",
  ...["its mean", "zeros", "another text"].flatMap((way) => [`after: ${way}`, `after: ${way}`]),
];

export const growApart = pictures.dots<Of<typeof measure.concentration>>({
  title: "Heads start alike and grow apart",
  caption: "Over how many of the eight heads the work is spread: before training, and after it " +
    "(both seeds of each model) by three ways to take a head out.",
  x: { label: "model", of: ({ evidence: { name } }) => WAYS.map(() => name) },
  y: {
    label: "effective number of heads",
    of: ({ evidence: { began, after } }) =>
      [[began], after.mean, after.zero, after.resample].flat(),
  },
  series: () => WAYS,
});

export const besideTheirSize = pictures.dots<Of<typeof measure.headsBesideShuffled>>({
  title: "In narrow models the same numbers, shuffled, are as uneven",
  caption: "Over how many of the eight heads the work is spread at a token, in models of four " +
    "widths: as trained, and with the same numbers in another order.",
  on: "all",
  x: { label: "model", of: "kind" },
  y: {
    label: "effective number of heads",
    of: ({ evidence: { trained, shuffled } }) => [trained.effective, shuffled.effective],
  },
  series: () => ["as trained", "shuffled"],
});

export const inParts = pictures.dots<Of<typeof measure.splitting>>({
  title: "The same function, with heads that matter less",
  caption: "Each dot is a head: how far the predictions move without it. As trained, and " +
    "each split in parts that do the same together.",
  x: {
    label: "heads",
    of: (
      { evidence: e },
    ) => [...e.heads.map(() => "as trained"), ...e.parts.map(() => "split")],
  },
  y: { label: "KL", unit: "nats", of: ({ evidence: e }) => [...e.heads, ...e.parts] },
  series: ({ model }) => model.split(",")[0],
  log: true,
});

export const byWidth = pictures.lines<Of<typeof measure.byWidth>>({
  title: "The narrower a model, the more of its heads share the work",
  caption: "Over how many of the eight heads the work is spread at a token, by the width of " +
    "the stream; and in the same weights shuffled.",
  x: { label: "width", of: "widths" },
  y: { label: "effective number of heads", of: { trained: "trained", shuffled: "shuffled" } },
});

export const writtenAndLost = pictures.dots<Of<typeof measure.writtenAndLost>>({
  title: "What a head writes is not what is lost without it",
  caption: "Each dot is a head of a trained model. On the line as much is lost as it " +
    "writes; above it more, since later parts build on it; below it less.",
  x: { label: "written", unit: "logits", of: "heads.direct" },
  y: {
    label: "lost less written",
    unit: "logits",
    of: ({ evidence: { heads } }) => heads.map(({ direct, total }) => total - direct),
  },
  series: ({ evidence: { heads } }) => heads.map(({ layer }) => ["first layer", "last"][layer]),
  reference: [{ y: 0, label: "the same" }],
});
