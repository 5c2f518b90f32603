/** What the pictures of where heads look show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { AttentionSink } from "../../lib/circuits/mod.ts";
import type * as heads from "./heads.ts";
import { indifferent, rotary } from "./subjects.ts";

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

export const fading = pictures.lines<Found<typeof heads.fading>>({
  title: "The more tokens a head looks at alike, the less it reads of any",
  caption: "How far the head's read strays from the average word, beside a read from one " +
    "token alone; and the share that a single token has in it. Each step to the right doubles " +
    "the text.",
  on: { model: indifferent[1] },
  x: { label: "tokens looked at", of: ({ evidence }) => evidence.reads.map(({ n }) => `${n}`) },
  y: {
    label: "share of one token's read",
    of: { "strays from the average": "reads.read", "one token's share": "reads.share" },
  },
  log: true,
});

export const carrying = pictures.lines<Found<typeof heads.written>>({
  title: "Several heads fill more of the stream than one",
  caption: "Of what is written at the positions of one text, how much lies in each further " +
    "direction. One head has nothing beyond its width but rounding; the four heads of the " +
    "layer go on.",
  on: ({ model }) => model === rotary.name,
  x: { label: "direction", of: ({ evidence }) => evidence.values.map((_, i) => i + 1) },
  y: { label: "size, relative to the largest", of: "values" },
  series: ({ control }) => control ?? "one head",
  log: true,
});

export const choosing = pictures.dots<Found<typeof heads.sharpness>>({
  title: "After training some heads are sharp, and some are not",
  caption: "A dot for each head: 1 is all places alike, 0 is one place alone. Before training " +
    "all are nearly flat, but for ALiBi's, whose bias is sharp by itself.",
  x: {
    label: "positions",
    of: ({ model }) => model.replace("both seeds of ", "").replace("nope", "none"),
  },
  y: {
    label: "entropy, of the largest possible",
    of: ({ evidence: { headsBefore, heads } }) => [...headsBefore, ...heads],
  },
  series: ({ evidence: { headsBefore, heads } }) => [
    ...headsBefore.map(() => "before training"),
    ...heads.map(() => "trained"),
  ],
});

export const near = pictures.sentence<Found<typeof heads.lookAt>>({
  title: "One head picks a place or two, another takes a little of everything",
  caption: "Two heads of one model at the end of a sentence, and how they divide their weight " +
    "among its tokens. Shares of a tenth and more are written below.",
  on: ({ model, control }) => model === rotary.name && control !== "untrained weights",
  of: ({ evidence: { which, pieces, weights } }) => ({
    name: `its ${which} head`,
    tokens: pieces,
    under: weights.map((weight) => weight < 0.1 ? "" : `${Math.round(100 * weight)}%`),
    shade: weights,
  }),
  value: { label: "weight" },
});

export const needed = pictures.dots<Found<typeof heads.flatHeads>>({
  title: "The flatter a head, the less flattening it changes, but it is still needed",
  caption: "Two dots for each head: by how much the predictions move where it looks at " +
    "everything alike, and where it is taken out. To the right, the two part.",
  x: { label: "entropy, of the largest possible", of: "all.entropy" },
  y: {
    label: "predictions move by",
    unit: "nats",
    of: { "made quite flat": "all.flattened", "taken out": "all.removed" },
  },
  log: true,
});

export const resting = pictures.lines<AttentionSink>({
  title: "While nothing repeats, a head rests on the first token",
  caption: "A random block is said twice. The first time there is nothing to look back for, " +
    "and most of the weight lies on the first token; then the head finds better places. Two " +
    "attention-only layers, two seeds.",
  x: { label: "position", of: "index" },
  y: { label: "weight on the first token", of: "byPosition" },
  series: ({ model }) => model.endsWith("/1") ? "first seed" : "second seed",
});
