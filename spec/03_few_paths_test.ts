import { assertGreater, assertLess } from "@std/assert";
import { type Model, question } from "../mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./03_few_paths/breaks.ts";
import * as draw from "./03_few_paths/draw.ts";
import * as heads from "./03_few_paths/heads.ts";
import * as paths from "./03_few_paths/paths.ts";
import * as splitting from "./03_few_paths/splitting.ts";
import * as written from "./03_few_paths/written.ts";

const [attn2l, gpts] = (["attn-2l", "learned"] as const).map(models.bothSeeds);
const [LET_GO, NO_MLP] = [{ control: "LayerNorm let go" }, { model: "attn-2l" }];
const [PERCENT, INSTEAD] = [{ percent: true, digits: 0 }, { control: paths.BEFORE }];

question("Why expect a few paths through the model to carry most of the behaviour?", {
  notes: "Nothing forces it; training finds specialised heads.",
  standing: "confirmed with a caveat",
  lit: ["stream", "attention"],
  sources: [papers.mathematicalFramework, papers.interpretabilityInTheWild],
}, ({ short, say, aside, caveat, part, claim, refuted, wouldChange, tryBreaking }) => {
  short`Nothing forces it: one function can be spread over many heads. But training made heads
    unequal in all our models asked. In two small attention-only models, with attention frozen, one
    path did most of the work on prose, a third of all paths nearly all on repetitions. How few
    depends on model, task and counting. Expect it, but check.`;

  // Rounding stayed below 1e-6 of the largest logit; the least of the paths adds far more.
  const summed = claim("Without MLPs the logits are the sum over all paths, patterns frozen", {
    id: "paths-sum-to-logits",
    kind: "identity",
    ...paths.summed,
    measure: paths.sumOfPaths(),
    bounds: { apart: { below: 5e-6, what: "relative to the largest logit" } },
    mustFailOn: paths.otherSumsOfPaths,
  });

  const attributed = claim("What each part writes sums to the logit, LayerNorm's scale frozen", {
    id: "attribution-sums-to-logits",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    measure: paths.sumOfParts(),
    bounds: { apart: { below: 1e-5, what: "relative to the largest logit" } },
    mustFailOn: paths.otherSumsOfParts,
  });

  const few = claim("At a token, fewer paths do the writing than with the heads shuffled", {
    id: "few-paths",
    kind: "empirical",
    ...paths.ofTwo,
    measure: paths.besideShuffled(),
    // A shuffle in the place of the trained heads does not stand so far from the others.
    bounds: { below: { above: 1, what: "times what shuffles differ by" } },
    mustFailOn: { "shuffled another way": paths.shuffledAnotherWay },
    units: { largest: PERCENT, left: PERCENT, direct: PERCENT },
    show: draw.fanOfPaths,
  });

  say`Take two layers of attention with four heads each, no MLP. A path is one way from a token's
    vector to the logits, the scores of the next token. One path passes all heads by. Four lead
    through a head of the first layer, four through one of the second, sixteen through both:
    ${few.max("paths")} through heads. Freeze, as they came out, each head's pattern (where it
    looks) and LayerNorm's scale. Then the logits are exactly the sum of what these paths and biases
    write ${summed}.`;
  say`Do all paths have a say? Take two such models, of two seeds (random numbers that training
    began from), and two short texts of new prose. At each token, take the size of what each path
    through heads writes, for or against the next token. The three largest make up
    ${few.value(attn2l[0], "largest")} of the sum of these sizes in the first model,
    ${few.value(attn2l[1], "largest")} in the second. If all paths wrote equally much, any three
    would make up an eighth ${few}.`;
  aside`With MLPs, too, a logit is the sum of what each part has written ${attributed}. Counted with
    those through heads, the path past all heads makes up at most ${few.max("direct")} of the sum.
    Shuffle the numbers within each head's matrices: heads stay as large and lose what they learned.
    Then the three largest make up at most ${few.max("left")}. That proves little: shuffled models
    lose at least ${few.min("shuffledLoss")} nats, an even guess ${few.mean("evenly")}, and models
    so ruined may spread their writing for that reason alone ${few}.`;

  const one = claim("On prose one path through a head that looks at its own token does most", {
    id: "one-path-on-prose",
    kind: "empirical",
    ...paths.ofTwo,
    measure: paths.onProse(),
    bounds: {
      share: { above: 0.5, what: "of that" },
      atItself: { above: 0.9, what: "of its attention: next to nothing is left for other places" },
    },
    check: ({ past, all }) => assertGreater(past - all, 0.5, "nats that the heads bring at all"),
    mustFailOn: paths.otherPathsOnProse,
    units: { share: PERCENT, shareOfOthers: PERCENT, atItself: PERCENT },
    show: draw.onProse,
  });

  const lookedUp = claim("Where a block is said again, eight paths of one kind do nearly all", {
    id: "one-lookup-on-repeats",
    kind: "empirical",
    ...paths.ofTwo,
    measure: paths.lookingUp(),
    bounds: { share: { above: 0.95, what: "of that: nearly all is all but a twentieth" } },
    check: ({ past, all }) => assertGreater(past - all, 0.5, "nats that the heads bring at all"),
    mustFailOn: paths.otherLookups,
    units: { share: PERCENT },
    show: draw.lookedUp,
  });

  say`Are few paths enough? Keep only the path past all heads, add others, and see how far the loss
    falls. On the same prose, with one path more, it falls at least ${one.min("share")} as far as
    with all paths. Its head gives at least ${one.min("atItself")} of its attention to its own
    token. So it looks nothing up: it says what tends to follow, as a model with no layer does (a
    bigram table), and nothing more ${one}.`;
  aside`With the paths through all other single heads instead, the loss falls at most
    ${one.max("shareOfOthers")} as far, or rises. The path past all heads could say that, too; why
    training left it to a head, we did not find out. A model with no layer, which can learn only
    such a table, loses at most ${one.max("noLayer")} nats on this text; this path and the one past
    all heads, at least ${one.min("one")} ${one}.`;
  say`Where a block of random tokens is said again, most of the second layer's four heads look at
    what followed last time. Each of the four can get a token in two ways: as it was embedded, or
    through the first-layer head that looks at its own token. That makes eight of the
    ${few.max("paths")} paths. With these the loss falls at least ${lookedUp.min("share")} as far as
    with all paths, in one model even further ${lookedUp}. But where heads look is frozen here. To
    aim those four, the model needs another head of the first layer, the previous-token head
    (question twelve). Once the aim is frozen, no path through that head is needed.`;
  aside`Would any first-layer head do? With the previous-token head instead, the loss falls only
    ${lookedUp.value(attn2l[0], "share", INSTEAD)} as far as with all paths in the first model,
    ${lookedUp.value(attn2l[1], "share", INSTEAD)} in the second ${lookedUp}.`;

  part("Does training make heads unequal?");
  short`Yes, in all our models asked, on texts of forty tokens: before training all heads matter
    about alike, after it some far more than others. Whether because they learned different jobs,
    this does not show.`;

  // By divergence from what all heads predict: differences of loss are noise before training.
  const concentrated = claim("After training, fewer heads matter than before", {
    id: "training-concentrates",
    kind: "empirical",
    on: heads.recipes.map((name) => heads.beforeAndAfter(name)),
    measure: heads.concentration,
    bounds: { below: { above: 1, what: "times what seeds differ by" } },
    mustFailOn: { "weights drawn afresh": { on: [heads.drawnAfresh] } },
    show: draw.growApart,
  });

  // A head of eight, and more than shuffles differ by: less would hardly be worth the name.
  const beyond = refuted("With MLPs, too, a head fewer matters than with the heads shuffled", {
    id: "heads-beyond-their-size",
    kind: "empirical",
    ...heads.ofMlps,
    measure: heads.headsBesideShuffled,
    check: ({ fewer, differ }) => assertGreater(fewer, Math.max(1, differ), "heads"),
    mustHoldOn: { "two layers without MLPs": { on: attn2l, needs: false } },
    show: draw.besideTheirSize,
  });

  say`Take out one of the eight heads, with its mean in its place (an ablation), and see how far the
    predictions move over a text; and so with each. From this comes the effective number of heads
    over a text. It is eight if all matter equally, one if only one does; three equal heads and five
    idle ones make three. It is at least ${concentrated.min("before.mean")} in six kinds of models
    before training. After it, it is lowest in a model with ALiBi, about
    ${concentrated.min("after.mean")}, and highest in one with no positions, about
    ${concentrated.max("after.mean")}. The two models of attention alone end at about
    ${concentrated.min("after.mean", NO_MLP)} and ${concentrated.max("after.mean", NO_MLP)}: chance
    decides, too ${concentrated}. ${papers.sixteenHeads} saw the like in a translator: most heads
    could be spared, not all at once.`;
  aside`Zeros in the place of a head, or what it read in another text, give other numbers and the
    same verdict ${concentrated}. With texts of thirty-two tokens, some were left undecided.`;
  say`Is that more than size? Heads may just have grown unequally large. So put the numbers within
    each head's matrices into random order: sizes stay, what was learned goes. Here we count the
    heads that matter at a token, and average over tokens. (Not to be compared with the count
    above.) In models with MLPs, ${beyond.min("trained.effective")} to
    ${beyond.max("trained.effective")} heads matter at a token as trained. Shuffled, the number
    rises in some and falls in others, by at most ${beyond.max("apart")} of a head ${beyond}. So
    shuffled heads, which keep only their sizes, are about as unequal as trained ones: size may be
    the reason, but that is not shown. In the two models without MLPs, shuffling raises the number
    clearly. But it ruins such a model (it predicts worse than an even guess ${few}), and a ruined
    model may spread its work for that reason alone. So these do not tell.`;

  part("Could it be otherwise?");
  short`Yes. One function can be spread over any number of heads, and others' models differ.`;

  // Small divergences grow as the square of what is changed, and so shrink alike when heads are
  // split; large ones do not quite, which makes the growth something near the number of parts. A
  // fifth is some times that (4 to 5% was found); parts that each have it all are a quarter off.
  const split = claim("Heads split in parts do the same together, and none matters as much", {
    id: "heads-split",
    kind: "construction",
    on: gpts.map((model) => splitting.inParts(model, "equal shares")),
    measure: splitting.splitting,
    bounds: { apart: { below: 1e-5, what: "the logits, relative to the largest" } },
    check: ({ growth, part, head }) => {
      assertLess(Math.abs(growth / splitting.PARTS - 1), 0.2, "heads against parts of heads");
      assertLess(part, head / splitting.PARTS, "the most that is lost without one");
    },
    mustFailOn: splitting.otherParts,
    show: draw.inParts,
  });

  say`Put three heads in the place of each: copies that look where it looked, and write a third of
    what it wrote. By construction the model says what it said before. But the effective number of
    heads over a text is between ${split.min("growth")} and ${split.max("growth")} times as large,
    and none matters much ${split}. So how many heads a task takes depends on what is one.`;
  caveat`These are small models. In other people's (read with this code; not in these runs) whether
    fewer heads mattered after training hung on which random weights stood for the start. In
    residual image networks, the paths that matter were found to be short: many, but a tiny share of
    all; no single layer was indispensable (${papers.ensemblesOfPaths}). In a translator most heads
    could be pruned while it was trained on (${papers.prunedHeads}).`;

  part("Is superposition the reason?");
  short`Hardly. Superposition is about features (what a model keeps track of) that share dimensions,
    not about heads that share work. Someone might think that a crowded stream leaves room for only
    a few heads to write. Then narrow models would use fewer heads. Our narrowest use more than our
    widest, but too much else differs.`;

  const wide = claim("The narrowest models spread the work over more heads than the widest", {
    id: "wider-is-fewer",
    kind: "empirical",
    on: [heads.atWidths("width-16", "width-32", "learned", "width-128")],
    measure: (each: Model[]) => heads.byWidth()(each),
    check: ({ fall, shuffledFall, seeds, error }) => {
      assertGreater(fall, seeds, "more than two seeds of any width differ by");
      assertGreater(fall, 4 * error, "twice two errors: neighbouring tokens are alike");
      assertLess(shuffledFall, fall / 2, "the same with the heads shuffled");
    },
    mustFailOn: heads.otherWidths,
    show: draw.byWidth,
  });

  say`Superposition is keeping more features than dimensions (${papers.toyModels}); the narrower a
    model, the more crowded its stream. The effective number of heads at a token is at least
    ${wide.min("narrowest")} in both seeds of our narrowest model, at most ${wide.max("widest")} in
    both of the widest. The gap is small, though larger than between two seeds of any one width.
    With the heads shuffled, the same gap is less than half as large ${wide}. Yet crowding need not
    be why. A narrow head can carry less, so the same work may take more heads; wide models had a
    lower learning rate; in between the order is not kept; and four models are weak evidence.`;

  part("Is what a head writes what would be lost without it?");
  short`No. Without a head, LayerNorm rescales the rest, and later layers miss what they build on.`;

  const held = claim("LayerNorm frozen, what a last head writes is what is lost without it", {
    id: "written-is-lost",
    kind: "identity",
    ...written.withoutMlps,
    measure: written.lostIn("last"),
    // Logits of some tens, each rounded at 6e-8 of that, beside writes of some tenths.
    bounds: { apart: { below: 1e-4, what: "relative to what is written" } },
    mustFailOn: written.otherLosses,
  });

  const necessary = refuted("What a head writes towards the answer is what is lost without it", {
    id: "attribution-is-necessity",
    kind: "empirical",
    ...written.inAll,
    measure: written.writtenAndLost,
    // Were it so, rounding alone would be left: a tenth lets it be nearly so; all are far above.
    bounds: { apart: { below: 0.1, what: "of what is written, at each token" } },
    mustHoldOn: { "one layer without an MLP or LayerNorm": { on: [paths.plainLayer] } },
    atScale: [papers.hydraEffect, papers.selfRepair],
    show: draw.writtenAndLost,
  });

  const rescaled = claim("That less is lost than last heads write is mostly LayerNorm's doing", {
    id: "shortfall-is-layernorm",
    kind: "empirical",
    on: [written.smallGpts],
    measure: written.shortfall("ln_final"),
    check: ({ written, lost, held }) => {
      assertLess(lost, written / 2, "there is something to explain");
      assertLess(Math.abs(written - held), (written - lost) / 2, "and less than half of it stays");
    },
    mustFailOn: {
      "the LayerNorm before the last MLP": written.beforeLastMlp,
      "heads of the first layer": { measure: written.shortfall("ln_final", "first") },
    },
  });

  say`By what a head writes we mean how far its output lifts the next token's logit; by what is lost
    without it, how far that logit falls with zeros in the place of this output. In a model without
    MLPs, only LayerNorm and the unembedding come after the last layer. Freeze LayerNorm's scale,
    and what a head of that layer writes is exactly what is lost without it. Let the scale change as
    it normally would, and the two differ. Average the size of the difference over tokens, and
    divide it by the average size of what is written: this ratio is zero where the two agree. In our
    models of two such layers it is between ${held.min("apart", LET_GO)} and
    ${held.max("apart", LET_GO)} ${held}: the two differ by about as much as is written.`;
  say`In all twelve trained models that we asked, ten of them with MLPs, this ratio, for heads of
    both layers, is between ${necessary.min("apart")} and ${necessary.max("apart")} ${necessary}.
    Without a head of the first layer, mostly more is lost than it writes: later parts build on it.
    A head of the last layer, where an MLP follows, lifts the next token's logit by
    ${rescaled.mean("written")} on average; without it the logit falls by only
    ${rescaled.mean("lost")}. Has the MLP made up for the rest? It was mostly LayerNorm, which
    divides by the size of the stream. Without the head the stream is smaller, so what is left is
    enlarged. Remove the head with the last LayerNorm's scale frozen, and the logit falls by
    ${rescaled.mean("held")}. That is more than the head writes, because without the head the MLP
    also lifts the logit less ${rescaled}.`;
  aside`That explains why this logit falls less (measured from the mean of all logits), not that the
    prediction is restored: LayerNorm enlarges the logits of rivals, too ${rescaled}. To make up for
    a lost part is called self-repair. It was found in large models for layers
    (${papers.hydraEffect}) and heads (${papers.selfRepair}), with LayerNorm as one mechanism.`;
  wouldChange`A trained model of attention alone in which no path stands out on prose ${one}, or one
    whose paths share the work at least as evenly as after its heads were shuffled ${few}. Or a
    model without MLPs whose logits are not the sum over its paths and biases ${summed}.`;

  breaks({ tryBreaking }, { one, lookedUp, summed, attributed, held });
});
