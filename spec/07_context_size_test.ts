import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question } from "../mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as losses from "./07_context_size/losses.ts";
import * as drawn from "./07_context_size/pictures.ts";
import { reachBack } from "./07_context_size/reach.ts";
import * as weights from "./07_context_size/weights.ts";

const { eachWay, learnedTables, SEEDS, tuned, unchanged, untuned } = models.stretched;
const { small } = drawn;

const NATS = { digits: 2, unit: "nats" };
const MILLI = { digits: 3, unit: "nats" };
const PERCENT = { percent: true, digits: 0 };
const WAVES = "sinusoidal positions, treated the same";
const LEFT = "left as they are";

/** The random ones and a trained one of each wiring. */
const anyWeights = [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring];
const victims = [models.tiny, models.trainedModel("learned/1")];

const untunedWays = SEEDS.map((seed) => eachWay(seed));
const tunedWays = SEEDS.map((seed) => eachWay(seed, { tuned: true }));

question("Is the context size fixed up front?", {
  notes: "No: a chatbot said that it cannot be changed, and that models of longer contexts are " +
    "new models; the notes report that this is wrong, without seeing why.",
  standing: "confirmed with a caveat",
  lit: ["positions", "attention"],
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
      [drawn.READ]: {
        on: victims,
        measure: (model) => weights.oneVectorAtATime(model, weights.WHOLE_HEADS),
      },
      "a hundredth of the left neighbour": {
        sabotage: sabotages.tokenShift("ln1.hook_normalized", "what attention reads", 0.01),
        on: victims,
      },
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
    measure: (model: models.WithoutWeights) => weights.learnedBetween(model),
    check: ({ learned, began, starts }) => {
      assertEquals(learned, [], "parameters on the way");
      assertEquals(began, starts, "the way must lead back to every query, key and value");
    },
    mustFailOn: {
      "a table of weights in the place of attention": {
        sabotage: sabotages.constantPattern,
        on: victims,
      },
      "one matrix farther on": {
        on: victims,
        measure: (model) => weights.learnedBetween(model, "attn.hook_result"),
      },
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
    on: [...models.randomFamilies(), ...models.oneOfEachWiring, small],
    measure: weights.inTwiceTheWindow,
    check: ({ changed, allowed }) => assertEquals(changed, allowed, "what has another shape"),
    units: { share: { percent: true, digits: 1 } },
    mustFailOn: {
      "a table of weights in the place of attention": {
        sabotage: sabotages.constantPattern,
        on: [models.tiny, models.trainedModel("nope/1")],
      },
    },
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
        on: models.randomFamilies({ positions: ["learned", "sinusoidal", "rotary"], size: 1 }),
        measure: (model) => weights.inLongerWindow(model, "interpolated"),
      },
    },
  });

  say`What does have a size is a learned table of positions: a row for each place in the window. In
    GPT-2 small it is ${table.value(small, "share")} of all parameters, and the only thing that
    changes its shape for a larger window. Where positions are computed, as rotary ones are, or
    where there are none, nothing does ${table}. And in the larger window the old weights give
    texts of the old length the same logits, to the last bit ${inside}.`;

  aside`Attention could be built otherwise. A Synthesizer, in one of its forms, has a learned table
    of scores for each head, a row and a column for each place, instead of queries and keys
    (${papers.synthesizer}). Such a model's context size is fixed up front, as the chatbot had it
    ${table}.`;

  part("What happens past the old window, and how is it made longer?");
  short`A longer text runs, unless the table of positions ends. But most models then predict badly:
    they meet positions that training never showed them. Bring the positions back to what is
    familiar and train a little more, and the loss is as low as before.`;

  // Being lost is set at half a nat, which takes two fifths off the probability of the right token.
  // The belief is given the benefit of the doubt: whatever three standard errors allow.
  const fixed = refuted("The context size cannot be adjusted", {
    id: "cannot-be-adjusted",
    kind: "empirical",
    on: SEEDS.flatMap((seed) => [
      ...(["alibi", "nope"] as const).map((name) => unchanged(name, seed)),
      ...(["learned", "rotary"] as const).map((name) => tuned(name, seed)),
    ]),
    atScale: [papers.positionInterpolation, papers.alibi],
    measure: losses.pastTheWindow,
    check: ({ atMost }) => assertGreater(atMost, 0.5, "nats lost past the window, at its worst"),
    units: { worst: NATS },
    mustHoldOn: {
      [LEFT]: {
        on: [
          untuned("learned", 1, "run on"),
          untuned("sinusoidal", 1, "run on"),
          ...SEEDS.map((seed) => untuned("rotary", seed, "run on")),
        ],
      },
    },
    show: drawn.past,
  });

  say`Give small models texts of ${fixed.max("times")} windows, and compare their loss, on the same
    predictions, with that of the old model in its old window. Left as they are, those with learned,
    sinusoidal or rotary positions lose ${fixed.min("worst", { control: LEFT })} or more where it is
    worst. No positions at all, or ALiBi, which only makes a score fall with distance, need no
    adjusting. Nor do the others once they are adjusted: each of these loses at most
    ${fixed.max("worst")} ${fixed}. How is it done?`;

  // By two standard errors, over texts; fresh rows worse by as much as stretched ones may be off.
  const stretching = claim("A learned table that is stretched and tuned serves a longer window", {
    id: "stretched-table",
    kind: "empirical",
    on: SEEDS.map(learnedTables),
    measure: losses.compareTables,
    check: ({ tuned, inside, gap }) => {
      assertLess(tuned.mean + 2 * tuned.error, 0.15, "nats above the loss in the old window");
      assertLess(inside.mean + 2 * inside.error, 0.15, "nats above it inside that window");
      assertGreater(gap.mean - 2 * gap.error, 0.15, "nats below untrained rows, tuned equally");
    },
    units: { steps: PERCENT, tokens: PERCENT, "fresh.mean": NATS },
    mustFailOn: {
      "stretched and not tuned": {
        measure: (tables) => losses.compareTables({ ...tables, tuned: tables.untuned }),
      },
      "new rows and stretched ones, tuned equally, exchanged": {
        measure: ({ tuned, fresh, ...others }) =>
          losses.compareTables({ ...others, tuned: fresh, fresh: tuned }),
      },
    },
    show: drawn.tables,
  });

  say`A learned table can be stretched: spread its rows out, and read new ones off between them.
    Then train on longer texts for ${stretching.max("steps")} of the steps that training took, which
    is ${stretching.max("tokens")} of its tokens. Rows that are new instead of stretched get as much
    training and stay worse ${stretching}.`;

  // Untuned, each way fails in its own place, by several times what the seeds differ by.
  const rough = claim("Untuned, a rotary model does best past its window with its base changed", {
    id: "rotary-untuned",
    kind: "empirical",
    on: untunedWays,
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
      assertLess(slow[3], 0.5, "nats lost at the far end with the base changed");
      assertGreater(squeezed[3], slow[3] + 0.3, "nats lost at the far end by squeezing");
      assertGreater(on[3], squeezed[3] + 0.3, "nats lost at the far end by running on");
    },
    units: { "slowed.farthest": NATS, "squeezed.farthest": NATS, "runOn.farthest": NATS },
    mustFailOn: {
      [WAVES]: { on: [eachWay(1, { name: "sinusoidal" })] },
      "the same ways, tuned": { on: tunedWays },
    },
    show: drawn.untunedWays,
  });

  const tuning = claim("After equal tuning all three ways serve four windows about equally well", {
    id: "rotary-tuned",
    kind: "empirical",
    on: tunedWays,
    measure: losses.compareWays,
    // The worst of the untuned ones is several times as far off, the seeds differ by hundredths.
    check: (ways) => {
      const farthest = Math.max(...Object.values(ways).map((way) => way.farthest));
      assertLess(farthest, 0.2, "nats from the loss in the old window");
    },
    mustFailOn: { "the same ways, untuned": { on: untunedWays } },
    show: drawn.tunedWays,
  });

  say`Rotary positions turn queries and keys by angles that grow with the position, some fast and
    some slowly. Run on, the angles grow past those of training: free inside the old window, up to
    ${rough.max("runOn.farthest")} farther out. Squeeze them all into the old range
    (${papers.positionInterpolation}), and neighbours are closer together than in training, which
    costs everywhere. Change the base, so that the slow turns become slower and the fast ones stay,
    as in NTK scaling (${papers.ntkAware}), and at most ${rough.max("slowed.farthest")} is lost
    ${rough}. After a little tuning all three are about as good ${tuning}.`;

  // An edit far away moves a prediction by less than a hundredth of what one near by does; a model
  // that reads everything alike would be moved as far.
  const used = claim("A low loss past the window is no proof that anything there is used", {
    id: "low-loss-is-no-proof",
    kind: "empirical",
    on: [
      ...models.bothSeeds("alibi"),
      ...SEEDS.map((seed) => models.trainedModel(`learned-x4/${seed}`)),
      ...SEEDS.map((seed) => models.trainedModel(`rotary-x4/${seed}`)),
    ],
    atScale: [papers.alibi],
    measure: reachBack,
    check: ({ near, far, gain, error }) => {
      assertLess(far, near / 100, "nats by which an edit far back moves the end");
      assertLess(gain + 2 * error, 0.1, "nats gained by seeing more than a window");
    },
    units: { gain: NATS },
    mustFailOn: {
      "no positions": { on: [models.trainedModel("nope/1")] },
      "heads that ask nothing": {
        sabotage: sabotages.zeroQueries,
        on: [models.trainedModel("rotary-x4/1")],
      },
    },
    show: drawn.reach,
  });

  caveat`But none of this shows that what lies farther back is used. Swap a token one window back,
    and the last prediction hardly moves. Nor does it help these models to see all of the text
    instead of one window: they gain at most ${used.max("gain")} ${used}. So comparing the ways
    shows which one does least harm, and not which to choose for a model that has use for a long
    text. Large models that claim long windows often do badly there, too (${papers.ruler}).`;

  // The same texts on both sides, so that differences of hundredths can be told from chance.
  const finest = claim("After equal tuning squeezing stays behind a changed base, by hundredths", {
    id: "rotary-tuned-apart",
    kind: "empirical",
    on: tunedWays,
    measure: losses.aboveChangedBase,
    check: ({ squeezed: { mean, error } }) => {
      assertGreater(mean, 2 * error, "nats by which squeezing is above a changed base");
    },
    units: { "squeezed.mean": MILLI, "squeezed.error": MILLI },
    mustFailOn: {
      "compared on other texts": {
        measure: (ways) => losses.aboveChangedBase(ways, { otherTexts: true }),
      },
      "the two exchanged": {
        measure: ({ interpolated, "base changed": changed, ...others }) =>
          losses.aboveChangedBase({
            ...others,
            interpolated: changed,
            "base changed": interpolated,
          }),
      },
    },
  });

  aside`Tuned, squeezing stays above a changed base by ${
    finest.min("squeezed.mean")
  } or more, with a
    standard error of ${
    finest.max("squeezed.error")
  } at most ${finest}. That too is harm, and small.
    Papers on large models disagree: ${papers.yarn} say that fine-tuning works better after squeezing
    than with NTK scaling, ${papers.longContextScaling} that a changed base serves better, on a task
    that needs the whole text. Untuned, ours agree with the former, who report that NTK scaling does
    better than squeezing. Which way is best also hangs on the scheme: sinusoidal positions, untuned,
    do best squeezed, ${rough.max("squeezed.farthest", { control: WAVES })} at most ${rough}.`;

  part("What does a longer window cost?");
  short`Each new token is multiplied by every weight once, however long the text is, and by
    everything that is kept of the tokens before it. So in a text twice as long the weights cost
    twice as much, looking back four times as much, and what is kept takes twice the memory.`;

  // Whole numbers below 2^53: equal means equal.
  const cost = claim("A token is multiplied once by each weight and each number in the KV cache", {
    id: "cost-of-length",
    kind: "identity",
    on: [...anyWeights, small],
    needs: needs.attention,
    measure: (model: models.WithoutWeights) => probes.costOfLength(model),
    check: ({ counted, weights, cache }) => {
      assertEquals(counted, cache.map((kept) => weights + kept), "multiplications for a token");
    },
    units: { twice: { digits: 2 } },
    mustFailOn: {
      "keys kept once for all heads": {
        on: models.randomFamilies({ query_key: "full", positions: ["learned"] }),
      },
      "an MLP that looks back, too": { sabotage: sabotages.leakyMlp(0.01), on: victims },
    },
    show: drawn.cost,
  });

  say`A new token needs the keys and values of all tokens before it. They are kept, in a KV cache:
    ${cost.value(small, "kept")} numbers for each token in GPT-2 small. The new token's queries are
    multiplied once by every key, and its shares once by every value. So the cache is like further
    weights, whose number grows with the text ${cost}.`;

  say`For GPT-2 small, the cache has as many numbers as there are weights to multiply by after
    ${cost.value(small, "even")} tokens. Until then the weights are most of the work for a token,
    and from there on looking back is. Over a whole text the first part grows with the length and
    the second with its square: two of GPT-2's windows take ${cost.value(small, "twice")} times the
    work of one, and of much longer texts, twice the length takes nearly four times the work
    ${cost}.`;

  aside`Counted are multiplications in matrix products, as a plain transformer makes them: also those
    of pairs that the mask hides, which a program may skip when it is given a whole text at once, and
    save half of that part. Keys and values that heads share make the cache smaller
    (${papers.groupedQueries}), but each head still multiplies by them: then the cost no longer
    equals the cache ${cost}. A sliding window, as in ${papers.mistral}, ends the growth of both.`;

  wouldChange`A parameter other than a table of positions whose shape depends on the context size
    ${table}; a matrix of attention that computes one position's vector from another's
    ${vector}; or models that stay lost past their window whatever is done ${fixed}.`;
});
