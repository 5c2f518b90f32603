/** What the pictures of the context size show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type * as probes from "../../lib/circuits/mod.ts";
import type * as measured from "./mod.ts";
import { small } from "./subjects.ts";

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

/** Windows of text, as the losses are given. */
const windows = ({ evidence: { excess } }: { evidence: { excess: readonly number[] } }) =>
  excess.map((_, k) => k + 1);

const LOSS = { label: "above the old loss", unit: "nats" };
const TEXT = { label: "window of the text" };
const ZERO = "Zero is the old model's loss on the same predictions, where it reads the text in " +
  "pieces of one window.";

/** What controls are called, where pictures or answers speak of them. */
export const controls = {
  READ: "what heads read, not what their matrices make",
  SCORES: "a learned table of scores",
  LEFT: "left as they are",
  COPIERS: "models that copy from far back",
} as const;

export const local = pictures.heatmap<Found<typeof measured.oneVectorAtATime>>({
  title: "A nudge moves the query at its own position; what a head reads moves farther on, too",
  caption: "Each row is one experiment: the stream is nudged at one position before the first " +
    "layer. One panel shows how far the query moves at each position: only at the nudged one, so " +
    "that only the diagonal is filled. The other shows how far what the heads read there moves.",
  on: { model: "learned/1", control: controls.READ },
  x: { label: "position read" },
  y: { label: "position nudged" },
  value: { label: "moved by", of: { "queries": "queries", "what heads read": "moved" } },
});

/** Parts of the count, in words. */
const PARTS = {
  pos_embed: "positions",
  embed: "embedding",
  attn: "attention",
  mlp: "MLPs",
  ln: "LayerNorms",
} as const;

const parts = (count: Found<typeof measured.inTwiceTheWindow>["now"]) =>
  (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) => count[part] / 1e6);

export const table = pictures.bars<Found<typeof measured.inTwiceTheWindow>>({
  title: "In twice the window, GPT-2 small has twice the positions, and all else stays",
  caption: "How many learned numbers each part has, at its own window and at one twice as long.",
  on: { model: small },
  x: { label: "part", of: () => Object.values(PARTS) },
  y: {
    label: "parameters",
    unit: "millions",
    of: {
      "its window": ({ evidence }) => parts(evidence.now),
      "twice the window": ({ evidence }) => parts(evidence.then),
    },
  },
});

/** Those of the first seed, in words. */
const TAKEN: Readonly<Record<string, string>> = {
  "learned/1, run on": "learned table, new rows",
  "rotary/1, run on": "rotary, as it is",
  "alibi/1 as it is": "ALiBi, as it is",
  "learned/1, stretched and tuned": "learned table, stretched, tuned",
  "rotary/1, stretched and tuned": "rotary, squeezed, tuned",
};

export const past = pictures.lines<Found<typeof measured.pastTheWindow>>({
  title: "Past the old window some models are lost; adjusted, they are not",
  caption: "A text of four windows; the first is as long as the old window. " + ZERO + " New " +
    "rows are untrained rows of the table. Three lines run close to zero: the model with a " +
    "learned table and the rotary one, each after it was adjusted, and the one with ALiBi. Means " +
    "over eight texts, first seed of each.",
  on: ({ model }) => model in TAKEN,
  x: { ...TEXT, of: windows },
  y: { ...LOSS, of: "excess" },
  series: ({ model }) => TAKEN[model],
});

export const tables = pictures.bars<Found<typeof measured.compareTables>>({
  title: "A longer table of positions: stretched and tuned, it costs next to nothing",
  caption: "Mean loss past the old window. " + ZERO + " Tuned: trained some more, on long texts. " +
    "A colour for each of the two seeds.",
  x: { label: "table", of: () => ["stretched", "stretched, tuned", "new rows, tuned"] },
  y: {
    ...LOSS,
    of: ({ evidence: { untuned, tuned, fresh } }) => [untuned.mean, tuned.mean, fresh.mean],
  },
  series: ({ model }) => model.replace(/^tables, /, ""),
});

const eachWay = (title: string, caption: string) =>
  pictures.lines<Found<typeof measured.compareWays>>({
    title,
    caption,
    on: ({ model, control }) => !control && model.startsWith("rotary/1"),
    x: { ...TEXT, of: ({ evidence }) => windows({ evidence: evidence.runOn }) },
    y: {
      ...LOSS,
      of: {
        "first way: unchanged": "runOn.excess",
        "second: squeezed": "squeezed.excess",
        "third: base changed": "slowed.excess",
      },
    },
  });

export const untunedWays = eachWay(
  "Three ways to take rotary positions farther, before any tuning",
  "Left unchanged, the model fails far out; squeezed, everywhere; with the base changed it loses " +
    "least past the old window. " + ZERO + " First seed; the other looks alike.",
);

export const tunedWays = eachWay(
  "The same three ways after equal tuning",
  "All are below the old loss: tuning is also training, which the old model did not get. Mind " +
    "the scale: it is far finer than in the picture of the untuned ways. First seed.",
);

/** Whom the picture of gains shows, in words. */
const READERS: Readonly<Record<string, string>> = {
  "learned/1, stretched and tuned": "learned table",
  "rotary/1, stretched and tuned": "rotary",
  "alibi/1 as it is": "ALiBi",
  "attn-2l/1 on repeats": "copier",
};

export const gains = pictures.bars<Found<typeof measured.gains>>({
  title: "A copier gains by what stands far back; our models gain next to nothing",
  caption:
    "By how much the loss is lower if more can be read. The bars of our models are too low " +
    "to be seen. The copier has two layers of attention alone, and a text that repeats itself. " +
    "First seed of each.",
  on: ({ model, control }) => model in READERS && (!control || control === controls.COPIERS),
  x: { label: "more to read", of: () => ["old window, not 12 tokens", "all text, not one window"] },
  y: {
    label: "loss lowered by",
    unit: "nats",
    of: ({ evidence: { inside, beyond } }) => [inside.gain, beyond.gain],
  },
  series: ({ model }) => READERS[model],
});

export const cost = pictures.lines<probes.CostOfLength>({
  title: "The longer the text, the more of a new token's cost is looking back",
  caption: "Multiplications for the last token of a text, at GPT-2 small's sizes: with its " +
    "weights, of which there are always as many, and with the numbers in the KV cache, of which " +
    "each token adds its own. The first dots are at that model's own window.",
  on: { model: small },
  x: { label: "tokens so far", of: "lengths" },
  y: {
    label: "multiplications",
    unit: "millions",
    of: {
      "with weights": ({ evidence }) => evidence.lengths.map(() => evidence.weights / 1e6),
      "with the KV cache": ({ evidence }) => evidence.cache.map((kept) => kept / 1e6),
    },
  },
});
