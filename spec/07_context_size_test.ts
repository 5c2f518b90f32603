import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question } from "../mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import type { WithoutWeights } from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as losses from "./07_context_size/losses.ts";
import * as drawn from "./07_context_size/pictures.ts";
import * as subjects from "./07_context_size/subjects.ts";
import * as weights from "./07_context_size/weights.ts";

const { anyWeights, small, victims } = subjects;

const NATS = { digits: 2, unit: "nats" };
const PERCENT = { percent: true, digits: 0 };
const LEFT = "left as they are";
const SCORES = "a learned table of scores";

question("Is the context size fixed up front?", {
  notes: "No: a chatbot said that it cannot be changed, and that models of longer contexts are " +
    "new models; the notes report that this is wrong, without seeing why.",
  standing: "confirmed with a caveat",
  lit: ["positions", "attention"],
  sources: [papers.roformer, papers.noPositions],
}, ({ short, say, aside, caveat, claim, refuted, part, wouldChange }) => {
  short`No. The weights of attention act on one token's vector at a time, so none of them belongs to
    a place or to a length; only a learned table of positions has a size. Stretch the positions and
    train a little more, and the window is larger; whether the model makes use of it is another
    matter.`;

  part("Is any weight tied to a length?");
  short`Only those of a learned table of positions, which has a row for each place. All others act
    on one token's vector at a time, however many tokens there are.`;

  // Zero means zero: where nothing came in, the same arithmetic runs on the same bits.
  const vector = claim("A head's matrices act on one position's vector, and on all alike", {
    id: "one-vector-at-a-time",
    kind: "identity",
    on: anyWeights,
    needs: needs.pair,
    measure: (model: Model) => weights.oneVectorAtATime(model),
    check: ({ self, others, apart, changed }) => {
      assertEquals(others, 0, "what any other position's queries, keys, values and output move");
      assertGreater(self, 0, "the nudged position's own must move");
      assertEquals(apart, 0, "what goes in reordered must come out reordered, and no different");
      assertGreater(changed, 0, "the reordering must have changed something");
    },
    mustFailOn: {
      [drawn.READ]: { on: victims, measure: weights.throughWholeHeads },
      "a hundredth of the left neighbour": { sabotage: weights.leakyReading, on: victims },
      "a bias for each place": { sabotage: weights.placedQueries, on: victims },
    },
    show: drawn.local,
  });

  say`A head has four matrices. Three make a query, a key and a value from the vector of one
    token; the fourth writes back what the head has read there. Nudge the residual stream at one
    position, and what they make at every other position moves by ${vector.max("others")}. Let the
    positions change places, and what they make changes places too, otherwise the same to the last
    bit ${vector}. So a matrix does not know where in the text it is, nor how long the text is. It
    is a function of one vector, and a longer text only calls it more often.`;

  const between = claim("From queries, keys and values to what heads read, nothing is learned", {
    id: "nothing-learned-between",
    kind: "identity",
    on: anyWeights,
    needs: needs.attention,
    measure: (model: WithoutWeights) => weights.learnedBetween(model),
    check: ({ learned, began, starts }) => {
      assertEquals(learned, [], "parameters on the way");
      assertEquals(began, starts, "the way must lead back to every query, key and value");
    },
    mustFailOn: {
      [SCORES]: { sabotage: sabotages.constantPattern, on: victims },
      "one matrix farther on": { on: victims, measure: weights.learnedUpToOutput },
    },
  });

  say`And what passes between tokens is not learned at all. Each query is compared with each key,
    softmax turns the scores into shares that add up to one, and the values are averaged by these
    shares. On the way from queries, keys and values to what a head has read, no parameter is used
    ${between}. Comparing and averaging work for any number of tokens.`;

  // What a graph stores is all that training could have made: its parameters, and constants.
  const table = claim("Only a table of learned positions changes its shape with the context size", {
    id: "only-the-table",
    kind: "identity",
    on: [...anyWeights, small],
    measure: weights.inTwiceTheWindow,
    check: ({ changed, allowed }) => assertEquals(changed, allowed, "what has another shape"),
    units: { share: { percent: true, digits: 1 } },
    mustFailOn: { [SCORES]: { sabotage: sabotages.constantPattern, on: victims } },
    show: drawn.table,
  });

  const inside = claim("In a larger window the same weights compute the same as in their own", {
    id: "same-inside",
    kind: "identity",
    on: anyWeights,
    measure: (model: Model) => weights.inLongerWindow(model),
    // The same arithmetic on the same numbers.
    check: ({ apart }) => assertEquals(apart, 0, "logits on a text as long as the old window"),
    mustFailOn: {
      "positions squeezed into the old window": {
        on: subjects.squeezable,
        measure: (model) => weights.inLongerWindow(model, "interpolated"),
      },
    },
  });

  say`What does have a size is a learned table of positions: a row for each place in the window. At
    the sizes of GPT-2 small it is ${
    table.value(small, "share")
  } of all parameters, and nothing else
    changes its shape for a larger window. Where positions are computed, as rotary ones are, or
    where there are none, nothing does ${table}. And in the larger window the old weights give texts
    of the old length the same logits, to the last bit ${inside}.`;

  aside`Attention could be built otherwise. A Synthesizer, in one of its forms, has a learned table
    of scores in each head, a row and a column for each place, instead of queries and keys
    (${papers.synthesizer}). Its context size is fixed up front, as the chatbot had it ${table}.`;

  part("What happens past the old window, and how is it made longer?");
  short`A longer text runs, unless the table of positions ends. But most models then predict badly:
    they meet positions that training never showed them. Bring the positions back to what is
    familiar and train a little more, and the loss is as low as before.`;

  // Being lost is set at half a nat, which takes two fifths off the probability of the right token.
  // The belief is given the benefit of the doubt: whatever three standard errors allow.
  const fixed = refuted("The context size cannot be adjusted", {
    id: "cannot-be-adjusted",
    kind: "empirical",
    on: subjects.adjusted,
    atScale: [papers.positionInterpolation, papers.alibi],
    measure: losses.pastTheWindow,
    check: ({ atMost }) => assertGreater(atMost, 0.5, "nats lost past the window, at its worst"),
    units: { worst: NATS },
    mustHoldOn: { [LEFT]: { on: subjects.leftAlone } },
    show: drawn.past,
  });

  say`Give small models texts of several windows, and compare their loss, in nats, with that of the
    old model in its old window, on the same predictions. Left as they are, those with
    learned, sinusoidal or rotary positions lose ${fixed.min("worst", { control: LEFT })} or more
    where it is worst. Models without positions, or with ALiBi, which only lets a score fall with
    distance, need no adjusting here; a learned table and rotary positions can be adjusted. All of
    these lose at most ${fixed.max("worst")} ${fixed}.`;

  // By two standard errors, over texts; new rows worse by as much as stretched ones may be off.
  const stretching = claim("A learned table that is stretched and tuned serves a longer window", {
    id: "stretched-table",
    kind: "empirical",
    on: subjects.tables,
    measure: losses.compareTables,
    check: ({ tuned, inside, gap }) => {
      assertLess(tuned.mean + 2 * tuned.error, 0.15, "nats above the loss in the old window");
      assertLess(inside.mean + 2 * inside.error, 0.15, "nats above it inside that window");
      assertGreater(gap.mean - 2 * gap.error, 0.15, "nats below untrained rows, tuned equally");
    },
    units: { steps: PERCENT, tokens: PERCENT },
    mustFailOn: {
      "stretched and not tuned": {
        measure: (tables) => losses.compareTables({ ...tables, tuned: tables.untuned }),
      },
      "new rows and stretched ones, exchanged": {
        measure: ({ tuned, fresh, ...others }) =>
          losses.compareTables({ ...others, tuned: fresh, fresh: tuned }),
      },
    },
    show: drawn.tables,
  });

  say`A learned table can be stretched: spread its rows out, and read new ones off between them.
    Then train on longer texts for ${stretching.max("steps")} of the steps that training took, which
    is ${stretching.max("tokens")} of its tokens. Rows that begin untrained, and get as much
    training, stay worse ${stretching}.`;

  // Untuned, each way fails in its own place, by several times what the seeds differ by.
  const rough = claim("Untuned, a rotary model does best past its window with its base changed", {
    id: "rotary-untuned",
    kind: "empirical",
    on: subjects.untunedWays,
    atScale: [papers.yarn],
    measure: losses.compareWays,
    check: (
      { runOn: { excess: on }, squeezed: { excess: squeezed }, slowed: { excess: slow } },
    ) => {
      assertEquals(on[0], 0, "run on, it is the same model inside the old window");
      for (const k of [0, 1]) {
        assertGreater(squeezed[k], Math.max(on[k], slow[k]) + 0.3, "nats lost by squeezing");
      }
      for (const k of [1, 2, 3]) {
        assertLess(slow[k], Math.min(on[k], squeezed[k]), "nats lost with the base changed");
      }
      assertGreater(squeezed[3], slow[3] + 0.3, "nats lost at the far end by squeezing");
      assertGreater(on[3], squeezed[3] + 0.3, "nats lost at the far end by running on");
    },
    units: { "slowed.farthest": NATS, "squeezed.farthest": NATS, "runOn.farthest": NATS },
    mustFailOn: {
      "sinusoidal positions, treated the same": { on: subjects.sinusoidalWays },
      "the same ways, tuned": { on: subjects.tunedWays },
    },
    show: drawn.untunedWays,
  });

  // The worst of the untuned ones is several times as far off, the seeds differ by hundredths.
  const tuning = claim("After equal tuning all three ways serve four windows about equally well", {
    id: "rotary-tuned",
    kind: "empirical",
    on: subjects.tunedWays,
    measure: losses.compareWays,
    check: ({ farthest }) => assertLess(farthest, 0.2, "nats from the loss in the old window"),
    units: { farthest: NATS },
    mustFailOn: { "the same ways, untuned": { on: subjects.untunedWays } },
    show: drawn.tunedWays,
  });

  say`Rotary positions turn queries and keys by angles that grow with the position, some fast and
    some slowly. Run on, the angles grow past those of training: free inside the old window, up to
    ${rough.max("runOn.farthest")} farther out. Squeeze them all into the old range
    (${papers.positionInterpolation}), and neighbours are closer together than in training, which
    costs everywhere. Change the base, so that the slow turns become slower and the fast ones stay,
    as in NTK scaling (${papers.ntkAware}), and at most ${rough.max("slowed.farthest")} is lost
    ${rough}. After equal tuning all three are within ${tuning.max("farthest")} of the old loss
    ${tuning}.`;

  // An edit far away moves a prediction by less than a hundredth of what one near by does; a model
  // that reads everything alike would be moved as far.
  const used = claim("A low loss past the window is no proof that anything there is used", {
    id: "low-loss-is-no-proof",
    kind: "empirical",
    on: subjects.harmless,
    measure: losses.reachBack,
    check: ({ near, far, gain, error }) => {
      assertLess(far, near / 100, "nats by which an edit far back moves the end");
      assertLess(gain + 2 * error, 0.1, "nats gained by seeing more than a window");
    },
    units: { gain: NATS },
    mustFailOn: {
      "no positions": { on: subjects.withoutPositions },
      "heads that ask nothing": { sabotage: sabotages.zeroQueries, on: subjects.squeezed },
    },
    show: drawn.reach,
  });

  caveat`But none of this shows that what lies farther back is used. Swap a token one window back,
    and the last prediction hardly moves; nor do the models with ALiBi or adjusted positions gain
    more than ${used.max("gain")} by seeing all of the text instead of one window ${used}. So the
    three ways are compared by the harm that they do, and not by what a model could do with a long
    text: which to choose, this cannot say. Large models that claim long windows often do badly
    in them, too (${papers.ruler}).`;

  aside`Nor do papers on large models agree. ${papers.yarn} say that NTK scaling does better than
    squeezing untuned, as here, and worse once fine-tuned; ${papers.longContextScaling} fine-tuned
    both ways, and a larger base did better on a task that needs the whole text. It hangs on the
    scheme, too: our sinusoidal positions, untuned, do best squeezed ${rough}. And ${papers.alibi}
    say that past its training ALiBi might not be using more context than before ${used};
    ${papers.nopeLength} find it and rotary positions ill suited to tasks longer than in training.`;

  part("What does a longer window cost?");
  short`Each new token is multiplied by every matrix once, however long the text is, and by
    everything that is kept of the tokens before it. So in a text twice as long the weights cost
    twice as much, looking back four times as much, and what is kept takes twice the memory.`;

  // Whole numbers below 2^53: equal means equal.
  const cost = claim("A token is multiplied once by each weight and each number in the KV cache", {
    id: "cost-of-length",
    kind: "identity",
    on: [...anyWeights, small],
    needs: needs.attention,
    measure: (model: WithoutWeights) => probes.costOfLength(model),
    check: ({ counted, weights, cache }) =>
      assertEquals(counted, cache.map((kept) => weights + kept), "multiplications for a token"),
    units: { twice: { digits: 2 } },
    mustFailOn: {
      "keys kept once for all heads": { on: subjects.sharedKeys },
      "an MLP that looks back, too": { sabotage: sabotages.leakyMlp(0.01), on: victims },
    },
    show: drawn.cost,
  });

  say`A new token needs the keys and values of all tokens before it. They are kept, in a KV cache:
    at the sizes of GPT-2 small, ${cost.value(small, "kept")} numbers for each token. The new
    token's queries are multiplied once by every key, and its shares once by every value. So the
    cache is like further weights, whose number grows with the text ${cost}. After
    ${cost.value(small, "even")} tokens there are as many of them as of the weights, and from there
    on most of the work is looking back. Over a whole text the weights' part grows with the length,
    and looking back with its square: two full windows of that model take
    ${cost.value(small, "twice")} times the work of one, and of much longer texts twice the length
    takes nearly four times ${cost}.`;

  aside`Counted are multiplications in matrix products, also those that the mask hides, which a
    program may skip: half of looking back, in a text given at once. Keys that heads share make the
    cache smaller (${papers.groupedQueries}), but each head still multiplies by them ${cost}. A
    sliding window (${papers.mistral}) ends the growth of both.`;

  wouldChange`A parameter other than a table of positions whose shape depends on the context size
    ${table}; a matrix of attention that makes one position's vector from another's ${vector}; or
    models that stay lost past their window whatever is done ${fixed}.`;
});
