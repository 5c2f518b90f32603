import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question, sabotaged } from "../mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as here from "./13_queries_and_keys/mod.ts";

const { small, rotary, turning, gpt2Sizes } = here;

/** Controls that the answer quotes. */
const OWN_KEYS = "keys of their own";
const FULL_CUT = "one full matrix, cut as far";

const [NATS, PERCENT] = [{ digits: 3, unit: "nats" }, { digits: 0, percent: true }];

question("Why have queries and keys at all, if they collapse into one matrix?", {
  notes: "open",
  standing: "answered here",
  lit: ["attention"],
  sources: [papers.mathematicalFramework, papers.attentionIsAllYouNeed, papers.roformer],
}, ({ short, say, aside, caveat, part, claim, refuted, wouldChange }) => {
  short`For a plain head they do collapse: only the product of their two matrices matters. The
    pair is the cheap form of that one matrix: far fewer numbers, and fewer directions to compare
    along. Where positions turn queries and keys, or both are cut to one length, no one matrix can
    stand for them.`;

  // Queries and keys are left out of the graph, and x W_QK y stands in their place: all layers then
  // have to do with what the first made of it.
  const collapse = claim("Scores from W_Q and W_K are the scores from the one matrix W_QK", {
    id: "one-matrix",
    kind: "identity",
    on: here.plain,
    needs: needs.pair,
    measure: (model: Model) => here.bothWays(model),
    check: ({ apart }) => assertLess(apart, here.ROUNDING, "relative to the largest score"),
    mustFailOn: {
      "a transposed W_QK": here.against([models.tiny], sabotages.transposedQK.apply),
      "a W_QK without the biases": here.against([small], here.withoutBiases),
      "rotary positions": { on: [rotary] },
    },
    show: here.scoresBothWays,
  });
  say`A head makes a query of the vector that asks, by a matrix \`W_Q\`, and a key of each vector
    that it may look at, by a matrix \`W_K\`. Their score is the two multiplied number by number
    and added up. Written out, there is only the product of the matrices between the two vectors,
    \`W_QK\`. With that one matrix in place of both, every score stays what it was ${collapse}.`;

  // R is drawn for every head, far from the identity. Rotary positions put a turn between the two.
  const basis = claim("W_Q R and W_K R^-T give the same scores, for any R that positions allow", {
    id: "any-basis",
    kind: "identity",
    on: [...here.random, ...turning, small, rotary],
    needs: needs.pair,
    measure: (model: Model) => here.rebased(model, here.anyBasis(model)),
    check: here.sameScoresElsewhere,
    mustFailOn: {
      "R on the queries alone": here.rebasing([small], sabotages.queriesInAnotherBasis.apply),
      "an R that changes nothing": here.rebasing([models.tiny], here.sameBasis),
      "any R, and rotary positions": here.rebasing([rotary], transformer.inAnotherBasis),
    },
    show: here.twoSetsOfKeys,
  });
  say`So a single number of a query or a key means nothing. Mix a head's queries by any matrix
    that can be undone, and undo it in the keys: all the numbers are others, and no score changes
    ${basis}.`;

  const values = claim("What heads write by W_V and W_O they write by the one matrix W_OV", {
    id: "one-matrix-to-write",
    kind: "identity",
    on: [...here.random, ...turning, small, rotary],
    needs: needs.attention,
    measure: (model: Model) => here.writtenBothWays(model),
    check: ({ apart }) => assertLess(apart, here.ROUNDING, "relative to the largest number"),
    mustFailOn: {
      "values that go through a ReLU": { sabotage: sabotages.reluValues, on: [models.tiny] },
      "a W_OV without the biases": {
        on: [small],
        measure: (m) => here.writtenBothWays(m, { biases: false }),
      },
    },
  });
  say`The other half of a head collapses too. \`W_V\` makes the values, \`W_O\` writes down what
    was read of them, and only their product matters, \`W_OV\` ${values}. So a head is two
    matrices: \`W_QK\` says where to look, \`W_OV\` what to bring.`;

  const saved = claim("The pair has fewer parameters and takes fewer multiplications for a score", {
    id: "what-the-pair-saves",
    kind: "identity",
    on: [gpt2Sizes, models.withoutWeights(small.name, small.config!)],
    needs: needs.pair,
    measure: here.costs,
    check: here.pairIsCheaper,
    mustFailOn: {
      "a head half as wide as the stream": { on: [here.wideHead(2)] },
      "a head as wide as the stream": { on: [here.wideHead(1)] },
    },
  });
  const thin = claim("A pair compares no more directions than a head is wide", {
    id: "a-pair-has-low-rank",
    kind: "identity",
    on: [...here.random, ...here.pairs],
    needs: needs.pair,
    measure: here.ranks,
    // Rounding leaves 1e-7 of a matrix.
    check: ({ missed }) => assertLess(missed.most, 1e-5, "what the best pair misses of a matrix"),
    mustFailOn: { "one full matrix, trained": { on: here.full, needs: false } },
    show: (runs) => [here.thinTimesThin(runs), here.spectra(runs)].flat(),
  });
  say`Why two matrices for one, then? Two thin ones are smaller than a square one, if each
    is less than half as wide. At the ${gpt2Sizes}, a pair has
    ${saved.value(gpt2Sizes, "pair")} numbers a head, and \`W_QK\` would have
    ${saved.value(gpt2Sizes, "one")} ${saved}. The price is rank: a square matrix can compare two
    vectors along every direction of the stream, a pair only along as many as the head is wide
    ${thin}.`;
  aside`A score takes fewer multiplications, too: ${saved.value(gpt2Sizes, "pairScore")} instead
    of ${saved.value(gpt2Sizes, "oneScore")}. The KV cache is another matter. It keeps
    ${saved.value(gpt2Sizes, "cache")} numbers a layer and token; the collapsed form could keep
    what all heads read, ${saved.value(gpt2Sizes, "cacheStream")}, and make the rest anew at each
    step; with every head's \`W_QK\` applied to it beforehand it would be
    ${saved.value(gpt2Sizes, "cacheEachHead")}. ${papers.deepseekV2} goes that way: a narrow
    vector is cached, with a part of \`W_K\` drawn into the queries and of \`W_V\` into the
    output. These counts leave biases out. In the one matrix biases become one more coordinate of
    both vectors, which is always one ${collapse}.`;

  const alike = claim("A full W_QK is worth its parameters at most; having no keys costs more", {
    id: "trained-alike",
    kind: "empirical",
    on: [here.trainedAlike("the small GPT with three kinds of scores")],
    measure: here.compare,
    // What two seeds of one recipe are apart may be chance.
    check: ({ won, bought, lost, spared, seedsApart }) => {
      assertGreater(won, seedsApart, "nats that full matrices are better by");
      assertLess(won, bought + seedsApart, "nats that full matrices are better by");
      assertGreater(lost - Math.max(0, spared), seedsApart, "nats that no keys cost beyond theirs");
    },
    units: { won: NATS, bought: NATS, lost: { ...NATS, digits: 2 }, more: PERCENT },
    mustFailOn: {
      "no gain": { on: [here.trainedAlike("pairs twice", { full: "learned" })] },
      "a gain at no price": { on: [here.trainedAlike("rotary positions", { full: "rotary" })] },
      "no loss": { on: [here.trainedAlike("full matrices twice", { same: "full-qk" })] },
    },
    show: here.lossCurves,
  });
  const cut = claim("A trained pair gets by with half of its directions", {
    id: "half-is-enough",
    kind: "empirical",
    on: here.pairs,
    needs: needs.pair,
    measure: (model: Model) => here.cuts(model),
    // A hundredth of what scores are worth is 0.008 nats: less than a full matrix won.
    check: ({ lostAtHalf }) => assertLess(lostAtHalf, 0.01, "of what scores are worth"),
    units: { lostAtHalf: { ...PERCENT, digits: 1 }, lostAtWidth: PERCENT },
    mustFailOn: {
      "the other directions": { on: [small], measure: (m) => here.cuts(m, "others") },
      [FULL_CUT]: { on: here.full, needs: false },
    },
    show: here.lossByDirections,
  });
  say`Is it a high price? We trained the small GPT with a full \`W_QK\` in every head, all else
    alike. Its loss ended ${alike.mean("won")} lower, with ${alike.mean("more")} more parameters;
    spent on a wider stream, as many would have won about ${alike.mean("bought")} ${alike}. So the
    full matrices helped a little, and no more than their numbers do elsewhere. Nor do these pairs
    need all their rank: keep the stronger half of each head's directions, and the loss rises by at
    most ${cut.max("lostAtHalf")} of what it rises by with none ${cut}.`;
  caveat`These are small models. And our full matrices did not become thin by themselves: cut to the
    width of a pair, they lost up to ${cut.max("lostAtWidth", { control: FULL_CUT })} in the same
    measure ${cut}.`;
  aside`Elsewhere rank may matter more: ${papers.lowRankBottleneck} proves that a head narrower than
    its text is long cannot make every pattern; ${papers.benefitsOfRank}, that there are tasks for
    which a single layer needs one full head, or a great many narrow ones.`;
  aside`Losses are those of the models' cards. The full matrices began as wide as the products of
    pairs, so that scores began alike. Each kind was tried with one seed at the small GPT's learning
    rate, at half and at twice of it: its own was the best for all, and what came of the others is
    in the full matrices' recipe. What parameters win elsewhere is read off from streams half and
    twice as wide: between two widths, the loss falls by so much each time they double ${alike}.`;

  part("Why are queries not simply the keys?");
  short`Because looking would have no direction: two tokens would score each other alike, and at
    least one of them would look at itself no less than at the other.`;
  const oneWay = claim("Queries that are keys score alike both ways, and never above both own", {
    id: "queries-as-keys",
    kind: "identity",
    on: [...here.randomSame, ...here.same],
    needs: needs.attention,
    measure: (model: Model) => probes.scoreSymmetry(model, probes.drawTokens(model)[0]),
    check: ({ oneWay, beyondSelf }) => {
      assertLess(oneWay, here.ROUNDING, "between two scores for each other, by the largest");
      assertLess(beyondSelf, here.ROUNDING, "above both positions' scores for themselves");
    },
    mustFailOn: { [OWN_KEYS]: { on: [models.tiny, ...here.pairs] } },
  });
  say`Let one matrix make both, so that a token asks for what it offers. Then any two tokens score
    each other alike, and at least one of them scores itself no lower ${oneWay}. To look at the
    token before more than at itself, a token needs a shorter key than that one, and so on all along
    the text.`;
  const back = claim("With queries as keys, the head that looks back most looks at itself more", {
    id: "itself-first",
    kind: "empirical",
    on: here.same,
    measure: here.lookingBack,
    check: ({ previous, own }) => assertGreater(own, previous, "attention to its own token"),
    units: { previous: PERCENT, own: PERCENT },
    mustFailOn: { [OWN_KEYS]: { on: here.pairs } },
    show: here.whereHeadsLook,
  });
  say`So it goes in training. In the small GPT, the head that looks back most gives
    ${back.value(small, "previous", { control: OWN_KEYS })} of its attention to the token before
    and ${back.value(small, "own", { control: OWN_KEYS })} to its own token; in one trained with
    queries as keys, ${back.value(here.same[0], "previous")} and
    ${back.value(here.same[0], "own")} ${back}. Such a model predicts worse by
    ${alike.mean("lost")}, far more than its fewer parameters explain ${alike}.`;
  caveat`It is no law: ${papers.reformer} reports no harm, in models whose keys are cut to one
    length and whose tokens may not look at themselves. ${papers.directionality} finds \`W_QK\`
    directional in models trained to read forward, as ours are, and symmetric in those that read
    both ways.`;

  part("When do they not collapse?");
  short`When something stands between query and key that is not the same for every two vectors.
    Rotary positions turn both by where they stand; normalising divides by lengths that no matrix
    knows. Sharing keys between heads does not stop it.`;
  const perDistance = claim("With rotary positions there is one matrix for each distance", {
    id: "a-matrix-for-each-distance",
    kind: "identity",
    on: [...turning, ...models.bothSeeds("rotary")],
    measure: (model: Model) => here.byMatrices(model),
    check: ({ apart }) => assertLess(apart, here.ROUNDING, "relative to the largest score"),
    mustFailOn: {
      "the same matrix at every distance": { on: [rotary], measure: here.byOneMatrix },
    },
  });
  const always = refuted("Queries and keys always collapse into one matrix", {
    id: "always-collapse",
    kind: "identity",
    on: [...turning, ...models.bothSeeds("rotary")],
    measure: (model: Model) => probes.scoresByDistance(model, 1, 0, model.config.n_ctx),
    // One matrix scores equal vectors alike, wherever they stand, but for rounding: 1e-7. The
    // belief is given a tenth of the largest score, so that nothing small can refute it.
    check: ({ range }) => assertLess(range, 0.1, "how scores change with the distance"),
    units: { range: { digits: 1 } },
    mustHoldOn: {
      "rotation turned off": { sabotage: sabotages.noRotation, on: [rotary] },
      "no positions": { on: [models.trainedModel("nope/1")] },
    },
    show: here.scoreByDistance,
  });
  say`Rotary positions turn queries and keys by an angle that grows with the place. Between two
    vectors the difference of their angles is left, so a head has a matrix for each distance
    ${perDistance}, and none for all: the score of the same two vectors goes up and down with the
    distance, in some head of each model by ${always.min("range", { origin: "trained" })} times
    the largest score or more ${always}.`;

  const normalised = refuted("Normalised queries and keys collapse into one matrix, too", {
    id: "normalised-collapse",
    kind: "identity",
    on: [...sabotaged([models.tiny], sabotages.normalisedQK), here.normalisedSmall],
    measure: (model: Model) => probes.scoreLinearity(model, probes.drawTokens(model)[0]),
    check: ({ fromLinear, moved }) => {
      assertGreater(moved, 0.1, "the vector that asks must have been moved");
      // Rounding would leave 1e-7: here, too, the belief is given a tenth.
      assertLess(fromLinear, 0.1, "off a straight line, relative to the largest score");
    },
    units: { fromLinear: PERCENT },
    mustHoldOn: { "queries and keys as they were": { on: [models.tiny, small] } },
  });
  say`Where queries and keys are divided by their lengths, as in ${papers.queryKeyNorm}, a score
    no longer follows the vector that asks in a straight line, as it must if a matrix makes it:
    halfway between two vectors it is off by
    ${normalised.value(here.normalisedSmall, "fromLinear")} of the largest score ${normalised}.`;

  const shared = claim("Heads that share keys collapse each; together they have the rank of one", {
    id: "shared-keys",
    kind: "construction",
    on: sabotaged([models.tiny], sabotages.sharedKeys),
    measure: here.ranksTogether,
    check: ({ apart, rank, d_head }) => {
      assertLess(apart, here.ROUNDING, "each head alone still collapses");
      assertEquals(rank, d_head, "all heads' matrices together have the rank of one");
    },
    mustFailOn: { "keys of each head's own": { on: [models.tiny] } },
  });
  caveat`Heads may share their keys, as in ${papers.multiQuery} and ${papers.groupedQueries}, and
    each still has its one matrix ${shared}. But all these matrices together have the rank of one
    head, and written out one by one they give away what sharing saves.`;

  aside`With rotary positions the numbers of a query are less arbitrary: the rotation turns them
    in twos, and mixing may only turn and stretch each two together ${basis}. That one matrix no
    longer does is also why ${papers.deepseekV2} keeps a part of queries and keys apart for
    positions.`;

  wouldChange`A plain attention layer whose scores no single matrix gives ${collapse}, or a full
    \`W_QK\` that is better by more than its numbers are worth elsewhere ${alike}.`;
});
