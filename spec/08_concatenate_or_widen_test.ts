import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, question } from "../mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as areas from "./08_concatenate_or_widen/areas.ts";
import * as forms from "./08_concatenate_or_widen/beside.ts";
import * as drawn from "./08_concatenate_or_widen/pictures.ts";
import * as sizes from "./08_concatenate_or_widen/sizes.ts";
import * as subjects from "./08_concatenate_or_widen/subjects.ts";
import * as toys from "./08_concatenate_or_widen/toys.ts";

const { copier, gpt2, learned, learned2, oneOfEach, shapesOfOneSize } = subjects;

const UNTRAINED = "untrained weights";
const DENSE = "trained on dense features";

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
  const sum = claim("Concatenating [token ; position] is adding in separate coordinates", {
    id: "concatenation-is-addition",
    kind: "identity",
    on: [...models.randomFamilies({ positions: ["learned"], size: 3 }), ...subjects.withTables],
    measure: (model: Model) => forms.besideOrAdded(model),
    check: ({ apart }) => assertEquals(apart, 0, "the logits of the one, less those of the other"),
    mustFailOn: {
      "coordinates that overlap by one": { on: [models.tiny], measure: forms.besideOrOverlapping },
    },
  });

  say`Let a token's embedding fill the first half of the stream, and its position's vector the second:
    write zeros after the one and before the other, and add the two. A model that concatenates and a
    model that adds like this give the same logits, the scores of the next token: they differ by
    ${sum.max("apart")} ${sum}. So whoever adds has not decided against an area for each.`;

  const price = claim("What the blocks cost grows as the square of the width", {
    id: "price-of-a-dimension",
    kind: "identity",
    on: [gpt2, subjects.smallGpt],
    measure: (model: models.WithoutWeights) => forms.costs(model),
    check: ({ parameters, products, due }) => {
      assertEquals(parameters.counted, parameters.formula, "parameters at three widths");
      assertEquals(products.counted, products.formula, "multiplications at three widths");
      assertEquals([parameters.square, products.square], [due, due], "times d_model^2");
    },
    mustFailOn: {
      "an MLP that stays as it was": { on: [gpt2], measure: (m) => forms.costs(m, ["d_mlp"]) },
      "heads that stay as they were": { on: [gpt2], measure: (m) => forms.costs(m, ["d_head"]) },
    },
  });

  say`Are things added because the stream is a memory that all layers share? For what layers write,
    yes. If each attention layer and MLP put its output beside the stream instead, the stream of a
    model with the ${gpt2} would grow from ${price.value(gpt2, "d_model")} numbers to
    ${price.value(gpt2, "concatenated")} ${price}. Because they add, it keeps its width, and any
    layer can read or erase what an earlier one has left. For the first step, a token and its
    position, it is no reason: there, either form would do ${sum}.`;

  // Chance is measured: as many directions, and as many vectors, drawn twenty times.
  const apart = claim("Positions lie where the token embeddings hardly reach", {
    id: "positions-lie-apart",
    kind: "empirical",
    on: subjects.looked,
    measure: (model: Model) => areas.overlap(model),
    check: ({ share, cosine, random }) => {
      // Half of the least of twenty: the seeds differ by less than half.
      assertLess(share, Math.min(...random.shares) / 2, "share of the tokens' variance");
      assertLess(cosine, Math.min(...random.cosines), "mean |cos| of a position and a token");
    },
    mustFailOn: {
      [UNTRAINED]: { on: [models.beforeTraining(learned)] },
      "as many directions drawn at random": { on: oneOfEach, measure: areas.overlapElsewhere },
      "as many vectors drawn at random": { on: oneOfEach, measure: areas.overlapByChance },
    },
    units: { cosine: { digits: 2 }, "random.cosines": { digits: 2 } },
  });

  say`Do things that are added run into each other? Hardly. In a plane only two arrows fit at right
    angles, but in many dimensions almost any two directions nearly are: vectors drawn at random
    have a cosine of about ${apart.mean("random.cosines", { model: learned })} with the small GPT's
    tokens, sign aside, where a right angle has zero. Its learned positions keep farther away still,
    at ${apart.value(learned, "cosine")} ${apart}.`;

  const packed = claim("Sparse features outnumber the dimensions that hold them; dense do not", {
    id: "sparse-features-share",
    kind: "empirical",
    on: subjects.sparse,
    measure: toys.superposed,
    check: ({ kept, dimensions }) => assertGreater(kept, dimensions, "features kept"),
    mustFailOn: {
      [DENSE]: { on: subjects.dense },
      "sparse ones shown dense features": { on: subjects.sparse, measure: toys.shownDense },
      [UNTRAINED]: { on: [models.autoencoderBeforeTraining("superposition-90")] },
    },
    show: drawn.rebuilt,
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
      [DENSE]: { on: subjects.densePlane },
      [UNTRAINED]: { on: [models.autoencoderBeforeTraining("superposition-plane")] },
    },
    show: drawn.pentagon,
  });

  say`Even more fits in if things are rarely there together. The picture is of a toy that has to
    press five features, separate things to know, through two numbers and get them back. If all are
    always there, it keeps ${plan.max("kept", { control: DENSE })} of them. If each is mostly absent
    it keeps all, as the corners of a pentagon ${plan}. That is called superposition. Its price is
    interference: each feature is taken a little for its neighbours.`;

  aside`Larger toys do the same: of ${packed.max("features")} features that pass through
    ${packed.max("dimensions")} dimensions, ${packed.max("kept", { control: DENSE })} come back if
    all are always there, ${packed.min("kept")} to ${packed.max("kept")} if they are sparse
    ${packed}. The toys are those of ${papers.toyModels}; the GPTs here were not looked at for this.`;

  caveat`All this is about what a model can compute, at the same width in all. Training may still
    find one form easier: ${papers.untyingPositions} found that adding mixes words and positions up,
    and that models like BERT got better when attention read the two apart.`;

  part("A dedicated area for position?");

  short`Position can have an area, but nobody has to set it aside, and a fixed one would be wasted
    where less is needed. Models whose tables begin with small numbers tend to make one by
    themselves, some smaller, some larger. Nothing keeps the rest of the model out of it.`;

  // Random rows of this shape fill n d / (n + d) of d dimensions, less than d because they are few;
  // tables of words, which have meanings to tell apart, fill two fifths of that and more.
  const few = claim("Positions that began near zero fill few of the stream's dimensions", {
    id: "positions-fill-few-dimensions",
    kind: "empirical",
    on: subjects.looked,
    measure: areas.spreadOfPositions,
    check: ({ ratio, random }) =>
      assertLess(ratio, random / 3, "dimensions, where a third of random rows' is allowed"),
    mustFailOn: {
      [UNTRAINED]: { on: oneOfEach.map(models.beforeTraining) },
      "as many tokens in their place": { on: subjects.looked, measure: areas.spreadOfTokens },
    },
    units: { coordinates: { digits: 0 } },
    show: drawn.ruler,
  });

  say`A learned position is a vector as wide as the stream, but hardly any of that room is used. In
    the small GPT nine tenths of what tells positions apart lie along
    ${few.value(learned, "directions")} direction, on which they stand in order, almost like the
    marks on a ruler ${few}. In the larger GPT nine tenths take
    ${few.value(models.gpt, "directions")} directions; in the copiers, two models that were also
    taught to copy, ${few.value(copier, "directions")}. No fixed size would fit them all.`;

  // What was drawn explains next to nothing of a table that began small. Half is most of it.
  const stays = claim("Where a table of positions began large, most of it is what was drawn", {
    id: "a-large-start-stays",
    kind: "empirical",
    on: subjects.largeStart,
    measure: areas.leftOfStart,
    check: ({ left }) => assertGreater(left, 0.5, "share of the table's variance"),
    mustFailOn: {
      "tables that began near zero": { on: subjects.smallStart },
      "what the other seed drew": { on: subjects.othersStart },
    },
    units: { left: { percent: true, digits: 0 }, apart: { digits: 2, unit: "nats" } },
  });

  say`Why so few? It takes a start with small numbers. These tables began near zero, at \`N(0,
    0.02)\`, so what is in them now is what training put there. In two more small GPTs both
    tables, of words and of positions, began at \`N(0, 1)\`, the default of PyTorch. Their losses
    differ by at most ${stays.max("apart")} from those of the first two, but nine tenths take
    ${stays.min("directions")} directions or more, and at least ${stays.min("left")} of what tells
    positions apart was drawn before training ${stays}.`;

  aside`An area need not be a set of coordinates: the small GPT's ruler mixes about
    ${few.value(learned, "coordinates")} of the stream's ${few}. Trained models do single some
    coordinates out (${papers.privilegedBasis}), and in some the average stream at each position
    follows a curve of few dimensions, away from where words differ (${papers.hiddenGeometry}).`;

  // One draw in twenty-one would be above twenty others by chance, so all five models are asked.
  const open = claim("The first attention layer writes position where positions lie", {
    id: "the-corner-is-open",
    kind: "empirical",
    on: subjects.looked,
    measure: (model: Model) => areas.written(model),
    check: ({ first, between, random }) => {
      assertGreater(first, random.due, "times what is due to the area's size");
      assertGreater(between, random.between, "share of that between positions");
    },
    mustFailOn: {
      [UNTRAINED]: { on: [models.beforeTraining(learned)] },
      "as many directions drawn at random": { on: oneOfEach, measure: areas.writtenElsewhere },
    },
    units: { between: { percent: true, digits: 0 } },
    show: drawn.entering,
  });

  say`Nothing fences the area off, and the first attention layer does write there, more than into
    random directions. Is it something else that moves in? Mostly it is position once more: in the
    small GPT's two seeds ${open.value(learned, "between")} and ${open.value(learned2, "between")}
    of it differ between positions, and not between texts. So the area is open, but much of what
    enters belongs there. In the copiers about half does, and their seeds disagree ${open}.`;

  caveat`So this is as much about how tables begin as about what models need ${stays}. The few models
    of others that were looked at agree, though nothing of them is on this page: positions filled
    few dimensions only where the table had begun with small numbers.`;

  part("A little wider, and how is the width chosen?");

  short`A little wider is a little better, at a price that grows with the square of the width.
    People choose the width by their budget, together with depth and data; within wide limits the
    shape matters little, so that they can take sizes that run fast.`;

  // Margins come from the losses that were recorded on all held-out text when the models were
  // trained. On the few lines read here, each seed has to keep the order.
  const wider = claim("Wider is better, and each further dimension buys less than the one before", {
    id: "returns-of-width-fall",
    kind: "empirical",
    on: [subjects.widths],
    atScale: [papers.scalingLaws],
    measure: (all: sizes.Sizes) => sizes.returns(all),
    check: ({ here, gained, cards: { seeds, gains } }) => {
      // Seeds differ by chance alone, and less than a tenth of a nat is not worth a sentence.
      assertGreater(gained, Math.max(0.1, 3 * seeds), "nats gained over the whole range");
      assertGreater(gains[0].each, gains[2].each + 3 * gains[2].error, "nats for a dimension");
      assertEquals(sizes.orderOf(here), "best last", "each seed on the text read here");
    },
    mustFailOn: {
      [UNTRAINED]: { measure: (all) => sizes.returns(all, "untrained") },
      "the widest called the narrowest": { measure: (all) => sizes.returns(all, "turned round") },
    },
    units: { early: { digits: 3, unit: "nats" }, late: { digits: 3, unit: "nats" } },
    show: drawn.returns,
  });

  say`First the price. All matrices of a block have the stream on one side, and their other side is
    made to grow with it. So a block has about ${price.value(gpt2, "pairs")} times the square of the
    width in parameters, and as many multiplications for each token ${price}. With the ${gpt2}, one
    dimension more costs ${price.value(gpt2, "parameters.next")} parameters.`;

  say`And the return: it falls. In the small GPT each doubling of the width lowers the loss, but a
    further dimension buys ${wider.mean("early")} a token between the narrowest two and
    ${wider.mean("late")} between the widest two ${wider}.`;

  // Of one size to within a few percent, which the best of them has more: what those are worth, by
  // the steepest part of the curve of the widths that is near, is taken off its lead.
  const shapes = claim("At as many parameters, wide and shallow beats narrow and deep", {
    id: "wide-or-deep",
    kind: "empirical",
    on: [shapesOfOneSize],
    measure: (all: sizes.Sizes) => sizes.shapes(all),
    check: ({ here, unequal, lost, cards: { seeds } }) => {
      assertLess(unequal, 1.06, "the most parameters, over the fewest");
      const clear = Math.max(0.05, 3 * seeds); // five percent in probability
      assertGreater(Math.min(...lost), clear, "nats lost by twice as many layers");
      assertEquals(sizes.orderOf(here), "best first", "each seed on the text read here");
    },
    mustFailOn: {
      [UNTRAINED]: { measure: (all) => sizes.shapes(all, "untrained") },
      "the deepest called the shallowest": { measure: (all) => sizes.shapes(all, "turned round") },
    },
    units: { shallow: { digits: 2 }, deep: { digits: 2, unit: "nats" } },
  });

  say`The same parameters could go into more layers instead. Here that paid less: one wide layer
    came to a loss of ${shapes.value(shapesOfOneSize, "shallow")}, four narrow ones to
    ${shapes.value(shapesOfOneSize, "deep")} ${shapes}. But these models are tiny, had few steps,
    and shared one learning rate; large models may well differ.`;

  caveat`In large models, this is what people go by. The size comes from the budget for computing,
    and the amount of text grows along with it (${papers.chinchilla}). At a given size the loss
    hardly depends on the shape over a wide range (${papers.scalingLaws}), though depth pays up to a
    threshold that grows with the width (${papers.depthToWidth}), and tasks that a model is tuned
    for later may care more (${papers.scaleEfficiently}). So one can take sizes that the hardware
    runs fast (${papers.hardwareShapes}), such as a whole number of heads of a round size.`;

  wouldChange`A model that concatenates and that no adding one equals ${sum}; a toy that keeps more
    dense features than it has dimensions ${packed}; a model that began at \`N(0, 1)\` and ends
    with positions in few dimensions ${stays}; or a width from which on each dimension buys more ${wider}.`;
});
