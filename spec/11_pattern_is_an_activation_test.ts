import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question } from "../mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as drawn from "./11_pattern_is_an_activation/pictures.ts";
import * as measure from "./11_pattern_is_an_activation/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";

/** What is so whatever the weights: asked of random models, and a trained one of each wiring. */
const ofAnyWeights = {
  kind: "identity" as const,
  on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
  needs: needs.attention,
};

/** One of each size, for controls that any model would do for. */
const two = [models.tiny, models.trainedModel("learned/1")];

/** Two attention-only layers, which learned to continue a block that is said again. */
const copiers = models.bothSeeds("attn-2l");
const untrained = models.beforeTraining(copiers[0]);

/** The small GPT with each positional scheme, both seeds of one at a time. */
const pairs = models.schemeRecipes.map((scheme) => models.seedPair(scheme));
const untrainedPair = models.seedPair("rotary", sabotages.untrained(2));

/** Controls that are named twice; the first is what all of this must be told apart from. */
const TABLE = "a table of parameters in the place of queries and keys";
const LITERALLY = "the notes' form, taken literally";
const PATTERN_FREE = "only the scale held";
const SCALE_FREE = "only the pattern held";
const INDUCTION = "an induction head";
const PROSE = "trained on prose alone";

/** How weights that move, and what it costs to freeze them, are written. */
const NATS = { digits: 1, unit: "nats" };
const PERCENT = { percent: true, digits: 0 };
const costs = {
  ...{ looks: PERCENT, copies: PERCENT, share: { percent: true, digits: 1 } },
  ...{ flattened: NATS, frozen: { digits: 4, unit: "nats" } },
};
const INDUCTIONS = { control: INDUCTION, ...PERCENT };
const IN_PROSE = { control: PROSE, ...PERCENT };

question("Is the attention pattern an activation, not a parameter?", {
  notes: "Yes: it is the softmax of a form x^T W x, and what is learned is W.",
  standing: "confirmed with a caveat",
  lit: ["attention"],
  sources: [papers.attentionIsAllYouNeed, papers.inductionHeads],
}, ({ short, say, aside, caveat, claim, wouldChange }) => {
  short`Yes, as the notes say: what is learned, and stays, are the matrices that it is computed
    from. The pattern itself, who looks at whom and how much, is computed anew from every text. Some
    heads behave as if theirs were fixed, such as one that always looks at the token before.`;

  const changes = claim("The same weights give every head another pattern on another text", {
    id: "the-text-changes-it",
    ...ofAnyWeights,
    measure: (model: Model) => measure.onTwoTexts(model),
    check: ({ another, again }) => {
      assertEquals(again, 0, "the same text must give the same pattern, to the last bit");
      // A thousand times what rounding could do.
      assertGreater(another, 1e-4, "the most that a weight moved, in the head that moved least");
    },
    mustFailOn: {
      [TABLE]: { sabotage: sabotages.constantPattern, on: two },
      // Some weights do make a pattern that no text moves.
      "heads that ask nothing": { sabotage: sabotages.zeroQueries, on: [models.tiny] },
      "the same text twice": { on: two, measure: (model) => measure.onTwoTexts(model, "the same") },
    },
    show: drawn.twoHeads,
  });

  say`Give one model two sentences. The weights stay, but every head has another pattern ${changes}.
    Give it the first again, and its patterns return to the last bit: they move by
    ${changes.max("again")}. In the picture, one head follows the words: where they come again, it
    looks at what stood after them the first time. The other always looks at the token before.`;

  const sizes = claim("A longer window adds no parameter to attention and reshapes none", {
    id: "no-parameter-of-the-window",
    ...ofAnyWeights,
    measure: measure.longerWindow,
    check: ({ attention, stored }) => {
      assertEquals(attention, [], "what changes in attention when n_ctx does");
      assertGreater(stored, 0, "parameters of attention that were compared");
    },
    mustFailOn: { [TABLE]: { sabotage: sabotages.constantPattern, on: two } },
  });

  say`A *parameter* is stored with the model. An *activation* is computed while it reads. A pattern
    has a row and a column for each token of the text, and nothing stored for attention has that
    shape: a longer window needs not one number more ${sizes}. It could be otherwise:
    ${papers.synthesizer} try a learned table of who looks at whom, and with a table no text moves
    the pattern ${changes}.`;

  const notes = claim("The notes' form gives the pattern, with what it leaves unsaid added", {
    id: "the-notes-form",
    ...ofAnyWeights,
    measure: (model: Model) => measure.offNotes(model),
    // Scores of up to a hundred or so, sums of products rounded at 6e-8: an error of 1e-5 in a
    // score is one of 1e-5 times the weight in that weight.
    check: ({ apart }) => assertLess(apart, 1e-5, "the most by which a weight is off"),
    units: { apart: { digits: 2 } },
    mustFailOn: {
      [LITERALLY]: { measure: (model) => measure.offNotes(model, measure.UNSAID) },
      "without the scale": { on: two, measure: (model) => measure.offNotes(model, ["scale"]) },
      "without the mask": { on: two, measure: (model) => measure.offNotes(model, ["mask"]) },
      "without the biases": { on: two, measure: (model) => measure.offNotes(model, ["biases"]) },
      "one W for all distances, or no penalty": {
        on: (["rotary/1", "alibi/1"] as const).map(models.trainedModel),
        measure: (model) => measure.offNotes(model, ["positions"]),
      },
    },
  });

  // The same in another way, from the stream itself: nothing else goes into it.
  const formula = claim("Stream, weights and positional scheme give the pattern, by a formula", {
    id: "the-formula-gives-it",
    ...ofAnyWeights,
    measure: (model: Model) => measure.offLoops(model),
    check: ({ apart }) => assertLess(apart, 1e-5, "the most by which a weight is off"),
    mustFailOn: {
      "scores without 1/sqrt(d_head)": { sabotage: sabotages.unscaledScores, on: two },
      [TABLE]: { sabotage: sabotages.constantPattern, on: two },
      "the stream of another text": {
        on: two,
        measure: (model) => measure.offLoops(model, "another's"),
      },
    },
  });

  say`The notes have the form right. Token i scores token j by \`x_i^T W x_j\`, where W, the product
    of two matrices for queries and keys, is learned; softmax turns scores into weights. Left unsaid
    are a scale, the causal mask, biases and, with some positional encodings, the distance. With
    them every weight is right to ${notes.max("apart")} ${notes}; taken literally, the form is off
    by ${notes.min("apart", { control: LITERALLY })} or more in every model.`;

  aside`The scale is one over the square root of a head's width. Each x is a token's vector in the
    stream after LayerNorm, with a one appended for the biases. Rotary positions make W another one
    for each distance, and ALiBi takes a penalty off the score. Plain loops that start from the
    stream itself agree to within ${formula.max("apart")} ${formula}. There are weights for which no
    text moves the pattern: let all queries be zero, and every head looks at everything alike
    ${changes}. Such a pattern is computed as any other, and comes out the same.`;

  // Half of the statement is its controls: with any part free again, the layer is not affine. What
  // makes a pattern does not matter once it is held, so not every wiring is asked of trained ones.
  const affine = claim("With its pattern and LayerNorm's scale held, attention is affine", {
    id: "affine-once-held",
    kind: "identity",
    on: [
      ...models.randomFamilies({ size: 1 }),
      ...(["learned/1", "rotary/1", "attn-2l/1"] as const).map(models.trainedModel),
    ],
    needs: needs.attention,
    measure: measure.holding("pattern", "scale"),
    // Sums of some hundred products in 32 bits, relative to the largest.
    check: ({ fromAffine }) => assertLess(fromAffine, 1e-5, "the most by which sums are not kept"),
    units: { fromAffine: { digits: 2 } },
    mustFailOn: {
      "nothing held": { on: two, measure: measure.holding() },
      [PATTERN_FREE]: { on: two, measure: measure.holding("scale") },
      [SCALE_FREE]: { on: two, measure: measure.holding("pattern") },
      "values that go through a ReLU": { sabotage: sabotages.reluValues, on: two },
    },
  });

  aside`The pattern is also what makes attention more than linear. Hold it as it is, and the scale
    by which LayerNorm divides, and what comes out for a sum of two streams is the sum of what comes
    out for each, but for a constant, to ${affine.max("fromAffine")} of the largest number
    ${affine}. With the pattern free it is off by
    ${affine.min("fromAffine", { control: PATTERN_FREE })} of that or more, with the scale free by
    ${affine.min("fromAffine", { control: SCALE_FREE })}. So ${papers.mathematicalFramework} hold
    patterns when they take attention apart.`;

  const previous = claim("A previous-token head is needed, and can be frozen at almost no cost", {
    id: "a-previous-token-head-as-if-fixed",
    ...asIfFixed("previous-token head"),
    show: (runs) => [drawn.frozen, drawn.moved].flatMap((draw) => draw(runs)),
  });

  caveat`New need not mean different. Two of our models learned to continue blocks that are said
    again, and each needs its previous-token head: flatten it, that is, make it look at everything
    alike, and predictions move by at least ${previous.min("flattened")}. Yet frozen to its average
    pattern over other texts, it moves them by ${previous.max("frozen")} at most ${previous}. To
    freeze their clearest induction head, which looks for what followed the last time, costs
    ${previous.min("share", INDUCTIONS)} or more of what flattening does.`;

  const own = claim(
    "A head that looks at its own token is needed, and can be frozen at little cost",
    {
      id: "an-own-token-head-as-if-fixed",
      ...asIfFixed("own-token head"),
    },
  );

  caveat`Both have a second kind, a head that looks at its own token. One gives ${own.max("copies")}
    of its weight to earlier copies, if there are any, so it does follow the text, and freezing
    costs ${own.max("share")} of what flattening does ${own}.`;

  caveat`These are two small models. Larger ones, such as BERT, lost little on several tasks when
    half of their patterns were replaced by averages (${papers.constantAttention}).`;

  aside`In our models of prose, the head that most looks at the token before gives it at most
    ${previous.max("looks", IN_PROSE)} of its weight, and freezing it costs at least
    ${previous.min("share", IN_PROSE)} of what flattening does ${previous}. A translator's encoder
    was trained with patterns fixed by position in all heads of a layer but one, and hardly suffered
    (${papers.fixedPatterns}).`;

  const steady = claim("A previous-token head is steadier than its own numbers, shuffled", {
    id: "learned-to-be-steady",
    kind: "empirical",
    on: copiers,
    measure: measure.steadiness("previous-token head"),
    // By half: an untrained head is as steady as its numbers shuffled.
    check: ({ varies, shuffled }) => assertLess(varies, shuffled / 2, "share of weight that moves"),
    units: { varies: PERCENT, shuffled: PERCENT },
    mustFailOn: {
      [INDUCTION]: { measure: measure.steadiness("induction head") },
      "untrained weights": { on: [untrained] },
    },
  });

  aside`That a previous-token head is steady is learned, too. It moves at most ${
    steady.max("varies")
  }
    of its weight from one text to another; with the numbers of its W_Q and W_K shuffled, at least
    ${steady.min("shuffled")} ${steady}.`;

  const varies = claim("After training every head follows the text more than any did before", {
    id: "training-makes-it-vary",
    kind: "empirical",
    on: pairs,
    measure: measure.variation,
    check: ({ trained, before }) => moreThan(before, trained),
    units: { before: { ...PERCENT, digits: 1 }, "trained.least": PERCENT, "trained.most": PERCENT },
    mustFailOn: {
      "untrained weights": { on: [untrainedPair] },
      [TABLE]: { on: [models.seedPair("learned", sabotages.constantPattern)] },
    },
    show: drawn.beforeAndAfter,
  });

  const size = claim("Trained queries and keys follow the text with their numbers shuffled, too", {
    id: "much-of-it-is-size",
    kind: "empirical",
    on: pairs,
    measure: measure.variation,
    check: ({ shuffled, before }) => moreThan(before, shuffled),
    units: { ofTrained: PERCENT },
    mustFailOn: { "untrained weights": { on: [untrainedPair] } },
  });

  aside`Before training, queries and keys are small, so that all scores are nearly alike: no head of
    a model of prose moves more than ${varies.max("before")} of its weight between two texts.
    Afterwards each moves between ${varies.min("trained.least")} and ${varies.max("trained.most")}
    ${varies}. Much of that is mere size: with the numbers of W_Q and W_K shuffled, heads still move
    ${size.min("ofTrained")} to ${size.max("ofTrained")} as much ${size}. So that a
    pattern follows the text is no sign of learning by itself; what it follows is.`;

  aside`Small models that other people trained, read with this code, agree only in part. On average
    over their heads, patterns followed the text more after training in all of them. Head by head,
    as it holds for ours, it held in seven of the eleven that could be compared with their own start
    ${varies}.`;

  wouldChange`A parameter of attention that has a row for each place of a text ${sizes}; a weight
    that stream and matrices do not give ${notes}${formula}; or a pattern that differs when the same
    text is run again ${changes}. That some head's pattern is the same for all texts would not: it
    would still be computed.`;
});

/** That the head which looks most as wanted is needed, and may be frozen. */
function asIfFixed(wanted: Parameters<typeof measure.freezing>[0]) {
  return {
    kind: "empirical" as const,
    on: copiers,
    measure: measure.freezing(wanted),
    check: ({ looks, flattened, share }: measure.Frozen) => {
      assertLess(share, 0.05, "of what flattening does, what freezing it does: a twentieth");
      assertGreater(looks, 0.5, "weight on what it is named after: more than on all else together");
      // Tokens that came would be predicted as if e^0.5 = 1.6 times less likely.
      assertGreater(flattened, 0.5, "nats by which flattening moves the predictions");
    },
    units: costs,
    mustFailOn: {
      [INDUCTION]: { measure: measure.freezing("induction head") },
      "untrained weights": { on: [untrained] },
      [PROSE]: { on: models.twoOfEachScheme, measure: measure.freezing(wanted, "prose") },
    },
  };
}

/** That all heads of two seeds vary more, and by more than the least of each seed are apart. */
function moreThan(before: number, { least, apart }: { least: number; apart: number }): void {
  assertGreater(least - apart, before, "the least varied, against any untrained");
}
