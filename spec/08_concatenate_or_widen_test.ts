import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, question } from "../mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as pictures from "../lib/claims/pictures/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as areas from "./08_concatenate_or_widen/areas.ts";
import * as forms from "./08_concatenate_or_widen/beside.ts";
import * as subjects from "./08_concatenate_or_widen/subjects.ts";
import * as toys from "./08_concatenate_or_widen/toys.ts";

const {
  CALLED,
  copier,
  dense,
  densePlane,
  gpt2,
  learned,
  learned2,
  looked,
  plane,
  shapesOfOneSize,
  smallGpt,
  sparse,
  widths,
  withTables,
} = subjects;

const LARGE_START = { control: "what training made, on a table that began at N(0, 1)" };
const UNTRAINED = "untrained weights";
const SHARE = { percent: true, digits: 0 };

question("Why not concatenate to the residual stream, or just make it wider?", {
  notes: "open",
  standing: "answered here",
  lit: ["embedding", "positions", "stream"],
  sources: [papers.toyModels, papers.scalingLaws, papers.chinchilla],
}, ({ short, say, aside, caveat, part, claim, wouldChange }) => {
  short`Adding can do whatever concatenating can, and leaves it to training how much room each thing
    gets. A wider stream makes a better model, at a price that grows with the square of the width;
    people choose it by their budget, together with depth and data.`;

  part("Concatenate?");

  short`There is no need: adding does the same if each of the two has zeros where the other has its
    numbers. And it can do more, since numbers that are added may also share room.`;

  // A sum with zeros is exact, so nothing has to be allowed for.
  const sum = claim(
    "Concatenating [token ; position] is adding two embeddings in separate coordinates",
    {
      id: "concatenation-is-addition",
      kind: "identity",
      on: [...models.randomFamilies({ positions: ["learned"], size: 3 }), ...withTables],
      measure: (model: Model) => forms.besideOrAdded(model),
      check: ({ apart }) =>
        assertEquals(apart, 0, "the logits of the one, less those of the other"),
      mustFailOn: {
        "coordinates that overlap by one": {
          on: [models.tiny],
          measure: (model) => forms.besideOrAdded(model, { overlap: 1 }),
        },
      },
    },
  );

  say`Suppose that a token's embedding is to fill the first half of the stream, its position's the
    second. Write zeros after the one and before the other, and add the two: there they stand, side
    by side. A model that concatenates and a model that adds like this give the same logits, the
    scores of the next token: they differ by ${sum.max("apart")} ${sum}. So whoever adds has not
    decided against an area for each.`;

  const price = claim(
    "The blocks' cost grows as the square of the width: each dimension costs more than the last",
    {
      id: "price-of-a-dimension",
      kind: "identity",
      on: [gpt2, smallGpt],
      measure: ({ config }: models.WithoutWeights) => forms.costs(config),
      check: ({ parameters, products, due }) => {
        assertEquals(parameters.counted, parameters.formula, "parameters at three widths");
        assertEquals(products.counted, products.formula, "multiplications at three widths");
        assertEquals([parameters.square, products.square], [due, due], "times d_model^2");
      },
      mustFailOn: {
        "an MLP that stays as it was": {
          on: [gpt2],
          measure: ({ config }) => forms.costs(config, ["d_mlp"]),
        },
        "heads that stay as they were": {
          on: [gpt2],
          measure: ({ config }) => forms.costs(config, ["d_head"]),
        },
      },
    },
  );

  say`Are things added because the stream is a memory that all layers share? For what layers write,
    yes. If each attention layer and MLP put its output beside the stream instead, a model with the
    ${gpt2} would grow from ${price.value(gpt2, "d_model")} numbers to
    ${price.value(gpt2, "concatenated")} ${price}. Because they add, it keeps its width, and any
    layer can read or erase what an earlier one has left. For the first step, a token and its
    position, it is no reason: there, either form would do ${sum}.`;

  // How far chance goes is measured: as many directions, and as many vectors, drawn twenty times.
  const apart = claim("Positions lie where the token embeddings are not", {
    id: "positions-lie-apart",
    kind: "empirical",
    on: looked,
    measure: (model: Model) => areas.overlap(model),
    check: ({ share, cosine, random }) => {
      // Half of the least of twenty: the seeds differ by less than half.
      assertLess(share, Math.min(...random.shares) / 2, "share of the tokens' variance");
      assertLess(cosine, Math.min(...random.cosines), "mean |cos| of a position and a token");
    },
    mustFailOn: {
      [UNTRAINED]: { on: [models.beforeTraining(learned)] },
      "as many directions drawn at random": {
        on: [learned, copier],
        measure: (model) =>
          areas.overlap(model, probes.randomSubspace(areas.areaOf(model), "another")),
      },
      "as many vectors drawn at random": {
        on: [learned, copier],
        measure: (model) => ({
          ...areas.overlap(model),
          cosine: areas.cosineByChance(model, -1),
        }),
      },
    },
    units: { cosine: { digits: 2 }, "random.cosines": { digits: 2 } },
  });

  say`Do things that are added run into each other? Hardly. In a plane only two arrows fit at right
    angles, but in many dimensions almost any two directions nearly are: vectors drawn at random
    have a cosine of about ${apart.mean("random.cosines", { model: learned })} with the small GPT's
    tokens, sign aside, where a right angle has zero. Its learned positions keep away farther still,
    at ${apart.value(learned, "cosine")} ${apart}.`;

  const packed = claim("With sparse features, more of them are kept than there are dimensions", {
    id: "sparse-features-share",
    kind: "empirical",
    on: sparse,
    measure: (model: toys.Toy) => toys.superposed(model),
    check: ({ kept, dimensions }) => assertGreater(kept, dimensions, "features kept"),
    mustFailOn: {
      "trained on dense features": { on: dense },
      "sparse ones shown dense features": {
        on: models.autoencoders("superposition-90"),
        measure: (model) => toys.superposed(model, { shownDense: true }),
      },
      [UNTRAINED]: { on: [models.autoencoderBeforeTraining("superposition-90")] },
    },
    show: pictures.dots({
      title: "The sparser the features, the more of them come back through five dimensions",
      caption:
        "How much of each of twenty features is rebuilt, by the first seed for each sparsity: " +
        "in how many of the examples a feature is zero. Features that are never zero get a " +
        "dimension each, and there are five.",
      on: ({ model, control }) =>
        model.endsWith("/1") && (!control || control === "trained on dense features"),
      x: { label: "feature, the most important first", of: "order" },
      y: { label: "share rebuilt", of: "rebuilt" },
      series: ({ evidence: { sparsity } }) =>
        sparsity === 0 ? "never zero" : `zero in ${Math.round(100 * sparsity)}%`,
      reference: [{ y: 0.5, label: "above this it counts as kept" }],
    }),
  });

  const whole = claim("With dense features there is one for each dimension, the most important", {
    id: "dense-features-do-not",
    kind: "empirical",
    on: dense,
    measure: (model: toys.Toy) => toys.superposed(model),
    // A feature with a dimension of its own comes back whole, one without not at all; what training
    // leaves over is a hundredth of that.
    check: ({ rebuilt, dimensions }) =>
      rebuilt.forEach((share, i) => {
        if (i < dimensions) assertGreater(share, 0.95, `feature ${i} is kept`);
        else assertLess(share, 0.05, `feature ${i} is given up`);
      }),
    mustFailOn: { "trained on sparse features": { on: sparse } },
  });

  const plan = claim("Five sparse features make a pentagon of two dimensions; dense ones do not", {
    id: "five-in-a-plane",
    kind: "empirical",
    on: models.autoencoders("superposition-plane"),
    measure: toys.inPlane,
    check: ({ kept, gaps }) => {
      assertEquals(kept, 5, "features kept");
      // A fifth of a turn is 72 degrees; importances that differ, as these do, bend the pentagon.
      for (const gap of gaps) assertLess(Math.abs(gap - 72), 18, "degrees off a fifth of a turn");
    },
    mustFailOn: {
      "trained on dense features": { on: densePlane },
      [UNTRAINED]: { on: [models.autoencoderBeforeTraining("superposition-plane")] },
    },
    show: pictures.vectors({
      title: "Five features that are rarely there share a plane",
      caption:
        "An arrow for each feature's direction. Features that are rarely there at once point " +
        "a fifth of a turn apart; of those that always are, two get a dimension each, and the " +
        "other three none.",
      on: ({ model }) => model === plane.name || model === densePlane[0].name,
      of: ({ control, evidence: { directions } }) => ({
        name: control ? "always there" : "rarely there",
        vectors: directions.map(([x, y], i) => ({ x, y, label: `${i + 1}` }))
          .filter(({ x, y }) => Math.hypot(x, y) > 0.1),
      }),
    }),
  });

  say`Even more fits in if things are rarely there together. The picture is of a toy that has to
    press five features, separate things to know, through two numbers and get them back. If all are
    always there, it keeps two. If each is mostly absent it keeps all, as the corners of a pentagon
    ${plan}. That is called superposition. Its price is interference: each is taken a little for its
    neighbours.`;

  aside`Larger toys do the same. Of ${packed.max("features")} features that pass through
    ${packed.max("dimensions")} dimensions, ${whole.max("kept")} come back if all are always there
    ${whole}, and ${packed.min("kept")} to ${packed.max("kept")} if they are sparse, the more the
    sparser ${packed}. The toys are those of ${papers.toyModels}; how the GPTs here pack their
    features was not measured.`;

  caveat`All this is about what a model can compute, at the same width in all. Training may still
    find one form easier: ${papers.untyingPositions} found that adding mixes words and positions up,
    and that models like BERT got better when attention read the two apart.`;

  part("A dedicated area for position?");

  short`Position can have an area, but nobody has to set it aside, and a fixed one would be wasted
    where less is needed. Models whose tables begin with small numbers tend to make one of the size
    that they need. Nothing keeps the rest of the model out of it.`;

  // Random rows of this shape fill n d / (n + d) of d dimensions, less than d because they are few;
  // the words' own table, which has meanings to tell apart, fills more than half of what random
  // rows would. A third is clear of both.
  const few = claim(
    "The position vectors that a model learns fill few of the stream's dimensions",
    {
      id: "positions-fill-few-dimensions",
      kind: "empirical",
      on: looked,
      measure: areas.spreadOfPositions,
      check: ({ ratio, random }) =>
        assertLess(ratio, random / 3, "dimensions, where a third of random rows' is allowed"),
      mustFailOn: {
        [UNTRAINED]: { on: [learned, copier].map(models.beforeTraining) },
        "as many tokens in their place": {
          on: [learned, learned2, copier],
          measure: areas.spreadOfTokens,
        },
        [LARGE_START.control]: {
          on: [learned, copier],
          measure: areas.spreadOnLargeStart,
        },
      },
      units: { ratio: { digits: 1 }, coordinates: { digits: 0 } },
      show: pictures.lines({
        title: "The small GPT's positions lie along one direction, nearly like marks on a ruler",
        caption:
          "Where each position's vector lies along the direction in which they differ most, " +
          "counted in standard deviations from the middle. Models that also learned to copy have " +
          "no ruler: theirs differ in many directions alike.",
        on: ({ model, control }) =>
          !control && [learned, learned2, copier].some(({ name }) => name === model),
        x: { label: "position", of: "index" },
        y: { label: "place along the direction", of: "along" },
        series: ({ model }) => CALLED[model],
      }),
    },
  );

  say`Every position has a learned vector, and in the small GPT it could use all
    ${few.value(learned, "width")} dimensions. It hardly does: nine tenths of what tells positions
    apart lie along ${few.value(learned, "directions")} direction, on which they stand in order,
    almost like the marks on a ruler ${few}. In the larger GPT nine tenths take
    ${few.value(models.gpt, "directions")} directions; in the copiers, two models that were also
    taught to copy, ${few.value(copier, "directions")}. So the size of the area is no constant that
    somebody could have set beforehand: it differs with what a model has to do.`;

  say`Why so few? It takes a start with small numbers. Ours begin near zero, drawn from \`N(0,
    0.02)\`, so what is in the table later is what training put there. Put the same upon a start
    from \`N(0, 1)\`, the usual default elsewhere, and the small GPT's positions fill
    ${few.value(learned, "ratio", LARGE_START)} dimensions by the same count that gave
    ${few.value(learned, "ratio")}: what was drawn at the start stays, and random numbers fill
    whatever they can ${few}.`;

  aside`An area need not be a set of coordinates. The small GPT's ruler is a direction that mixes
    about ${few.value(learned, "coordinates")} of its ${few.value(learned, "width")} coordinates;
    concatenating would give position coordinates of its own ${few}. That said, trained models do
    single some coordinates out (${papers.privilegedBasis}). And in other trained models the average
    stream at each position has been found to follow a curve of few dimensions, nearly at right
    angles to what the words say (${papers.hiddenGeometry}).`;

  // One draw in twenty-one would be above twenty others by chance, so all five models are asked.
  const open = claim(
    "The first attention layer writes into the positions' area, above all about position",
    {
      id: "the-corner-is-open",
      kind: "empirical",
      on: looked,
      measure: (model: Model) => areas.written(model),
      check: ({ first, between, random }) => {
        assertGreater(first, random.due, "times what is due to the area's size");
        assertGreater(between, random.between, "share of that between positions");
      },
      mustFailOn: {
        [UNTRAINED]: { on: [models.beforeTraining(learned)] },
        "as many directions drawn at random": {
          on: [learned, copier],
          measure: (model) =>
            areas.written(model, probes.randomSubspace(areas.areaOf(model), "other")),
        },
      },
      units: { between: SHARE, first: { digits: 1 }, later: { digits: 1 } },
      show: pictures.bars({
        title: "What the first attention layer writes into the positions' area is mostly position",
        caption:
          "How much of what it writes there differs from position to position, whatever the " +
          "text. The rest differs from text to text. Beside it the most in any of twenty random " +
          "areas of the same size. The copiers do not agree with each other.",
        x: { label: "model", of: ({ model }) => [CALLED[model], CALLED[model]] },
        y: {
          label: "share between positions",
          of: ({ evidence: { between, random } }) => [between, random.between],
        },
        series: () => ["positions' area", "most of random areas"],
      }),
    },
  );

  say`Nothing fences the area off, and the first attention layer does write there, more than into
    random directions ${open}. But is it something else that moves in? Mostly it is position once
    more: in the small GPT's two seeds ${open.value(learned, "between")} and
    ${open.value(learned2, "between")} of it differ between positions, and not between texts. So the
    area is open, but much of what enters belongs there. In the copiers about half does, and their
    seeds disagree.`;

  aside`Later layers put between ${open.min("later")} and ${open.max("later")} times as much there
    as into random directions on average; even two seeds of one model disagree about whether that is
    more or less ${open}.`;

  caveat`How far this goes hangs on the start. In models of other people that we tried, positions
    filled few dimensions only where the table had begun with small numbers, and never where it had
    begun at \`N(0, 1)\`. That a large start does it is shown here by adding one afterwards; no
    model was trained from one ${few}.`;

  part("A little wider, and how is the width chosen?");

  short`A little wider is a little better, at a price that grows with the square of the width.
    People choose the width by their budget, together with depth and data; within wide limits the
    shape matters little, so that they can take sizes that run fast.`;

  // Margins come from the losses that were recorded on all held-out text when the models were
  // trained. On the few lines read here, each seed has to keep the order.
  const wider = claim("Wider is better, and each further dimension buys less than the one before", {
    id: "returns-of-width-fall",
    kind: "empirical",
    on: [widths],
    atScale: [papers.scalingLaws],
    measure: async (all: models.ModelWithCard[][]) =>
      forms.returnsOf(await models.sizes.lossesOf(all)),
    check: ({ here, cards: { sizes: each, seeds, gains } }) => {
      // The widths differ by factors of two, the seeds by nothing but chance; and less than a tenth
      // of a nat is not worth a sentence.
      const clear = Math.max(0.1, 3 * seeds);
      assertGreater(each[0].loss - each[3].loss, clear, "nats gained over the whole range");
      assertGreater(gains[0].each, gains[2].each + 3 * gains[2].error, "nats for a dimension");
      assertEquals(forms.orderOf(here), "best last", "each seed on the text read here");
    },
    mustFailOn: {
      [UNTRAINED]: {
        measure: async (all) => forms.returnsOf(await models.sizes.lossesUntrained(all)),
      },
      "the widest called the narrowest": {
        measure: async (all) =>
          forms.returnsOf(models.sizes.reversed(await models.sizes.lossesOf(all))),
      },
    },
    units: { early: { digits: 3, unit: "nats" }, late: { digits: 3, unit: "nats" } },
    show: pictures.lines({
      title: "Each doubling of the width gains less than the one before",
      caption:
        "The small GPT at four widths, two seeds each, which nearly coincide, after the same " +
        "steps, on all held-out text. Each width had a learning rate of its own.",
      x: { label: "width of the stream", of: "cards.sizes.width" },
      y: {
        label: "loss",
        unit: "nats per token",
        of: {
          "first seed": ({ evidence }) => evidence.cards.sizes.map(({ losses }) => losses[0]),
          "second seed": ({ evidence }) => evidence.cards.sizes.map(({ losses }) => losses[1]),
        },
      },
    }),
  });

  say`First the price. All matrices of a block have the stream on one side, and their other side is
    made to grow with it. So a block has about ${price.value(gpt2, "pairs")} times the square of the
    width in parameters, and as many multiplications for each token ${price}. With the ${gpt2}, one
    dimension more costs ${price.value(gpt2, "parameters.next")} parameters.`;

  say`And the return: it falls. In the small GPT each doubling of the width lowers the loss, but a
    further dimension buys ${wider.mean("early")} a token between the narrowest two and
    ${wider.mean("late")} between the widest two ${wider}. A slightly wider stream is a slightly
    better model, and the next step pays less.`;

  // Of one size to within a few percent, which the best of them has more: what those are worth, by
  // the steepest part of the curve of the widths that is near, is taken off its lead.
  const shapes = claim(
    "At as many parameters, wide and shallow predicts better than narrow and deep",
    {
      id: "wide-or-deep",
      kind: "empirical",
      on: [shapesOfOneSize],
      measure: async (all: models.ModelWithCard[][]) => priced(await models.sizes.lossesOf(all)),
      check: ({ here, cards: { sizes: each, seeds }, worth }) => {
        const counts = each.map(({ parameters }) => parameters);
        assertLess(Math.max(...counts) / Math.min(...counts), 1.06, "parameters, relatively");
        const clear = Math.max(0.05, 3 * seeds); // five percent in probability
        const [one, two, four] = each.map(({ loss }, i) => loss + worth[i]);
        assertGreater(two - one, clear, "nats lost by two layers instead of one");
        assertGreater(four - two, clear, "nats lost by four layers instead of two");
        assertEquals(forms.orderOf(here), "best first", "each seed on the text read here");
      },
      mustFailOn: {
        [UNTRAINED]: {
          measure: async (all) => priced(await models.sizes.lossesUntrained(all)),
        },
        "the deepest called the shallowest": {
          measure: async (all) => priced(models.sizes.reversed(await models.sizes.lossesOf(all))),
        },
      },
      units: { shallow: { digits: 2 }, deep: { digits: 2, unit: "nats" } },
    },
  );

  say`The same parameters could go into more layers instead. Here that paid less: one wide layer
    came to a loss of ${shapes.value(shapesOfOneSize, "shallow")}, four narrow ones to
    ${shapes.value(shapesOfOneSize, "deep")} ${shapes}. But these models are tiny, had few steps,
    and shared one learning rate. Do not carry it over.`;

  caveat`In large models, this is what people go by. The size comes from the budget for computing,
    and the amount of text grows along with it (${papers.chinchilla}). At a given size the loss
    hardly depends on the shape over a wide range (${papers.scalingLaws}); depth pays up to a
    threshold that grows with the width (${papers.depthToWidth}); and tasks that a model is tuned
    for later may care more (${papers.scaleEfficiently}). Among shapes that are about equally good
    one takes sizes that the hardware runs fast (${papers.hardwareShapes}), such as a whole number
    of heads of a round size.`;

  wouldChange`A model that concatenates and that no adding one equals ${sum}; a toy that keeps more
    dense features than it has dimensions ${whole}; a model that begins at \`N(0, 1)\` and yet ends
    with positions in few dimensions ${few}; or a width at which the next dimension buys more than
    the one before, which longer training may well bring ${wider}.`;
});

/** Losses beside what their parameters are worth by the curve of the widths. */
async function priced(losses: models.sizes.Losses) {
  return forms.priced(losses, await models.sizes.lossesOf(await widths.load()));
}
