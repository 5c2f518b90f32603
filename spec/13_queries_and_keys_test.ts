import { assertGreater } from "@std/assert";
import { type Model, needs, question } from "../mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./13_queries_and_keys/breaks.ts";
import * as here from "./13_queries_and_keys/mod.ts";

const { small, rotary, turning, gpt2Sizes, FULL_CUT, OWN_KEYS, NATS, PERCENT } = here;

question("Why have queries and keys at all, if they collapse into one matrix?", {
  notes: "open",
  standing: "answered here",
  lit: ["attention"],
  sources: [papers.mathematicalFramework, papers.attentionIsAllYouNeed, papers.roformer],
}, ({ short, say, aside, caveat, part, claim, refuted, wouldChange, tryBreaking }) => {
  short`For a plain head they do collapse: only the product of their two matrices matters. The pair
    is the cheap form of that product: far fewer numbers, at the price of comparing vectors in fewer
    ways. With rotary positions, or where queries and keys are divided by their lengths, no single
    matrix can stand for the pair.`;

  const collapse = claim("Scores from W_Q and W_K are the scores from the one matrix W_QK", {
    id: "one-matrix",
    kind: "identity",
    on: here.plain,
    needs: needs.pair,
    measure: (model: Model) => here.bothWays(model),
    bounds: { apart: { below: here.ROUNDING, what: "relative to the largest score" } },
    mustFailOn: here.notOneMatrix,
    show: here.scoresBothWays,
  });
  say`A head compares the vector $\`x\`$ of the position that asks with the vector $\`y\`$ of each
    position that it may look at. A matrix $\`W_Q\`$ makes a query of $\`x\`$, and $\`W_K\`$ a key
    of $\`y\`$. Their score is the two multiplied number by number and added up (then divided by a
    fixed number): $\`(x W_Q)(y W_K)^\top\`$, which is $\`x\,(W_Q W_K^\top)\,y^\top\`$. So a single
    matrix stands between $\`x\`$ and $\`y\`$: the product in the middle, $\`W_{QK}\`$. With
    $\`W_{QK}\`$ in place of queries and keys, every score stays the same ${collapse}.`;
  aside`Vectors are rows here. Written as columns, as in other answers, the same score is
    $\`x^\top W_{QK}\,y\`$ ${collapse}.`;

  const basis = claim("W_Q R and W_K R^-T give the same scores, for any R that positions allow", {
    id: "any-basis",
    kind: "identity",
    on: [...here.random, ...turning, small, rotary],
    needs: needs.pair,
    measure: (model: Model) => here.rebased(model, here.anyBasis(model)),
    bounds: here.sameScoresElsewhere,
    mustFailOn: here.notAnotherBasis,
    show: here.keysAndScores,
  });
  say`So a single number of a query or key means nothing by itself. Multiply all queries of a head
    by any matrix that has an inverse, and undo that in the head's keys: all their numbers change,
    and no score does ${basis}.`;

  const values = claim("What heads write by W_V and W_O they write by the one matrix W_OV", {
    id: "one-matrix-to-write",
    kind: "identity",
    on: [...here.random, ...turning, small, rotary],
    needs: needs.attention,
    measure: (model: Model) => here.writtenBothWays(model),
    bounds: { apart: { below: here.ROUNDING, what: "relative to the largest number" } },
    mustFailOn: here.notOneMatrixToWrite,
  });
  say`The other half of a head collapses likewise. $\`W_V\`$ makes a value of each vector that is
    looked at; the values are averaged by their shares of attention; $\`W_O\`$ makes of the average
    what the head adds to the stream. To average before $\`W_O\`$ or after it comes to the same. So
    only the product of $\`W_V\`$ and $\`W_O\`$ matters, called $\`W_{OV}\`$ ${values}. A head then
    is two matrices: $\`W_{QK}\`$ says where to look, $\`W_{OV}\`$ what to bring from there.`;

  const saved = claim("The pair has fewer parameters and takes fewer multiplications for a score", {
    id: "what-the-pair-saves",
    kind: "identity",
    on: [gpt2Sizes, models.withoutWeights(small.name, small.config!)],
    needs: here.narrowHeads,
    measure: here.costs,
    check: here.pairIsCheaper,
    mustFailOn: here.notCheaper,
  });
  const thin = claim("W_Q and W_K compare along no more directions than a head is wide", {
    id: "a-pair-has-low-rank",
    kind: "identity",
    on: [...here.random, ...here.pairs],
    needs: needs.pair,
    measure: here.ranks,
    bounds: here.nothingMissed,
    mustFailOn: { "one full matrix, trained": { on: here.full, needs: false } },
    show: (runs) => [here.thinTimesThin(runs), here.spectra(runs)].flat(),
  });
  say`Why then keep a pair? Because it has fewer numbers. $\`W_{QK}\`$ has as many rows and columns
    as the stream is wide. $\`W_Q\`$ and $\`W_K\`$ have only as many columns as the head is wide,
    and heads are narrow. At the ${gpt2Sizes}, the pair has ${saved.value(gpt2Sizes, "pair")}
    numbers in each head, and $\`W_{QK}\`$ would have ${saved.value(gpt2Sizes, "one")} ${saved}.`;
  say`The price is a low rank. $\`W_{QK}\`$ amounts to a list of pairs of arrows. For each pair,
    measure how far the one vector points along the first arrow and the other along the second, and
    multiply. The score adds these products up; the rank is how many pairs it takes. A full
    $\`W_{QK}\`$ can need as many arrow pairs as the stream is wide; one made from $\`W_Q\`$ and
    $\`W_K\`$, only as many as the head is wide ${thin}.`;
  aside`A score takes fewer multiplications, too: ${saved.value(gpt2Sizes, "pairScore")} and not
    ${saved.value(gpt2Sizes, "oneScore")}. These counts leave biases out: in the one matrix, biases
    become one more coordinate of both vectors, which is always one ${collapse}.`;
  aside`The KV cache keeps the keys and values of each token: ${saved.value(gpt2Sizes, "cache")}
    numbers a layer, at the same sizes. Collapsed heads could keep the vector that they all read, of
    ${saved.value(gpt2Sizes, "cacheStream")}. ${papers.deepseekV2} keeps a narrower one still; the
    matrices that would make keys and values of it are merged with $\`W_Q\`$ and $\`W_O\`$.`;

  part("Is the low rank a loss?");
  short`Hardly, in our small models: full matrices lower the loss a little, about as much as the
    same number of parameters does elsewhere. Nor do trained pairs need all the rank they have.`;
  const alike = claim("A full W_QK is worth its parameters at most; having no keys costs more", {
    id: "trained-alike",
    kind: "empirical",
    on: [here.trainedAlike("the small GPT with three kinds of scores")],
    measure: here.compare,
    check: here.worthItsParameters,
    units: { won: NATS, bought: NATS, lost: { ...NATS, digits: 2 }, more: PERCENT },
    mustFailOn: here.otherChanges,
    show: here.lossCurves,
  });
  const cut = claim("A trained head gets by with half of its pairs of arrows", {
    id: "half-is-enough",
    kind: "empirical",
    on: here.pairs,
    needs: here.evenWidths,
    measure: (model: Model) => here.cuts(model),
    bounds: here.littleLost,
    units: { lostAtHalf: { ...PERCENT, digits: 1 }, lostAtWidth: PERCENT },
    mustFailOn: here.cutBadly,
    show: here.lossByDirections,
  });
  say`We trained our small GPT again, with one full matrix in each head in place of $\`W_Q\`$ and
    $\`W_K\`$: all numbers of this $\`W_{QK}\`$ are learned, so nothing limits its rank. All else is
    alike. Each kind was trained twice, as two seeds, which differ by chance alone. Full matrices
    gave a slightly lower loss, by ${alike.mean("won")}, but the model then has
    ${alike.mean("more")} more parameters. Used to widen the stream instead, as many parameters
    would have lowered the loss by about ${alike.mean("bought")} ${alike}. So full matrices use
    their parameters about as well as a wider stream.`;
  say`Nor do trained pairs need all their rank. If all scores were zero, every head would look at
    everything alike, and the loss would be higher. We call this rise the worth of the scores. Then
    we made each head's scores from only half of its pairs of arrows, those that count most. The
    loss rose by at most ${cut.max("lostAtHalf")} of that worth ${cut}.`;
  caveat`These are small models. And the pair itself may make its rank low: as
    ${papers.lowRankByDecay} show, weight decay, which ours had too, pulls the product of two
    trained matrices towards a low rank. That fits our full matrices, which did not become thin by
    themselves. Cut to as many pairs of arrows as a head is wide, they lost up to
    ${cut.max("lostAtWidth", { control: FULL_CUT })} of what their scores are worth ${cut}.`;
  aside`Elsewhere rank may matter more. ${papers.lowRankBottleneck} proves that a head narrower than
    its text is long cannot make every pattern, and reports that wider heads predict language
    better.`;
  aside`Losses were noted after training, on text that no training used: means over the seeds. To
    price parameters we also trained the small GPT with a stream half as wide and twice as wide; in
    between, each doubling of parameters is taken to lower the loss by the same amount ${alike}. By
    their recipe, a higher and a lower learning rate were worse on one seed for each kind of scores;
    and a pair without weight decay lost more when cut to half, but still little.`;

  part("Why are queries not simply the keys?");
  short`Because then asking would go both ways. Two vectors have the same score, whichever of them
    asks, unless positions turn them. And a vector's score for itself is at least its score for any
    vector with a shorter key.`;
  const oneWay = claim("Queries that are keys score alike both ways, and never above both own", {
    id: "queries-as-keys",
    kind: "identity",
    on: [...here.randomSame, ...here.same],
    needs: needs.attention,
    measure: here.eitherWay,
    bounds: here.noDirection,
    mustFailOn: { [OWN_KEYS]: { on: [models.tiny, ...here.pairs] } },
  });
  say`Let one matrix make queries and keys, and nothing turn them: then a vector asks for what it
    offers, and two things follow ${oneWay}. Two vectors have the same score, whichever of the two
    asks. (Their shares of attention can still differ: a share depends on the asker's other scores,
    too.) And a vector scores itself at least as high as any vector with a shorter key: a score is
    the length of the query, times that of the key, times the cosine between them, and with itself
    that cosine is \`1\`. So a token can score the one before it above itself only if its own key is
    shorter than that one's. For every token to do so, keys would have to get shorter and shorter
    along the text.`;
  const back = claim("With queries as keys, the head that looks back most looks at its own more", {
    id: "itself-first",
    kind: "empirical",
    on: here.same,
    needs: here.ownKeys,
    measure: here.lookingBack,
    check: ({ previous, own }) => assertGreater(own, previous, "attention to its own token"),
    units: { previous: PERCENT, own: PERCENT },
    mustFailOn: { [OWN_KEYS]: { on: here.pairs, needs: false } },
    show: here.whereHeadsLook,
  });
  say`In training, such heads do look more at their own token. Take the head of our small GPT that
    looks back most: it gives ${back.value(small, "previous", { control: OWN_KEYS })} of its
    attention to the token before and ${back.value(small, "own", { control: OWN_KEYS })} to its own
    token or an earlier copy of it. In the same GPT trained with queries as keys, the head that
    looks back most gives ${back.value(here.same[0], "previous")} to the token before and
    ${back.value(here.same[0], "own")} to its own token or a copy ${back}. The loss of that GPT is
    ${alike.mean("lost")} higher, far more than its fewer parameters explain ${alike}.`;
  caveat`It is no law. ${papers.reformer} reports no harm in its own runs, of models whose keys are
    cut to one length and whose tokens may not look at themselves. ${papers.directionality} finds
    $\`W_{QK}\`$ directional in models trained to read forward, as ours are, and symmetric in those
    that read both ways.`;

  part("When do they not collapse?");
  short`When something is done to queries and keys that no fixed matrix can do. Rotary positions
    turn each by an angle that depends on its place; normalising divides each by its own length.`;
  const perDistance = claim("With rotary positions there is one matrix for each distance", {
    id: "a-matrix-for-each-distance",
    kind: "identity",
    on: [...turning, ...models.bothSeeds("rotary")],
    measure: (model: Model) => here.byMatrices(model),
    bounds: { apart: { below: here.ROUNDING, what: "relative to the largest score" } },
    mustFailOn: here.oneForAllDistances,
  });
  const always = refuted("Queries and keys always collapse into one matrix", {
    id: "always-collapse",
    kind: "identity",
    on: [...turning, ...models.bothSeeds("rotary")],
    measure: here.atDistances,
    bounds: here.alikeEverywhere,
    units: { range: { digits: 1 } },
    mustHoldOn: here.alikeAtEveryDistance,
    show: here.scoreByDistance,
  });
  say`Rotary positions turn queries and keys by angles that grow with the place. Only the difference
    of the two angles counts in a score, so a head has a matrix for each distance between two
    positions ${perDistance}, and no single one for all distances. How much does that change? Put
    the same two vectors at every distance, and let each head score them. With a single matrix the
    score would be the same at every distance. But in each trained model, as the distance changes,
    some head's score for these two vectors goes from clearly negative to clearly positive. Let the
    largest score that any head of that model gave here, sign left aside, count as one: then this
    score moves by at least ${always.min("range", { origin: "trained" })} as the distance changes
    ${always}; from minus one to one would be two. That is no drawback: the pair is still cheap, and
    its scores can now depend on how far apart two tokens stand.`;

  const normalised = refuted("Normalised queries and keys collapse into one matrix, too", {
    id: "normalised-collapse",
    kind: "identity",
    on: here.normalised,
    measure: here.halfway,
    check: here.straight,
    units: { fromLinear: PERCENT },
    mustHoldOn: { "queries and keys as they were": { on: [models.tiny, small] } },
  });
  say`Other models divide each query and each key by its length, as in ${papers.queryKeyNorm}.
    Multiplying by a matrix keeps halfway points halfway: so, if a matrix made the scores, a vector
    halfway between two others would have, when it asks, a score halfway between theirs. We put such
    a division into our small GPT. There the vector halfway has a score that is off by up to
    ${normalised.max("fromLinear", { model: here.normalisedSmall })} of the largest score
    ${normalised}.`;

  const shared = claim("Heads that share keys collapse each; together they have the rank of one", {
    id: "shared-keys",
    kind: "construction",
    on: here.sharing,
    needs: here.severalHeads,
    measure: here.ranksTogether,
    bounds: { apart: { below: here.ROUNDING, what: "each head alone still collapses" } },
    check: here.rankOfOne,
    mustFailOn: here.notOneSetOfKeys,
  });
  caveat`Heads that share keys still collapse, each into its own matrix ${shared}. But if all share
    one set of keys, as in ${papers.multiQuery}, all measure the vector that is looked at along the
    same arrows, no more than a single head has. With a set for each group, as in
    ${papers.groupedQueries}, that goes for each group. With a matrix for each head, what sharing
    saves would be lost.`;
  aside`With rotary positions the numbers of a query are less arbitrary. Rotation takes two numbers
    at a time, as an arrow in a plane, and turns it. Turn and stretch each such arrow as a whole,
    and all scores stay as they were; a matrix drawn at random changes them ${basis}.`;

  wouldChange`A plain attention layer whose scores no single matrix gives ${collapse}, or a full
    $\`W_{QK}\`$ that lowers the loss by more than its parameters do elsewhere ${alike}.`;

  breaks({ tryBreaking }, { collapse, thin, values, basis, always, perDistance });
});
