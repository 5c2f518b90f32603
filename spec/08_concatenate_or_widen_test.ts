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

const { copier, densePlane, gpt2, learned, learned2, oneOfEach, plane, shapesOfOneSize } = subjects;
const { DENSE, NATS, SHARE, UNTRAINED } = subjects;

question("Why not concatenate to the residual stream, or just make it wider?", {
  notes: "open",
  standing: "answered here",
  lit: ["embedding", "positions", "stream"],
  sources: [papers.toyModels, papers.scalingLaws, papers.chinchilla],
}, ({ short, say, aside, caveat, part, claim, wouldChange }) => {
  short`Adding can do whatever concatenating can, and leaves it to training how much room each
    thing gets. A wider stream makes a better model, at a price that grows with the square of the
    width; people choose it by their budget, together with depth and data.`;

  part("Concatenate?");

  short`There is no need: a matrix that reads two vectors side by side is two matrices whose
    results are added. So adding does whatever concatenating does, and it can do more, since things
    that are added may share room.`;

  // A sum with zeros is exact, so nothing has to be allowed for.
  const sum = claim("Concatenating [token ; position] is adding in separate coordinates", {
    id: "concatenation-is-addition",
    kind: "identity",
    on: [...models.randomFamilies({ positions: ["learned"], size: 3 }), ...subjects.withTables],
    measure: (model: Model) => forms.besideOrAdded(model),
    check: ({ apart }) => assertEquals(apart, 0, "the logits of the one, less those of the other"),
    mustFailOn: {
      "a shared coordinate": { on: [models.tiny], measure: forms.besideOrOverlapping },
    },
  });

  say`Let x be a token's vector and p its position's. A matrix that reads the two side by side
    falls into two parts: \`W [x ; p] = W1 x + W2 p\`. So concatenating before a matrix is adding.
    And adding can be concatenating: let the token's embedding fill the first half of the stream
    and the position's vector the second, with zeros elsewhere, and add. A model that does so and
    one that puts the two side by side give the same logits, the scores of the next token: they
    differ by ${sum.max("apart")} ${sum}.`;

  const price = claim("What the layers cost grows as the square of the width", {
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
    yes. If each attention layer and MLP put its output beside the stream, a model with the ${gpt2}
    would need a stream of ${price.value(gpt2, "concatenated")} numbers, and not of
    ${price.value(gpt2, "d_model")} ${price}. For a token and its position, at the start, the
    memory is no reason: there, either form would do ${sum}.`;

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

  say`Do things that are added run into each other? In many dimensions almost any two directions
    are nearly at right angles, where the cosine is \`0\`. Take the small GPT: two layers that read
    English prose, trained here from two seeds. A random vector's cosine with a token's is about
    ${apart.mean("random.cosines", { model: learned })}, plus or minus; a learned position's is
    ${apart.value(learned, "cosine")} or, in the second seed, ${apart.value(learned2, "cosine")}:
    even closer to a right angle ${apart}. But that is pair by pair: where many are added, small
    overlaps add up.`;

  // A fifth of a turn is 72 degrees; importances that differ, as these do, bend the pentagon.
  const packed = claim("Sparse features outnumber the dimensions that hold them; dense do not", {
    id: "sparse-features-share",
    kind: "empirical",
    on: subjects.sparse,
    measure: toys.superposed,
    check: ({ kept, dimensions, gaps }) => {
      assertGreater(kept, dimensions, "features kept");
      for (const gap of gaps) assertLess(Math.abs(gap - 72), 18, "degrees off a fifth of a turn");
    },
    mustFailOn: {
      [DENSE]: { on: subjects.dense },
      "sparse ones shown dense features": { on: subjects.sparse, measure: toys.shownDense },
      [UNTRAINED]: { on: subjects.untrainedToys },
    },
    show: drawn.shared,
  });

  say`More fits in than there are dimensions if things are rarely there together. The picture is of
    a toy network that presses five numbers through two and has to give the five back. Each stands
    for a feature: something that may be true of a text. If all are always there, the toy keeps
    ${packed.value(densePlane[0], "kept", { control: DENSE })}. If each is mostly absent, it keeps
    ${packed.value(plane, "kept")}, as the corners of a pentagon ${packed}. That is called
    superposition. Its price is interference: each feature is taken a little for its neighbours.`;

  aside`Larger toys do the same: of ${packed.max("features")} features that pass through
    ${packed.max("dimensions")} dimensions, ${packed.max("kept", { control: DENSE })} come back if
    all are always there, ${packed.value(subjects.sparse[0], "kept")} to ${packed.max("kept")} if
    they are sparse ${packed}. The toys are those of ${papers.toyModels}; the GPTs here were not
    looked at for this.`;

  caveat`Can is not yet learns: ${papers.untyingPositions} found that adding mixes words and
    positions up, and that models like BERT got better when attention read the two apart. In
    \`GPT-2\` the two were found roughly at right angles (${papers.gpt2Positions}).`;

  part("A dedicated area for position?");

  short`Position can have an area, but nobody has to set it aside, and one size would not suit all
    models. Training makes an area by itself, larger or smaller. A table that began with large
    numbers keeps noise all around it for long. Nothing keeps the rest of the model out.`;

  // Random rows of this shape fill n d / (n + d) of d dimensions, and nine tenths of their variance
  // take about as many directions. Nothing dictates a third: it was set where the copiers' positions
  // were known to fill 0.22 of that, and their tokens, which have meanings to tell apart, 0.44.
  const few = claim("Positions that began near zero fill few of the stream's dimensions", {
    id: "positions-fill-few-dimensions",
    kind: "empirical",
    on: subjects.looked,
    measure: areas.spreadOfPositions,
    check: ({ ratio, directions, random }) => {
      assertLess(ratio, random / 3, "dimensions, where a third of random rows' is allowed");
      assertLess(directions, random / 3, "directions that hold nine tenths");
    },
    mustFailOn: {
      [UNTRAINED]: { on: oneOfEach.map(models.beforeTraining) },
      "as many tokens in their place": { on: subjects.looked, measure: areas.spreadOfTokens },
    },
    units: { coordinates: { digits: 0 } },
  });

  say`A learned position is a vector as wide as the stream. How much of that room do positions use?
    A direction of the stream is an arrow in it, along one of its numbers or across many. Count the
    fewest directions that hold nine tenths of the positions' variance, of what tells them apart.
    In the small GPT it takes ${few.value(learned, "directions")}; in the copiers, models of
    attention alone that also learned to repeat what they read, ${few.value(copier, "directions")}
    ${few}.`;

  // From 0.95 on, nine tenths of what is along the direction is the place in the order.
  const marks = claim("Learned on prose, positions stand in order along one direction", {
    id: "prose-makes-a-ruler",
    kind: "empirical",
    on: subjects.onProse,
    measure: areas.spreadOfPositions,
    check: ({ ruler }) => assertGreater(ruler, 0.95, "|r| with the place in the order"),
    mustFailOn: {
      [UNTRAINED]: { on: subjects.beforeProse },
      "copiers": { on: subjects.copiers },
      "as many tokens": { on: subjects.onProse, measure: areas.spreadOfTokens },
    },
    show: drawn.ruler,
  });

  // Half of the table is most of it, and half of what was drawn is most of that.
  const stays = claim("A large start is mostly erased, but what is left is most of the table", {
    id: "a-large-start-stays",
    kind: "empirical",
    on: subjects.largeStart,
    measure: areas.leftOfStart,
    check: ({ ofTable, ofDrawn, directions, twins }) => {
      assertGreater(ofTable, 0.5, "share of the table's variance");
      assertLess(ofDrawn, 0.5, "share of the variance that was drawn");
      assertGreater(directions, twins, "directions, beside those of a twin that began small");
    },
    mustFailOn: {
      "tables that began near zero": { on: subjects.smallStart },
      "what the other seed drew": { on: subjects.othersStart },
      "tables as they were drawn": { on: subjects.asDrawn },
    },
    units: { ofTable: SHARE, ofDrawn: SHARE, first: SHARE, apart: NATS },
  });

  say`These tables began near zero, at \`N(0, 0.02)\`: drawn at random, a fiftieth large. Does that
    matter? In two more small GPTs both tables, of words and of positions, began at \`N(0, 1)\`,
    PyTorch's default. From either start training makes a ruler: along the direction in which they
    differ most, positions stand in order, almost like its marks ${marks}. But after a large start
    this direction holds at most ${stays.max("first")} of the variance, and most of the rest is
    noise that is not yet erased. After ${stays.max("tokens")} tokens of training, at most
    ${stays.max("ofDrawn")} of the drawn variance is left; that is still at least
    ${stays.min("ofTable")} of what tells positions apart ${stays}. Longer training may erase more.
    As both tables began large, either may be the cause.`;

  aside`Their losses are within ${stays.max("apart")} of those of the first two, and nine tenths of
    their positions' variance take at least ${stays.min("directions")} directions ${stays}. The
    small GPT's ruler lies across about ${few.value(learned, "coordinates")} of the stream's
    numbers ${few}. Trained models do single some coordinates out (${papers.privilegedBasis}), and
    in some the average stream at each position follows a curve of few dimensions, away from where
    words differ (${papers.hiddenGeometry}).`;

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
    units: { between: SHARE, "random.between": SHARE },
    show: drawn.entering,
  });

  say`Nothing fences off these few directions, the positions' area. The first attention layer
    writes more into the area than into random directions. Is it something else that moves in? In
    part it is position again. Ask which share of what is written there depends on the position
    alone, whatever the text. In the small GPT's second seed it is
    ${open.value(learned2, "between")}, where the most in twenty random areas is
    ${open.value(learned2, "random.between")}. So this layer writes position everywhere, and more
    of it here; in the copiers, only a little more ${open}.`;

  caveat`How few directions positions take thus tells as much about how a table began, and how long
    it was trained, as about what a model needs. Those of \`GPT-2\` lie close to a helix, a curve
    that three dimensions hold (${papers.helix}). Of thirteen small models that others trained,
    read with this code but not in these runs, three had positions in few dimensions, all from a
    small start.`;

  part("A little wider, and how is the width chosen?");

  short`A little wider is a little better, at a price that grows with the square of the width.
    People choose the width by their budget, together with depth and data. How to split a budget
    between width and depth is less settled: large models are reported to mind little, our tiny
    ones did.`;

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
    mustFailOn: sizes.nothingToLearn(sizes.returns),
    units: { early: { digits: 3 }, late: { digits: 3, unit: "nats" }, lastStep: { digits: 2 } },
    show: drawn.returns,
  });

  say`First the price. Every matrix of a layer has the stream on one side, and its other side is
    made to grow with the stream. So a layer, attention and MLP together, has about
    ${price.value(gpt2, "pairs")} times the square of the width in parameters, and as many
    multiplications for each token. GPT-2 small's twelve heads share its width evenly, so the next
    width is twelve more, and costs ${price.value(gpt2, "step")} parameters ${price}.`;

  say`And the return: it falls. Each doubling of the small GPT's width lowers the loss, but a
    further dimension buys ${wider.mean("early")} to begin with, and ${wider.mean("late")} a token
    between the widest two ${wider}. Part of this fall may be want of training: all widths read the
    same text, so the narrowest read ${wider.mean("read.narrowest")} tokens for each of its
    parameters, and the widest ${wider.mean("read.widest")}.`;

  // Of one size to within a few percent, which the best of them has more: what those are worth, by
  // the steepest part of the curve of the widths that is near, is taken off its lead.
  const shapes = claim("At one size and learning rate, wide and shallow beats narrow and deep", {
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
      ...sizes.nothingToLearn(sizes.shapes),
      "narrower, and no deeper": { on: [subjects.noDeeper] },
    },
    units: { apart: NATS },
  });

  say`The same parameters could go into more layers instead. Here that paid less: four narrow
    layers came out ${shapes.value(shapesOfOneSize, "apart")} behind one wide layer, more than the
    ${wider.mean("lastStep")} that the last doubling of the width gained ${shapes}. But all three
    shapes shared one learning rate, while each width above had its own; and in models so small and
    so briefly trained, further layers may find little to do.`;

  caveat`In large models, this is what people go by. The size comes from the budget for computing,
    and the amount of text grows along with it (${papers.chinchilla}). At a given size the loss
    hardly depended on the shape over a wide range (${papers.scalingLaws}): not what we see, and
    our size, training or learning rate may be why. Depth pays up to a threshold that grows with
    the width (${papers.depthToWidth}), and tasks that a model is tuned for later may care more
    (${papers.scaleEfficiently}). Where the shape matters little, one can take sizes that the
    hardware runs fast (${papers.hardwareShapes}).`;

  wouldChange`A model that concatenates and that no adding one equals ${sum}; a toy that keeps more
    dense features than it has dimensions ${packed}; a GPT whose positions, learned on prose, make
    no ruler ${marks}; one that began at \`N(0, 1)\` and after such a training keeps next to
    nothing of it ${stays}; or a width from which on each dimension buys more ${wider}.`;
});
