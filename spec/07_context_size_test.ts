import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question } from "../mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import type * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./07_context_size/breaks.ts";
import * as measured from "./07_context_size/mod.ts";
import * as drawn from "./07_context_size/pictures.ts";
import * as subjects from "./07_context_size/subjects.ts";

const { anyWeights, small, victims } = subjects;
const { COPIERS, LEFT, READ, SCORES } = drawn.controls;

const [NATS, PERCENT] = [{ digits: 2, unit: "nats" }, { percent: true, digits: 0 }];

question("Is the context size fixed up front?", {
  notes: "No: a chatbot said that it cannot be changed, and that models of longer contexts are " +
    "new models; the notes report that this is wrong, without seeing why.",
  standing: "confirmed with a caveat",
  lit: ["positions", "attention"],
  sources: [papers.roformer, papers.noPositions],
}, ({ short, say, aside, caveat, claim, refuted, part, wouldChange, tryBreaking }) => {
  short`No; the notes are right. The weights of attention act on one token's vector at a time, so
    none belongs to a place or to a length; only a learned table of positions has a size. Train the
    same model for a while on longer texts, and its window is larger. Whether ours use it, our runs
    cannot tell.`;

  part("Is any weight tied to a length?");
  short`In our models only those of a learned table of positions, which has a row for each place.
    All other weights act on one token's vector at a time, however many tokens there are.`;

  // Zero means zero: where nothing came in, the same arithmetic runs on the same bits.
  const vector = claim("A head's matrices act on one position's vector, and on all alike", {
    id: "one-vector-at-a-time",
    kind: "identity",
    on: anyWeights,
    needs: needs.pair,
    measure: (model: Model) => measured.oneVectorAtATime(model),
    bounds: {
      others: { equals: 0, what: "how far any other position moves" },
      apart: { equals: 0, what: "what goes in reordered must come out reordered" },
      self: { above: 0, what: "what both must have moved" },
      changed: { above: 0, what: "what both must have moved" },
    },
    mustFailOn: {
      [READ]: { on: victims, measure: measured.throughWholeHeads },
      "a hundredth of the left neighbour": { sabotage: measured.leakyReading, on: victims },
      "a bias for each place": { sabotage: measured.placedQueries, on: victims },
    },
    show: drawn.local,
  });

  say`A head has four matrices. Three make a query, a key and a value from the vector of one token;
    the fourth writes back what the head has read there. Nudge the residual stream at one position:
    the queries, keys and values of all other positions move by ${vector.max("others")}. Swap the
    vectors of two positions: their queries, keys and values are swapped, too, and nothing else
    changes, to the last bit ${vector}. So a matrix cannot tell how long the text is, nor where a
    vector stands, except by what the vector holds. A longer text just calls it more often.`;

  const between = claim("From queries, keys and values to what heads read, nothing is learned", {
    id: "nothing-learned-between",
    kind: "identity",
    on: anyWeights,
    needs: needs.pair,
    measure: (model: models.WithoutWeights) => measured.learnedBetween(model),
    bounds: { parameters: { equals: 0, what: "parameters that are read on the way" } },
    check: ({ began, starts }) =>
      assertEquals(began, starts, "queries, keys and values it leads to"),
    mustFailOn: {
      [SCORES]: { sabotage: sabotages.constantPattern, on: victims },
      "one matrix farther on": { on: victims, measure: measured.learnedUpToOutput },
    },
  });

  say`Learned matrices make the queries, keys and values. What comes after them, which is where
    tokens meet, uses no learned number. Each query is compared with each key, softmax turns the
    scores into shares that add up to one, and the values are averaged by these shares ${between}.
    Comparing and averaging work for any number of tokens.`;

  // What a graph stores is all that training could have made: its parameters, and constants.
  const table = claim("Only a table of learned positions changes its shape with the context size", {
    id: "only-the-table",
    kind: "identity",
    on: [...anyWeights, small],
    measure: measured.inTwiceTheWindow,
    check: ({ changed, allowed }) => assertEquals(changed, allowed, "what has another shape"),
    units: { share: { percent: true, digits: 1 } },
    mustFailOn: { [SCORES]: { sabotage: sabotages.constantPattern, on: victims } },
    show: drawn.table,
  });

  const inside = claim("In a larger window the same weights compute the same as in their own", {
    id: "same-inside",
    kind: "identity",
    on: anyWeights,
    measure: (model: Model) => measured.inLongerWindow(model),
    bounds: { apart: { equals: 0, what: "logits on a text as long as the old window" } },
    mustFailOn: {
      "positions squeezed": { on: subjects.squeezable, measure: measured.inSqueezedWindow },
    },
  });

  say`What does have a size is a learned table of positions: a row for each place in the window. At
    the sizes of GPT-2 small the table is ${table.value(small, "share")} of all parameters, and
    nothing else changes its shape for a larger window. Where positions are computed, or where there
    are none, nothing changes its shape ${table}. And in the larger window the old weights give
    texts of the old length the same logits, to the last bit ${inside}.`;

  aside`This is so with the five kinds of positions that our models have ${between}; attention can
    be built otherwise. ${papers.relativePositions} and ${papers.t5} learn vectors or numbers for
    each distance or range of distances, up to a limit beyond which all count alike: that sets no
    length. ${papers.musicTransformer} learn a vector for each distance in the window. A Synthesizer
    (${papers.synthesizer}), in one of its forms, learns the scores themselves, a row and a column
    for each place: its context size is fixed up front, as the chatbot had it ${table}.`;

  part("What happens past the old window, and how is it made longer?");
  short`A longer text runs, unless the table of positions ends. But most models then predict badly:
    they meet positions that training never showed them. In those that we tuned (learned, rotary),
    training on longer texts for a while mends that; a learned table is best stretched first.`;

  // Each is judged by its mean moved three standard errors towards the other side.
  const fixed = refuted("The context size cannot be adjusted", {
    id: "cannot-be-adjusted",
    kind: "empirical",
    on: subjects.adjusted,
    atScale: [papers.positionInterpolation, papers.alibi],
    measure: measured.pastTheWindow,
    bounds: { bound: { above: measured.LOST, what: "nats lost where it is worst" } },
    units: { worst: NATS, bound: NATS },
    mustHoldOn: { [LEFT]: { on: subjects.leftAlone } },
    show: drawn.past,
  });

  say`We give our small models texts four windows long. The old model reads the same texts in pieces
    of one window. For each model we report the difference in loss in the later window where it does
    worst. Left as they are, models with a learned table (its new rows untrained), sinusoidal
    positions (fixed waves) or rotary ones are worse there than the old model by
    ${fixed.min("worst", { control: LEFT })} or more. Models with ALiBi, left as they are, and those
    with learned tables or rotary positions, once adjusted, are worse there by at most
    ${fixed.max("worst")}. Eight texts are few: allowing for luck, the difference could be up to
    ${fixed.max("bound")} ${fixed}.`;

  // By two standard errors, over texts; new rows worse by as much as stretched ones may be off.
  const stretching = claim("A learned table that is stretched and tuned serves a longer window", {
    id: "stretched-table",
    kind: "empirical",
    on: subjects.tables,
    measure: (tables: models.stretched.LearnedTables) => measured.compareTables(tables),
    check: ({ tuned, inside, gap }) => {
      assertLess(tuned.mean + 2 * tuned.error, 0.15, "nats above the loss in the old window");
      assertLess(inside.mean + 2 * inside.error, 0.15, "nats above it inside that window");
      assertGreater(gap.mean - 2 * gap.error, 0.15, "nats below untrained rows, tuned equally");
    },
    units: { steps: PERCENT, tokens: PERCENT },
    mustFailOn: {
      "stretched and not tuned": { measure: (it) => measured.compareTables(it, "untuned") },
      "new rows, tuned as much": { measure: (it) => measured.compareTables(it, "fresh") },
    },
    show: drawn.tables,
  });

  say`A learned table can be stretched: spread its rows over the longer window, its gaps filled with
    mixtures of neighbours. Then tune the model: train it on longer texts, with
    ${stretching.max("steps")} as many steps as its training had, and ${stretching.max("tokens")} as
    many tokens. If new rows begin as random numbers instead, equal tuning is worse ${stretching}.`;

  // Untuned, each way fails in its own place. Two seeds are at most 0.2 nats apart: 0.3 is clear
  // of that, and about half of the least that was found.
  const rough = claim("Untuned, a rotary model does best past its window with its base changed", {
    id: "rotary-untuned",
    kind: "empirical",
    on: subjects.untunedWays,
    atScale: [papers.yarn],
    measure: measured.compareWays,
    bounds: {
      blunt: { above: 0.3, what: "nats by which squeezing is worst in the first two windows" },
      ahead: { above: 0, what: "nats by which a changed base is best past the old window" },
      ranks: { above: 0.3, what: "nats from way to way at the far end" },
    },
    units: { "slowed.most": NATS, "runOn.most": NATS },
    mustFailOn: {
      "sinusoidal positions, treated the same": { on: subjects.sinusoidalWays },
      "a base for half": { on: [subjects.untunedWays[0]], measure: measured.compareHalfSlowed },
    },
    show: drawn.untunedWays,
  });

  // Texts give errors of two or three hundredths; the worst of the untuned is off by ten times it.
  const tuning = claim("After equal tuning none of the three ways does worse than the old model", {
    id: "rotary-tuned",
    kind: "empirical",
    on: subjects.tunedWays,
    measure: measured.compareWays,
    bounds: { most: { below: 0.05, what: "nats above the loss in the old window" } },
    units: { best: NATS },
    mustFailOn: { "the same ways, untuned": { on: subjects.untunedWays } },
    show: drawn.tunedWays,
  });

  say`Rotary positions turn each pair of numbers in queries and keys by an angle that grows with the
    position. A pair's speed is one fixed number, the base, raised to a power: zero for the first
    pair (speed one), more and more negative for those after it (slower and slower). We tried three
    ways. First: change nothing. Inside the old window this costs nothing ${inside}; beyond it
    angles are larger than in training, and the loss rises by up to ${rough.max("runOn.most")}.
    Second: squeeze all angles into the old range (${papers.positionInterpolation}). Neighbours are
    then closer than in training, which costs everywhere. Third: enlarge the base, as in NTK scaling
    (${papers.ntkAware}). This slows the slow pairs most: they keep to angles seen in training. Fast
    pairs hardly change; they went full circle in training, so no angle is new to them. Those
    between meet a few new angles. The loss rises by at most ${rough.max("slowed.most")} ${rough}.`;
  say`After equal tuning, all three ways read the long text at least as well as the old model reads
    it in pieces. The best is at least ${tuning.min("best")} better on average ${tuning}.`;
  aside`The first way leaves positions as they were: tuning alone undid its harm. For LLaMA it is
    reported to have hardly helped (${papers.positionInterpolation}). Why it did for ours is open:
    they use little distant text, and in proportion to their training they were tuned on far more.
    ${papers.yarn} say that NTK scaling does better than squeezing untuned, as here, and worse once
    tuned; ${papers.longContextScaling} tuned after squeezing and after enlarging the base, and a
    larger base did better on a task that needs the whole text. Models without positions were left
    out, sinusoidal ones not tuned. For luck we allow three standard errors above, two where gains
    are asked for below.`;

  part("Does a model make use of the longer window?");
  short`These runs cannot tell: our models gain next to nothing from more than a dozen tokens, even
    in their old window. The runs show harm that can be mended, not that a longer text is of use.`;

  // A twentieth of a nat is half of what the kinds of positions differ by.
  const used = claim("A low loss past the window is no proof that anything there is used", {
    id: "low-loss-is-no-proof",
    kind: "empirical",
    on: subjects.adjusted,
    measure: (pair: models.stretched.Stretched) => measured.gains(pair),
    bounds: {
      "inside.atMost": { below: 0.05, what: "nats gained by the old window over a dozen tokens" },
      "beyond.atMost": { below: 0.05, what: "nats gained by all of the text over a window" },
    },
    units: { "inside.atMost": NATS, "beyond.atMost": NATS, "beyond.gain": NATS },
    mustFailOn: {
      [COPIERS]: { on: subjects.copiers, measure: measured.gainsInCopies },
      "two tokens, not a dozen": { on: subjects.few, measure: (it) => measured.gains(it, 2) },
    },
    show: drawn.gains,
  });

  say`Cut a text into pieces of a dozen tokens. Take the predictions in the second half of each
    piece: they have seven to twelve of its tokens to go by. How much lower is the loss of the same
    predictions if they can go by all that comes before them in the old window? By at most
    ${used.max("inside.atMost")}, allowing for luck. So a model that reads only the last dozen
    tokens could do about as well: a low loss past the old window does not prove that distant text
    is used. Now give the same models a long text whole, and in pieces of one old window. Reading it
    whole lowers the loss past the old window by at most ${used.max("beyond.atMost")}, again
    allowing for luck. Would this test notice a model that does use distant text? We gave copying
    models a repeating text, whole and in pieces of forty tokens. Read whole, they do at least
    ${used.min("beyond.gain", { control: COPIERS })} better on tokens whose first copy lies more
    than forty tokens back ${used}.`;
  caveat`So the three ways are compared by the harm that they do, not by what a model could do with
    a long text: this does not say which to choose. ${papers.positionInterpolation} report that
    LLaMA, squeezed and tuned, finds a passkey anywhere in its longer window; but large models that
    claim long windows often do badly in them (${papers.ruler}). ${papers.alibi} say that past its
    training ALiBi might not be using more context than before.`;

  part("What does a longer window cost?");
  short`Each new token is multiplied by every matrix once, however long the text is, and by
    everything that is kept of the tokens before it. So in a text twice as long the weights cost
    twice as much, looking back four times as much, and what is kept takes twice the memory.`;

  // Whole numbers below 2^53: equal means equal. Where heads share keys, each multiplies by them.
  const cost = claim("For a new token each weight and each number in the KV cache is used once", {
    id: "cost-of-length",
    kind: "identity",
    ...subjects.caching,
    measure: (model: models.WithoutWeights) => probes.costOfLength(model),
    check: ({ counted, weights, cache }) =>
      assertEquals(counted, cache.map((kept) => weights + kept), "multiplications for a token"),
    units: { twice: { digits: 2 } },
    mustFailOn: {
      "keys kept once for all heads": subjects.keptOnce,
      "an MLP that looks back, too": { sabotage: sabotages.leakyMlp(0.01), on: victims },
    },
    show: drawn.cost,
  });

  say`A new token needs the keys and values of all tokens before it. They are kept, in a KV cache:
    at the sizes of GPT-2 small, ${cost.value(small, "kept")} numbers for each token. The new
    token's queries are multiplied once by every key, and its shares once by every value. So the
    cache is like further weights, whose number grows with the text ${cost}. Once a text is longer
    than ${cost.value(small, "even")} tokens, the cache has more numbers than the matrices have
    weights, and most of the work for a new token is looking back. Now run a whole text at once.
    Every query is then multiplied by every key, later ones too (the mask throws those away). A text
    of two windows takes ${cost.value(small, "twice")} times the multiplications of a text of one.
    Of very long texts, twice the length takes nearly four times as many ${cost}.`;
  aside`What is counted are multiplications in products of matrices. A program may skip those that
    the mask hides: where a text is given at once they are half of looking back. Keys that heads
    share make the cache smaller (${papers.groupedQueries}), but each head still multiplies by them
    ${cost}. With a sliding window (${papers.mistral}), neither cache nor work for a token grows.`;

  wouldChange`A parameter other than a table of positions whose shape depends on the context size
    ${table}; a matrix of attention that makes one position's vector from another's ${vector}; or
    models that stay lost past their window whatever is done ${fixed}.`;
  breaks({ tryBreaking }, { between, table, vector, inside, cost });
});
