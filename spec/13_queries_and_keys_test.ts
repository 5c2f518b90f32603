import { assertEquals, assertGreater, assertLess } from "@std/assert";
import memoize from "memoize";
import { type Model, question, run, sabotaged } from "../mod.ts";
import { Random, relativeChange, type Tensor } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";

const small = models.trainedModel("learned/1");
const rotary = models.trainedModel("rotary/1");
const [normalisedSmall] = sabotaged([small], sabotages.normalisedQK);

/** Controls that the answer quotes. */
const NO_BIASES = "a W_QK without the biases";
const ONE_SIDE = "R on the queries alone";
const TRAINED_HEAD = "a W_QK of rank d_head, that of a trained head";
const TURNED_OFF = "rotation turned off";
const HALF = "a head half as wide as the stream";
const OWN_KEYS = "keys of each head's own";

/** At which a head's matrix is compared with its own at distance zero. */
const DISTANCES = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48];

/** Models in which nothing stands between queries and keys. */
const plain = [
  ...models.randomFamilies({ positions: ["learned", "sinusoidal", "alibi", "none"], size: 1 }),
  ...models.oneOfEachWiring.filter(({ config }) => config!.positions !== "rotary"),
];
const turning = models.randomFamilies({ positions: ["rotary"], size: 1 });

/** GPT-2 small's sizes, of which a count needs no weights; biases are left out of every count. */
const gpt2Sizes = models.withoutWeights("GPT-2 small", transformer.gpt2Small);

/** What the sizes that its report names come to, reckoned by hand. */
const GPT2_COSTS = {
  pair: 98_304, // 2 * 768 * 64
  one: 589_824, // 768 * 768
  pairScore: 64,
  oneScore: 768,
  cache: 1536, // keys and values of 12 heads of 64
  cacheStream: 768,
  cacheEachHead: 9216, // 12 * 768
};

/** Changed models, made once: several claims ask the same. */
const [collapsedOf, rebasedOf] = [
  memoize((model: Model) => transformer.collapsed(model), { cache: new WeakMap() }),
  memoize((model: Model) => transformer.inAnotherBasis(model, transformer.randomBasis), {
    cache: new WeakMap(),
  }),
];

type Head = { readonly W_QK: Tensor; readonly d_head: number };

/** As large as W_QK of a head of the small GPT, and of full rank. */
const { d_model, d_head } = small.config!;
const fullRank = headSubject("a matrix drawn at random", () => {
  return new Random("full rank").normalTensor([d_model + 1, d_model + 1]);
});
/**
 * Scores are sums of up to 128 products, each rounded at 2^-24 = 6e-8 of itself, in another order:
 * a few such steps relative to the largest score, over two to four layers. Ten times what was seen.
 */
const ROUNDING = 1e-5;

question("Why have queries and keys at all, if they collapse into one matrix?", {
  notes: "open",
  standing: "answered here",
  sources: [
    papers.mathematicalFramework,
    papers.attentionIsAllYouNeed,
    papers.roformer,
    papers.multiQuery,
    papers.groupedQueries,
    papers.queryKeyNorm,
    papers.deepseekV2,
  ],
  draft: true,
}, ({ short, claim, refuted, say, wouldChange }) => {
  short`For a plain head they do collapse: only their product matters. The pair is the cheap
    form of that one matrix, far fewer numbers at the price of a low rank; and once positions
    are rotated, or queries and keys normalised, it is one matrix no longer.`;

  // Queries and keys are left out of the graph, and x W_QK y stands in their place: all layers then
  // have to do with what the first made of it.
  const collapse = claim("Scores from W_Q and W_K are the scores from the one matrix W_QK", {
    id: "one-matrix",
    kind: "identity",
    on: plain,
    measure: (model: Model) =>
      probes.scoreDifference(model, collapsedOf(model), probes.drawTokens(model)),
    check: ({ apart }) => assertLess(apart, ROUNDING, "relative to the largest score"),
    mustFailOn: {
      "a transposed W_QK": {
        on: [models.tiny],
        measure: (m) =>
          probes.scoreDifference(m, sabotages.transposedQK.apply(m), probes.drawTokens(m)),
      },
      [NO_BIASES]: {
        on: [small],
        measure: (m) =>
          probes.scoreDifference(
            m,
            transformer.collapsed(m, { biases: false }),
            probes.drawTokens(m),
          ),
      },
      "rotary positions": { on: [rotary] },
    },
  });

  // Any invertible R, drawn for every head: the check wants it far from the identity, too.
  const basis = claim("W_Q R and W_K R^-T give the same scores for any invertible R", {
    id: "any-basis",
    kind: "identity",
    on: plain,
    measure: (model: Model) => afterRebasing(model, rebasedOf(model)),
    check: sameScoresElsewhere,
    mustFailOn: {
      [ONE_SIDE]: {
        on: [small],
        measure: (m) => afterRebasing(m, sabotages.queriesInAnotherBasis.apply(m)),
      },
      "an R that changes nothing": {
        on: [models.tiny],
        measure: (m) => afterRebasing(m, transformer.inAnotherBasis(m, transformer.identityBasis)),
      },
      "rotary positions": { on: [rotary] },
    },
    show: (runs) => {
      const { evidence } = runs.find(({ model, control }) => model === small.name && !control)!;
      const [keys, weights] = [evidence.keys, evidence.pattern];
      const cells = (series: string, matrix: readonly (readonly number[])[]) =>
        matrix.flatMap((row, y) => row.map((value, x) => ({ x, y, value, series })));
      return [
        charts.heatmap({
          title: "Two sets of keys for one head",
          caption:
            `The keys of the first head of ${small.name} at the first positions of a text: ` +
            "as they were trained, and in another basis. No coordinate is the same.",
          x: { label: "coordinate of the head" },
          y: { label: "position" },
          value: { label: "key" },
          rows: [...cells("as trained", keys[0]), ...cells("rebased", keys[1])],
        }),
        charts.heatmap({
          title: "What the head makes of them",
          caption: "Its attention weights in both cases: they are the same.",
          x: { label: "position read" },
          y: { label: "position that asks" },
          value: { label: "weight" },
          rows: [...cells("as trained", weights[0]), ...cells("rebased", weights[1])],
        }),
      ];
    },
  });

  // With rotary positions a turn stands between the two, and R must commute with it.
  const commuting = claim(
    "With rotary positions the freedom is smaller: R may turn and stretch each pair of coordinates",
    {
      id: "rotary-basis",
      kind: "identity",
      on: [...turning, rotary],
      measure: (model: Model) =>
        afterRebasing(model, transformer.inAnotherBasis(model, transformer.rotaryBasis)),
      check: sameScoresElsewhere,
      mustFailOn: {
        "any invertible R": {
          on: [rotary],
          measure: (model) => afterRebasing(model, rebasedOf(model)),
        },
      },
    },
  );

  const saved = claim("The pair has fewer parameters and takes fewer multiplications for a score", {
    id: "what-the-pair-saves",
    kind: "identity",
    on: [
      gpt2Sizes,
      ...models.oneOfEachWiring.map(({ name, config }) => models.withoutWeights(name, config!)),
    ],
    measure: ({ config }: models.WithoutWeights) => {
      const cost = probes.queryKeyCost(config);
      // What is known of one model beforehand is asked of that one.
      const known = config === transformer.gpt2Small ? GPT2_COSTS : cost;
      return { ...cost, known, d_model: config.d_model, d_head: config.d_head };
    },
    check: ({ known, d_model, d_head, ...cost }) => {
      const { pair, one, cache, cacheStream } = cost;
      assertLess(pair, one, "parameters of a head");
      assertEquals(one * 2 * d_head, pair * d_model, "less by the factor d_model / 2 d_head");
      assertEquals([cost.pairScore, cost.oneScore], [d_head, d_model], "products for a score");
      assertEquals(2 * cacheStream, cache, "the stream is half of all keys and values");
      assertEquals(cost, known, "what is known of GPT-2 small");
    },
    mustFailOn: {
      [HALF]: { on: [wideHead(2)] },
      "a head as wide as the stream": { on: [wideHead(1)] },
    },
  });

  // Not every matrix is such a product. What the best product misses, theory says (Eckart and
  // Young); least squares from a random start, which does not know the theory, does no better.
  const rank = claim("A W_QK of full rank has no exact pair: the best there is leaves an error", {
    id: "a-pair-has-low-rank",
    kind: "construction",
    on: [fullRank],
    measure: nearestPair,
    check: ({ best, fitted }) => {
      // An exact pair would miss nothing but rounding, 1e-7. A tenth of the matrix is no rounding.
      assertGreater(best, 0.1, "what the best pair misses, relative to the matrix");
      assertGreater(fitted, best * (1 - 1e-6), "what least squares misses in the end");
      // It ends within a few hundredths of the best: else it would say nothing about the theory.
      assertLess(fitted, best * 1.02, "what least squares misses in the end");
    },
    mustFailOn: {
      "a pair drawn at random": { on: [fullRank], measure: (head) => nearestPair(head, 0) },
      "a pair fitted once": { on: [fullRank], measure: (head) => nearestPair(head, 1) },
      [TRAINED_HEAD]: { on: [firstHead(small)] },
    },
    show: (runs) =>
      charts.lines({
        title: "What the best pair misses of a W_QK",
        caption:
          "By the width that the pair is given, relative to the whole matrix. A trained head " +
          "is a pair already: at its own width nothing is left but rounding. A matrix drawn at " +
          "random is not.",
        x: { label: "width of the pair" },
        y: { label: "missed, relative to the matrix" },
        log: true,
        rows: runs.filter(({ model, control }) => !control || model !== fullRank.name).flatMap((
          { model, evidence },
        ) => evidence.missed.map((y, x) => ({ x, y, series: model }))),
      }),
  });

  const perDistance = claim("With rotary positions there is one matrix for each distance", {
    id: "a-matrix-for-each-distance",
    kind: "identity",
    on: [...turning, ...models.bothSeeds("rotary")],
    measure: async (model: Model) => {
      const apart = await probes.scoresFromMatrices(model, eightTokens(model));
      return { apart, changes: changesWithDistance(model) };
    },
    check: ({ apart }) => assertLess(apart, ROUNDING, "relative to the largest score"),
    mustFailOn: {
      "the same matrix at every distance": {
        on: [rotary],
        measure: async (model) => {
          const first = (m: Model, layer: number, head: number) =>
            probes.queryKeyMatrix(m, layer, head);
          return {
            apart: await probes.scoresFromMatrices(model, eightTokens(model), first),
            changes: changesWithDistance(model),
          };
        },
      },
    },
    show: (runs) =>
      charts.lines({
        title: "How far a head's matrix moves away from itself",
        caption:
          `The matrix of each head in the first layer of ${rotary.name}, compared with its ` +
          "own at distance zero. With plain attention every line would lie at zero.",
        x: { label: "distance from key to query" },
        y: { label: "change, relative to the matrix" },
        rows: runs.filter(({ model, control }) => model === rotary.name && !control)
          .flatMap(({ evidence }) =>
            evidence.changes.flatMap((row, head) =>
              row.map((y, i) => ({ x: DISTANCES[i], y, series: `head ${head}` }))
            )
          ),
      }),
  });

  const always = refuted("Queries and keys always collapse into one matrix", {
    id: "always-collapse",
    kind: "identity",
    on: [...turning, ...models.bothSeeds("rotary")],
    measure: (model: Model) => probes.scoresByDistance(model, 1, 0, model.config.n_ctx),
    // One matrix scores equal vectors alike, wherever they stand, but for rounding: 1e-7. The belief
    // is given a tenth of the largest score, so that nothing small can refute it.
    check: ({ range }) => assertLess(range, 0.1, "how scores change with the distance"),
    mustHoldOn: {
      [TURNED_OFF]: { sabotage: sabotages.noRotation, on: [rotary] },
      "no positions": { on: [models.trainedModel("nope/1")] },
    },
    show: (runs) =>
      charts.lines({
        title: "One token's score for another, by the distance between them",
        caption:
          `In the first layer of ${rotary.name}, where the stream knows nothing of positions. ` +
          "Whatever one matrix stood for a head, its line would be flat: with the rotation " +
          "turned off, it is.",
        x: { label: "distance from key to query" },
        y: { label: "score" },
        rows: runs.filter(({ model, family }) => !family && model.startsWith(rotary.name))
          .flatMap(({ control, evidence }) =>
            evidence.byDistance.map((row, head) => ({ row, head, control }))
          )
          .filter(({ head }) => head < 2)
          .flatMap(({ row, head, control }) =>
            row.map((y, i) => ({
              x: i + 1,
              y,
              series: `head ${head}${control ? `, ${control}` : ""}`,
            }))
          ),
      }),
  });

  const normalised = refuted("Normalised queries and keys collapse into one matrix, too", {
    id: "normalised-collapse",
    kind: "identity",
    on: [...sabotaged([models.tiny], sabotages.normalisedQK), normalisedSmall],
    measure: (model: Model) => probes.scoreLinearity(model, probes.drawTokens(model)[0]),
    check: ({ fromLinear, moved }) => {
      assertGreater(moved, 0.1, "the vector that asks must have been moved");
      // Rounding would leave 1e-7: here, too, the belief is given a tenth.
      assertLess(fromLinear, 0.1, "off a straight line, relative to the largest score");
    },
    mustHoldOn: { "queries and keys as they were": { on: [models.tiny, small] } },
  });

  const shared = claim("Where heads share their keys, their matrices are no longer independent", {
    id: "shared-keys",
    kind: "construction",
    on: sabotaged([models.tiny], sabotages.sharedKeys),
    measure: async (model: Model) => ({
      apart:
        (await probes.scoreDifference(model, collapsedOf(model), probes.drawTokens(model))).apart,
      rank: probes.rankOfHeads(model, 0),
      d_head: model.config.d_head,
    }),
    check: ({ apart, rank, d_head }) => {
      assertLess(apart, ROUNDING, "each head alone still collapses");
      assertEquals(rank, d_head, "all heads' matrices together have the rank of one");
    },
    mustFailOn: { [OWN_KEYS]: { on: [models.tiny] } },
  });

  say`
      In plain attention they do collapse, and the pair is kept because it is the cheap form of that
      one matrix: two narrow matrices instead of a large square one ${saved}. A head compares a
      query, which a matrix \`W_Q\` makes of the vector that asks, with a key, which \`W_K\` makes
      of the vector that is looked at, and only the product of the two matrices matters ${collapse}.
      With that product, \`W_QK\`, in place of both (and one more coordinate, always one, to carry
      the biases), ${collapse.count()} models gave the same scores, to within
      ${collapse.max((e) => e.apart)} of the largest, which is rounding.

      So the single coordinates of a query or a key mean nothing by themselves: multiply the queries
      by any invertible matrix, undo that in the keys, and the coordinates of both are others while
      no score changes, in any of ${basis.count()} models ${basis}. Done to the queries of ${small}
      alone, it moved an attention weight by
      ${basis.value(small, (e) => e.weightsApart, { control: ONE_SIDE, digits: 2 })}.

      At the sizes of GPT-2 small, biases aside, a head has ${saved.value(gpt2Sizes, (e) => e.pair)}
      parameters as a pair and would have ${saved.value(gpt2Sizes, (e) => e.one)} as one matrix, and
      a score takes ${saved.value(gpt2Sizes, (e) => e.pairScore)} multiplications instead of
      ${saved.value(gpt2Sizes, (e) => e.oneScore)}. The price is rank, which is how many independent
      directions a matrix tells apart: for a pair its width at most ${rank}. The best pair as wide
      as a head of ${small} missed
      ${
    rank.value(fullRank, (e) => e.best, { percent: true, digits: 0 })
  } of a matrix that was drawn
      at random, and ${
    rank.max((e) => e.best, { control: TRAINED_HEAD })
  } of a trained head's, which
      is a pair already. Of parameters nothing is
      saved where a head is half as wide as the stream, since two such matrices are as large as one;
      a score still takes ${saved.max((e) => e.pairScore, { control: HALF })} multiplications there
      instead of ${saved.max((e) => e.oneScore, { control: HALF })}.

      The cache is another matter ${saved}. A model that is writing a text keeps the keys and values
      of all earlier tokens, ${saved.value(gpt2Sizes, (e) => e.cache)} numbers a layer and token at
      these sizes. The collapsed form could keep the normalised stream instead, half as many:
      ${saved.value(gpt2Sizes, (e) => e.cacheStream)}. But then values must be made from it again at
      each step, and every score takes ${saved.value(gpt2Sizes, (e) => e.oneScore)}
      multiplications, as above. If it kept \`W_QK\` times the stream for each
      head, that would be ${
    saved.value(gpt2Sizes, (e) => e.cacheEachHead)
  }. What ${papers.deepseekV2} does
      is of this kind: a narrow vector is kept, and a part of \`W_K\` moves over to the queries
      ${collapse}.

      The collapse stops where something stands between query and key ${always}. Rotary positions
      turn both by an angle that grows with the position, so that a head has another matrix for each
      distance; these gave every score to within ${perDistance.max((e) => e.apart)} of the largest.
      In two trained models the distance even changed the sign of some head's score for the same two
      vectors: from its lowest to its highest it went over at least
      ${always.min((e) => e.range, { origin: "trained", digits: 1 })} times the size of the largest
      score, and with the rotation turned off over
      ${always.max((e) => e.range, { control: TURNED_OFF })} times. The choice of coordinates is
      less free with rotary positions: it must turn and
      stretch together what the rotation turns together ${commuting}. And where queries and keys are
      normalised, as in ${papers.queryKeyNorm}, a score does not follow the vector that asks in a straight
      line, which it would have to if a matrix made it: halfway between two vectors it was off by
      ${
    normalised.value(normalisedSmall, (e) => e.fromLinear, { percent: true, digits: 0 })
  } of the largest score in ${small}.

      Keys that heads share, as in ${papers.multiQuery} and ${papers.groupedQueries}, are a milder case, for each
      head alone still collapses ${shared}. But the matrices of all heads together then have the
      rank of one head, ${shared.max((e) => e.rank)} instead of
      ${
    shared.value(models.tiny, (e) => e.rank, { control: OWN_KEYS })
  } in a small model, and written out
      one by one they would give away what sharing saves.
    `;
  wouldChange`
      A plain attention layer whose scores no single matrix gives. The nearest miss here is to
      forget the biases, which moved a score of ${small} by
      ${collapse.value(small, (e) => e.apart, { control: NO_BIASES, percent: true, digits: 0 })} of
      the largest. Or a model with rotary positions that scores two vectors alike at every distance:
      in the one that came nearest, some head's score still went over
      ${always.min((e) => e.range, { digits: 1 })} times the size of the largest, across zero.
    `;
});

/** Two models' scores compared, how far the queries moved, and a piece of both to look at. */
async function afterRebasing(model: Model, other: Model) {
  const tokens = probes.drawTokens(model);
  const hooks = ["hook_q", "hook_k", "hook_pattern"].map((hook) => `blocks.0.attn.${hook}`);
  const begin = [tokens[0].slice(0, 8)];
  const [a, b] = [await run(model, begin, { hooks }), await run(other, begin, { hooks })];
  const firstHead = (hook: string, ...axes: number[]) =>
    [a, b].map((kept) => kept.get(hook).transpose(...axes).get(0, 0).toNested() as number[][]);
  return {
    ...await probes.scoreDifference(model, other, tokens),
    moved: relativeChange(a.get(hooks[0]), b.get(hooks[0])),
    keys: firstHead(hooks[1], 0, 2, 1, 3), // [batch, n_heads, pos, d_head]
    pattern: firstHead(hooks[2], 0, 1, 2, 3),
  };
}

function sameScoresElsewhere({ apart, moved }: { apart: number; moved: number }) {
  assertLess(apart, ROUNDING, "relative to the largest score");
  // Turned about at random, a query would move by the square root of two of its length.
  assertGreater(moved, 0.5, "how far the queries moved, relative to themselves");
}

/** GPT-2 small's stream with one head, a given part of it wide. */
function wideHead(part: number): models.Subject<models.WithoutWeights> {
  const config = {
    ...transformer.gpt2Small,
    n_heads: 1,
    d_head: transformer.gpt2Small.d_model / part,
  };
  const name = `a head ${part === 1 ? "as wide as the stream" : "half as wide"}`;
  return models.withoutWeights(name, config);
}

function headSubject(name: string, make: () => Tensor | Promise<Tensor>): models.Subject<Head> {
  const about = `${name}, ${d_model + 1} by ${d_model + 1}, for a head that is ${d_head} wide`;
  return { name, about, origin: "built", load: async () => ({ W_QK: await make(), d_head }) };
}

function firstHead(model: models.Subject<Model>): models.Subject<Head> {
  return headSubject(`a head of ${model.name}`, async () => {
    return probes.queryKeyMatrix(await model.load(), 0, 0);
  });
}

/** The best pair as wide as a head, found in two ways: ten rounds are enough to come close. */
function nearestPair({ W_QK, d_head }: Head, rounds = 10) {
  const { missed } = probes.lowRankError(W_QK);
  return { best: missed[d_head], fitted: probes.fitLowRank(W_QK, d_head, rounds), missed };
}

/** Few, since each of its distances takes a matrix for each head. */
function eightTokens(model: Model): number[] {
  return probes.drawTokens(model, { length: 8 })[0];
}

/** For each head of the first layer how far its matrix at each distance is from that at zero. */
const changesWithDistance = memoize((model: Model): number[][] => {
  const { n_heads, n_ctx } = model.config;
  return Array.from({ length: n_heads }, (_, head) => {
    const first = probes.queryKeyMatrix(model, 0, head);
    return DISTANCES.filter((d) => d < n_ctx).map((d) =>
      relativeChange(first, probes.queryKeyMatrix(model, 0, head, d))
    );
  });
}, { cache: new WeakMap() });
