import { assertEquals, assertGreater, assertLess } from "@std/assert";
import {
  type Area,
  type Autoencoder,
  bars,
  concatenated,
  type Config,
  directions,
  dots,
  drawTokens,
  type Fixed,
  gpt2Small,
  lines,
  maxDifference,
  md,
  mean,
  meanCosine,
  type Model,
  participation,
  positionArea,
  priceOfWidth,
  question,
  randomArea,
  randomParticipation,
  run,
  separated,
  shareWithin,
  spreadOf,
  type Subject,
  superposition,
  Tensor,
  writtenInto,
} from "../mod.ts";
import {
  autoencoders,
  beforeTraining,
  beforeTrainingToy,
  bothSeeds,
  gpt,
  heldOutRows,
  spread,
  tiny,
} from "../fixtures/mod.ts";
import { chinchilla, scalingLaws, toyModels } from "../fixtures/papers.ts";
import {
  backwards,
  bothCards,
  type Losses,
  lossesOf,
  lossesUntrained,
  several,
} from "../fixtures/sizes.ts";

/** The models whose positions are looked into: they predict prose, and learned a vector for each. */
const [learned1, learned2] = bothSeeds("learned");
const prose = [learned1, learned2, gpt];

/** Trained to copy as well, which takes positions that differ in more ways. */
const [copier, copier2] = bothSeeds("attn-2l");

/** Toys whose features are mostly zero. */
const TOY_90 = autoencoders("superposition-90");
const sparse = [
  ...autoencoders("superposition-70"),
  ...TOY_90,
  ...autoencoders("superposition-97"),
];
const dense = autoencoders("superposition-dense");
const [plane] = autoencoders("superposition-plane");
const [densePlane] = autoencoders("superposition-plane-dense");

const gpt2Sizes = sizes("GPT-2 small", gpt2Small);
const smallSizes = sizes("the small GPT", learned1.config!);

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

const W_POS = "pos_embed.W_pos";
const W_E = "embed.W_E";

/** The small GPT at several widths, two seeds each. */
const WIDTHS = [
  bothCards("width-16"),
  bothCards("width-32"),
  bothCards("learned"),
  bothCards("width-128"),
];

/** As many parameters in one layer, two and four. */
const SHAPES = [bothCards("depth-1"), bothCards("learned"), bothCards("depth-4")];
const widths = several("the small GPT at four widths", WIDTHS);

question("Why not concatenate to the residual stream, or just make it wider?", ({ claim }) => {
  // A sum with zeros is exact, so nothing has to be allowed for.
  const sum = claim(
    "Concatenating [token ; position] is adding two embeddings in separate coordinates",
    {
      id: "concatenation-is-addition",
      kind: "identity",
      on: [...spread({ positions: ["learned"], size: 5 }), learned1, learned2, copier],
      measure: (model: Model) => besideOrAdded(model),
      check: ({ apart }) =>
        assertEquals(apart, 0, "the logits of the one, less those of the other"),
      mustFailOn: {
        [OVERLAP.control]: {
          on: [tiny, learned1],
          measure: (model) => besideOrAdded(model, { overlap: 1 }),
        },
      },
    },
  );

  // Random rows of this shape fill n d / (n + d) of d dimensions, less than d because they are few;
  // the words' own table, which has meanings to tell apart, fills more than half of what random rows
  // would. A third is clear of both.
  const few = claim(
    "The position vectors that a model learns fill few of the stream's dimensions",
    {
      id: "positions-fill-few-dimensions",
      kind: "empirical",
      on: [...prose, copier, copier2],
      measure: (model: Model) => filled(model.weights[W_POS]),
      check: ({ ratio, random }) =>
        assertLess(
          ratio,
          random / 3,
          "dimensions, where a third of what random rows fill is allowed",
        ),
      mustFailOn: {
        "untrained weights": { on: [learned1, copier].map(beforeTraining) },
        [TOKENS.control]: {
          on: [learned1, learned2, copier],
          measure: ({ config, weights }) => filled(everySoManieth(weights[W_E], config.n_ctx)),
        },
      },
      show: (runs) =>
        lines({
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

  // The share of k directions drawn at random is k / d on average, and scatters about that by less
  // than half of it where tokens spread over thirty dimensions or more.
  const apart = claim("They lie where the token embeddings are not", {
    id: "positions-lie-apart",
    kind: "empirical",
    on: [...prose, copier, copier2],
    measure: (model: Model) => overlap(model, areaOf(model)),
    check: ({ share, chance }) =>
      assertLess(share, chance / 2, "share of the tokens' variance in the positions' directions"),
    mustFailOn: {
      "untrained weights": { on: [learned1, learned2].map(beforeTraining) },
      [ANYWHERE.control]: {
        measure: (model) => overlap(model, randomArea(areaOf(model))),
      },
    },
  });

  const open = claim("Nothing fences that corner off: the first attention layer writes into it", {
    id: "the-corner-is-open",
    kind: "empirical",
    on: prose,
    measure: (model: Model) => written(model, areaOf(model)),
    // Twice what is due to the corner's size: directions at random get more or less than their due.
    check: ({ written, chance }) =>
      assertGreater(written[0].share, 2 * chance, "share of what is written"),
    mustFailOn: {
      "untrained weights": { on: [learned1, learned2].map(beforeTraining) },
      [ANYWHERE.control]: {
        on: [learned1, learned2],
        measure: (model) => written(model, randomArea(areaOf(model))),
      },
    },
    show: (runs) =>
      bars({
        title: "What each layer writes into the positions' directions",
        caption:
          "The share of the variance of what a layer writes that lies in the few directions of " +
          "the positions, over the share that as many random directions would get: above one it " +
          "writes there on purpose, below one it keeps out.",
        x: { label: "layer" },
        y: { label: "times what is due" },
        reference: [{ y: 1, label: "random directions" }],
        rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) =>
          evidence.written.map(({ layer, share }) => ({
            x: layer,
            y: share / evidence.chance,
            series: model,
          }))
        ),
      }),
  });

  const packed = claim("With sparse features, more of them are kept than there are dimensions", {
    id: "sparse-features-share",
    kind: "empirical",
    on: sparse,
    measure: (model: Autoencoder) => superposition(model),
    check: ({ kept, dimensions }) => assertGreater(kept, dimensions, "features kept"),
    mustFailOn: {
      "trained on dense features": { on: dense },
      [SHOWN_DENSE.control]: {
        measure: (model) => superposition(model, { sparsity: 0 }),
      },
      "untrained weights": { on: [beforeTrainingToy("superposition-90")] },
    },
    show: (runs) =>
      lines({
        title: "Which of twenty features come back through five dimensions",
        caption:
          "How much of each feature's variance is rebuilt, for the first seed of each sparsity. " +
          "Features that are never zero get a dimension each, and there are five; the sparser " +
          "they are, the more of them come back, none quite whole.",
        x: { label: "feature, the most important first" },
        y: { label: "share rebuilt" },
        rows: runs.filter(({ model, control }) =>
          model.endsWith("/1") && (!control || control === "trained on dense features")
        ).flatMap(({ model, evidence }) =>
          evidence.rebuilt.map((y, i) => ({ x: i + 1, y, series: model }))
        ),
      }),
  });

  const whole = claim("With dense features there is one for each dimension, the most important", {
    id: "dense-features-do-not",
    kind: "empirical",
    on: dense,
    measure: (model: Autoencoder) => superposition(model),
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
    on: autoencoders("superposition-plane"),
    measure: async (model: Autoencoder) => ({
      directions: directions(model),
      ...(await superposition(model)),
      gaps: gapsBetween(directions(model)),
    }),
    check: ({ kept, gaps }) => {
      assertEquals(kept, 5, "features kept");
      // A fifth of a turn is 72 degrees; importances that differ, as these do, bend the pentagon.
      for (const gap of gaps) assertLess(Math.abs(gap - 72), 18, "degrees off a fifth of a turn");
    },
    mustFailOn: {
      "trained on dense features": { on: autoencoders("superposition-plane-dense") },
      "untrained weights": { on: [beforeTrainingToy("superposition-plane")] },
    },
    show: (runs) =>
      lines({
        title: "Five features in two dimensions",
        caption:
          "Each ray is the direction of a feature. Sparse features share the plane, as far from " +
          "each other as five can be; dense ones leave three at the origin.",
        x: { label: "first dimension" },
        y: { label: "second dimension" },
        rows: runs.filter(({ model }) => model === plane.name || model === densePlane.name)
          .flatMap(({ model, evidence }) =>
            evidence.directions.flatMap(([x, y]) => [
              { x: 0, y: 0, series: model },
              { x, y, series: model },
            ])
          ),
      }),
  });

  const price = claim(
    "Cost grows as the square of the width: each dimension costs more than the one before",
    {
      id: "price-of-a-dimension",
      kind: "identity",
      on: [gpt2Sizes, smallSizes],
      measure: ({ config, stays }: Sizes) => priceOfWidth(config, stays),
      check: ({ parameters, products, due }) => {
        assertEquals(parameters.counted, parameters.formula, "parameters at three widths");
        assertEquals(products.counted, products.formula, "multiplications at three widths");
        assertEquals([parameters.square, products.square], [due, due], "times d_model^2");
      },
      mustFailOn: {
        "an MLP that stays as it was": {
          on: [sizes("GPT-2 small, with its MLP as it was", gpt2Small, ["d_mlp"])],
        },
        "heads that stay as they were": {
          on: [sizes("GPT-2 small, with its heads as they were", gpt2Small, ["d_head"])],
        },
      },
    },
  );

  // The widths differ by factors of two, the seeds by nothing but chance: what a width gains has to
  // be several times what a seed does. It is so on the few lines read here and on all that the cards
  // were measured on.
  const wider = claim("Wider is better, and each further dimension buys less than the one before", {
    id: "returns-of-width-fall",
    kind: "empirical",
    on: [widths],
    measure: lossesOf,
    check: ({ here, cards }) => {
      for (const { sizes, seeds, gains } of [here, cards]) {
        const clear = Math.max(0.1, 3 * seeds); // less than a tenth of a nat is not worth a sentence
        assertGreater(sizes[0].loss - sizes[3].loss, clear, "nats gained over the whole range");
        const least = gains[2].each + 3 * gains[2].error;
        assertGreater(gains[0].each, least, "nats for each further dimension");
      }
    },
    mustFailOn: {
      "untrained weights": { measure: lossesUntrained },
      "the widest called the narrowest": {
        measure: async (models) => backwards(await lossesOf(models)),
      },
    },
    show: (runs) =>
      lines({
        title: "Loss against parameters",
        caption:
          "The small GPT at four widths, two seeds each, on all held-out text after the same " +
          "steps. The last doubling adds the most parameters and gains the least.",
        x: { label: "parameters", unit: "thousands" },
        y: { label: "loss", unit: "nats per token" },
        rows: runs.filter(({ control }) => !control).flatMap(({ evidence }) => curves(evidence)),
      }),
  });

  // Of one size to within a few percent. By the curve of the widths five percent more parameters are
  // worth little more than a hundredth of a nat.
  const shapes = claim(
    "At as many parameters, wide and shallow predicts better than narrow and deep",
    {
      id: "wide-or-deep",
      kind: "empirical",
      on: [several("one layer, two and four", SHAPES)],
      measure: lossesOf,
      check: ({ here, cards }) => {
        for (const { sizes: [one, two, four], seeds } of [here, cards]) {
          const clear = Math.max(0.05, 3 * seeds); // five percent in probability
          assertLess(one.parameters / four.parameters, 1.06, "parameters, relatively");
          assertGreater(two.loss - one.loss, clear, "nats lost by two layers instead of one");
          assertGreater(four.loss - two.loss, clear, "nats lost by four layers instead of two");
        }
      },
      mustFailOn: {
        "untrained weights": { measure: lossesUntrained },
        "the deepest called the shallowest": {
          measure: async (models) => backwards(await lossesOf(models)),
        },
      },
      show: (runs) =>
        dots({
          title: "One size, three shapes",
          caption: "The loss on all held-out text of models with about as many parameters.",
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

  return {
    notes: "open",
    standing: "answered here",
    answer: md`
      Concatenating would give nothing that adding does not give already ${sum}, and a wider stream
      is a somewhat better model at a price that keeps rising ${wider} ${price}. A model whose stream
      begins as [token ; position], side by side, is a model that adds, with zeros in each of the
      two wherever the other has its numbers: in ${sum.count()} models the logits (the scores of the
      vocabulary) of the two forms differed by ${sum.max((e) => e.apart)}. Adding is the wider of
      the two notions: it may also let the two overlap, and leaves it to training how much room each
      gets ${sum}. And it keeps the stream small: if every layer of GPT-2 small put its output
      beside the stream, that would end ${price.value(gpt2Sizes, (e) => e.concatenated)} numbers
      wide instead of ${price.value(gpt2Sizes, (e) => e.d_model)}.

      A dedicated area for position is what training made by itself ${few}. The vectors that
      ${learned1} and ${learned2} learned for their positions vary over
      ${few.value(learned1, (e) => e.ratio, TWO)} and ${few.value(learned2, (e) => e.ratio, TWO)} of
      ${few.value(learned1, (e) => e.width)} dimensions (the participation ratio: a dimension counts
      by its share of the variance), where random vectors would fill
      ${few.value(learned1, (e) => e.random, ONE)}, and the embeddings of as many tokens fill
      ${few.value(learned1, (e) => e.ratio, { ...TOKENS, ...ONE })}. In ${gpt} it was
      ${few.value(gpt, (e) => e.ratio, TWO)} of ${few.value(gpt, (e) => e.width)}, and
      ${few.value(copier, (e) => e.ratio, ONE)} and ${few.value(copier2, (e) => e.ratio, ONE)} of as
      many in ${copier} and ${copier2}, which were taught to copy as well. The
      tokens keep out of that corner: of what tells them apart,
      ${apart.value(learned1, (e) => e.share, SHARE)} and
      ${apart.value(learned2, (e) => e.share, SHARE)} lie in the positions' directions in
      ${learned1} and ${learned2}, where ${apart.value(learned1, (e) => e.chance, SHARE)} would by
      chance. The angles say the same less loudly: between a position and a token |cos| was
      ${apart.value(learned1, (e) => e.cosine, { digits: 3 })} on average in ${learned1}, against
      ${apart.value(learned1, (e) => e.randomCosine, { digits: 3 })} between random vectors. So
      nobody had to guess how wide the area should be, but it is not private either: the first
      attention layer put ${open.min(firstDue, ONE)} to ${open.max(firstDue, ONE)} times as much of
      its output there as the size of the corner would explain, and each later layer
      ${open.min(laterDue, ONE)} to ${open.max(laterDue, ONE)} times ${open}.

      Nor does the width limit how many things a stream can hold to one for each dimension
      ${packed}. In the small autoencoder of ${toyModels},
      ${packed.max((e) => e.features)} features had to pass through
      ${packed.max((e) => e.dimensions)} dimensions. Where every feature was always there, the most
      important ones got a dimension each, and the others were given up ${whole}. Where each was
      zero nine times in ten, ${packed.value(TOY_90[0], (e) => e.kept)},
      ${packed.value(TOY_90[1], (e) => e.kept)} and ${packed.value(TOY_90[2], (e) => e.kept)} were
      kept in three seeds, and ${packed.min((e) => e.kept)} to ${packed.max((e) => e.kept)} over
      all sparsities tried: they share dimensions, which is called superposition. The price is
      interference: in ${TOY_90[0]} those that were kept came back by
      ${packed.value(TOY_90[0], keptShare, { percent: true, digits: 0 })} of their variance, and
      shown examples in which nothing is zero, it kept
      ${packed.value(TOY_90[0], (e) => e.kept, SHOWN_DENSE)} ${packed}. In two dimensions it can be
      drawn: five sparse features lie like the corners of a pentagon ${plan}. These are toys; how
      the features of the GPTs here are packed was not measured ${packed}.

      How wide, then, is a matter of price and return ${price} ${wider}. The price grows as the
      square: with its MLP and heads grown along, each block has twelve numbers for each pair of
      dimensions, so that one more dimension costs GPT-2 small
      ${price.value(gpt2Sizes, (e) => e.parameters.next, WHOLE)} parameters on top of
      ${price.value(gpt2Sizes, (e) => e.parameters.counted[0])}, and
      ${price.value(gpt2Sizes, (e) => e.products.next, WHOLE)} multiplications for each token
      ${price}. The return falls: at widths of ${wider.mean(width(0))}, ${wider.mean(width(1))},
      ${wider.mean(width(2))} and ${wider.mean(width(3))} the small GPT came to
      ${wider.mean(loss(0), TWO)}, ${wider.mean(loss(1), TWO)}, ${wider.mean(loss(2), TWO)} and
      ${wider.mean(loss(3), TWO)} nats a token on all held-out text, two seeds differing by
      ${wider.mean(seedsApart, THREE)} at most. From the first width to the second a further
      dimension bought ${wider.mean(eachGain(0), FOUR)} nats, from the third to the last
      ${wider.mean(eachGain(2), FOUR)}, and by that curve one more than ${wider.mean(width(2))}
      would buy ${wider.mean((e) => e.cards.next[2], FOUR)}, for
      ${price.value(smallSizes, (e) => e.parameters.next, WHOLE)} parameters on top of
      ${price.value(smallSizes, (e) => e.parameters.counted[0])}. So a slightly wider stream is a
      slightly better model, and nothing else ${wider}.

      The same parameters could go into depth instead, which paid less here ${shapes}. With
      ${shapes.mean(layers(0))} layer, ${shapes.mean(layers(1))} and ${shapes.mean(layers(2))}, at
      widths of ${shapes.mean(width(0))}, ${shapes.mean(width(1))} and ${shapes.mean(width(2))} that
      make about as many parameters, the losses were ${shapes.mean(loss(0), TWO)},
      ${shapes.mean(loss(1), TWO)} and ${shapes.mean(loss(2), TWO)}, seeds being
      ${shapes.mean(seedsApart, THREE)} apart at most. That is a large effect: larger models were
      found to care little for shape and much for size (${scalingLaws}), and size to be worth only as
      much as the training that goes with it (${chinchilla}) ${shapes}. The ones here are tiny, all had the same few steps,
      and the shapes one learning rate, where each width had its own ${shapes} ${wider}. So how wide to make a stream is
      settled by trying, for a given size and a given training, and not by a rule ${wider} ${shapes}.
    `,
    wouldChange: md`
      A concatenating model that no adding one equals; with a single coordinate in common the two
      differed at once, in logits off by ${sum.min((e) => e.apart, OVERLAP)} or more. Or a toy with
      dense features that keeps more of them than the ${whole.max((e) => e.kept)} for which it has
      dimensions. Or a width at which the next dimension buys more than the one before: longer
      training may well move these curves, since all sizes had the same number of steps. As for the
      corner of the positions, as many directions drawn at random came nearest to passing for it:
      they held ${apart.min(ofDue, { ...ANYWHERE, ...TWO })} to
      ${apart.max(ofDue, { ...ANYWHERE, ...TWO })} times their due of what tells tokens apart, and
      the corner at most ${apart.max(ofDue, TWO)}.
    `,
    sources: [toyModels, scalingLaws, chinchilla],
  };
});

/** A model that concatenates beside one that adds in separate coordinates, half the stream each. */
async function besideOrAdded(model: Model, { overlap = 0 } = {}) {
  const width = Math.ceil(model.config.d_model / 2);
  const text = drawTokens(model);
  const beside = (await run(concatenated(model, width), text)).logits;
  const added = (await run(separated(model, width, overlap), text)).logits;
  return { apart: maxDifference(beside, added) };
}

/** How many dimensions the rows of a table fill. */
function filled(table: Tensor) {
  const [rows, width] = table.shape;
  const { energies } = spreadOf(table);
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  let held = 0;
  return {
    ratio: participation(table),
    random: randomParticipation(rows, width),
    width,
    held: energies.slice(0, 32).map((energy) => (held += energy) / total),
  };
}

/** Rows of a table, evenly over all of it: [rows, width]. */
function everySoManieth(table: Tensor, rows: number): Tensor {
  const [all, width] = table.shape;
  const step = Math.floor(all / rows);
  const chosen = Array.from({ length: rows }, (_, row) => [...table.get(row * step).data]);
  return Tensor.from(chosen).reshape(rows, width);
}

const areas = new WeakMap<Model, Area>();

/** The area of a model's positions; three claims are about the same. */
function areaOf(model: Model): Area {
  const area = areas.get(model) ?? positionArea(model);
  areas.set(model, area);
  return area;
}

/** How far tokens reach into an area of the stream. */
function overlap({ weights, config }: Model, { axes, chance }: Area) {
  return {
    directions: axes.shape[1],
    share: shareWithin(weights[W_E], axes),
    chance,
    cosine: meanCosine(weights[W_POS], weights[W_E]),
    randomCosine: Math.sqrt(2 / (Math.PI * config.d_model)),
  };
}

async function written(model: Model, area: Area) {
  const rows = await heldOutRows({ rows: 2, length: model.config.n_ctx });
  return { written: await writtenInto(model, area, rows), chance: area.chance };
}

/** How much of what was kept came back. */
function keptShare({ rebuilt }: { rebuilt: readonly number[] }): number {
  return mean(rebuilt.filter((share) => share > 0.5));
}

/** How many times its due the first attention layer writes into the positions' area. */
function firstDue(e: Awaited<ReturnType<typeof written>>): number {
  return e.written[0].share / e.chance;
}

/** How many times its due of the tokens' variance an area holds. */
function ofDue({ share, chance }: ReturnType<typeof overlap>): number {
  return share / chance;
}

/** The same as {@linkcode firstDue} for the layers after it. */
function laterDue(e: Awaited<ReturnType<typeof written>>): number[] {
  return e.written.slice(1).map(({ share }) => share / e.chance);
}

/** A line for each seed of some sizes: loss over thousands of parameters. */
function curves({ cards: { sizes } }: Losses) {
  return [0, 1].flatMap((seed) =>
    sizes.map(({ parameters, losses }) => ({
      x: parameters / 1000,
      y: losses[seed],
      series: `seed ${seed + 1}`,
    }))
  );
}

/** Reads the width of one of several sizes. */
function width(size: number): (e: Losses) => number {
  return ({ cards }) => cards.sizes[size].width;
}

/** Reads what a further dimension bought on the way from one size to the next. */
function eachGain(step: number): (e: Losses) => number {
  return ({ cards }) => cards.gains[step].each;
}

/** By how much two seeds of one size differ at most. */
function seedsApart({ cards }: Losses): number {
  return cards.seeds;
}

/** Reads the number of layers of one of several sizes. */
function layers(size: number): (e: Losses) => number {
  return ({ cards }) => cards.sizes[size].layers;
}

/** Reads the loss of one of several sizes. */
function loss(size: number): (e: Losses) => number {
  return ({ cards }) => cards.sizes[size].loss;
}

/** Degrees between neighbouring directions of a plane, once round. */
function gapsBetween(directions: readonly number[][]): number[] {
  const angles = directions.map(([x, y]) => Math.atan2(y, x) * 180 / Math.PI).sort((a, b) => a - b);
  return angles.map((angle, i) =>
    i === 0 ? angle + 360 - angles[angles.length - 1] : angle - angles[i - 1]
  );
}

/** Sizes without weights, and what of them stays as it is when the stream grows. */
type Sizes = { readonly config: Config; readonly stays: readonly Fixed[] };

function sizes(name: string, config: Config, stays: readonly Fixed[] = []): Subject<Sizes> {
  const about = `sizes alone, without weights: ${config.n_layers} layers, ${config.d_model} wide`;
  return { name, about, origin: "built", load: () => Promise.resolve({ config, stays }) };
}
