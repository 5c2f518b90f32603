/** The pictures of question 03. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import { mean } from "../../lib/tensor/mod.ts";
import * as models from "../../fixtures/mod.ts";
import type * as heads from "./heads.ts";
import type * as paths from "./paths.ts";
import type { splitting } from "./splitting.ts";
import type * as written from "./written.ts";

// deno-lint-ignore no-explicit-any -- whatever it is measured on
type Of<Measure extends (model: any) => unknown> = Awaited<ReturnType<Measure>>;

/** Which of two seeds a model is. */
const seedOf = ({ model }: { readonly model: string }) =>
  model.includes("/1") ? "first seed" : "second seed";

export const fanOfPaths = pictures.fan<Of<ReturnType<typeof paths.besideShuffled>>>({
  title: "A few of the paths do most of the writing",
  caption:
    "Paths from a token to the scores of the next, in the first of two models with two layers of " +
    "attention. " +
    "0.1 is head 1 of layer 0, counted from 0. The thicker a path, the larger its share of what " +
    "paths through heads write on prose, on average over tokens: with the heads as trained, and " +
    "shuffled. Which three are largest differs from token to token: the three largest at each " +
    "token make up more, on average, than the three thickest here.",
  on: { model: models.bothSeeds("attn-2l")[0] },
  value: { label: "share" },
  of: ({ evidence: { fans } }) => [
    { name: "as trained", paths: fans.trained },
    { name: "heads shuffled", paths: fans.shuffled },
  ],
});

export const onProse = pictures.bars<Of<ReturnType<typeof paths.onProse>>>({
  title: "On prose one path does more than half",
  caption:
    "The loss with some of the paths alone. First only the path past all heads; then also the " +
    "paths through a single head that looks elsewhere; then, in their place, the path through " +
    "the head that looks at its own token; last, all paths. Two texts of thirty-two tokens.",
  x: { label: "paths", of: () => ["past heads", "+ others", "+ own token", "all"] },
  y: {
    label: "loss",
    unit: "nats",
    of: ({ evidence: { past, others, one, all } }) => [past, others, one, all],
  },
  series: seedOf,
});

export const lookedUp = pictures.bars<Of<ReturnType<typeof paths.lookingUp>>>({
  title: "Where a block is said again, eight paths do nearly all",
  caption:
    "The loss with some of the paths alone. First only the path past all heads. Then also eight " +
    "that end in the second layer: its four heads, each reached directly and through the " +
    "previous-token head of the first layer. Then the same, but through the first-layer head " +
    'that looks at its own token ("by own token") in place of the previous-token head. Last, ' +
    "all paths.",
  x: { label: "paths", of: () => ["past heads", "+ by previous", "+ by own token", "all"] },
  y: {
    label: "loss",
    unit: "nats",
    of: ({ evidence: { past, before, itself, all } }) => [past, before, itself, all],
  },
  series: seedOf,
});

/** What the recipes are, in words. */
const RECIPES: Readonly<Record<string, string>> = {
  learned: "learned",
  sinusoidal: "sine waves",
  rotary: "rotary",
  alibi: "ALiBi",
  nope: "no positions",
  "attn-2l": "no MLP",
};

export const growApart = pictures.bars<Of<typeof heads.concentration>>({
  title: "Before training heads matter about alike, after it they do not",
  caption:
    "The effective number of heads over a text, of eight: 8 if all matter equally, 1 if only one " +
    "does. Five small models that differ in how they know positions, and one without MLPs; " +
    "before training (first seed) and after it.",
  x: { label: "model", of: ({ evidence: { name } }) => Array(3).fill(RECIPES[name]) },
  y: {
    label: "effective number of heads",
    of: ({ evidence: { began, after } }) => [began, ...after.mean],
  },
  series: () => ["before training", "after, first seed", "after, second seed"],
});

export const besideTheirSize = pictures.dots<Of<typeof heads.headsBesideShuffled>>({
  title: "With MLPs, within a head as many matter as with their numbers shuffled",
  caption:
    "How many of eight heads matter at a token, minus how many do on average over the model's two " +
    "shuffles: as trained, and in each shuffle. A whole head fewer than size explains would put " +
    "the trained dots at minus one or lower. Each row is a kind of model, with both its seeds. " +
    "Dots may hide others.",
  on: "all",
  x: { label: "model", of: "kind" },
  y: {
    label: "heads more than shuffled",
    of: ({ evidence: { trained, shuffled } }) =>
      [...shuffled, trained.effective].map((one) => one - mean(shuffled)),
  },
  series: ({ evidence: { shuffled } }) => [...shuffled.map(() => "a shuffle"), "as trained"],
  reference: [{ y: 0, label: "their mean" }],
});

export const inParts = pictures.dots<Of<typeof splitting>>({
  title: "The same function, with heads that matter less",
  caption: "Each dot is a head: how far the predictions move without it. On the left as trained; " +
    "on the right with each head split in three that do the same together.",
  x: {
    label: "heads",
    of: (
      { evidence: e },
    ) => [...e.heads.map(() => "as trained"), ...e.parts.map(() => "split")],
  },
  y: { label: "KL", unit: "nats", of: ({ evidence: e }) => [...e.heads, ...e.parts] },
  series: seedOf,
  log: true,
});

export const byWidth = pictures.dots<Of<ReturnType<typeof heads.byWidth>>>({
  title: "The narrowest models use more heads than the widest",
  caption:
    "The effective number of heads at a token, of eight, averaged over tokens, in two seeds of " +
    "each width of the stream. In between the order is not kept, and dots may hide others.",
  x: { label: "width", of: ({ evidence: { widths } }) => widths.map((width) => `${width} wide`) },
  y: { label: "effective number of heads", of: "trained" },
  series: ({ evidence: { widths } }) =>
    widths.map((_, i) => i % 2 === 0 ? "first seed" : "second seed"),
});

export const writtenAndLost = pictures.dots<Of<typeof written.writtenAndLost>>({
  title: "What a head writes is not what is lost without it",
  caption:
    "Each dot is a head of a trained model: how far it lifts the next token's logit by what " +
    "it writes, and how much more than that is lost without it, on average over tokens. On the " +
    "line as much is lost as it writes, above it more, below it less.",
  x: { label: "written", unit: "logits", of: "heads.direct" },
  y: {
    label: "lost minus written",
    unit: "logits",
    of: ({ evidence: { heads } }) => heads.map(({ direct, total }) => total - direct),
  },
  series: ({ evidence: { heads } }) =>
    heads.map(({ layer }) => ["first layer", "last layer"][layer]),
  reference: [{ y: 0, label: "the same" }],
});
