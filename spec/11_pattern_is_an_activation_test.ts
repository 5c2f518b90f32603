import { assertEquals, assertGreater } from "@std/assert";
import { needs, question } from "../mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as models from "../fixtures/mod.ts";
import { breaks } from "./11_pattern_is_an_activation/breaks.ts";
import * as drawn from "./11_pattern_is_an_activation/pictures.ts";
import * as measure from "./11_pattern_is_an_activation/mod.ts";
import * as subjects from "./11_pattern_is_an_activation/subjects.ts";

const { ofAnyWeights, two, copiers, untrained, pairs, untrainedPair } = subjects;

/** Controls that are named twice; the first is what all of this must be told apart from. */
const TABLE = "a table of parameters in the place of queries and keys";
const PATTERN_FREE = "only the scale held";
const SCALE_FREE = "only the pattern held";
const INDUCTION = "an induction head";
const PROSE = "trained on prose alone";

/** How shares of attention, and what it costs to freeze a pattern, are written. */
const NATS = { digits: 1, unit: "nats" };
const PERCENT = { percent: true, digits: 0 };
const costs = {
  ...{ looks: PERCENT, copies: { percent: true, digits: 1 }, share: PERCENT },
  ...{ flattened: NATS, together: NATS, frozen: { digits: 4, unit: "nats" } },
};

question("Is the attention pattern an activation, not a parameter?", {
  notes: "Yes: it is the softmax of a form x^T W x, and what is learned is W.",
  standing: "confirmed with a caveat",
  lit: ["attention"],
  sources: [papers.attentionIsAllYouNeed, papers.inductionHeads],
}, ({ short, say, aside, caveat, claim, wouldChange, tryBreaking }) => {
  short`Yes, as the notes say: what is learned, and stays, are the matrices that the pattern is
    computed from. The pattern itself, who looks at whom and how much, is computed anew from every
    text. In some models a head behaves as if its pattern were fixed, such as one that mostly looks
    at the token before.`;

  // Not of any weights: some make a pattern that no text moves, as one of the controls does.
  const changes = claim("Another text gives every head of the models asked another pattern", {
    ...ofAnyWeights,
    id: "the-text-changes-it",
    kind: "empirical",
    measure: measure.onTwoTexts,
    bounds: {
      again: { equals: 0, what: "the same text must give the same pattern, to the last bit" },
      // A thousand times what rounding could do.
      another: { above: 1e-4, what: "the most that a share moved, in the head that moved least" },
    },
    mustFailOn: {
      [TABLE]: { sabotage: sabotages.constantPattern, on: two },
      "heads that ask nothing": { sabotage: sabotages.zeroQueries, on: [models.tiny] },
      "the same text twice": { on: two, measure: measure.sameTextTwice },
    },
    show: drawn.twoHeads,
  });

  say`Give one model two sentences. What it has learned stays as it is, but every head has another
    pattern ${changes}. Give it the first again, and the patterns return: they move by
    ${changes.max("again")}.`;

  const sizes = claim("A longer window adds no parameter to attention and reshapes none", {
    id: "no-parameter-of-the-window",
    ...ofAnyWeights,
    measure: measure.longerWindow,
    bounds: { stored: { above: 0, what: "parameters of attention that were compared" } },
    check: ({ attention }) =>
      assertEquals(attention, [], "what changes in attention when n_ctx does"),
    mustFailOn: { [TABLE]: { sabotage: sabotages.constantPattern, on: two } },
  });

  say`A *parameter* is stored with the model. An *activation* is computed while it reads. A pattern
    has a row and a column for each token of the text, and nothing stored for attention has that
    shape: a longer window adds no number there ${sizes}. With a learned table of who looks at whom,
    as ${papers.synthesizer} tried, no text would move the pattern ${changes}.`;

  const notes = claim("The notes' form gives the pattern, with what it leaves unsaid added", {
    id: "the-notes-form",
    ...ofAnyWeights,
    measure: measure.offNotes,
    // Scores of up to a hundred or so, sums of products rounded at 6e-8: an error of 1e-5 in a
    // score is one of 1e-5 times the share in that share.
    bounds: { apart: { below: 1e-5, what: "the most by which a share is off" } },
    units: { apart: { digits: 2 } },
    mustFailOn: {
      "the notes' form, taken literally": { measure: measure.without(...measure.UNSAID) },
      ...subjects.withoutOne,
    },
  });

  // The same in another way, from the stream itself, and all of the model from the text: nothing
  // else goes into it.
  const formula = claim("Text, weights and positional scheme give the pattern, and every logit", {
    id: "the-formula-gives-it",
    ...ofAnyWeights,
    measure: measure.offLoops,
    bounds: {
      apart: { below: 1e-5, what: "the most by which a share is off" },
      // Ten times what rounding comes to, here at most 7e-7.
      logits: { below: 1e-5, what: "the most by which a logit is off, of the largest" },
    },
    units: { logits: { digits: 2 } },
    mustFailOn: {
      "the exact GELU for GPT-2's": { sabotage: sabotages.exactGelu, on: two },
      "scores without 1/sqrt(d_head)": { sabotage: sabotages.unscaledScores, on: two },
      [TABLE]: { sabotage: sabotages.constantPattern, on: two },
      "the stream of another text": { on: two, measure: measure.offLoopsOfAnother },
    },
  });

  say`The notes have the form right. Token i scores token j by $\`x_i^\top W x_j\`$: $\`x_i\`$ is
    token i's vector after LayerNorm; $\`W\`$, a matrix for queries times one for keys, is learned;
    softmax turns scores into shares of attention that add up to one. Four things are left unsaid: a
    scale that divides scores, the causal mask, constants added to queries and keys (biases), and
    with some positional encodings the distance between tokens. With these, every share is right to
    within ${notes.max("apart")} ${notes}.`;

  aside`The scale is the square root of a head's width. Each x is a token's vector in the stream
    after LayerNorm; for the biases, a one is appended to it. Rotary positions make W another one
    for each distance, and ALiBi lowers a score in proportion to the distance. Each was left out
    alone in two models: without the mask, some share is off by at least
    ${notes.min("apart", { control: "without the mask" })}; without the scale, by
    ${notes.min("apart", { control: "without the scale" })}; without the biases, by
    ${notes.min("apart", { control: "without the biases" })}; without the distance, by
    ${notes.min("apart", { control: "without the distance" })} ${notes}. Plain loops that start from
    the stream itself agree to within ${formula.max("apart")}; started from the text, they give
    every logit to within ${formula.max("logits")} of the largest ${formula}. Some weights make a
    pattern that no text moves, such as queries that are all zero ${changes}: with them every head
    spreads its attention evenly, or with ALiBi by distance alone.`;

  const affine = claim("With its pattern and LayerNorm's scale held, attention is affine", {
    ...ofAnyWeights,
    id: "affine-once-held",
    on: subjects.some,
    measure: measure.holding("pattern", "scale"),
    // Sums of some hundred products in 32 bits, relative to the largest.
    bounds: { fromAffine: { below: 1e-5, what: "the most by which sums are not kept" } },
    units: { fromAffine: { digits: 2 } },
    mustFailOn: {
      "nothing held": { on: two, measure: measure.holding() },
      [PATTERN_FREE]: { on: two, measure: measure.holding("scale") },
      [SCALE_FREE]: { on: two, measure: measure.holding("pattern") },
      "values that go through a ReLU": { sabotage: sabotages.reluValues, on: two },
    },
  });

  aside`The pattern is also what keeps attention from being linear. Freeze the pattern and the
    number by which LayerNorm divides, and attention is linear up to a constant: feed it the sum of
    two inputs, and you get the sum of the two outputs, constant aside, to within
    ${affine.max("fromAffine")} of the largest number that comes out ${affine}. Let the pattern
    change with the input, and the two differ by at least
    ${affine.min("fromAffine", { control: PATTERN_FREE })} of that number; let only the divisor
    change, and they differ by at least ${affine.min("fromAffine", { control: SCALE_FREE })}. So
    ${papers.mathematicalFramework} freeze patterns when they take attention apart.`;

  const previous = claim("A previous-token head is needed, and can be frozen at almost no cost", {
    id: "a-previous-token-head-as-if-fixed",
    ...asIfFixed("previous-token head"),
    show: (runs) => [drawn.frozen, drawn.moved].flatMap((draw) => draw(runs)),
  });

  say`Some heads look as if fixed. Two of our models learned to continue repeating random blocks,
    and each has a previous-token head. Flatten that head: make it look at everything alike. The
    harm is how far the changed model's probabilities move from the unchanged model's, counted in
    nats (their KL divergence); the real next token plays no part. Flattening moves them by at least
    ${previous.min("flattened")}. Freeze the head instead: give it, on any text, its average pattern
    over eight other texts. That moves them by at most ${previous.max("frozen")} ${previous}. But an
    induction head looks for what followed last time, so its pattern depends on the text. Take the
    one that looks there most: freezing it does at least
    ${previous.min("share", { control: INDUCTION })} of the harm of flattening it.`;

  caveat`Not every model has such a head. In our ten small models of prose, the head that looks most
    at the token before gives it at most ${previous.max("looks", { control: PROSE })} of its
    attention, and freezing that head costs at least ${previous.min("share", { control: PROSE })} of
    what flattening it costs ${previous}.`;

  const own = claim("An own-token head is needed, and can be frozen at little cost", {
    id: "an-own-token-head-as-if-fixed",
    ...asIfFixed("own-token head"),
  });

  aside`Both models that continue repeated blocks have another head as if fixed, which looks at its
    own token: freezing it costs at most ${own.max("share")} of what flattening it costs ${own}. In
    the first model it gives ${own.value(copiers[0], "copies")} of its attention to earlier copies
    of the token, in the second ${own.value(copiers[1], "copies")}: so the first does follow the
    text a little. Flattening the induction head asked above alone costs at most
    ${previous.max("flattened", { control: INDUCTION })}, since each model has others that do its
    work; flattening all induction heads of a model at once, at least
    ${previous.min("together", { control: INDUCTION })} ${previous}. Our models are small, neither
    of these two was asked on prose, and the largest of our GPTs was not asked. In encoders such as
    BERT, asked on six tasks, half of the patterns could be replaced by averages at little or no
    loss; but the better a model was, the more it lost by such a replacement
    (${papers.constantAttention}). Where a translator's encoder was trained with patterns fixed by
    position in all heads of each layer but one, it hardly suffered (${papers.fixedPatterns}).`;

  const varies = claim("After training every head follows the text more than any did before", {
    id: "training-makes-it-vary",
    kind: "empirical",
    on: pairs,
    needs: needs.pair,
    measure: measure.variation,
    check: ({ trained, before }) => assertGreater(trained.clear, before, "before training"),
    units: { before: { ...PERCENT, digits: 1 }, "trained.least": PERCENT, "trained.most": PERCENT },
    mustFailOn: {
      "untrained weights": { on: [untrainedPair] },
      [TABLE]: { on: [subjects.pairOfTables] },
    },
    show: drawn.beforeAndAfter,
  });

  const size = claim("Trained queries and keys follow the text with their numbers shuffled, too", {
    id: "much-of-it-is-size",
    kind: "empirical",
    on: pairs,
    needs: needs.pair,
    measure: measure.variation,
    check: ({ shuffled, before }) => assertGreater(shuffled.clear, before, "before training"),
    units: { ofTrained: PERCENT },
    mustFailOn: { "untrained weights": { on: [untrainedPair] } },
  });

  aside`How far does a pattern follow the text? Give a head another text, and count the share of a
    position's attention that moves to other places: none if the pattern is fixed, all if it never
    looks at the same place twice. Before training, queries and keys are small and all scores nearly
    alike: in our models of prose, at most ${varies.max("before")} moves in any head. After training
    between ${varies.min("trained.least")} and ${varies.max("trained.most")} does ${varies}.`;

  aside`Much of that is mere size. To see it, take the trained matrices W_Q and W_K, and put the
    numbers within each into another order. The numbers are as large as before, but what was learned
    of their order is lost. Does attention still move? Yes: on average over heads, between
    ${size.min("ofTrained")} and ${size.max("ofTrained")} as much as before the shuffling, depending
    on the positional scheme ${size}. So a pattern that follows the text shows that queries and keys
    have grown, not yet what they learned to follow.`;

  wouldChange`A parameter of attention that has a row for each place of a text ${sizes}; a share of
    attention that cannot be computed from the stream and the learned matrices ${notes}${formula};
    or a pattern that differs by more than rounding when the same text is run again ${changes}. That
    some head's pattern is the same for all texts would not change our mind: that pattern would
    still be computed.`;

  breaks({ tryBreaking }, { changes, sizes, formula, notes, size, affine });
});

/** That the head which looks most as wanted is needed, and may be frozen. */
function asIfFixed(wanted: Parameters<typeof measure.freezing>[0]) {
  return {
    kind: "empirical" as const,
    on: copiers,
    needs: needs.attention,
    measure: measure.freezing(wanted),
    bounds: {
      share: { below: 0.05, what: "of what flattening does, what freezing it does: a twentieth" },
      looks: {
        above: 0.5,
        what: "share on what it is named after: more than on all else together",
      },
      // Tokens that came would be predicted as if e^0.5 = 1.6 times less likely.
      flattened: { above: 0.5, what: "nats by which flattening moves the predictions" },
    },
    units: costs,
    mustFailOn: {
      [INDUCTION]: { measure: measure.freezing("induction head") },
      "untrained weights": { on: [untrained] },
      [PROSE]: { on: models.twoOfEachScheme, measure: measure.freezing(wanted, "prose") },
    },
  };
}
