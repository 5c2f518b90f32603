/** What the pictures of the context size show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type * as probes from "../../lib/circuits/mod.ts";
import type * as losses from "./losses.ts";
import type * as read from "./reach.ts";
import { small } from "./subjects.ts";
import type * as weights from "./weights.ts";

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

/** Windows of text, as the losses are given. */
const windows = ({ evidence: { excess } }: { evidence: { excess: readonly number[] } }) =>
  excess.map((_, k) => k + 1);

const LOSS = { label: "above the old loss", unit: "nats" };
const TEXT = { label: "window of the text" };
const ZERO = "At zero, the loss is that of the old model in a window of its own, on the same " +
  "predictions.";

/** What the first control of the first claim is called. */
export const READ = "what heads read, not what their matrices make";

export const local = pictures.heatmap<Found<typeof weights.oneVectorAtATime>>({
  title: "A nudge moves the query at its own position; what a head reads moves farther on, too",
  caption: "Each row is one experiment: the stream is nudged at one position before the first " +
    "layer. One panel shows how far the query moves at each position: only at the nudged one, so " +
    "that only the diagonal is filled. The other shows how far what the heads read there moves.",
  on: { model: "learned/1", control: READ },
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

const parts = (count: Found<typeof weights.inTwiceTheWindow>["now"]) =>
  (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) => count[part] / 1e6);

export const table = pictures.bars<Found<typeof weights.inTwiceTheWindow>>({
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

export const past = pictures.lines<Found<typeof losses.pastTheWindow>>({
  title: "Past the old window some models are lost; adjusted, they are not",
  caption: "A text of four windows; the first is as long as the old window. " + ZERO + " New " +
    "rows are untrained rows of the table. Three lines run close to zero: the same two models " +
    "after they were adjusted, and the one with ALiBi. First seed of each.",
  on: ({ model }) => model in TAKEN,
  x: { ...TEXT, of: windows },
  y: { ...LOSS, of: "excess" },
  series: ({ model }) => TAKEN[model],
});

export const tables = pictures.bars<Found<typeof losses.compareTables>>({
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
  pictures.lines<Found<typeof losses.compareWays>>({
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
    "the scale: the whole height is a tenth of a nat. First seed.",
);

/** Whom the picture of reach shows, in words: in the old window, if told, and in the longer one. */
const READERS: Readonly<Record<string, readonly [own: string | undefined, longer: string]>> = {
  "learned/1, stretched and tuned": ["learned table, old window", "learned table, stretched"],
  "rotary/1, stretched and tuned": ["rotary, old window", "rotary, squeezed"],
  "attn-2l/1 on repeats": [undefined, "copier"],
};

/** The distances of a run that are shown, how far edits there move the end, and whose they are. */
function readings({ model, evidence }: pictures.ShownRun<Found<typeof read.reachBack>>) {
  const parts = [evidence.own, evidence].map(({ distances, moved }, i) =>
    distances.map((distance, d) => ({
      series: READERS[model][i],
      distance: String(distance),
      // A divergence of nothing may come out below zero by a rounding.
      moved: Math.max(0, moved[d]),
    }))
  );
  return parts.flat().filter(({ series }) => series !== undefined);
}

export const reach = pictures.lines<Found<typeof read.reachBack>>({
  title: "Our models read near; a copier reads what it copies",
  caption: "One token is replaced, so many places before the end of a text, and the last " +
    "prediction moves by so much. The old window ends at 59. Those with a learned table look " +
    "farther back than the rotary ones, but neither looks as far as a window. The copier's text " +
    "repeats itself: what it has to copy stands 40 tokens back. Only the distances with a dot " +
    "were tried, first seed of each.",
  on: ({ model }) => model in READERS,
  x: { label: "replaced so many tokens back", of: (run) => readings(run).map((r) => r.distance) },
  y: {
    label: "prediction moved by",
    unit: "nats",
    of: (run) => readings(run).map(({ moved }) => moved),
  },
  series: (run) => readings(run).map(({ series }) => series!),
  log: true,
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
