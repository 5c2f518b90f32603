import { assertEquals, assertGreater, assertLess } from "@std/assert";
import memoize from "memoize";
import { type Model, needs, question, rewriteAt, sabotage, sabotaged } from "../mod.ts";
import { mean, Random } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as texts from "../fixtures/texts/held_out.ts";
import * as papers from "../fixtures/papers.ts";

/** All small GPTs at once, for what is said of heads and not of models. */
const everyHead: models.Subject<Model[]> = {
  name: "the heads of ten small GPTs",
  about: "two seeds of the small GPT with each positional scheme",
  origin: "trained",
  load: () => Promise.all(models.twoOfEachScheme.map((model) => model.load())),
};

/** A head is called flat where its entropy is at least this share of the largest possible. */
const FLAT = 0.9;

/** What the extra one in the denominator is compared with. */
const USUAL = "the usual softmax on the same scores";

const FULL_RANK = "a W_QK of full rank";

/** How figures of an answer are written. */
const [TWO, WHOLE] = [{ digits: 2 }, { percent: true, digits: 0 }];

/** Where heads look near because they are made to. */
const ALIBI = { ...TWO, control: "trained with ALiBi, whose bias looks near" };

/** Where the sink is looked for and not found; and where nothing is left of what heads look for. */
const PROSE = { ...TWO, control: "trained on prose alone" };
const SHUFFLED = { ...TWO, control: "shuffled queries and keys" };

/** Room for many tokens, and no positions: what a head reads depends on its tokens alone. */
const plain = models.randomModel(
  transformer.makeConfig({
    n_layers: 1,
    d_model: 20,
    n_heads: 3,
    d_head: 6,
    d_vocab: 101,
    n_ctx: 64,
    positions: "none",
  }),
  1,
  "plain",
);

const rotary = models.trainedModel("rotary/1");

/** The small GPT with each positional scheme, both seeds of one at a time. */
const pairs = models.schemeRecipes.map((scheme) => models.seedPair(scheme));
const withAlibi = pairs[models.schemeRecipes.indexOf("alibi")];

/** The weights before training, and other ones drawn for that. */
const [fresh, freshAgain] = [sabotages.untrained(), sabotages.untrained(2)];

/** Heads that ask nothing, and so look at everything alike. */
const indifferent = sabotaged([plain, ...models.bothSeeds("nope")], sabotages.zeroQueries);

/** Scores so low that nothing seems worth a look; the usual softmax does not notice. */
const lowered = sabotage({
  name: "scores lowered by 20",
  description: "Every score is lowered by 20.",
  unfit: needs.attention,
  rewrite: rewriteAt("hook_attn_scores", (scores, { g }) => g.sub(scores, 20)),
});

question("Why do heads attend to specific places instead of everything?", {
  notes:
    "Specialising is efficient; and a head is small and cannot attend to everything at once, " +
    "though it can reach most of it.",
  standing: "corrected",
  sources: [
    papers.attentionIsAllYouNeed,
    papers.mathematicalFramework,
    papers.lowRankBottleneck,
    papers.attentionSinks,
    papers.evanMillerSoftmaxOne,
  ],
  draft: true,
}, ({ claim, say, wouldChange }) => {
  // The notes say that a head cannot reach everything. It can: softmax leaves no weight at zero,
  // unless 32 bits have no number that small, as far away under ALiBi.
  const reach = claim("Every place that the mask allows has a finite score and its share of 1", {
    id: "nothing-is-out-of-reach",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    needs: needs.attention,
    measure: budgetIn,
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
      "heads that look only at themselves": {
        sabotage: sabotages.selfOnlyHeads,
        on: [models.tiny],
      },
    },
  });

  // What it costs to look at everything. The tokens are independent of each other here, so that a
  // mean of n of them is as far from the mean of the vocabulary as one of them, over the root of n.
  const fades = claim("What a head reads from everything at once fades as the text grows", {
    id: "an-average-fades",
    kind: "construction",
    on: indifferent,
    measure: (model: Model) => probes.averagedValues(model, independentTokens(model)),
    check: ({ slope, uneven }) => {
      assertEquals(uneven, 0, "the largest weight less the smallest, where all scores are zero");
      // 12 texts, whose coordinates hang together: each point is good to some percent, and the
      // slope over six doublings to about 0.03.
      assertGreater(slope, -0.6, "the power of the length by which the read falls");
      assertLess(slope, -0.4, "the power of the length by which the read falls");
    },
    mustFailOn: {
      "heads that sum instead of averaging": {
        sabotage: sabotages.summingHeads,
        on: [indifferent[0], indifferent[1]],
      },
      "one token over and over": {
        on: [indifferent[0]],
        measure: (model) =>
          probes.averagedValues(
            model,
            independentTokens(model).map((row) => row.map(() => row[0])),
          ),
      },
      "the same heads with their queries": { on: models.bothSeeds("nope") },
    },
    show: (runs) =>
      charts.lines({
        title: "What is left of a head's read when it looks at everything",
        caption: "How far a read is from what the mean token would give, root mean square over " +
          "texts and heads, beside the read from a single token. Evenly spread attention averages " +
          "the text away; a head that summed would drown in it.",
        x: { label: "tokens looked at" },
        y: { label: "read, relative to one token's" },
        log: true,
        rows: runs.filter(({ model }) => model.startsWith("nope/1")).flatMap((run) =>
          run.evidence.reads.map(({ n, read }) => ({
            x: `${n}`,
            y: read,
            series: run.control ?? run.model,
          }))
        ),
      }),
  });

  // And what limits which places a head can tell apart: it has d_head numbers to say what it looks
  // for.
  const rank = claim("A head's scores are a matrix of rank d_head at most, however long the text", {
    id: "scores-have-low-rank",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    needs: needs.attention,
    measure: scoreRank,
    // Scores are rounded at 6e-8 of themselves: errors without order, whose singular values grow
    // with the root of the length, to 4e-7 of the largest at the very most.
    check: ({ beyond }) => assertLess(beyond, 1e-6, "what is beyond the rank, of the largest"),
    mustFailOn: {
      [FULL_RANK]: { sabotage: sabotages.fullRankQK, on: [models.tiny, rotary] },
    },
    show: (runs) =>
      charts.lines({
        title: "Singular values of one head's scores",
        caption: "The first head of one model, as it is and altered, on a text of more than " +
          "d_head different tokens; the two lines begin as one. As it is, nothing is left after " +
          "d_head values but rounding. With a little of the identity in W_QK the line goes on.",
        x: { label: "singular value, by rank" },
        y: { label: "size, relative to the largest" },
        log: true,
        rows: runs.filter(({ model }) => model.startsWith(rotary.name)).flatMap((run) =>
          run.evidence.values.map((y, i) => ({
            x: i + 1,
            y,
            series: `${rotary.name}, ${run.control ?? `as it is, d_head ${run.evidence.d_head}`}`,
          }))
        ),
      }),
  });

  const sharper = claim("Training makes heads choose: on average they become sharper", {
    id: "training-sharpens",
    kind: "empirical",
    on: pairs,
    measure: sharpness,
    // By more than two seeds of the scheme are apart.
    check: ({ trained, before, biasOnly }) => {
      const most = Math.max(...trained) + range(trained);
      assertLess(most, before, "mean entropy, against the same heads before training");
      assertLess(most, biasOnly, "against heads that ask nothing");
    },
    mustFailOn: {
      "untrained weights": { on: [models.seedPair("rotary", freshAgain)] },
      "heads that ask nothing": { on: [models.seedPair("alibi", sabotages.zeroQueries)] },
    },
    show: (runs) =>
      charts.dots({
        title: "How evenly heads spread their attention",
        caption: "A dot for each head: 1 is all places alike, 0 is one place alone. Before " +
          "training all heads are alike; afterwards some are sharp, and some are not.",
        x: { label: "model" },
        y: { label: "entropy, of the largest possible" },
        rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) => [
          ...evidence.beforeHeads.map((y) => ({ x: model, y, series: "before training" })),
          ...evidence.heads.map((y) => ({ x: model, y, series: "trained" })),
        ]),
      }),
  });

  // Longer queries and keys would sharpen any pattern. So the same numbers in other places are
  // asked.
  const aimed = claim("They are sharper than weights of that size would make them by themselves", {
    id: "sharp-by-aim",
    kind: "empirical",
    on: pairs,
    measure: aim,
    // By more than two seeds are apart, which for the shuffled ones are two shuffles as well.
    check: ({ trained, shuffled }) => {
      const apart = Math.max(range(trained), range(shuffled));
      assertLess(Math.max(...trained) + apart, Math.min(...shuffled), "mean entropy");
    },
    mustFailOn: {
      [SHUFFLED.control]: { on: [models.seedPair("rotary", sabotages.shuffledQK)] },
      "untrained weights": { on: [models.seedPair("rotary", freshAgain)] },
    },
  });

  // ALiBi's bias looks near by itself, and training has left that as it was.
  const near = claim("The sharpest head of a model looks at its own place and those just before", {
    id: "sharp-heads-look-near",
    kind: "empirical",
    on: [
      ...models.bothSeeds("learned"),
      ...models.bothSeeds("rotary"),
      ...models.bothSeeds("sinusoidal"),
    ],
    measure: (model: Model) => lookAtSharpest(model),
    // Most of the weight; and it must be training that brought it there.
    check: ({ near, before }) => {
      assertGreater(near, 0.5, "weight on a position and the three before it");
      assertGreater(near, 2 * before, "the same, against the sharpest head before training");
    },
    mustFailOn: {
      "untrained weights": {
        sabotage: fresh,
        on: models.schemeRecipes.map((name) => models.bothSeeds(name)[0]),
      },
      [ALIBI.control]: { on: models.bothSeeds("alibi") },
      "trained without positions": { on: models.bothSeeds("nope") },
      "the flattest heads": {
        on: models.bothSeeds("rotary"),
        measure: (model) => lookAtSharpest(model, { flattest: true }),
      },
    },
    show: (runs) =>
      charts.heatmap({
        title: "Where one head looks in a sentence",
        caption:
          "Each row is a position that asks, and its weights sum to one. The sharpest head " +
          "picks one place or two close by; the flattest takes a little of everything. Columns " +
          "are the same positions, by number.",
        x: { label: "position looked at" },
        y: { label: "position that asks" },
        value: { label: "weight" },
        rows: runs.filter(({ model, control }) =>
          model === rotary.name && control !== "untrained weights"
        ).flatMap((run) =>
          run.evidence.pattern.flatMap((row, y) =>
            row.map((value, x) => ({
              x,
              y: run.evidence.tokens[y],
              value,
              series: `${run.model}: ${run.control ? "its flattest head" : "its sharpest head"}`,
            }))
          )
        ),
      }),
  });

  const flat = claim("Heads that are nearly flat lose little when they are made quite flat", {
    id: "flat-heads-can-be-flattened",
    kind: "empirical",
    on: [everyHead],
    measure: (models: Model[]) => flattening(models, [FLAT, 1]),
    // Of a nat: the costliest flat head is far from it, and so are heads just below the line.
    check: ({ chosen, cost }) => {
      assertGreater(chosen, 3, "heads that are nearly flat");
      assertLess(cost, 0.05, "nats by which flattening one moves the predictions, at most");
    },
    mustFailOn: {
      "heads a little less flat": { measure: (models) => flattening(models, [0.8, FLAT]) },
      "the sharpest heads": { measure: (models) => flattening(models, [0, 0.5]) },
    },
    show: ([{ evidence }]) =>
      charts.dots({
        title: "What it costs to flatten a head",
        caption:
          "Each dot is a head that was made to look at everything alike. Sharp heads of the " +
          "first layer are needed as they are; many others, sharp ones too, are hardly missed. " +
          "Before training nearly all heads are flat, and none is missed.",
        x: { label: "entropy, of the largest possible" },
        y: { label: "predictions move by", unit: "nats" },
        log: true,
        rows: [
          ...evidence.heads.map((head) => ({ ...head, series: LAYERS[head.layer] })),
          ...evidence.before.heads.map((head) => ({ ...head, series: "before training" })),
        ].map(({ entropy, cost, series }) => ({ x: entropy, y: cost, series })),
      }),
  });

  const sink = claim(
    "A head that finds nothing to look for may spend its budget on the first token",
    {
      id: "a-sink",
      kind: "empirical",
      on: models.bothSeeds("attn-2l"),
      measure: (model: Model) =>
        probes.attentionSink(model, probes.drawRepeatedTokens(model, 28, { rows: 4 })),
      check: ({ searching, finding }) => {
        assertGreater(searching, 0.6, "weight on the first token while nothing repeats");
        assertLess(finding, 0.1, "weight of the same head on it while everything repeats");
      },
      mustFailOn: {
        "untrained weights": { on: [models.beforeTraining(models.trainedModel("attn-2l/1"))] },
        [PROSE.control]: { on: models.twoOfEachScheme },
      },
      show: (runs) =>
        charts.lines({
          title: "Weight on the first token while a random block is said twice",
          caption: "Of the head that gives it most. The first time there is nothing to look back " +
            "for, and almost all of its weight rests on the first token; when the block begins " +
            "again, the head has better places to look at.",
          x: { label: "position" },
          y: { label: "weight on the first token" },
          rows: runs.filter(({ model }) => /attn-2l|learned/.test(model)).flatMap((run) =>
            run.evidence.byPosition.map((y, x) => ({ x, y, series: run.model }))
          ),
        }),
    },
  );

  const spared = claim("With an extra one in softmax's denominator a head may spend nothing", {
    id: "no-budget-to-spend",
    kind: "construction",
    on: sabotaged(sabotaged([models.tiny], lowered), sabotages.softmaxPlusOne),
    measure: budgetIn,
    check: ({ spent }) => assertLess(spent, 1e-3, "the most that a position's weights sum to"),
    mustFailOn: { [USUAL]: { sabotage: lowered, on: [models.tiny] } },
  });

  say`
      Because attention is a budget of one that can only be divided, and what is spread over
      everything is averaged away ${reach}${fades}. That a head could not reach everything is not
      the reason: in ${reach.count({ origin: "random" })} random models and
      ${reach.count({ origin: "trained" })} trained ones every place that the mask allows had a
      finite score, and so a share in weights that sum to one within ${reach.max((e) => e.off)}.
      Where a share was exactly zero, as far away under ALiBi, it was too small a number to be
      written down, and no more ${reach}.

      But a head that asks nothing, and so looks at everything alike, learns the average word, and
      hardly anything about one of them: what it read of independent tokens came closer to what the
      mean token would give as the inverse square root of their number, to a measured power of
      ${fades.min((e) => e.slope, { digits: 2 })} to ${fades.max((e) => e.slope, { digits: 2 })}
      ${fades}. Of what sets one token's read apart from the average, at most
      ${fades.max((e) => e.reads[6].read, WHOLE)} was left with
      ${fades.max((e) => e.reads.map(({ n }) => n))} tokens at once.

      There is also a limit to how finely a head can score ${rank}. Its scores make a table, with a
      row for each position that asks and a column for each that is looked at; and however long the
      text, no more rows of it were independent (its rank) than the head is wide, \`d_head\`: beyond
      that was rounding, at most ${rank.max((e) => e.beyond)} of the largest singular value
      ${rank}. In that sense, and not in its reach, the notes are right to call a head small; but
      this is about scores before mask, bias and softmax, and what a head can then choose was not
      measured ${rank}.

      Training spends the budget ${sharper}. Take the entropy of a head's weights as a share of the
      largest possible, where all places alike give one and a single place zero: before training
      the mean over the heads of a model was at least ${sharper.min((e) => e.before, TWO)},
      afterwards between ${sharper.min((e) => e.trained, TWO)} and
      ${sharper.max((e) => e.trained, TWO)}, in two seeds of each positional scheme.
      With ALiBi it fell below what the bias alone would give by
      ${sharper.value(withAlibi, (e) => e.trained.map((t) => e.biasOnly - t)[0], TWO)} and
      ${
    sharper.value(withAlibi, (e) => e.trained.map((t) => e.biasOnly - t)[1], TWO)
  }. Single heads range from
      ${sharper.min((e) => e.heads, TWO)} to ${sharper.max((e) => e.heads, TWO)}: some stay diffuse
      ${sharper}. That weights have grown explains only a part: with the same numbers shuffled,
      heads of all ${aimed.count()} schemes were less sharp, by ${aimed.min(gained, TWO)} to ${
    aimed.max(gained, TWO)
  } ${aimed}. What the sharpest head of a model
      picks is mostly what is near: with learned, rotary and sinusoidal positions it put between
      ${near.min((e) => e.near, TWO)} and ${near.max((e) => e.near, TWO)} of its weight on a
      position and the three before it, where an even share is
      ${near.max((e) => e.uniform, TWO)} ${near}. With ALiBi it put ${
    near.min((e) => e.near, ALIBI)
  }
      and ${near.max((e) => e.near, ALIBI)} there, but before training it was
      ${near.max((e) => e.before, ALIBI)}: the bias looks near, and training changed little in that;
      and without positions the sharpest head did not look near, with at most
      ${near.max((e) => e.near, { ...TWO, control: "trained without positions" })} there ${near}.

      To be sharp is not yet to be needed ${flat}. Of
      ${flat.value(everyHead, (e) => e.heads.length)} heads, the
      ${flat.value(everyHead, (e) => e.chosen)} whose entropy was at least
      ${flat.value(everyHead, (e) => e.from)} moved the predictions by no more than
      ${flat.value(everyHead, (e) => e.cost, { digits: 3, unit: "nats" })} (of KL divergence) when
      they were made quite flat, and heads of the first layer by up to
      ${flat.max((e) => costs(e.heads, 0), TWO)}; but in the second layer no head, however sharp,
      was worth more than ${flat.max((e) => costs(e.heads, 1), TWO)} ${flat}. Nor did training have
      to bring it about that flat heads are not missed: before it,
      ${flat.value(everyHead, (e) => e.before.flat)} of
      ${flat.value(everyHead, (e) => e.before.heads.length)} heads were as flat, and flattening one,
      whichever it was, moved the predictions by no more than
      ${flat.value(everyHead, (e) => e.before.cost, { digits: 3, unit: "nats" })} ${flat}.

      Where this stops being true: the budget has to be spent even if there is nothing to look for
      ${sink}. In two models trained to continue repeated blocks, a head gave the first token
      ${sink.min((e) => e.searching, TWO)} and ${sink.max((e) => e.searching, TWO)} of its weight
      while nothing repeated, and at most ${sink.max((e) => e.finding, TWO)} once everything did: a
      sink, as in ${papers.attentionSinks} ${sink}. There it wrote
      ${sink.min((e) => e.writes, { digits: 1 })} to ${sink.max((e) => e.writes, { digits: 1 })}
      times as much as when it had found its place; whether that matters was not tested. On the same blocks no small model trained on
      prose alone gave the first token more than ${sink.max((e) => e.searching, PROSE)}, so sinks
      need not form ${sink}. And with an extra one in the denominator of softmax, as
      ${papers.evanMillerSoftmaxOne} proposes, there is no budget that must be spent: in a model built for this, whose scores were
      all lowered, heads gave all places together no more than ${
    spared.max((e) => e.spent)
  }, where the
      usual softmax gave them ${spared.max((e) => e.spent, { control: USUAL })} ${spared}.
    `;
  wouldChange`
      A place within the mask that gets no weight although it scores nearly as high as the best; a
      table of scores with a higher rank than the head is wide; or trained heads that are no sharper
      than others of their size. A tenth of the identity, added to the matrix that makes the scores,
      was enough to be seen: beyond that rank it left at least
      ${rank.min((e) => e.beyond, { control: FULL_RANK })} of the largest singular value. The
      sabotage that came closest was to shuffle the weights of queries and keys of both rotary
      models, and then to ask whether their heads are still sharper than shuffled ones. They looked
      for nothing, yet such large weights kept their mean entropy down to
      ${aimed.min((e) => e.trained, SHUFFLED)}. Shuffling them once more made them less sharp by
      ${aimed.max(gained, SHUFFLED)} at most, and trained ones by ${aimed.min(gained, TWO)} or more.
    `;
});

/** Every weight in a text; with ALiBi far past the window, where 32 bits have no number for some. */
function budgetIn(model: Model): Promise<probes.AttentionBudget> {
  const { positions, n_ctx } = model.config;
  const [text] = probes.drawTokens(model, { length: Math.min(60, n_ctx) });
  return probes.attentionBudget(model, positions === "alibi" ? Array(6).fill(text).flat() : text);
}

/** Texts of independent tokens, each of the vocabulary as likely as any other. */
function independentTokens({ config }: Model): number[][] {
  const random = new Random("independent tokens");
  return Array.from({ length: 12 }, () => random.integers(64, config.d_vocab));
}

/** How much of any head's scores lies beyond rank d_head; and one head's, for the picture. */
async function scoreRank(model: Model) {
  const { d_head, d_vocab, n_ctx } = model.config;
  const length = Math.min(n_ctx, d_vocab, d_head + 16);
  const spectra = await probes.scoreSpectra(
    model,
    probes.drawTokens(model, { length, distinct: true })[0],
  );
  const beyond = Math.max(...spectra.map((values) => values[d_head]));
  return { d_head, length, beyond, values: spectra[0] };
}

/** Held-out text for what is averaged over it. */
function someText({ config }: Model, rows: number): Promise<number[][]> {
  return texts.heldOutRows({ rows, length: Math.min(60, config.n_ctx) });
}

/** What every head looks at in some held-out text, by layer; several claims are about the same. */
const patternsInProse = memoize(
  async (model: Model) => probes.patternsOf(model, await someText(model, 4)),
  { cache: new WeakMap() },
);

/** Every head's entropy on held-out text, [layer][head]. */
const entropiesOf = memoize(
  async (model: Model) =>
    (await patternsInProse(model)).map((pattern) => probes.headEntropies(pattern)),
  { cache: new WeakMap() },
);

/** The mean entropy over the heads of a model. */
async function meanEntropy(model: Model): Promise<number> {
  return mean((await entropiesOf(model)).flat());
}

async function sharpness(models: Model[]) {
  const before = fresh.apply(await firstOf(models[0]));
  // Without ALiBi a head that asks nothing has no reason to prefer any place: 1 by arithmetic.
  const biased = models[0].config.positions === "alibi";
  return {
    trained: await Promise.all(models.map(meanEntropy)),
    before: await meanEntropy(before),
    biasOnly: biased ? await meanEntropy(sabotages.zeroQueries.apply(models[0])) : 1,
    heads: (await Promise.all(models.map(entropiesOf))).flat(2),
    beforeHeads: (await entropiesOf(before)).flat(),
  };
}

async function aim(models: Model[]) {
  const shuffled = models.map((model) => sabotages.shuffledQK.apply(model));
  return {
    trained: await Promise.all(models.map(meanEntropy)),
    shuffled: await Promise.all(shuffled.map(meanEntropy)),
  };
}

/** By how much each of two seeds is sharper than it is when shuffled. */
function gained({ trained, shuffled }: { trained: number[]; shuffled: number[] }): number[] {
  return trained.map((entropy, seed) => shuffled[seed] - entropy);
}

function range(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers);
}

/** The first seed of a model's positional scheme: what was drawn before training is drawn once. */
function firstOf({ config }: Model): Promise<Model> {
  const scheme = config.positions === "none" ? "nope" : config.positions;
  return models.bothSeeds(scheme)[0].load();
}

/** The sharpest head of a model: its pattern in a sentence, and how near it looks in all texts. */
async function lookAtSharpest(model: Model, { flattest = false } = {}) {
  const { layer, head, near, uniform } = await nearest(model, flattest);
  const before = await nearest(fresh.apply(await firstOf(model)), flattest);
  const [pattern, [row]] = [(await patternsInProse(model))[layer], await someText(model, 4)];
  const [sentence, tokenizer] = [row.slice(0, SHOWN), await texts.booksTokenizer()];
  return {
    near,
    before: before.near,
    uniform,
    tokens: sentence.map((token, i) => `${i} ${tokenizer.decode([token]).trim()}`),
    pattern: sentence.map((_, q) => [...pattern.get(0, head, q).data.slice(0, SHOWN)]),
  };
}

/** How near the sharpest head looks, or the flattest. */
async function nearest(model: Model, flattest: boolean) {
  const entropies = (await entropiesOf(model)).flat();
  const best = entropies.indexOf(flattest ? Math.max(...entropies) : Math.min(...entropies));
  const [layer, head] = [Math.floor(best / model.config.n_heads), best % model.config.n_heads];
  const rows = await someText(model, 4);
  const { scores, uniform } = probes.scoreHeads(await patternsInProse(model), rows, nearby);
  return { layer, head, near: scores[layer][head], uniform };
}

/** A position and the three before it, where there are many more to look at. */
function nearby(row: readonly number[]): number[][] {
  return row.map((_, query) => query < 20 ? [] : [query - 3, query - 2, query - 1, query]);
}

/** Tokens of the sentence in the picture. */
const SHOWN = 14;

type Flattened = { layer: number; head: number; entropy: number; cost: number };

/** What flattening costs the heads of one layer. */
function costs(heads: readonly Flattened[], layer: number): number[] {
  return heads.filter((each) => each.layer === layer).map(({ cost }) => cost);
}

/** What the picture calls the heads of each layer. */
const LAYERS = ["first layer", "second layer"];

let flattened: Promise<[trained: Flattened[], before: Flattened[]]> | undefined;

/** What flattening costs, for all heads, and at most among those within bounds of entropy. */
async function flattening(models: Model[], [least, most]: readonly [number, number]) {
  flattened ??= Promise.all([flattenAll(models), beforeTrainingOf(models).then(flattenAll)]);
  const [heads, before] = await flattened;
  const chosen = heads.filter(({ entropy }) => entropy >= least && entropy < most);
  return {
    from: least,
    chosen: chosen.length,
    cost: costliest(chosen),
    heads,
    before: {
      flat: before.filter(({ entropy }) => entropy >= FLAT).length,
      cost: costliest(before),
      heads: before,
    },
  };
}

/** An untrained model in the place of the two seeds of each positional scheme. */
async function beforeTrainingOf(models: Model[]): Promise<Model[]> {
  const firsts = new Set(await Promise.all(models.map(firstOf)));
  return [...firsts].map((model) => fresh.apply(model));
}

function costliest(heads: readonly Flattened[]): number {
  return Math.max(...heads.map(({ cost }) => cost));
}

async function flattenAll(models: Model[]): Promise<Flattened[]> {
  return (await Promise.all(models.map(flattenEach))).flat();
}

async function flattenEach(model: Model) {
  const entropies = await entropiesOf(model);
  const rows = await texts.heldOutRows({ rows: 2, length: 30 });
  const flat = entropies.map(() => probes.uniformPattern(rows[0].length));
  const costs = await probes.patchPatterns(model, rows, flat);
  return costs.map((each) => ({ ...each, entropy: entropies[each.layer][each.head] }));
}
