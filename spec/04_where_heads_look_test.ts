import { assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question, sabotaged } from "../mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import { breaks } from "./04_where_heads_look/breaks.ts";
import { averages, controls, heads } from "./04_where_heads_look/mod.ts";
import * as drawn from "./04_where_heads_look/pictures.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as subjects from "./04_where_heads_look/subjects.ts";

/** Rounding, at 6e-8 of each number, leaves singular values of up to 4e-7 of the largest. */
const ROUNDING = 1e-6;

const NATS = { digits: 3, unit: "nats" };
const PERCENT = { digits: 0, percent: true };
const TWO = { digits: 2 };
const PROSE = { control: "trained on prose alone" };
const ALIBI = { model: "both seeds of alibi" };
const { anyWeights, everyHead, lowered, rotary } = subjects;

question("Why do heads attend to specific places instead of everything?", {
  notes:
    "Specialising is efficient; and a head is small and cannot attend to everything at once, " +
    "though it can reach most of it.",
  standing: "corrected",
  lit: ["attention"],
}, ({ short, say, aside, caveat, part, claim, wouldChange, tryBreaking }) => {
  short`The likely reason: a head's attention always adds up to one, so to look at everything is to
    read the average of everything, which says little about any one token. Every earlier place is
    within reach; what is scarce is a head's budget and its width, so a layer has several heads.
    Some heads do read averages.`;

  // Softmax leaves no weight at zero, unless 32 bits have no number that small.
  const reach = claim("Every place that the mask allows has a finite score and its share of one", {
    id: "nothing-is-out-of-reach",
    kind: "identity",
    on: anyWeights,
    needs: needs.attention,
    measure: heads.budgetIn,
    bounds: {
      unreachable: { equals: 0, what: "places that the mask allows and no score reaches" },
      // Up to 360 weights, each rounded at 6e-8 of itself and again in the sum: 1e-6 in practice.
      off: { below: 1e-5, what: "the sum of a position's weights, less one" },
      unexplained: { equals: 0, what: "weights of zero that are no underflow" },
    },
    mustFailOn: controls.ofBudgets,
  });

  say`A head gives a weight to every token up to its own, and these weights always add up to one.
    What the head reads is the average of what those tokens offer, each counted by its weight: at
    position $\`i\`$ it reads $\`\sum_{j \le i} a_{ij} v_j\`$, where
    $\`\sum_{j \le i} a_{ij} = 1\`$. A head can look hard at one place, or a little at all of them;
    it cannot look hard at all of them. But no place is out of reach: each that the causal mask
    allows has a share, however small ${reach}.`;

  // The tokens are independent of each other here, so that a mean of n of them is as far from the
  // mean of the vocabulary as one of them, over the root of n.
  const fades = claim("What a head reads from everything at once fades as the text grows", {
    id: "an-average-fades",
    kind: "construction",
    ...subjects.asksNothing,
    measure: (model: Model) => averages.fading(model),
    bounds: {
      uneven: { equals: 0, what: "the largest weight less the smallest" },
      // 12 texts, whose coordinates hang together: each point is good to some percent, and the
      // slope over six doublings to about 0.03.
      slope: { above: -0.6, below: -0.4, what: "the power of the length by which the read falls" },
    },
    units: { strays: PERCENT, share: { percent: true, digits: 1 } },
    mustFailOn: controls.ofFading,
    show: drawn.fading,
  });

  say`What does a head read that looks at everything alike? The average. Take texts of random
    tokens. A head that looks evenly at ${fades.max("reads.n")} of them reads ${fades.max("share")}
    of each, and what it reads lies close to what it would read from the average word: at most
    ${fades.max("strays")} as far from it as if it had read one token alone ${fades}. So each
    token's part in it is small, and single tokens are hard to read from it.`;

  // 300 windows give it to some two percent, more or less.
  const prose = claim("The average of some prose strays further than that of random tokens", {
    id: "prose-fades-less",
    kind: "empirical",
    ...subjects.inProse,
    measure: (model: Model) => averages.fadingInProse(model),
    bounds: { more: { above: 0.04, what: "beside what is left of independent tokens" } },
    units: { more: PERCENT },
    mustFailOn: controls.ofProse,
  });

  aside`The tokens of real text hang together, so that the average of a stretch of it tells a little
    more: in our prose it strays at least ${prose.min("more")} further than if each of its tokens
    had been drawn at random ${prose}. And the longer the text, the harder it is to be sharp: a
    trained model's scores differ only by so much, and more places share the one budget
    (${papers.sharpSoftmax}).`;

  const carries = claim("What one head writes fills at most d_head directions of the stream", {
    id: "a-head-carries-little",
    kind: "identity",
    on: anyWeights,
    needs: heads.narrow,
    measure: (model: Model) => heads.written(model, "heads"),
    bounds: { beyond: { below: ROUNDING, what: "what is beyond d_head, of the largest" } },
    mustFailOn: controls.ofWriting,
    show: drawn.carrying,
  });

  const rank = claim("A head's scores are a matrix of rank d_head at most, however long the text", {
    id: "scores-have-low-rank",
    kind: "identity",
    on: anyWeights,
    needs: heads.narrow,
    measure: heads.scoreRank,
    bounds: { beyond: { below: ROUNDING, what: "what is beyond d_head, of the largest" } },
    mustFailOn: controls.ofScores,
  });

  say`Width is scarce, too: a head is small, as the notes say. All that a head reads passes through
    a vector much narrower than the residual stream. So whatever the text, what a head adds to the
    stream is a mixture of a few fixed vectors, at most as many as the head is wide ${carries}. In
    our small models these are ${carries.value(rotary, "d_head")} vectors, while the stream is
    ${carries.value(rotary, "d_model")} wide (${papers.mathematicalFramework}). Several heads are
    several budgets and several channels. A single head would have to average over what several can
    look at one by one, as ${papers.attentionIsAllYouNeed} say.`;

  aside`The same width limits how finely a head can choose. A head scores a pair of places by a
    query and a key, two vectors as long as the head is wide. Write all scores of a text into a
    table, a row for each query. Then only as many rows as the head is wide can be chosen freely;
    every other row is a mixture of those, before mask, bias and softmax ${rank}. So a query can
    look hard at any one place whose key is no weighted average of the other keys. But in a long
    text not every table of weights can be made (${papers.lowRankBottleneck}). They measure the
    cost, as does question thirteen.`;

  part("Do trained heads choose, then?");

  short`Some do. In our small models training makes heads sharper on average. Where positions are
    learned, sinusoidal or rotary, the sharpest head looks at its own token and those just before.
    Others stay broad and read something like an average. A head that finds nothing to look for may
    rest on the first token.`;

  // By more than two seeds are apart. Longer queries and keys would sharpen any pattern, so the
  // same numbers in other places are asked as well; and ALiBi's bias is sharp by itself.
  const sharper = claim("Training makes heads choose: on average they become sharper", {
    id: "training-sharpens",
    kind: "empirical",
    ...subjects.seedPairs,
    measure: heads.sharpness,
    check: ({ trained, before, shuffled, biasOnly, apart }) => {
      const most = Math.max(...trained) + apart;
      assertLess(most, before, "mean entropy, against the same heads before training");
      assertLess(most, biasOnly, "against heads that ask nothing");
      assertLess(most, Math.min(...shuffled), "against queries and keys of the same size");
    },
    units: { before: TWO, trained: TWO, unbiased: TWO },
    mustFailOn: controls.ofSharpness,
    show: drawn.choosing,
  });

  // Layers of one kind differ by less than a tenth between seeds.
  const layers = claim("With a vector for each place, the first layer is sharp, the second broad", {
    id: "sharp-then-broad",
    kind: "empirical",
    ...subjects.layered,
    measure: heads.firstAndLast,
    bounds: {
      between: { above: 0.1, what: "least entropy of one less most of the other" },
    },
    mustFailOn: controls.ofLayers,
  });

  say`How evenly a head spreads its weight is measured by its entropy, scaled here so that one means
    all places alike, zero a single place. Without ALiBi the mean entropy of a model's heads falls
    from nearly one to between ${sharper.min("unbiased")} and ${sharper.max("unbiased")}, depending
    on the positional encoding ${sharper}. With ALiBi, whose heads prefer what is near from the
    start, it falls less: from ${sharper.mean("before", ALIBI)} to at most
    ${sharper.max("trained", ALIBI)}. Shuffle the numbers in trained query and key matrices, and the
    mean rises: learning makes them sharp, not size alone ${sharper}. With learned or sinusoidal
    positions, every head of the first layer is sharper than any of the second ${layers}.`;

  // Schemes that tell places apart and prefer none by themselves; the two others are controls.
  const near = claim("The sharpest head of a model looks at its own place and those just before", {
    id: "sharp-heads-look-near",
    kind: "empirical",
    ...subjects.toldPlaces,
    measure: (model: Model) => heads.lookAt(model),
    // Most of the weight; and it must be training that brought it there.
    bounds: { near: { above: 0.5, what: "weight on a position and the three before it" } },
    check: ({ near, before }) =>
      assertGreater(near, 2 * before, "weight there, against twice as much as before training"),
    units: { near: PERCENT },
    mustFailOn: controls.ofNearness,
    show: drawn.near,
  });

  say`With learned, sinusoidal or rotary positions the sharpest head looks near: its own token and
    the three before it get at least ${near.min("near")} of its weight ${near}.`;

  // Which texts are drawn moves a model's ratio by up to half: a factor of two is about as much.
  const flat = claim("Flat heads are missed less with rotary positions, about alike elsewhere", {
    id: "how-flat-heads-are-missed",
    kind: "empirical",
    on: [everyHead],
    measure: (all: Model[]) => heads.chosenHeads(all, [heads.FLAT, 1]),
    bounds: {
      elsewhere: { above: 0.5, below: 2, what: "the same where positions are not rotary" },
    },
    // Of models without rotary heads, among the controls, there is no such number.
    check: ({ rotary }) =>
      assertLess(Math.max(...rotary), 0.25, "what the middle flat head moves beside another"),
    units: { rotary: PERCENT, elsewhere: PERCENT, removed: NATS, flattened: NATS },
    mustFailOn: controls.ofFlatHeads,
    show: drawn.needed,
  });

  caveat`Some heads stay so broad that we call them flat (entropy above nine tenths). An average
    tells roughly which words a text is made of. BERT has such heads (${papers.whatBertLooksAt}). To
    see how much a head is missed, put its mean over all texts in its place. In each model, we
    compare a typical flat head with a typical other head (their medians). In both models with
    rotary positions (${flat.max("inRotary")} flat heads in all), losing the flat one moves
    predictions at most ${flat.max("rotary")} as far as losing the other. With ALiBi or without
    positions, flat heads are missed as much as others, or up to about half more ${flat}.`;

  aside`Of ${flat.max("number")} flat heads in ten small models, most use ALiBi, whose weaker
    penalties leave heads flat before training already ${sharper}. Without a flat head, predictions
    move by between ${flat.min("removed")} and ${flat.max("removed")}. Making a flat head quite flat
    moves them by at most ${flat.max("flattened")}, which shows little: it was nearly so ${flat}. In
    translation, a running average with a gate replaced the decoder's self-attention and did almost
    as well (${papers.averageAttention}).`;

  const sink = claim("A head that finds nothing to look for may rest on the first token", {
    id: "a-sink",
    kind: "empirical",
    ...subjects.copiers,
    atScale: [papers.attentionSinks, papers.whenSinksEmerge],
    measure: heads.sinkOf,
    bounds: {
      searching: { above: 0.6, what: "most of a head: on the first token, nothing repeats" },
      finding: { below: 0.1, what: "hardly any of that head: there, everything repeats" },
      onProse: { above: 0.3, what: "there in prose: ten times what models of prose give it" },
    },
    units: { onProse: TWO },
    mustFailOn: controls.ofSinks,
    show: drawn.resting,
  });

  const constant = claim("At rest it speaks, but says nearly the same on any random tokens", {
    id: "a-sink-is-a-constant",
    kind: "empirical",
    ...subjects.copiers,
    measure: (model: Model) => heads.sinkWithout(model),
    // Most of what it does must be done by its mean as well.
    bounds: { writes: { above: 1, what: "what it writes at rest, of that when it has found one" } },
    check: ({ silenced, averaged }) =>
      assertLess(averaged, silenced / 2, "nats by which the mean in its place moves predictions"),
    units: { writes: { digits: 1 } },
    mustFailOn: {
      "once everything repeats": { measure: (model) => heads.sinkWithout(model, "repeated") },
    },
  });

  caveat`A head must spend its budget even where it finds nothing to look for. Then it may rest on
    the first token, an attention sink. In each of two models of attention alone, which were taught
    to continue repetitions, one head does ${sink}. Such a head need not be silent: in those two
    models it writes at least ${constant.min("writes")} times as much while it rests as when it has
    found a place, but nearly the same whatever the random tokens ${constant}: a bias. How much is
    written differs: in large language models what a sink offers is small, and resting there adds
    little (${papers.whenSinksEmerge}).`;

  const spared = claim("With an extra one in softmax's denominator a head may spend nothing", {
    id: "no-budget-to-spend",
    kind: "construction",
    on: sabotaged(sabotaged([models.tiny], lowered), sabotages.softmaxPlusOne),
    measure: heads.budgetIn,
    bounds: { spent: { below: 1e-3, what: "the most that a position's weights sum to" } },
    mustFailOn: { "the usual softmax": { sabotage: lowered, on: [models.tiny] } },
  });

  aside`In those two models some head gives the first token at least ${sink.min("onProse")} of its
    weight in prose, too. In our models that were trained on prose alone, of up to four layers, no
    head gives it more than ${sink.max("onProse", PROSE)} ${sink}. That says little: given more text
    and longer windows, small models form sinks as well (${papers.whenSinksEmerge},
    ${papers.whyFirstToken}). Nor must softmax force a head to spend. It divides the exponential of
    each score by the sum of them all; add one to that sum, as ${papers.evanMillerSoftmaxOne}
    proposes, and the weights of a head with low scores add up to nearly nothing ${spared}. No model
    here was trained so: that the budget makes heads choose is argued, not measured.`;

  aside`With ALiBi the sharpest head looks near before training already, because distance is
    penalised; without positions it does not even after it ${near}. Small models of other people,
    read with this code but no part of these runs, agree that training makes heads sharper, wherever
    that could be asked. In about half of them the sharpest head looks near, so that may hang on the
    text and the training. Last, some shares come out as zero, too small for the computer's numbers:
    with ALiBi far away, and a few elsewhere ${reach}.`;

  wouldChange`A place within the mask that gets no weight although it scores nearly as high as the
    best ${reach}; a head that writes in more directions than it is wide ${carries}; or trained
    heads that on average stay as sharp when the numbers in their query and key matrices are
    shuffled ${sharper}.`;

  breaks({ tryBreaking }, { reach, fades, carries, rank, near });
});
