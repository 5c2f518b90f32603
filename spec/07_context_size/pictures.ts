/** What the pictures of the context size show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type * as probes from "../../lib/circuits/mod.ts";
import type * as losses from "./losses.ts";
import { small } from "./subjects.ts";
import type * as weights from "./weights.ts";

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

/** Windows of text, as the losses are given. */
const windows = ({ evidence: { excess } }: { evidence: { excess: readonly number[] } }) =>
  excess.map((_, k) => k + 1);

const LOSS = { label: "above the old window's loss", unit: "nats" };
const TEXT = { label: "up to this many windows of text" };

/** What the first control of the first claim is called. */
export const READ = "what heads read, not what their matrices make";

export const local = pictures.heatmap<Found<typeof weights.oneVectorAtATime>>({
  title: "A query moves where the stream was nudged, and what a head reads moves farther on",
  caption: "Each row is one experiment: the stream is nudged at one position before the first " +
    "layer. The first panel shows how far the queries move at each position: at that one alone. " +
    "The second shows how far what the heads read moves.",
  on: ({ model, control }) => model === "learned/1" && (!control || control === READ),
  x: { label: "position read" },
  y: { label: "position nudged" },
  value: { label: "moved by", of: "moved" },
});

/** Parts of the count, in words. */
const PARTS = {
  pos_embed: "positions",
  embed: "embedding",
  attn: "attention",
  mlp: "MLPs",
  ln: "LayerNorms",
} as const;

const parts = (count: Found<typeof weights.inTwiceTheWindow>["now"]) =>
  (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) => count[part] / 1e6);

export const table = pictures.bars<Found<typeof weights.inTwiceTheWindow>>({
  title: "In twice the window, GPT-2 small has twice the positions and nothing else that is new",
  caption:
    "Learned numbers by the part that they belong to, for its own window and for one twice " +
    "as long.",
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
  "learned/1, run on": "learned, new rows",
  "rotary/1, run on": "rotary, as it is",
  "alibi/1 as it is": "ALiBi, as it is",
  "nope/1 as it is": "no positions",
  "learned-x4/1": "learned, stretched, tuned",
  "rotary-x4/1": "rotary, squeezed, tuned",
};

export const past = pictures.lines<Found<typeof losses.pastTheWindow>>({
  title: "Past the old window some models are lost, unless their positions are adjusted",
  caption:
    "Loss with all of the text to go by, less that of the old model in windows of its own, " +
    "on the same predictions. New rows are rows of the table that were never trained. One seed " +
    "of each.",
  on: ({ model }) => model in TAKEN,
  x: { ...TEXT, of: windows },
  y: { ...LOSS, of: "excess" },
  series: ({ model }) => TAKEN[model],
});

export const tables = pictures.bars<Found<typeof losses.compareTables>>({
  title: "A learned table is stretched and tuned",
  caption: "What is lost past the old window, with all of the text to go by. Tuned: trained a " +
    "little more, in the new window. Two seeds.",
  x: { label: "table", of: () => ["stretched", "stretched, tuned", "new rows, tuned"] },
  y: {
    ...LOSS,
    of: ({ evidence: { untuned, tuned, fresh } }) => [untuned.mean, tuned.mean, fresh.mean],
  },
});

const eachWay = (title: string, caption: string) =>
  pictures.lines<Found<typeof losses.compareWays>>({
    title,
    caption,
    on: ({ model, control }) => !control && model.startsWith("rotary/1"),
    x: { ...TEXT, of: ({ evidence }) => windows({ evidence: evidence.runOn }) },
    y: {
      ...LOSS,
      of: {
        "run on": "runOn.excess",
        "squeezed": "squeezed.excess",
        "base changed": "slowed.excess",
      },
    },
  });

export const untunedWays = eachWay(
  "Three ways to take rotary positions farther, untuned",
  "Running on fails far out, squeezing everywhere; changing the base costs least past the old " +
    "window. One seed; the other looks alike.",
);

export const tunedWays = eachWay(
  "The same three ways after equal tuning",
  "All are near the old window's loss, and below it where tuning, which is also training, has " +
    "helped. Mind the scale: it is a tenth of the one before.",
);

export const reach = pictures.lines<Found<typeof losses.reachBack>>({
  title: "A window back, an edit hardly changes the last prediction",
  caption: "One token is swapped, so many places before the end of a text. Next to the end that " +
    "moves the prediction by tenths of a nat. A model without positions prefers no place: little " +
    "as it is moved, it is moved from afar as well. Only the distances with a dot were tried.",
  on: ({ model, control }) => model.endsWith("/1") && control !== "heads that ask nothing",
  x: { label: "edited so many tokens back", of: ({ evidence }) => evidence.distances.map(String) },
  y: { label: "prediction moved by", unit: "nats", of: ({ evidence }) => atLeastZero(evidence) },
  series: ({ model }) => TAKEN[model] ?? TAKEN[`${model} as it is`],
  log: true,
});

/** A divergence of nothing may come out below zero by a rounding. */
function atLeastZero({ moved }: { readonly moved: readonly number[] }): number[] {
  return moved.map((by) => Math.max(0, by));
}

export const cost = pictures.lines<probes.CostOfLength>({
  title: "The longer the text, the more of a token's cost is looking back",
  caption: "Multiplications for the last token of a text in GPT-2 small's sizes: once by each " +
    "weight, and once by each number of the KV cache. The first dots are at its own window.",
  on: { model: small },
  x: { label: "tokens so far", of: "lengths" },
  y: {
    label: "multiplications",
    unit: "millions",
    of: {
      "weights": ({ evidence }) => evidence.lengths.map(() => evidence.weights / 1e6),
      "KV cache": ({ evidence }) => evidence.cache.map((kept) => kept / 1e6),
    },
  },
});
