import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question, sabotaged } from "../mod.ts";
import { range } from "../lib/tensor/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as drawn from "./04_where_heads_look/pictures.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as subjects from "./04_where_heads_look/subjects.ts";
import * as heads from "./04_where_heads_look/heads.ts";

/** A head is called flat where its entropy is at least this share of the largest possible. */
const FLAT = 0.9;

const NATS = { digits: 3, unit: "nats" };
const { anyWeights, everyHead, indifferent, lowered, rotary } = subjects;

question("Why do heads attend to specific places instead of everything?", {
  notes:
    "Specialising is efficient; and a head is small and cannot attend to everything at once, " +
    "though it can reach most of it.",
  standing: "corrected",
  lit: ["attention"],
  sources: [
    papers.attentionIsAllYouNeed,
    papers.mathematicalFramework,
    papers.lowRankBottleneck,
    papers.averageAttention,
    papers.attentionSinks,
    papers.whenSinksEmerge,
    papers.whyFirstToken,
    papers.evanMillerSoftmaxOne,
  ],
}, ({ short, say, aside, caveat, claim, wouldChange }) => {
  short`Because a head's attention always adds up to one: to look at everything is to read the
    average of everything, which says little about any one token. Every earlier place is within
    reach; what is scarce is a head's budget and its width, and that is why there are several. Some
    heads do read averages, and are of use.`;

  // Softmax leaves no weight at zero, unless 32 bits have no number that small.
  const reach = claim("Every place that the mask allows has a finite score and its share of one", {
    id: "nothing-is-out-of-reach",
    kind: "identity",
    on: anyWeights,
    needs: needs.attention,
    measure: heads.budgetIn,
    check: ({ unreachable, off, unexplained }) => {
      assertEquals(unreachable, 0, "places that the mask allows and no score reaches");
      // Up to 360 weights, each rounded at 6e-8 of itself and again in the sum: 1e-6 in practice.
      assertLess(off, 1e-5, "the sum of a position's weights, less one");
      assertEquals(unexplained, 0, "weights of zero that are no underflow");
    },
    mustFailOn: {
      "hard maximum attention": { sabotage: sabotages.hardAttention, on: [models.tiny] },
      "attention without softmax": { sabotage: sabotages.withoutSoftmax, on: [models.tiny] },
      "a budget larger by a thousandth": {
        sabotage: sabotages.largerBudget,
        on: [models.tiny, models.trainedModel("learned/1")],
      },
      "heads that see only themselves": { sabotage: sabotages.selfOnlyHeads, on: [models.tiny] },
    },
  });

  say`A head gives every token up to its own a weight, and the weights always add up to one. What it
    reads is the mean of what those tokens offer, weighted so. It can look hard at one place, or a
    little at all of them; it cannot look hard at all of them. Nothing is out of reach: every place
    that the causal mask allows gets a share ${reach}.`;

  // The tokens are independent of each other here, so that a mean of n of them is as far from the
  // mean of the vocabulary as one of them, over the root of n.
  const fades = claim("What a head reads from everything at once fades as the text grows", {
    id: "an-average-fades",
    kind: "construction",
    on: indifferent,
    measure: (model: Model) => heads.fading(model),
    check: ({ slope, uneven }) => {
      assertEquals(uneven, 0, "the largest weight less the smallest, where all scores are zero");
      // 12 texts, whose coordinates hang together: each point is good to some percent, and the
      // slope over six doublings to about 0.03.
      assertGreater(slope, -0.6, "the power of the length by which the read falls");
      assertLess(slope, -0.4, "the power of the length by which the read falls");
    },
    units: { strays: { percent: true, digits: 0 }, share: { percent: true, digits: 1 } },
    mustFailOn: {
      "heads that sum instead of averaging": {
        sabotage: sabotages.summingHeads,
        on: indifferent.slice(0, 2),
      },
      "one token over and over": {
        on: indifferent.slice(0, 1),
        measure: (model) => heads.fading(model, (row) => row.map(() => row[0])),
      },
      "the same heads with their queries": { on: models.bothSeeds("nope") },
    },
    show: drawn.fading,
  });

  say`What does a head read that looks at everything alike? The average. Over one token it reads
    that token; over two, the middle between them; over ${fades.max("reads.n")}, something that
    strays from the average word only ${fades.max("strays")} as far as one token would, and of which
    any single token is ${fades.max("share")} ${fades}.`;

  // Rounding at 6e-8 leaves errors without order, whose singular values grow with the root of the
  // length, to 4e-7 of the largest at the very most. This bound is for both.
  const ROUNDING = 1e-6;

  const carries = claim("What one head writes fills at most d_head directions of the stream", {
    id: "a-head-carries-little",
    kind: "identity",
    on: anyWeights,
    needs: heads.narrow,
    measure: (model: Model) => heads.written(model, "heads"),
    check: ({ beyond }) => assertLess(beyond, ROUNDING, "what is beyond d_head, of the largest"),
    mustFailOn: {
      "the heads of a layer together": {
        on: [models.tiny, rotary],
        measure: (model) => heads.written(model, "layers"),
      },
    },
    show: drawn.carrying,
  });

  const rank = claim("A head's scores are a matrix of rank d_head at most, however long the text", {
    id: "scores-have-low-rank",
    kind: "identity",
    on: anyWeights,
    needs: heads.narrow,
    measure: heads.scoreRank,
    check: ({ beyond }) => assertLess(beyond, ROUNDING, "what is beyond d_head, of the largest"),
    mustFailOn: {
      "a W_QK of full rank": { sabotage: sabotages.fullRankQK, on: [models.tiny, rotary] },
    },
  });

  say`Width is scarce, too: a head is small, as the notes say. What it reads passes
    through a vector much narrower than the residual stream, so it writes in few directions of the
    stream ${carries}. Several heads are several budgets and several channels: alone, a head would
    have to average, as ${papers.attentionIsAllYouNeed} say.`;

  aside`The same width limits how finely a head can choose. All its scores, a row for each query and
    a column for each key, form a table of which no more rows are independent than the head is wide,
    before mask, bias and softmax ${rank}. That some patterns are then out of reach is shown by
    ${papers.lowRankBottleneck}; what it costs a language model is not measured here.`;

  // By more than two seeds are apart. Longer queries and keys would sharpen any pattern, so the
  // same numbers in other places are asked as well; and ALiBi's bias is sharp by itself.
  const sharper = claim("Training makes heads choose: on average they become sharper", {
    id: "training-sharpens",
    kind: "empirical",
    on: subjects.pairs,
    measure: heads.sharpness,
    check: ({ trained, before, shuffled, biasOnly }) => {
      const most = Math.max(...trained) + Math.max(range(trained), range(shuffled));
      assertLess(most, before, "mean entropy, against the same heads before training");
      assertLess(most, biasOnly, "against heads that ask nothing");
      assertLess(most, Math.min(...shuffled), "against queries and keys of the same size");
    },
    units: { before: { digits: 2 }, trained: { digits: 2 } },
    mustFailOn: {
      "untrained weights": { on: [models.seedPair("rotary", sabotages.untrained(2))] },
      "heads that ask nothing": { on: [models.seedPair("alibi", sabotages.zeroQueries)] },
      "shuffled queries and keys": { on: [models.seedPair("rotary", sabotages.shuffledQK)] },
    },
    show: drawn.choosing,
  });

  say`Training makes heads choose. The entropy of a head's weights is one if all places get the
    same, zero if a single place gets everything. Averaged over a model it is at least
    ${sharper.min("before")} before training, and at most ${sharper.max("trained")} afterwards
    ${sharper}.`;

  // Schemes that tell places apart and prefer none by themselves; the two others are controls.
  const near = claim("The sharpest head of a model looks at its own place and those just before", {
    id: "sharp-heads-look-near",
    kind: "empirical",
    on: (["learned", "rotary", "sinusoidal"] as const).flatMap(models.bothSeeds),
    measure: (model: Model) => heads.lookAt(model),
    // Most of the weight; and it must be training that brought it there.
    check: ({ near, before }) => {
      assertGreater(near, 0.5, "weight on a position and the three before it");
      assertGreater(near, 2 * before, "the same, against the sharpest head before training");
    },
    units: { near: { percent: true, digits: 0 } },
    mustFailOn: {
      "untrained weights": {
        sabotage: heads.fresh,
        on: models.schemeRecipes.map((name) => models.bothSeeds(name)[0]),
      },
      "trained with ALiBi, whose bias looks near": { on: models.bothSeeds("alibi") },
      "trained without positions": { on: models.bothSeeds("nope") },
      "the flattest heads": {
        on: models.bothSeeds("rotary"),
        measure: (model) => heads.lookAt(model, "flattest"),
      },
    },
    show: drawn.near,
  });

  say`With learned, sinusoidal or rotary positions the sharpest head looks near: a token and the
    three before it get at least ${near.min("near")} of its weight ${near}.`;

  const flat = claim("Flat heads can be made quite flat at little cost, but not be taken out", {
    id: "flat-heads-are-of-use",
    kind: "empirical",
    on: [everyHead],
    measure: (all: Model[]) => heads.flatHeads(all, [FLAT, 1]),
    check: ({ flattened, removed, before }) => {
      assertGreater(removed.length, 3, "heads that are nearly flat");
      // Of a nat: the costliest flat head is far from it, and so are heads just below the line.
      assertLess(Math.max(...flattened), 0.05, "nats by which flattening moves the predictions");
      // Taking out a head that training has left idle would cost what it did before training.
      assertGreater(Math.min(...removed), 10 * before, "nats by which taking one out does");
    },
    units: { flattened: NATS, removed: NATS, outdone: { percent: true, digits: 0 } },
    mustFailOn: {
      "heads a little less flat": { measure: (all) => heads.flatHeads(all, [0.8, FLAT]) },
      "the sharpest heads": { measure: (all) => heads.flatHeads(all, [0, 0.5]) },
      "made flat where they should be taken out": {
        measure: async (all) => {
          const found = await heads.flatHeads(all, [FLAT, 1]);
          return { ...found, removed: found.flattened };
        },
      },
    },
    show: drawn.needed,
  });

  caveat`An average is not nothing: it tells roughly which words a text is made of. In translation a
    running average with a gate replaced the decoder's self-attention at almost no loss
    (${papers.averageAttention}). Take one of our flat heads out, and predictions move by up to
    ${flat.max("removed")}, always far more than for any head before training ${flat}.`;

  const sink = claim("A head that finds nothing to look for may rest on the first token", {
    id: "a-sink",
    kind: "empirical",
    on: models.bothSeeds("attn-2l"),
    atScale: [papers.attentionSinks, papers.whenSinksEmerge],
    measure: heads.sinkOf,
    check: ({ searching, finding }) => {
      assertGreater(searching, 0.6, "weight on the first token while nothing repeats");
      assertLess(finding, 0.1, "weight of the same head on it while everything repeats");
    },
    mustFailOn: {
      "untrained weights": { on: [models.beforeTraining(models.trainedModel("attn-2l/1"))] },
      "trained on prose alone": { on: models.twoOfEachScheme },
    },
    show: drawn.resting,
  });

  const constant = claim("At rest it is not silent, but says nearly the same whatever the text", {
    id: "a-sink-is-a-constant",
    kind: "empirical",
    on: models.bothSeeds("attn-2l"),
    measure: (model: Model) => heads.sinkWithout(model),
    // Most of what it does must be done by its mean as well.
    check: ({ writes, silenced, averaged }) => {
      assertGreater(writes, 1, "how much it writes at rest, relative to when it has found a place");
      assertLess(averaged, silenced / 2, "nats by which the mean in its place moves predictions");
    },
    units: { writes: { digits: 1 } },
    mustFailOn: {
      "once everything repeats": { measure: (model) => heads.sinkWithout(model, "repeated") },
    },
  });

  const spared = claim("With an extra one in softmax's denominator a head may spend nothing", {
    id: "no-budget-to-spend",
    kind: "construction",
    on: sabotaged(sabotaged([models.tiny], lowered), sabotages.softmaxPlusOne),
    measure: heads.budgetIn,
    check: ({ spent }) => assertLess(spent, 1e-3, "the most that a position's weights sum to"),
    mustFailOn: { "the usual softmax": { sabotage: lowered, on: [models.tiny] } },
  });

  caveat`And the budget must be spent even if there is nothing to look for. A head may rest on the
    first token, an attention sink ${sink}. Ours is not silent there: it writes at least
    ${constant.min("writes")} times as much as when it has found a place, but nearly the same
    whatever the text ${constant}.`;

  aside`None of our models of prose has such a sink ${sink}. That says little: models of their kind
    form one, small ones too, given more text and longer windows than ours
    (${papers.whenSinksEmerge}, ${papers.whyFirstToken}). There what the first token offers is
    mostly small; ours writes much, and nearly the same each time. With an extra one in softmax's
    denominator, as ${papers.evanMillerSoftmaxOne} proposes, nothing need be spent ${spared}.`;

  aside`To make a flat head quite flat costs at most ${flat.max("flattened")} here, but that shows
    little: it hardly changes what was nearly so. Taking a head out puts its mean over texts in the
    place of what it reads, so what is missed is what it says of this text. By that measure the
    middle one of our flat heads is needed more than ${flat.max("outdone")} of the sharper ones
    ${flat}.`;

  aside`Small models that other people trained, read with this code, agree that training makes heads
    sharper, wherever that could be asked ${sharper}. That the sharpest looks near held for about
    half of them, so it may hang on the text and the training. With ALiBi the sharpest head looks
    near before training already, because its bias does; without positions it does not ${near}. And
    far away ALiBi leaves shares too small to be written down, the only zeros there were ${reach}.`;

  wouldChange`A place within the mask that gets no weight although it scores nearly as high as the
    best ${reach}; a head that writes in more directions than it is wide ${carries}; or trained
    heads that are no sharper than others of their size ${sharper}.`;
});
