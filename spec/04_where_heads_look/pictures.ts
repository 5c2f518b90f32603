/** What the pictures of where heads look show. */
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type { AttentionSink } from "../../lib/circuits/mod.ts";
import type * as averages from "./averages.ts";
import type * as heads from "./heads.ts";
import { indifferent, rotary } from "./subjects.ts";

/** What a measurement finds. */
type Found<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>;

export const fading = pictures.lines<Found<typeof averages.fading>>({
  title: "The more tokens a head looks at alike, the less is left of each",
  caption: "The heads of a model, made to look evenly at more and more random tokens. How " +
    "far what they read is from the average word's vector: 1 is as far as a single token's. And " +
    "what share of it one token contributes: 1 is all. Each step to the right is twice the " +
    "tokens, each horizontal grid line a tenth of the one above.",
  on: { model: indifferent[1] },
  x: { label: "tokens looked at", of: ({ evidence }) => evidence.reads.map(({ n }) => `${n}`) },
  y: {
    label: "1 is as for a single token",
    of: { "distance from the average word": "reads.read", "share of one token": "reads.share" },
  },
  log: true,
});

const { d_head, d_model } = rotary.config!;

export const carrying = pictures.lines<Found<typeof heads.written>>({
  title: "Several heads fill more of the stream than one",
  caption: `The stream is ${d_model} numbers wide here, and a head ${d_head}. What is written at ` +
    "the positions of one text is split into directions at right angles, the one that holds most " +
    `first. After ${d_head} directions, nothing of what one head writes is left but rounding; ` +
    "the four heads of the layer together go on. Each horizontal grid line is a fraction of the " +
    "one above.",
  on: ({ model }) => model === rotary.name,
  x: { label: "direction", of: ({ evidence }) => evidence.values.map((_, i) => i + 1) },
  y: { label: "how much lies in it, beside the first", of: "values" },
  series: ({ control }) => control ?? "one head",
  log: true,
});

type Sharpness = Found<typeof heads.sharpness>;

export const choosing = pictures.dots<Sharpness>({
  title: "After training some heads are sharp, and some are still broad",
  caption: "A dot for each head of two models, by how they are told positions: 1 is all places " +
    "alike, 0 a single place. Before training all heads lie at 1, except with ALiBi: its " +
    "untrained " +
    "heads have a column of their own, where heads of both layers hide under the same dots.",
  x: {
    label: "positions",
    of: (run) => layersIn(run.evidence, schemeOf(run.model)).map(({ scheme }) => scheme),
  },
  y: {
    label: "entropy: 1 is all places alike",
    of: (run) => layersIn(run.evidence, schemeOf(run.model)).map(({ entropy }) => entropy),
  },
  series: (run) => layersIn(run.evidence, schemeOf(run.model)).map(({ layer }) => layer),
  reference: [{ y: 1, label: "before training, all but ALiBi's" }],
});

function schemeOf(model: string): string {
  const scheme = model.replace("both seeds of ", "");
  return { nope: "none", alibi: "ALiBi" }[scheme] ?? scheme;
}

/** A mark for each trained head, and with ALiBi for each of those before training. */
function layersIn({ byLayer, byLayerBefore }: Sharpness, scheme: string) {
  const marks = (layers: number[][], scheme: string) =>
    layers.flatMap((heads, i) =>
      heads.map((entropy) => ({ scheme, entropy, layer: ["first layer", "second layer"][i % 2] }))
    );
  const before = scheme === "ALiBi" ? marks(byLayerBefore, "ALiBi, untrained") : [];
  return [...marks(byLayer, scheme), ...before];
}

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

export const needed = pictures.dots<Found<typeof heads.chosenHeads>>({
  title: "Over all ten models together, sharp heads are missed more than flat ones",
  caption: "Two dots for each head of ten models, one above the other: how far the predictions " +
    "move if the head is taken out, and if it is made to look at all places alike. To the right " +
    "are the flat heads, which do so already. Within one model it can be otherwise: with ALiBi " +
    "flat heads are missed at least as much as others. Each horizontal grid line is ten times " +
    "the one below it.",
  x: { label: "entropy: 1 is all places alike", of: "all.entropy" },
  y: {
    label: "predictions move by",
    unit: "nats",
    of: { "taken out": "all.removed", "made quite flat": "all.flattened" },
  },
  log: true,
});

export const resting = pictures.lines<AttentionSink>({
  title: "While nothing repeats, a head rests on the first token",
  caption: "The same random tokens are said twice. The first time there is nothing to look back " +
    "for, and most of the head's weight lies on the first token; the second time the head finds " +
    "better places. One head each of two models of two attention layers.",
  x: { label: "position", of: "index" },
  y: { label: "weight on the first token", of: "byPosition" },
  series: ({ model }) => model.endsWith("/1") ? "first seed" : "second seed",
});
