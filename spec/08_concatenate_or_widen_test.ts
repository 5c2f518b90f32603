import { assertEquals, assertGreater, assertLess } from "@std/assert";
import memoize from "memoize";
import { type Model, question, run } from "../mod.ts";
import { evenRows, maxDifference, mean, Random } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as texts from "../fixtures/texts/held_out.ts";
import * as papers from "../fixtures/papers.ts";

/** The models whose positions are looked into: they predict prose and learned a vector for each. */
const [learned1, learned2] = models.bothSeeds("learned");
const prose = [learned1, learned2, models.gpt];

/** Trained to copy as well, which takes positions that differ in more ways. */
const [copier, copier2] = models.bothSeeds("attn-2l");

/** One model of each wiring that has a table of positions. */
const withTables = models.oneOfEachWiring.filter(({ config }) => config!.positions === "learned");

/** Toys whose features are mostly zero. */
const TOY_90 = models.autoencoders("superposition-90");
const sparse = [
  ...models.autoencoders("superposition-70"),
  ...TOY_90,
  ...models.autoencoders("superposition-97"),
];
const dense = models.autoencoders("superposition-dense");
const [plane] = models.autoencoders("superposition-plane");
const [densePlane] = models.autoencoders("superposition-plane-dense");

const gpt2Sizes = models.withoutWeights("GPT-2 small", transformer.gpt2Small);
const smallSizes = models.withoutWeights("the small GPT", learned1.config!);

/** Where token embeddings are asked in place of positions. */
const TOKENS = { control: "as many tokens in their place" };

/** Where the corner is asked as if it lay anywhere. */
const ANYWHERE = { control: "as many directions drawn at random" };

/** Where the two forms are given a coordinate in common. */
const OVERLAP = { control: "coordinates that overlap by one" };

/** Where sparse toys are shown what they were not trained for. */
const SHOWN_DENSE = { control: "sparse ones shown dense features" };

const ONE = { digits: 1 };
const TWO = { digits: 2 };
const THREE = { digits: 3 };
const FOUR = { digits: 4 };
const WHOLE = { digits: 0 };
const SHARE = { percent: true, digits: 1 };

/** Examples in which no feature is ever zero. */
const DENSE = { sparsity: 0 };

const W_POS = "pos_embed.W_pos";
const W_E = "embed.W_E";

/** Which random draws chance is measured by. */
const DRAWS = Array.from({ length: 20 }, (_, draw) => draw);

const superpositionOf = memoize((model: transformer.Autoencoder) => probes.superposition(model), {
  cache: new WeakMap(),
});

const widths = models.sizes.sideBySide("the small GPT at four widths", [
  "width-16",
  "width-32",
  "learned",
  "width-128",
]);

/** As many parameters in one layer, two and four. */
const SHAPES = ["depth-1", "learned", "depth-4"] as const;

question("Why not concatenate to the residual stream, or just make it wider?", {
  notes: "open",
  standing: "answered here",
  sources: [papers.toyModels, papers.scalingLaws, papers.chinchilla],
  draft: true,
}, ({ claim, say, wouldChange }) => {
  // A sum with zeros is exact, so nothing has to be allowed for.
  const sum = claim(
    "Concatenating [token ; position] is adding two embeddings in separate coordinates",
    {
      id: "concatenation-is-addition",
      kind: "identity",
      on: [...models.randomFamilies({ positions: ["learned"], size: 3 }), ...withTables],
      measure: (model: Model) => besideOrAdded(model),
      check: ({ apart }) =>
        assertEquals(apart, 0, "the logits of the one, less those of the other"),
      mustFailOn: {
        [OVERLAP.control]: {
          on: [models.tiny],
          measure: (model) => besideOrAdded(model, { overlap: 1 }),
        },
      },
    },
  );

  // Random rows of this shape fill n d / (n + d) of d dimensions, less than d because they are few;
  // the words' own table, which has meanings to tell apart, fills more than half of what random
  // rows would. A third is clear of both.
  const few = claim(
    "The position vectors that a model learns fill few of the stream's dimensions",
    {
      id: "positions-fill-few-dimensions",
      kind: "empirical",
      on: [...prose, copier, copier2],
      measure: (model: Model) => filled(positionsOf(model), model.weights[W_POS].shape),
      check: ({ ratio, random }) =>
        assertLess(
          ratio,
          random / 3,
          "dimensions, where a third of what random rows fill is allowed",
        ),
      mustFailOn: {
        "untrained weights": { on: [learned1, copier].map(models.beforeTraining) },
        [TOKENS.control]: {
          on: [learned1, learned2, copier],
          measure: (model) =>
            filled(probes.principalComponents(tokensOf(model)), model.weights[W_POS].shape),
        },
      },
      show: (runs) =>
        charts.lines({
          title: "How many dimensions the positions fill",
          caption:
            "The share of what tells one position's vector from another's that lies in the largest " +
            "dimensions, counted up. The models trained on prose need few; before training, and " +
            "for tokens, there is no such corner.",
          x: { label: "dimensions" },
          y: { label: "share of the variance" },
          rows: runs.filter(({ model, control }) =>
            model.startsWith(learned1.name) || (model === copier.name && !control)
          )
            .flatMap(({ model, control, evidence }) =>
              evidence.held.map((y, i) => ({
                x: i + 1,
                y,
                series: control === TOKENS.control ? `${model}, ${control}` : model,
              }))
            ),
        }),
    },
  );

  // How far chance goes is measured: as many directions, and as many vectors, drawn twenty times.
  const apart = claim("They lie where the token embeddings are not", {
    id: "positions-lie-apart",
    kind: "empirical",
    on: [...prose, copier, copier2],
    measure: (model: Model) => overlap(model, areaOf(model)),
    check: ({ share, cosine, random }) => {
      // Half of the least of twenty: the seeds differ by less than half.
      assertLess(share, Math.min(...random.shares) / 2, "share of the tokens' variance");
      assertLess(cosine, Math.min(...random.cosines), "mean |cos| of a position and a token");
    },
    mustFailOn: {
      "untrained weights": { on: [models.beforeTraining(learned1)] },
      [ANYWHERE.control]: {
        on: [learned1, copier],
        measure: (model) => overlap(model, probes.randomSubspace(areaOf(model), "another")),
      },
      "as many vectors drawn at random": {
        on: [learned1, copier],
        measure: (model) => ({ ...overlap(model, areaOf(model)), cosine: byChance(model, -1) }),
      },
    },
  });

  // One draw in twenty-one would be above twenty others by chance, so all five models are asked.
  const open = claim("Nothing fences that corner off: the first attention layer writes into it", {
    id: "the-corner-is-open",
    kind: "empirical",
    on: [...prose, copier, copier2],
    measure: (model: Model) => written(model, areaOf(model)),
    check: ({ written: [first], random }) =>
      assertGreater(first.due, Math.max(...random), "times what is due to the corner's size"),
    mustFailOn: {
      "untrained weights": { on: [models.beforeTraining(learned1)] },
      [ANYWHERE.control]: {
        on: [learned1, copier],
        measure: (model) => written(model, probes.randomSubspace(areaOf(model), "other")),
      },
    },
    show: (runs) =>
      charts.bars({
        title: "What each layer writes into the positions' directions",
        caption:
          "The share of the variance of what a layer writes that lies in the few directions of " +
          "the positions, over the share due to as many directions: above one it is more than " +
          "chance would put there, below one less. The first attention layers agree; after them " +
          "the seeds do not, as the last MLPs show.",
        x: { label: "layer" },
        y: { label: "times what is due" },
        reference: [{ y: 1, label: "random directions" }],
        rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) =>
          evidence.written.map(({ layer, due }) => ({ x: layer, y: due, series: model }))
        ),
      }),
  });

  const packed = claim("With sparse features, more of them are kept than there are dimensions", {
    id: "sparse-features-share",
    kind: "empirical",
    on: sparse,
    measure: async (model: transformer.Autoencoder) => ({
      ...(await superpositionOf(model)),
      sparsity: model.config.sparsity,
    }),
    check: ({ kept, dimensions }) => assertGreater(kept, dimensions, "features kept"),
    mustFailOn: {
      "trained on dense features": { on: dense },
      [SHOWN_DENSE.control]: {
        on: TOY_90,
        measure: async (model) => ({ ...(await probes.superposition(model, DENSE)), ...DENSE }),
      },
      "untrained weights": { on: [models.autoencoderBeforeTraining("superposition-90")] },
    },
    show: (runs) =>
      charts.dots({
        title: "Which of twenty features come back through five dimensions",
        caption:
          "How much of each feature's variance is rebuilt, by the first seed for each sparsity: " +
          "in how many of the examples a feature is zero. Features that are never zero get a " +
          "dimension each, and there are five; the sparser they are, the more of them come back, " +
          "none quite whole.",
        x: { label: "feature, the most important first" },
        y: { label: "share rebuilt" },
        reference: [{ y: 0.5, label: "above this it counts as kept" }],
        rows: runs.filter(({ model, control }) =>
          model.endsWith("/1") && (!control || control === "trained on dense features")
        ).flatMap(({ evidence: { rebuilt, sparsity } }) =>
          rebuilt.map((y, i) => ({ x: i + 1, y, series: sparsityInWords(sparsity) }))
        ),
      }),
  });

  const whole = claim("With dense features there is one for each dimension, the most important", {
    id: "dense-features-do-not",
    kind: "empirical",
    on: dense,
    measure: superpositionOf,
    check: ({ rebuilt, dimensions }) => {
      // A feature with a dimension of its own comes back whole, one without not at all; what
      // training leaves over is a hundredth of that.
      rebuilt.forEach((share, i) => {
        if (i < dimensions) assertGreater(share, 0.95, `feature ${i} is kept`);
        else assertLess(share, 0.05, `feature ${i} is given up`);
      });
    },
    mustFailOn: { "trained on sparse features": { on: sparse } },
  });

  const plan = claim("Five sparse features make a pentagon of two dimensions; dense ones do not", {
    id: "five-in-a-plane",
    kind: "empirical",
    on: models.autoencoders("superposition-plane"),
    measure: async (model: transformer.Autoencoder) => ({
      directions: probes.featureDirections(model),
      ...(await superpositionOf(model)),
      gaps: gapsBetween(probes.featureDirections(model)),
    }),
    check: ({ kept, gaps }) => {
      assertEquals(kept, 5, "features kept");
      // A fifth of a turn is 72 degrees; importances that differ, as these do, bend the pentagon.
      for (const gap of gaps) assertLess(Math.abs(gap - 72), 18, "degrees off a fifth of a turn");
    },
    mustFailOn: {
      "trained on dense features": { on: models.autoencoders("superposition-plane-dense") },
      "untrained weights": { on: [models.autoencoderBeforeTraining("superposition-plane")] },
    },
    show: (runs) =>
      charts.dots({
        title: "Five features in two dimensions",
        caption:
          "Where each feature points in the plane, as an angle, and how long its direction is. " +
          "Sparse features share the circle, about a fifth of a turn apart; of dense ones two are " +
          "at right angles, and three have no length, so that their angles mean nothing.",
        x: { label: "angle", unit: "degrees" },
        y: { label: "length" },
        rows: runs.filter(({ model }) => model === plane.name || model === densePlane.name)
          .flatMap(({ control, evidence }) =>
            evidence.directions.map(([x, y]) => ({
              x: (degrees([x, y]) + 360) % 360,
              y: Math.hypot(x, y),
              series: control ?? "trained on sparse features",
            }))
          ),
      }),
  });

  const price = claim(
    "The blocks' cost grows as the square of the width: each dimension costs more than the last",
    {
      id: "price-of-a-dimension",
      kind: "identity",
      on: [gpt2Sizes, smallSizes],
      measure: ({ config }: models.WithoutWeights) => ({
        ...probes.costOfWidth(config),
        pairs: probes.costOfWidth(config).due / config.n_layers,
      }),
      check: ({ parameters, products, due }) => {
        assertEquals(parameters.counted, parameters.formula, "parameters at three widths");
        assertEquals(products.counted, products.formula, "multiplications at three widths");
        assertEquals([parameters.square, products.square], [due, due], "times d_model^2");
      },
      mustFailOn: {
        "an MLP that stays as it was": {
          on: [gpt2Sizes],
          measure: ({ config }) => ({ ...probes.costOfWidth(config, ["d_mlp"]), pairs: 0 }),
        },
        "heads that stay as they were": {
          on: [gpt2Sizes],
          measure: ({ config }) => ({ ...probes.costOfWidth(config, ["d_head"]), pairs: 0 }),
        },
      },
    },
  );

  // Margins come from the losses that were recorded on all held-out text when the models were
  // trained. On the few lines read here, each seed has to keep the order.
  const wider = claim("Wider is better, and each further dimension buys less than the one before", {
    id: "returns-of-width-fall",
    kind: "empirical",
    on: [widths],
    measure: models.sizes.lossesOf,
    check: ({ here, cards: { sizes, seeds, gains } }) => {
      // The widths differ by factors of two, the seeds by nothing but chance; and less than a tenth
      // of a nat is not worth a sentence.
      const clear = Math.max(0.1, 3 * seeds);
      assertGreater(sizes[0].loss - sizes[3].loss, clear, "nats gained over the whole range");
      assertGreater(gains[0].each, gains[2].each + 3 * gains[2].error, "nats for a dimension");
      assertEquals(orderOf(here), "best last", "each seed on the text read here");
    },
    mustFailOn: {
      "untrained weights": { measure: models.sizes.lossesUntrained },
      "the widest called the narrowest": {
        measure: async (all) => models.sizes.reversed(await models.sizes.lossesOf(all)),
      },
    },
    show: (runs) =>
      charts.lines({
        title: "Loss against parameters",
        caption:
          "The small GPT at four widths, two seeds each, after the same steps, on all held-out " +
          "text, as recorded when they were trained; each width had a learning rate of its own. " +
          "The last doubling adds the most parameters and gains the least.",
        x: { label: "parameters", unit: "thousands" },
        y: { label: "loss", unit: "nats per token" },
        rows: runs.filter(({ control }) => !control).flatMap(({ evidence }) => curves(evidence)),
      }),
  });

  // Of one size to within a few percent, which the best of them has more: what those are worth, by
  // the steepest part of the curve of the widths that is near, is taken off its lead.
  const shapes = claim(
    "At as many parameters, wide and shallow predicts better than narrow and deep",
    {
      id: "wide-or-deep",
      kind: "empirical",
      on: [models.sizes.sideBySide("one layer, two and four", SHAPES)],
      measure: async (all: models.ModelWithCard[][]) => priced(await models.sizes.lossesOf(all)),
      check: ({ here, cards: { sizes, seeds }, worth }) => {
        const counts = sizes.map(({ parameters }) => parameters);
        assertLess(Math.max(...counts) / Math.min(...counts), 1.06, "parameters, relatively");
        const clear = Math.max(0.05, 3 * seeds); // five percent in probability
        const [one, two, four] = sizes.map(({ loss }, i) => loss + worth[i]);
        assertGreater(two - one, clear, "nats lost by two layers instead of one");
        assertGreater(four - two, clear, "nats lost by four layers instead of two");
        assertEquals(orderOf(here), "best first", "each seed on the text read here");
      },
      mustFailOn: {
        "untrained weights": {
          measure: async (all) => priced(await models.sizes.lossesUntrained(all)),
        },
        "the deepest called the shallowest": {
          measure: async (all) => priced(models.sizes.reversed(await models.sizes.lossesOf(all))),
        },
      },
      show: (runs) =>
        charts.dots({
          title: "One size, three shapes",
          caption: "The loss of models with about as many parameters on all held-out text, as " +
            "recorded when they were trained.",
          x: { label: "shape" },
          y: { label: "loss", unit: "nats per token" },
          rows: runs.filter(({ control }) => !control).flatMap(({ evidence }) =>
            evidence.cards.sizes.flatMap(({ layers, width, losses }) =>
              losses.map((y, seed) => ({
                x: `layers: ${layers}, width: ${width}`,
                y,
                series: `seed ${seed + 1}`,
              }))
            )
          ),
        }),
    },
  );

  say`
      Concatenating would give nothing that adding does not give already ${sum}, and a wider stream
      is a somewhat better model at a price that keeps rising ${wider} ${price}. A model whose
      stream begins as [token ; position], side by side, is a model that adds, with zeros in each of
      the two wherever the other has its numbers: in ${sum.count()} models the logits (the scores of
      the vocabulary) of the two forms differed by ${sum.max((e) => e.apart)}. Both need the same
      width in all, and this is about the start of the stream only ${sum}. Adding is the wider of
      the two notions: it may also let the two overlap, and leaves it to training how much room each
      gets ${sum}. After the start it is adding that keeps the stream small: if every layer of a
      model with the ${gpt2Sizes} put its output beside the stream, that would end
      ${price.value(gpt2Sizes, (e) => e.concatenated)} numbers wide instead of
      ${price.value(gpt2Sizes, (e) => e.d_model)}.

      In models trained on prose alone, training made a small area for position by itself ${few}.
      The vectors that ${learned1} and ${learned2} learned for their positions vary over
      ${few.value(learned1, (e) => e.ratio, TWO)} and ${few.value(learned2, (e) => e.ratio, TWO)} of
      ${few.value(learned1, (e) => e.width)} dimensions (the participation ratio: a dimension counts
      by its share of the variance), where random vectors would fill
      ${few.value(learned1, (e) => e.random, ONE)}, and the embeddings of as many tokens fill
      ${few.value(learned1, (e) => e.ratio, { ...TOKENS, ...ONE })}. In ${models.gpt} it was
      ${few.value(models.gpt, (e) => e.ratio, TWO)} of ${few.value(models.gpt, (e) => e.width)}, and
      ${few.value(copier, (e) => e.ratio, ONE)} and ${few.value(copier2, (e) => e.ratio, ONE)} of as
      many in ${copier} and ${copier2}: they were taught to copy as well, and fill more. The tokens
      keep out of that corner: of what tells them apart,
      ${apart.value(learned1, (e) => e.share, SHARE)} and
      ${apart.value(learned2, (e) => e.share, SHARE)} lie in the positions' directions in
      ${learned1} and ${learned2}, where ${apart.value(learned1, (e) => e.chance, SHARE)} would by
      chance. The angles say the same less loudly: between a position and a token |cos| was
      ${apart.value(learned1, (e) => e.cosine, THREE)} on average in ${learned1}, against
      ${apart.value(learned1, (e) => e.random.cosines[0], THREE)} for random vectors in place of the
      positions; in ${apart.count()} models it was below every one of ${apart.max(draws)} such draws
      ${apart}.

      So nobody had to guess how wide the area should be, but it is not private either ${open}. The
      corner, the fewest directions that hold most of what tells positions apart, is
      ${open.value(learned1, (e) => e.directions)} direction in ${learned1} and
      ${open.value(learned2, (e) => e.directions)} in ${learned2}, and
      ${open.value(models.gpt, (e) => e.directions)} in ${models.gpt}. The first attention layer put
      ${open.value(learned1, firstDue, ONE)}, ${open.value(learned2, firstDue, ONE)} and
      ${
    open.value(models.gpt, firstDue, ONE)
  } times as much of its output there as the size of the corner
      would explain ${open}. In the two that were taught to copy, whose corner is
      ${open.value(copier, (e) => e.directions)} and ${open.value(copier2, (e) => e.directions)}
      directions wide, it was no more than ${open.value(copier, firstDue, TWO)} and
      ${open.value(copier2, firstDue, TWO)} times, where of ${apart.max(draws)} random areas of that
      size the fullest got ${open.value(copier, mostByChance, TWO)} and
      ${open.value(copier2, mostByChance, TWO)} times ${open}. Single random directions scatter
      more, up to ${open.value(learned2, mostByChance, TWO)} times in ${learned2}. Later layers put
      ${open.min(laterDue, ONE)} to ${open.max(laterDue, ONE)} times their due there, and the seeds
      disagree: the last MLP of ${learned1} put ${open.value(learned1, lastDue, ONE)} times its due
      there, that of ${learned2} ${open.value(learned2, lastDue, ONE)} times ${open}.

      Nor does the width limit how many things a stream can hold to one for each dimension
      ${packed}. In the small autoencoder of ${papers.toyModels}, ${
    packed.max((e) => e.features)
  } features
      had to pass through ${packed.max((e) => e.dimensions)} dimensions. Where every feature was
      always there, the most important ones got a dimension each, and the others were given up
      ${whole}. Where each was zero in
      ${packed.value(TOY_90[0], (e) => e.sparsity, { percent: true, digits: 0 })} of the examples,
      ${packed.value(TOY_90[0], (e) => e.kept)}, ${packed.value(TOY_90[1], (e) => e.kept)} and
      ${packed.value(TOY_90[2], (e) => e.kept)} were kept in three seeds, and
      ${packed.min((e) => e.kept)} to ${packed.max((e) => e.kept)} over all sparsities tried: they
      share dimensions, which is called superposition. The price is interference: in ${TOY_90[0]}
      those that were kept came back by
      ${packed.value(TOY_90[0], keptShare, { percent: true, digits: 0 })} of their variance, and
      shown examples in which nothing is zero, it kept
      ${packed.value(TOY_90[0], (e) => e.kept, SHOWN_DENSE)} ${packed}. In two dimensions it can be
      drawn: ${plan.min((e) => e.kept)} sparse features lie like the corners of a pentagon ${plan}.
      These are toys; how the features of the GPTs here are packed was not measured ${packed}.

      How wide, then, is a matter of price and return ${price} ${wider}. The price of the blocks
      grows as the square: with its MLP and heads grown along, each has about
      ${price.value(gpt2Sizes, (e) => e.pairs)} times the width squared parameters. What is outside
      them, mostly the table of tokens, grows as the width itself ${price}. In all, one more
      dimension costs a model with the ${gpt2Sizes}
      ${price.value(gpt2Sizes, (e) => e.parameters.next, WHOLE)} parameters on top of
      ${price.value(gpt2Sizes, (e) => e.parameters.counted[0])}, and
      ${price.value(gpt2Sizes, (e) => e.products.next, WHOLE)} multiplications for each token
      ${price}. The return falls: at widths of ${wider.mean(width(0))}, ${wider.mean(width(1))},
      ${wider.mean(width(2))} and ${wider.mean(width(3))} the small GPT came to
      ${wider.mean(loss(0), TWO)}, ${wider.mean(loss(1), TWO)}, ${wider.mean(loss(2), TWO)} and
      ${wider.mean(loss(3), TWO)} nats a token on all held-out text, as was recorded when they were
      trained, two seeds differing by ${wider.mean(seedsApart, THREE)} at most; on the few rows of
      it read here, which are harder, it was ${wider.mean(lossHere(0), TWO)},
      ${wider.mean(lossHere(1), TWO)}, ${wider.mean(lossHere(2), TWO)} and
      ${wider.mean(lossHere(3), TWO)}. From the first width to the second a further dimension bought
      ${wider.mean(eachGain(0), FOUR)} nats, from the third to the last
      ${wider.mean(eachGain(2), FOUR)}, and by that curve one more than ${wider.mean(width(2))}
      would buy ${wider.mean((e) => e.cards.next[2], FOUR)}, for
      ${price.value(smallSizes, (e) => e.parameters.next, WHOLE)} parameters on top of
      ${price.value(smallSizes, (e) => e.parameters.counted[0])}. So a slightly wider stream is a
      slightly better model, and nothing else ${wider}.

      The same parameters could go into depth instead, which paid less here ${shapes}. With
      ${shapes.mean(layers(0))} layer, ${shapes.mean(layers(1))} and ${shapes.mean(layers(2))}, at
      widths of ${shapes.mean(width(0))}, ${shapes.mean(width(1))} and ${shapes.mean(width(2))} that
      make about as many parameters, the losses recorded on all held-out text were
      ${shapes.mean(loss(0), TWO)}, ${shapes.mean(loss(1), TWO)} and ${shapes.mean(loss(2), TWO)},
      seeds being ${shapes.mean(seedsApart, THREE)} apart at most, and
      ${shapes.mean(lossHere(0), TWO)}, ${shapes.mean(lossHere(1), TWO)} and
      ${shapes.mean(lossHere(2), TWO)} on the same few rows. The shallowest has a few parameters
      more than the deepest, which by the curve of the widths are worth
      ${shapes.mean((e) => e.worth[0], THREE)} nats ${shapes}. Do not carry this over: larger models
      were found to care little for shape and much for size (${papers.scalingLaws}), and size to be worth
      only as much as the training that goes with it (${papers.chinchilla}) ${shapes}. The ones here are
      tiny, all had the same few steps, and the shapes one learning rate, where each width had its
      own ${shapes} ${wider}. So how wide to make a stream is settled by trying, for a given size
      and a given training, and not by a rule ${wider} ${shapes}.
    `;
  wouldChange`
      A concatenating model that no adding one equals; with a single coordinate in common the two
      differed at once, in logits off by ${sum.min((e) => e.apart, OVERLAP)} or more. Or a toy with
      dense features that keeps more of them than the ${whole.max((e) => e.kept)} for which it has
      dimensions. Or a width at which the next dimension buys more than the one before: longer
      training may well move these curves, since all sizes had the same number of steps. As for the
      corner of the positions, as many directions drawn at random came nearest to passing for it:
      of ${apart.max(draws)} draws for each model the emptiest held
      ${apart.min(leastByChance, TWO)} to ${apart.max(leastByChance, TWO)} times their due of what
      tells tokens apart, and the corner at most ${apart.max(ofDue, TWO)}.
    `;
});

/** A model that concatenates beside one that adds in separate coordinates, half the stream each. */
async function besideOrAdded(model: Model, { overlap = 0 } = {}) {
  const width = Math.ceil(model.config.d_model / 2);
  const text = probes.drawTokens(model);
  const beside = (await run(transformer.concatenated(model, width), text)).logits;
  const added = (await run(transformer.separated(model, width, overlap), text)).logits;
  return { apart: maxDifference(beside, added) };
}

/** How many dimensions some vectors fill, by their variances along their principal axes. */
function filled(
  { variances }: Pick<probes.PrincipalComponents, "variances">,
  [rows, width]: readonly number[],
) {
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  let held = 0;
  return {
    ratio: probes.participationRatio({ variances }),
    random: probes.randomParticipationRatio(rows, width),
    width,
    held: variances.slice(0, 32).map((variance) => (held += variance) / total),
  };
}

// Several claims are about the same vectors, areas and toys.
const positionsOf = memoize(({ weights }: Model) => probes.principalComponents(weights[W_POS]), {
  cache: new WeakMap(),
});
const areaOf = memoize((model: Model) => probes.positionSubspace(model, positionsOf(model)), {
  cache: new WeakMap(),
});
const randomAreas = memoize(
  (model: Model) => DRAWS.map((draw) => probes.randomSubspace(areaOf(model), draw)),
  { cache: new WeakMap() },
);

/** As many token embeddings as positions, evenly over the vocabulary: [n_ctx, d_model]. */
const tokensOf = memoize(
  ({ weights, config: { n_ctx } }: Model) => evenRows(weights[W_E], n_ctx),
  { cache: new WeakMap() },
);

/** The mean |cos| of as many random vectors as there are positions with the same tokens. */
function byChance(model: Model, draw: number): number {
  const vectors = new Random(`vectors ${draw}`).normalTensor(model.weights[W_POS].shape);
  return probes.meanCosine(vectors, tokensOf(model));
}

const sharesByChance = memoize(
  (model: Model) =>
    probes.varianceWithin(model.weights[W_E], randomAreas(model).map(({ axes }) => axes)),
  { cache: new WeakMap() },
);
const cosinesByChance = memoize((model: Model) => DRAWS.map((draw) => byChance(model, draw)), {
  cache: new WeakMap(),
});

/** How far tokens reach into an area of the stream, and into as many random directions. */
function overlap(model: Model, { axes, chance }: probes.Subspace) {
  const [share] = probes.varianceWithin(model.weights[W_E], [axes]);
  const shares = sharesByChance(model);
  return {
    share,
    chance,
    cosine: probes.meanCosine(model.weights[W_POS], tokensOf(model)),
    random: { shares, cosines: cosinesByChance(model) },
  };
}

/** What each layer writes into an area, in multiples of what is due to its size. */
async function written(model: Model, area: probes.Subspace) {
  const rows = await texts.heldOutRows({ rows: 2, length: model.config.n_ctx });
  const layers = await probes.varianceWritten(model, [area, ...randomAreas(model)], rows);
  return {
    directions: area.axes.shape[1],
    written: layers.map(({ layer, shares }) => ({ layer, due: shares[0] / area.chance })),
    random: layers[0].shares.slice(1).map((share) => share / area.chance),
  };
}

/** How often a feature is zero, for a legend. */
function sparsityInWords(sparsity: number): string {
  return sparsity === 0 ? "never zero" : `zero in ${Math.round(100 * sparsity)}%`;
}

/** How much of what was kept came back. */
function keptShare({ rebuilt }: { rebuilt: readonly number[] }): number {
  return mean(rebuilt.filter((share) => share > 0.5));
}

type Written = Awaited<ReturnType<typeof written>>;

/** How many times its due the first attention layer writes into the positions' area. */
function firstDue(e: Written): number {
  return e.written[0].due;
}

/** The same of the layers after it. */
function laterDue(e: Written): number[] {
  return e.written.slice(1).map(({ due }) => due);
}

/** The same of the last of them. */
function lastDue(e: Written): number {
  return e.written[e.written.length - 1].due;
}

/** The most that it writes into any of the random areas. */
function mostByChance(e: Written): number {
  return Math.max(...e.random);
}

/** How many times its due of the tokens' variance an area holds. */
function ofDue({ share, chance }: ReturnType<typeof overlap>): number {
  return share / chance;
}

/** How many random draws it is compared with. */
function draws({ random }: ReturnType<typeof overlap>): number {
  return random.cosines.length;
}

/** The same share of the random area that holds least. */
function leastByChance({ random, chance }: ReturnType<typeof overlap>): number {
  return Math.min(...random.shares) / chance;
}

/** Whether every seed of each size is better than every seed of the one before, or the reverse. */
function orderOf({ sizes }: probes.LossesBySize): "best last" | "best first" | "mixed" {
  const after = (a: probes.SizeLoss, b: probes.SizeLoss) =>
    Math.min(...a.losses) > Math.max(...b.losses);
  const pairs = sizes.slice(1).map((size, i) => [sizes[i], size] as const);
  if (pairs.every(([a, b]) => after(a, b))) return "best last";
  return pairs.every(([a, b]) => after(b, a)) ? "best first" : "mixed";
}

/** Losses with what each size's parameters are worth that the smallest of them has not. */
async function priced(losses: models.sizes.Losses) {
  const { cards: { sizes: curve } } = await models.sizes.lossesOf(await widths.load());
  const [from, to] = [curve[1], curve[2]]; // up to the small GPT, where it is steeper than after it
  const each = (from.loss - to.loss) / Math.log(to.parameters / from.parameters);
  const counts = losses.cards.sizes.map(({ parameters }) => parameters);
  return { ...losses, worth: counts.map((n) => each * Math.log(n / Math.min(...counts))) };
}

/** A line for each seed of some sizes: loss over thousands of parameters. */
function curves({ cards: { sizes } }: models.sizes.Losses) {
  return [0, 1].flatMap((seed) =>
    sizes.map(({ parameters, losses }) => ({
      x: parameters / 1000,
      y: losses[seed],
      series: `seed ${seed + 1}`,
    }))
  );
}

/** Reads the width of one of several sizes. */
function width(size: number): (e: models.sizes.Losses) => number {
  return ({ cards }) => cards.sizes[size].width;
}

/** Reads what a further dimension bought on the way from one size to the next. */
function eachGain(step: number): (e: models.sizes.Losses) => number {
  return ({ cards }) => cards.gains[step].each;
}

/** By how much two seeds of one size differ at most. */
function seedsApart({ cards }: models.sizes.Losses): number {
  return cards.seeds;
}

/** Reads the number of layers of one of several sizes. */
function layers(size: number): (e: models.sizes.Losses) => number {
  return ({ cards }) => cards.sizes[size].layers;
}

/** Reads the loss of one of several sizes. */
function loss(size: number): (e: models.sizes.Losses) => number {
  return ({ cards }) => cards.sizes[size].loss;
}

/** Reads the same on the text read here. */
function lossHere(size: number): (e: models.sizes.Losses) => number {
  return ({ here }) => here.sizes[size].loss;
}

/** The angle of a direction of the plane, from -180 to 180. */
function degrees([x, y]: readonly number[]): number {
  return Math.atan2(y, x) * 180 / Math.PI;
}

/** Degrees between neighbouring directions of a plane, once round. */
function gapsBetween(directions: readonly number[][]): number[] {
  const angles = directions.map(degrees).sort((a, b) => a - b);
  return angles.map((angle, i) =>
    i === 0 ? angle + 360 - angles[angles.length - 1] : angle - angles[i - 1]
  );
}
