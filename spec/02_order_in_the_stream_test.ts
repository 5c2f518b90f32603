import { assertGreater } from "@std/assert";
import { type Model, needs, question, sabotaged } from "../mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./02_order_in_the_stream/breaks.ts";
import { controls, measure } from "./02_order_in_the_stream/mod.ts";
import * as pictures from "./02_order_in_the_stream/pictures.ts";
import * as subjects from "./02_order_in_the_stream/subjects.ts";

/**
 * Sums of up to a few hundred products, rounded at 2^-24 = 6e-8 each, and put in another order at
 * every layer: some 1e-6 of the largest logit. Order moves logits by a thousandth and more.
 */
const ROUNDING = 5e-6;

const NO_MASK = { control: "no causal mask" };
const UNTOLD = { control: "no positions" };
const TABLE = { control: "learned positions" };
const TWO = { digits: 2 };

const { nope, schemes, untaught } = subjects;
const { shuffled } = measure;

const broken = [models.tiny, nope[0]];

question("What puts the residual stream in order, if everything acts on it linearly?", {
  notes: "The positional encoding.",
  standing: "confirmed with a caveat",
  lit: ["positions", "stream", "attention"],
}, ({ short, say, aside, caveat, part, claim, refuted, wouldChange, tryBreaking }) => {
  short`The positional encoding, where there is one: it tells tokens their places, or attention how
    far away a token is. Without one, the causal mask gives some order: each position sees only what
    came before it. And only the writing is linear: what a layer reads goes through LayerNorm,
    softmax or the MLP's nonlinearity.`;

  const blind = claim("Without positions and without a mask, reordering tokens reorders outputs", {
    id: "no-order",
    kind: "identity",
    on: subjects.stripped,
    measure: measure.shuffledSentence,
    bounds: {
      everywhere: { below: ROUNDING, what: "beside the outputs in the new order" },
      moved: { above: 100 * ROUNDING, what: "the outputs in the old order" },
    },
    mustFailOn: controls.ofBlindness,
    show: pictures.guesses,
  });

  say`Order here is the order of the tokens. To test it, shuffle them. A transformer with neither a
    positional encoding nor a causal mask, which hides later tokens, does not notice: every token's
    output goes where the token goes and is otherwise the same, at any depth ${blind}. Attention is
    a weighted sum, and a sum has no order; all else works on one token at a time. Give such a model
    any of four positional encodings, or the mask, and it notices.`;

  const scores = claim("Rotary positions and ALiBi put nothing into the stream at its start", {
    id: "nothing-at-the-start",
    kind: "identity",
    on: subjects.toldByScores,
    measure: (model: Model) => shuffled(model, "all but the last"),
    bounds: {
      start: { equals: 0, what: "the stream at its start, beside the embeddings in the new order" },
      last: { above: 100 * ROUNDING, what: "the last logits, earlier tokens in another order" },
    },
    mustFailOn: subjects.told(["learned", "sinusoidal", "none"], { n_layers: [1] }),
  });

  say`Some encodings put order into the stream itself: learned and sinusoidal positions are vectors,
    one for each place, which are added to the stream at its start
    (${papers.attentionIsAllYouNeed}). Others do not: rotary positions turn queries and keys
    (${papers.roformer}), and ALiBi lowers the score of what is far away (${papers.alibi}). With
    these the stream starts exactly as it would without positions. Order counts all the same, even
    in one layer ${scores}, because distance changes how much one token reads from another.`;

  const bag = claim("With a mask, no positions and one layer, predictions ignore earlier order", {
    id: "one-layer-has-no-order",
    kind: "identity",
    on: [
      ...models.randomFamilies({ positions: ["none"], n_layers: [1], size: 4 }),
      ...sabotaged(nope, subjects.firstBlockAlone),
    ],
    measure: (model: Model) => shuffled(model, "all but the last"),
    bounds: {
      last: { below: ROUNDING, what: "the last logits, earlier tokens in another order" },
      elsewhere: { above: 100 * ROUNDING, what: "the logits before the last" },
    },
    mustFailOn: controls.ofBags,
    show: pictures.orders,
  });

  const encoding = refuted("Only a positional encoding can give order", {
    id: "only-encodings-give-order",
    kind: "identity",
    on: [...subjects.deep, ...nope, untaught],
    measure: (model: Model) => shuffled(model, "all but the last"),
    bounds: { last: { below: ROUNDING, what: "the last logits, earlier tokens reordered" } },
    mustHoldOn: { [NO_MASK.control]: sabotages.noCausalMask },
  });

  say`And with the mask alone? In one layer, the last token reads a weighted sum of all tokens up to
    it, and the order of those before it is lost ${bag}. But each earlier token has read what stands
    before it, and its vector has changed. A second layer reads those vectors, so it can tell orders
    apart. Without the mask it cannot ${encoding}, and models with neither are reported to predict
    badly (${papers.noPositions}).`;

  // Averages over more tokens vary less, so a coordinate has to count by how far it is from its
  // mean. Seeds differ by less than a tenth of R^2.
  const strays = claim("With the mask alone, attention's output tells how far along it is", {
    id: "position-in-the-spread",
    kind: "empirical",
    ...subjects.untold,
    measure: measure.position("strays"),
    bounds: { r2: { above: 0.3, what: "R^2 of the position's logarithm" } },
    units: { r2: TWO },
    atScale: [papers.latentPositions],
    mustFailOn: controls.ofStraying,
  });

  const alike = claim("With the mask alone, neighbours get more similar vectors than others", {
    id: "neighbours-alike",
    kind: "empirical",
    ...subjects.untold,
    measure: measure.alikeness,
    // Without a mask at most a hundredth: a tenth is above such noise, and half of what was found.
    bounds: { more: { above: 0.1, what: "cosine of neighbours, beside those far apart" } },
    units: { more: TWO },
    mustFailOn: { [NO_MASK.control]: sabotages.noCausalMask },
    show: pictures.alike,
  });

  say`One layer can still tell how many tokens came before. An average over more tokens varies less
    (${papers.latentPositions}). So early on, each number in attention's output differs a lot from
    text to text; further along, less. From how far the numbers are from their averages one can
    estimate where a token stands, best early on. On a scale from zero, no better than always naming
    the average, to one, always right, this estimate scores at least ${strays.min("r2")}; without
    the mask, not above zero ${strays}. Neighbours have read nearly the same text, so their vectors
    are more alike than those of tokens far apart ${alike}.`;

  aside`What is estimated is the position's logarithm: a step from the third place to the fourth
    shows about as well as one from the thirtieth to the fortieth. Both traces are there before
    training, more clearly than after it. To read the first, one has to ask how far each number is
    from its average: a weighted sum of the numbers themselves, fitted on some texts, tells nothing
    of the position in others ${strays}. How alike two vectors are is their cosine: one if they
    point the same way, zero at right angles. For neighbours it is at least ${alike.min("more")}
    higher than for tokens far apart ${alike}; ${papers.similarEmbeddings} propose that models tell
    positions by that. Given a token that marks the beginning, a first layer made for it can write
    the position itself (${papers.nopeLength}).`;

  part("Is the mask enough, then?");

  short`Not in our two-layer models: they can tell order by the mask, and hardly use it. The first
    layer gathers which tokens came before and about how many, not their order. The second can tell
    orders apart, by what earlier positions gathered. Larger, deeper models are reported to do
    nearly as well without an encoding as with a learned one.`;

  const used = claim("A model told positions predicts better from tokens in their order", {
    id: "order-is-used",
    kind: "empirical",
    ...subjects.taughtOrder,
    measure: measure.worthOfOrder,
    // Seeds differ by less than a fifth of a nat, and models without positions stay near zero.
    check: ({ worth, error }) =>
      assertGreater(worth, Math.max(0.3, 3 * error), "nats lost where earlier tokens are shuffled"),
    units: { worth: { digits: 2, unit: "nats" } },
    mustFailOn: controls.ofOrder,
    show: pictures.worth,
  });

  const beside = claim("Trained alike, each scheme of positions beats a model without any", {
    id: "loss-beside-the-others",
    kind: "empirical",
    on: [schemes(1), schemes(2)],
    measure: measure.compareLosses,
    // Seeds differ by some hundredths; a fifth of a nat is a fifth more in probability.
    check: ({ gaps }) => {
      for (const { scheme, nats, error } of gaps) {
        assertGreater(nats, Math.max(0.2, 3 * error), `${scheme}: nats below none`);
      }
    },
    units: { "gaps.nats": { digits: 2, unit: "nats" } },
    mustFailOn: {
      "ALiBi, of another seed, in the place of none": {
        on: [schemes(1, { none: models.trainedModel("alibi/2") })],
      },
    },
    show: pictures.gaps,
  });

  const ahead = claim("ALiBi predicts better than no positions", {
    id: "alibi-ahead",
    kind: "empirical",
    on: [schemes(1), schemes(2)],
    measure: measure.compareLosses,
    bounds: {
      "alibi.errors": { above: 3, what: "standard errors of the mean by which its loss is lower" },
    },
    atScale: [papers.noPositions],
    mustFailOn: {
      "no positions either, of another seed": {
        on: [schemes(1, { alibi: nope[1] }), schemes(2, { alibi: nope[0] })],
      },
    },
  });

  say`Ours hardly use it. Take texts of twelve tokens: shuffle the first ten, keep the eleventh,
    predict the twelfth. Models that are told positions then predict worse by at least
    ${used.min("worth")}, models that are not by at most ${used.max("worth", UNTOLD)} ${used}. Part
    of the harm may come from being misled by a wrong order, not from lacking the right one. On
    intact texts, models with any of four encodings have a lower loss (they predict the next token
    better) than models with none, by ${beside.min("gaps.nats")} or more ${beside}. A likely reason
    is depth. Without an encoding, the first layer can only note at each position which tokens, and
    about how many, came before it. From these notes the second may find the token just before. But
    only a third layer could search the text with what was found, and these models have two. Also,
    all these models shared one learning rate, which may suit some less than others.`;

  caveat`Larger models are another matter. From about a hundred million parameters on, models
    without positions are reported to predict nearly as well as those with learned ones, and to lose
    much when the text before is shuffled (${papers.noPositions}). With ALiBi they still predict
    better than without positions, and so do ours ${ahead}.`;

  // Small trials, from which the belief comes, had found two fifths and more. A table gives
  // almost all there is, and seeds without one differ by some hundredths of R^2.
  const carried = refuted(
    "Without an encoding, training gives positions a direction of the stream",
    {
      id: "position-in-the-stream",
      kind: "empirical",
      ...subjects.taughtNoOrder,
      measure: measure.positionInStream,
      bounds: { best: { above: 0.3, what: "R^2 of the position, at its best place" } },
      units: { best: TWO, end: TWO },
      mustHoldOn: { [TABLE.control]: { on: models.bothSeeds("learned"), needs: false } },
      show: pictures.probed,
    },
  );

  aside`Did training write the position into the stream? A linear probe is a weighted sum of the
    stream's numbers that is to give the position, fitted on some texts and judged on others. Its R
    squared is one if it is always right, zero if it is no better than always naming the average. In
    our models without an encoding it is at most ${carried.max("best")}; where a learned table has
    just been added to the stream, at least ${carried.min("best", TABLE)} ${carried}. So low a score
    does not show that a model has lost its positions: models with a learned table use them, and yet
    after both of their blocks the probe scores at most ${carried.max("end", TABLE)}. A probe that
    is not linear is reported to do well in large models (${papers.noPositions}).`;

  part("Does everything act on the stream linearly?");

  short`No. What a layer puts out is added to the stream, and adding is linear. But what it puts out
    has been worked out from the stream by LayerNorm, softmax and the MLP, which are not.`;

  const added = claim("What a layer puts out is added to the stream, and nothing is taken away", {
    id: "writing-adds",
    kind: "identity",
    on: [...models.randomFamilies(), ...models.oneOfEachWiring],
    needs: needs.attention,
    measure: (model: Model) => probes.residualSum(model, probes.drawTokens(model)),
    bounds: {
      off: {
        equals: 0,
        what: "the stream after a block, less the stream before it and what it wrote",
      },
      wrote: { above: 0, what: "something must be written" },
    },
    mustFailOn: {
      "a stream that is overwritten": { sabotage: sabotages.overwrittenStream, on: broken },
      "a stream that fades": { sabotage: sabotages.fadingStream(0.01), on: broken },
    },
  });

  const linear = refuted("Everything acts on the stream linearly", {
    id: "reading-is-linear",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), nope[0]],
    needs: needs.attention,
    measure: (model: Model) => measure.linearity(model),
    // Rounding is seen beside a movement of its own size or larger.
    bounds: { fromLinear: { below: 1e-5, what: "beside the movement itself" } },
    units: { fromLinear: { percent: true, digits: 0 } },
    mustHoldOn: controls.ofLinearity,
  });

  say`Half of the premise is exactly right: after a block, the stream is what it was before the
    block, plus what attention and MLP put out ${added}. The other half can be tested. Add a vector
    to the stream; then, in its place, twice that vector. If everything acted linearly, the logits
    would change twice as much the second time. They do not. Subtract twice the first change from
    the second: what remains is at least ${linear.min("fromLinear")} as large as the second change
    ${linear}. What is not linear can be taken away: keep attention patterns and LayerNorm's scales
    as they were before anything was added, and leave the MLPs out. Then the second change is twice
    the first, up to rounding. What is left are matrices (${papers.mathematicalFramework}).`;

  wouldChange`A model without positions and without a mask whose outputs notice the order of its
    tokens. Our check is sharp: with ALiBi and no mask, shuffling moved a random model's logits by
    ${blind.min("everywhere", { control: "alibi positions" })} of the largest, far more than
    rounding ${blind}. Or a small model without positions that loses much by shuffling ${used}.`;

  breaks({ tryBreaking }, { encoding, scores, bag, blind, linear });
});
