import { assertGreater, assertLess } from "@std/assert";
import { type Model, question } from "../mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as draw from "./03_few_paths/draw.ts";
import * as measure from "./03_few_paths/measure.ts";

const [attn1l, attn2l] = [models.bothSeeds("attn-1l"), models.bothSeeds("attn-2l")];
const [learned, learnedAgain] = models.bothSeeds("learned");
const [untaught, { twoLayers, plainLayer }] = [models.beforeTraining(attn2l[0]), measure];

const LET_GO = { control: "LayerNorm let go" };
/** In standard errors: twice what would do if neighbouring tokens, which are alike, were not. */
const CLEARLY = 4;

question("Why expect a few paths through the model to carry most of the behaviour?", {
  notes: "Nothing forces it; training finds specialised heads.",
  standing: "confirmed with a caveat",
  lit: ["stream", "attention"],
  sources: [papers.mathematicalFramework, papers.interpretabilityInTheWild],
}, ({ short, say, aside, caveat, part, claim, refuted, wouldChange }) => {
  short`Nothing in the architecture makes it so: the same function can be spread over any number
    of heads. Training makes it likely, since heads that start alike grow apart, and since much of
    what is learned needs only a step or two of looking something up. How far it goes differs from
    model to model.`;

  // Sums of up to a few hundred products, each rounded at 6e-8, stayed below 1e-6 of the largest
  // logit. The least of the paths adds thousands of times as much.
  const summed = claim("Without MLPs the logits are the sum over all paths, patterns held", {
    id: "paths-sum-to-logits",
    kind: "identity",
    on: [
      ...models.randomFamilies({ mlp: false, n_layers: [2], size: 1 }),
      twoLayers,
      ...models.oneOfEachWiring,
    ],
    needs: ({ attn_only }) => attn_only ? undefined : "it has MLPs",
    measure: measure.sumOfPaths(),
    check: ({ apart }) => assertLess(apart, 5e-6, "relative to the largest logit"),
    mustFailOn: {
      "a stream that multiplies": { sabotage: sabotages.multiplyingStream(0.01), on: [twoLayers] },
      "the least of the paths left out": { on: [twoLayers], measure: measure.sumOfPaths("least") },
      "paths from biases left out": { on: [twoLayers], measure: measure.sumOfPaths("biases") },
    },
  });

  const attributed = claim("What each part writes sums to the logit, LayerNorm's scale held", {
    id: "attribution-sums-to-logits",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    measure: measure.sumOfParts(),
    check: ({ apart }) => assertLess(apart, 1e-5, "relative to the largest logit"),
    mustFailOn: {
      "a stream that multiplies": { sabotage: sabotages.multiplyingStream(0.01), on: [twoLayers] },
      "one head left out": { on: [twoLayers], measure: measure.sumOfParts("head 1.0") },
      "the last biases left out": {
        on: [twoLayers, learned],
        measure: measure.sumOfParts("last biases"),
      },
    },
  });

  say`Take a model of attention alone, two layers of four heads. A path is one way from a token's
    vector to the logits, the scores of what may come next: past all heads, through one head, or
    through a head of the first layer and then one of the second. Hold each head's pattern, where
    it looks, and LayerNorm's scale. Then the logits are exactly the sum of what the paths write
    ${summed}. With MLPs, too, a logit is the sum of what each part wrote into the stream
    ${attributed}.`;

  const few = claim("At a token, fewer paths matter than in the same weights shuffled", {
    id: "few-paths",
    kind: "empirical",
    on: attn2l,
    measure: measure.besideShuffled,
    check: ({ trained, shuffled }) => {
      assertGreater(measure.errorsAbove(trained.text, shuffled.text), CLEARLY, "prose");
      assertGreater(measure.errorsAbove(trained.again, shuffled.again), CLEARLY, "repeats");
    },
    mustFailOn: {
      "shuffled another way": {
        on: [attn2l[0]],
        measure: (model) => measure.besideShuffled(model, measure.shuffledAgain.apply(model)),
      },
    },
    units: {
      "trained.text.largest": { percent: true, digits: 0 },
      "shuffled.text.largest": { percent: true, digits: 0 },
    },
    show: draw.fanOfPaths,
  });

  say`Do all have a say? At a token, the three largest of the ${few.max("paths")} paths through
    heads do ${few.min("trained.text.largest")} to ${few.max("trained.text.largest")} of the
    writing for or against the token that comes. Shuffle the numbers inside each head: they stay
    as large, and what they had learned is gone. The three largest are left with
    ${few.max("shuffled.text.largest")} ${few}.`;

  const single = claim("On prose, paths through single heads bring most of what heads bring", {
    id: "single-heads-on-text",
    kind: "empirical",
    on: attn2l,
    measure: measure.lossOn("text"),
    // Most is more than half, and only of something worth having.
    check: ({ direct, single, all }) => {
      assertGreater(direct - all, 0.5, "nats that the heads bring at all");
      assertGreater(direct - single, (direct - all) / 2, "nats that single heads bring");
    },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "pairs in the place of single heads": { measure: measure.pairsForSingle },
    },
  });

  const paired = claim("Where a block is said again, pairs of heads bring most of it alone", {
    id: "pairs-on-repeats",
    kind: "empirical",
    on: attn2l,
    measure: measure.lossOn("again"),
    check: ({ direct, noSingle, all }) => {
      assertGreater(direct - all, 0.5, "nats that the heads bring at all");
      assertGreater(direct - noSingle, (direct - all) / 2, "nats that pairs bring alone");
    },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "ordinary text": { measure: measure.lossOn("text") },
    },
    show: draw.byOrder,
  });

  say`Why few? First, much of what there is to learn is looking something up. On prose one step
    does most of it: paths through single heads lower the loss by most of what all do
    ${single}. Where a random block is said again it takes two steps, and pairs of heads do most
    of it alone ${paired}.`;
  aside`In the second of the two models, single heads lower the loss on a block said again about
    as far as pairs do: a task can be learned in more than one way ${paired}. Patterns are held
    here, so that telling a later head where to look is not counted; the two heads of question
    twelve are such a pair.`;

  // By divergence from what the model predicts with all its heads: differences of loss would be
  // noise in untrained models. Fewer means lower by more than seeds differ by.
  const concentrated = claim("After training, fewer heads matter than before", {
    id: "training-concentrates",
    kind: "empirical",
    on: measure.recipes.map((name) => measure.beforeAndAfter(name)),
    measure: measure.concentration,
    check: ({ before, after }) => {
      for (const how of ["mean", "zero", "resample"] as const) {
        const range = (numbers: number[]) => Math.max(...numbers) - Math.min(...numbers);
        const apart = Math.max(range(before[how]), range(after[how]));
        assertLess(Math.max(...after[how]), Math.min(...before[how]) - apart, `heads, by ${how}`);
      }
    },
    mustFailOn: {
      "weights drawn afresh": { on: [measure.beforeAndAfter("learned", "drawn afresh")] },
    },
    units: { "before.mean": { digits: 1 }, "after.mean": { digits: 1 } },
    show: draw.growApart,
  });

  say`Second, heads start alike and grow apart. Take out one head at a time, its mean in its place
    (an ablation), and see how far the predictions move. Before training the effect is spread as if
    ${concentrated.min("before.mean")} or more of the eight heads had equal shares; after it, as
    if ${concentrated.min("after.mean")} to ${concentrated.max("after.mean")} had, by the model
    ${concentrated}. ${papers.sixteenHeads} saw the same in a translator: at first all heads
    matter about alike, later many hardly do.`;
  aside`Zeros in the place of a head, or what it read in another text, give other numbers for one
    head and the same picture for all of them ${concentrated}.`;

  const beyond = refuted(
    "In narrow models, too, fewer heads matter than in the same weights shuffled",
    {
      id: "heads-beyond-their-size",
      kind: "empirical",
      on: measure.narrow,
      measure: measure.headsBesideShuffled,
      check: ({ trained, shuffled }) =>
        assertGreater(measure.errorsAbove(trained, shuffled), CLEARLY, "standard errors"),
      mustHoldOn: {
        "twice as wide": { on: models.bothSeeds("width-128") },
        "twice as wide, without MLPs": { on: attn2l },
      },
      show: draw.besideTheirSize,
    },
  );

  say`To have grown apart is not yet to do different work. In models up to sixty-four wide, the
    same numbers shuffled inside each head leave the work just as uneven: how large heads and
    layers have grown is enough to explain it. Only in models twice as wide, with MLPs or without,
    do clearly fewer heads do the work at a token than their shuffled numbers would ${beyond}.`;

  part("Could it be otherwise?");
  short`Yes. The same function can be spread over as many heads as one likes, and the models that
    other people have trained differ.`;

  // Small divergences grow as the square of what is changed, and so shrink alike when heads are
  // split; large ones do not quite, which makes the growth something near the number of parts.
  const split = claim("Heads split in parts do the same together, and none matters as much", {
    id: "heads-split",
    kind: "construction",
    on: [learned, learnedAgain].map((model) => measure.inParts(model, "equal shares")),
    measure: measure.splitting,
    check: ({ apart, growth, part, head }) => {
      assertLess(apart, 1e-5, "the logits, relative to the largest");
      assertLess(Math.abs(growth / measure.PARTS - 1), 0.2, "heads against parts of heads");
      assertLess(part, head / measure.PARTS, "the most that is lost without one");
    },
    mustFailOn: {
      "one part has it all": { on: [measure.inParts(learned, "one part has it all")] },
      "every part has it all": { on: [measure.inParts(learned, "every part has it all")] },
    },
    units: { growth: { digits: 1 } },
    show: draw.inParts,
  });

  say`Split each head in three that look where it looked and share what it wrote. The model says
    what it said before, ${split.min("growth")} to ${split.max("growth")} times as many heads
    matter, and none of them much ${split}. So how many heads carry a behaviour depends also on
    where one head ends and the next begins.`;
  caveat`These are small models. In those of other people that we have read, fewer heads mattered
    than before training in some and not in others, and which it was could hang on the weights
    that training was taken to have begun with; in two of them, more heads mattered after it
    ${concentrated}. In image networks with a residual stream, paths were found to be short, and
    not few: there are very many, and none is indispensable (${papers.ensemblesOfPaths}). In a
    translator most heads could be pruned, while what was left was trained further, and their jobs
    moved to other heads (${papers.prunedHeads}).`;

  part("Is superposition the reason?");
  short`Rather the reverse: where features must share room, the work should spread over more
    parts. Narrow models do spread it over more heads than wide ones, as that would have it.
    Whether superposition is the cause is undecided.`;

  const wide = claim(
    "Beside their shuffled weights, the widest models need fewer heads than the narrowest",
    {
      id: "wider-is-fewer",
      kind: "empirical",
      on: measure.widths,
      measure: (each: Model[]) => measure.byWidth(each),
      check: ({ errors }) => assertGreater(errors, CLEARLY, "narrowest against widest"),
      mustFailOn: { "two seeds of one width": { on: measure.oneWidth } },
      units: { narrowest: { digits: 1 }, widest: { digits: 1 } },
      show: draw.byWidth,
    },
  );

  say`Superposition is keeping more features than there are dimensions, so that each part serves
    several of them. The narrower a model, the more crowded it is, and the more heads should be
    missed at a token. So it is: effectively ${wide.min("narrowest")} or more in the narrowest
    models and ${wide.max("widest")} or fewer in the widest, while the same weights shuffled show
    no such fall ${wide}. But heads grow with the width, wide models were trained at a lower rate,
    and neighbouring widths do not always come in order. It fits superposition and does not prove
    it.`;

  part("Is what a head writes what would be lost without it?");
  short`No. Without a head, LayerNorm rescales what all others wrote, and later layers miss what
    they would have built on it, or make up for it.`;

  const held = claim("LayerNorm held, what a last head writes is what is lost without it", {
    id: "written-is-lost",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: false, size: 1 }), ...attn1l, ...attn2l],
    measure: measure.lostIn("last"),
    // Logits of some tens, each rounded at 6e-8 of that, beside writes of some tenths.
    check: ({ apart }) => assertLess(apart, 1e-4, "relative to what is written"),
    mustFailOn: {
      "LayerNorm let go": { on: attn2l, measure: measure.lostIn("last", { held: false }) },
      "heads with a layer above": { on: attn2l, measure: measure.lostIn("first") },
    },
    units: { apart: { digits: 1 } },
  });

  const necessary = refuted("What a head writes towards the answer is what is lost without it", {
    id: "attribution-is-necessity",
    kind: "empirical",
    on: [...attn2l, ...models.twoOfEachScheme],
    measure: measure.writtenAndLost,
    check: ({ apart }) => assertLess(apart, 0.1, "of what is written, at each token"),
    mustHoldOn: { "one layer without an MLP or LayerNorm": { on: [plainLayer] } },
    atScale: [papers.hydraEffect, papers.selfRepair],
    units: { apart: { digits: 1 } },
    show: draw.writtenAndLost,
  });

  say`Take a head of the last layer in a model without MLPs: after it come only LayerNorm and the
    unembedding. Hold LayerNorm's scale, and what the head wrote is exactly what is lost without
    it. Let it go, and in two-layer models the two come apart by ${held.min("apart", LET_GO)} to
    ${held.max("apart", LET_GO)} times what was written ${held}: without the head the stream is
    shorter or longer, and LayerNorm rescales all the rest of it.`;
  say`In no trained model are the two the same: token by token, they are ${necessary.min("apart")}
    to ${necessary.max("apart")} times what is written apart ${necessary}. Without a head of the
    first layer mostly more is lost than it wrote, since later parts build on it. Of the last
    layer, where an MLP still follows, mostly less is lost: the rest makes up for some of it. That
    is called self-repair, and was found in large models for whole layers (${papers.hydraEffect})
    and for single heads (${papers.selfRepair}), with LayerNorm among its causes. So heads taken
    out one at a time can matter less than they do together.`;
  wouldChange`A model of attention alone, trained on text, whose paths share the work as evenly as
    its own shuffled weights ${few}; narrow models whose heads stand out from theirs ${beyond}; or
    one model without MLPs whose logits are not the sum over its paths ${summed}.`;
});
