import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, question } from "../mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./08_concatenate_or_widen/breaks.ts";
import { areas, forms, sizes, toys } from "./08_concatenate_or_widen/mod.ts";
import * as drawn from "./08_concatenate_or_widen/pictures.ts";
import * as subjects from "./08_concatenate_or_widen/subjects.ts";

const { copier, copier2, DENSE, learned, learned2, NATS, oneOfEach, SHARE, UNTRAINED } = subjects;
const { gpt2 } = subjects;
const { gpt } = models;

question("Why not concatenate to the residual stream, or just make it wider?", {
  notes: "open",
  standing: "answered here",
  lit: ["embedding", "positions", "stream"],
}, ({ short, say, aside, caveat, part, claim, wouldChange, tryBreaking }) => {
  short`Adding can do whatever concatenating can, in a stream as wide as both parts together, and
    leaves it to training how much room each thing gets. On the same text a wider stream made our
    small models better, but what its layers cost grows with the square of the width; people choose
    it by their budget, with depth and data.`;

  part("Concatenate?");

  short`There is no need: a matrix that reads two vectors side by side is two matrices and a sum.
    So adding does whatever concatenating does, in a stream as wide as both together; and things
    that are added may even share room.`;

  // A sum with zeros is exact, so nothing has to be allowed for.
  const sum = claim("Concatenating [token ; position] is adding in separate coordinates", {
    id: "concatenation-is-addition",
    kind: "identity",
    ...subjects.added,
    measure: (model: Model) => forms.besideOrAdded(model),
    bounds: { apart: { equals: 0, what: "the logits of the one, less those of the other" } },
    mustFailOn: { "an overlap of one": { on: [models.tiny], measure: forms.besideOrOverlapping } },
  });

  say`Let $\`x\`$ be a token's vector and $\`p\`$ its position's. A matrix that reads both side by
    side falls into two parts: $\`W\,[x;p] = W_1 x + W_2 p\`$. So concatenating before a matrix is
    adding. In a stream as wide as both, adding can be concatenating: let the token's embedding fill
    the first half, the position's vector the second, with zeros elsewhere, and add. Such a model
    and one that concatenates give the same logits: they differ by ${sum.max("apart")} ${sum}.`;

  const price = claim("What the layers cost grows as the square of the width", {
    id: "price-of-a-dimension",
    kind: "identity",
    ...subjects.sized,
    measure: (model: models.WithoutWeights) => forms.costs(model),
    check: ({ parameters, products, due }) =>
      [parameters, products].forEach(({ counted, formula, square }) =>
        assertEquals([...counted, square], [...formula, due], "at three widths, and its curvature")
      ),
    mustFailOn: {
      "an MLP that stays as it was": { on: [gpt2], measure: (m) => forms.costs(m, ["d_mlp"]) },
      "heads that stay as they were": { on: [gpt2], measure: (m) => forms.costs(m, ["d_head"]) },
    },
  });

  say`Layers add so that the stream keeps its width: what was there passes on, with the new added to
    it (${papers.identityMappings}). If attention layers and MLPs put their output beside it, a
    model with the ${gpt2} would end with ${price.value(gpt2, "concatenated")} numbers, not
    ${price.value(gpt2, "d_model")} ${price}. For token and position either form would do ${sum}.`;

  // Chance is measured: as many directions, and as many vectors, drawn twenty times.
  const apart = claim("Positions lie where the token embeddings hardly reach", {
    id: "positions-lie-apart",
    kind: "empirical",
    ...subjects.tables,
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

  say`Do things that are added run into each other? Two hardly do. In many dimensions almost any two
    directions are nearly at right angles (a cosine of \`0\`). In the small GPT (two layers; trained
    on prose twice, as two seeds, which differ by chance alone) a random vector's cosine with a
    token's is about ±${apart.mean("random.cosines", { model: learned })}; a learned position's is
    ±${apart.value(learned, "cosine")} or, in the second seed, ±${apart.value(learned2, "cosine")}:
    nearer a right angle ${apart}. But many small overlaps add up, and disturb.`;

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

  say`More fits in than there are dimensions if things are rarely there together. The first picture
    is of a toy that presses five numbers through two and must give the five back. Each stands for a
    feature, something that may be true of a text. If all are always there, the toy keeps
    ${packed.value(subjects.densePlane[0], "kept", { control: DENSE })} of them; if each is mostly
    absent, ${packed.value(subjects.plane, "kept")}, as the corners of a pentagon ${packed}. (Each
    feature matters a tenth less than the one before, so the toy knows which to drop.) That is
    called superposition. Its price: each feature is taken a little for others.`;

  aside`In larger toys (${papers.toyModels}), of ${packed.max("features")} features that pass
    through ${packed.max("dimensions")} dimensions, ${packed.max("kept", { control: DENSE })} come
    back if all are always there, and ${packed.value(subjects.sparse[0], "kept")} to
    ${packed.max("kept")} if they are sparse ${packed}.`;

  caveat`What a model can do, it need not learn: ${papers.untyingPositions} found that adding mixes
    words and positions up, and that models like BERT got better when attention read them apart.`;

  part("A dedicated area for position?");

  short`Position can have an area, but nobody has to set it aside, and one size would not suit all
    models. Training makes an area by itself; but after a start with large random numbers, most of
    what tells positions apart is still that randomness. Nothing keeps the rest of the model out.`;

  // Random rows of this shape fill n d / (n + d) of d dimensions, by the ratio or by directions. A
  // third was set when the copiers' positions were known to fill 0.22 of that, their tokens 0.44.
  const few = claim("Positions that began near zero fill few of the stream's dimensions", {
    id: "positions-fill-few-dimensions",
    kind: "empirical",
    ...subjects.tables,
    measure: areas.spreadOfPositions,
    check: ({ ratio, directions, random }) =>
      assertLess(Math.max(ratio, directions), random / 3, "a third of what random rows fill"),
    mustFailOn: {
      [UNTRAINED]: { on: oneOfEach.map(models.beforeTraining) },
      "as many tokens in their place": { on: subjects.looked, measure: areas.spreadOfTokens },
    },
  });

  say`A learned position is a vector as wide as the stream. A direction is an arrow in the stream.
    How few directions are enough to describe nine tenths of how the vectors differ between
    positions (their variance)? In the small GPT ${few.value(learned, "directions")} is enough; in
    the copiers (two models without MLPs that also learned to repeat what they read) it takes
    ${few.value(copier, "directions")} ${few}. Call such directions the positions' area.`;

  // From 0.95 on, nine tenths of what is along the direction is the place in the order.
  const marks = claim("Learned on prose, positions stand roughly in order along one direction", {
    id: "prose-makes-a-ruler",
    kind: "empirical",
    ...subjects.proseTables,
    measure: areas.spreadOfPositions,
    bounds: { ruler: { above: 0.95, what: "|r| with the place in the order" } },
    mustFailOn: {
      [UNTRAINED]: { on: subjects.beforeProse },
      "copiers": { on: subjects.copiers },
      "as many tokens": { on: subjects.onProse, measure: areas.spreadOfTokens },
    },
    show: drawn.ruler,
  });

  const stays = claim("A large start is mostly erased, but what is left is most of the table", {
    id: "a-large-start-stays",
    kind: "empirical",
    on: subjects.largeStart,
    measure: areas.leftOfStart,
    bounds: {
      ofTable: { above: 0.5, what: "most of the table's variance" },
      ofDrawn: { below: 0.5, what: "so that most of the variance drawn is gone" },
    },
    check: ({ directions, twins }) =>
      assertGreater(directions, twins, "directions, beside those of a twin that began small"),
    mustFailOn: {
      "tables that began near zero": { on: subjects.smallStart },
      "what the other seed drew": { on: subjects.othersStart },
      "tables as they were drawn": { on: subjects.asDrawn },
    },
    units: { ofTable: SHARE, ofDrawn: SHARE, first: SHARE, apart: NATS },
  });

  say`Training starts from random numbers. In these models the tables of words and of positions
    started near zero (\`N(0, 0.02)\`: typically about \`0.02\` in size), in two more small GPTs at
    \`N(0, 1)\`, PyTorch's default. From either start training makes a ruler: along the direction in
    which positions differ most, they stand roughly in order ${marks}. But after a large start this
    direction holds at most ${stays.max("first")} of how positions differ. Most of what tells
    positions apart is left-over starting noise. Training erased most of the noise drawn: at most
    ${stays.max("ofDrawn")} of its variance is left. But there was so much that this is still at
    least ${stays.min("ofTable")} of the variance between positions ${stays}.`;

  aside`After a large start and ${stays.max("tokens")} tokens of training, nine tenths of the
    variance take at least ${stays.min("directions")} directions. Along any ruler, place and order
    correlate by at least ${marks.min("ruler")}, but some neighbours are swapped ${marks}. The loss
    is within ${stays.max("apart")} of that after a small start ${stays}. Words and positions both
    began large; which made the noise stay, we cannot tell. The small GPT's ruler spreads over about
    ${few.value(learned, "coordinates", { digits: 0 })} of the stream's numbers ${few}. Positions
    lie roughly at right angles to words in \`GPT-2\` too (${papers.gpt2Positions}).`;

  // One draw in twenty-one would be above twenty others by chance, so all five models are asked.
  const open = claim("The first attention layer writes about position in the positions' area", {
    id: "the-corner-is-open",
    kind: "empirical",
    ...subjects.tables,
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
  const drawnIn = (model: { name: string }) => open.max("random.between", { model });

  say`Is this area kept for position? If it were, nothing written there would depend on the text.
    Take what the small GPT's first attention layer writes there, in eight texts. Average it at each
    position over the texts. What is written varies in all by some amount. The part by which these
    averages differ from position to position is position's; the rest is the text's. Position's
    share is ${open.value(learned, "between")} in its own area, at most ${drawnIn(learned)} in
    twenty random areas as large. So it is not kept free, but in all models asked position's share
    is larger there than in random areas ${open}.`;

  aside`The same two shares in the second seed: ${open.value(learned2, "between")} and at most
    ${drawnIn(learned2)}. In the copiers: ${open.value(copier, "between")} and at most
    ${drawnIn(copier)}; ${open.value(copier2, "between")} and at most ${drawnIn(copier2)}. In a
    larger GPT: ${open.value(gpt, "between")} and at most ${drawnIn(gpt)} ${open}.`;

  caveat`How few directions positions take tells as much about how a table began and how long it
    was trained as about what models need. The positions of \`GPT-2\` lie near a helix, a curve
    in three dimensions (${papers.helix}). Of thirteen small models of others, read with this code,
    not in these runs, three had theirs in few dimensions, all from a small start.`;

  part("A little wider, and how is the width chosen?");

  short`On the same text, a little wider made our small models a little better, but the layers' cost
    grows with the square of the width. People choose it by their budget, with depth and data.
    Wide or deep, at one budget, is less settled: large models are said to mind little, ours did.`;

  const wider = claim("Wider is better, and each further dimension buys less than the one before", {
    id: "returns-of-width-fall",
    kind: "empirical",
    on: [subjects.widths],
    atScale: [papers.scalingLaws],
    measure: (all: sizes.Sizes) => sizes.returns(all),
    check: sizes.eachBuysLess,
    mustFailOn: sizes.nothingToLearn(sizes.returns),
    units: { early: { digits: 3, unit: "nats" }, late: { digits: 3 }, lastStep: { digits: 2 } },
    show: drawn.returns,
  });

  say`First the price. Each matrix of a layer is as wide as the stream in one dimension, and the
    other is chosen in proportion to it. Attention's four matrices hold four times the square of the
    width, the MLP's two another eight: about ${price.value(gpt2, "pairs")} in all. In them a token
    takes about as many multiplications as there are parameters. With the ${gpt2}, the width has to
    be divisible by the twelve heads, so the smallest step is twelve numbers; that step costs
    ${price.value(gpt2, "step")} more parameters ${price}.`;

  say`And the return: it falls. Each doubling of the small GPT's width lowers the loss, in two seeds
    of each width and less than two million tokens of training. But a further dimension lowers it by
    ${wider.mean("early")} between the narrowest two widths, by ${wider.mean("late")} between the
    widest two ${wider}. Perhaps wide ones had too little text for their size: the narrowest read
    ${wider.mean("read.narrowest")} tokens per parameter, the widest ${wider.mean("read.widest")}.`;

  const shapes = claim("At one size and learning rate, wide and shallow beats narrow and deep", {
    id: "wide-or-deep",
    kind: "empirical",
    on: [subjects.shapesOfOneSize],
    measure: (all: sizes.Sizes) => sizes.shapes(all),
    check: sizes.deeperLoses,
    mustFailOn: { ...sizes.nothingToLearn(sizes.shapes), "no deeper": sizes.noDeeper },
  });

  say`The same parameters could go into more layers. Here that paid less: with about as many
    parameters, the loss of four narrow layers is ${shapes.mean("apart", NATS)} higher than that of
    one wide layer, more than the last doubling of width gained (${wider.mean("lastStep")}); two
    layers lie in between ${shapes}. But these three shapes shared one learning rate, where each
    width had its own; and models so small and so briefly trained may have little use for layers.`;

  caveat`The size of large models comes from the budget for computing, and the amount of text grows
    with it (${papers.chinchilla}). At a given size the loss hardly depended on the shape over a
    wide range (${papers.scalingLaws}): not what we see, and our size, training or learning rate
    may be why. Depth pays up to a threshold that grows with the width (${papers.depthToWidth}),
    and tasks that a model is tuned for may care more (${papers.scaleEfficiently}). Where shape
    matters little, one can take sizes that the hardware runs fast (${papers.hardwareShapes}).`;

  wouldChange`A concatenating model that no adding model of the same width can match ${sum}; a toy
    that keeps more dense features than it has dimensions ${packed}; a GPT whose positions, learned
    on prose, make no ruler ${marks}; one that began at \`N(0, 1)\` and after such a training keeps
    next to nothing of it ${stays}; or a width from which on each dimension buys more ${wider}.`;

  breaks({ tryBreaking }, { few, marks, sum, open });
});
