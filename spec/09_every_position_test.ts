import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { needs, question } from "../mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./09_every_position/breaks.ts";
import * as measured from "./09_every_position/mod.ts";
import * as drawn from "./09_every_position/pictures.ts";
import * as subjects from "./09_every_position/subjects.ts";

const { causal, small, rotary, smallSizes, gpt2Sizes, lessons, unmasked } = subjects;

/** Controls that the answer quotes. */
const WHERE_TAUGHT = "prompts put where it was taught";
const SINGLE_LAYER = "a model of a single layer";

/** Sums of some hundred products in another order, rounded at 6e-8 each: 1e-6 of the whole. */
const ROUNDING = 1e-5;

const NATS = { digits: 2, unit: "nats" };
const PERCENT = { percent: true, digits: 0 };

question("Why predict at every position, and not only at the last?", {
  notes: "Tentatively: because the loss, perplexity, is defined over every token.",
  standing: "confirmed with a caveat",
  lit: ["predictions"],
  sources: [papers.attentionIsAllYouNeed, papers.gpt2, papers.efficientlyScaling],
}, ({ short, say, aside, caveat, claim, wouldChange, tryBreaking }) => {
  short`Because every position is a training example: one pass over a text trains a prediction at
    each of its tokens, after prompts of every length, for the price of one pass. The loss is the
    mean of all their losses; the notes call it perplexity, which is its exponential. Only when a
    model writes does the last prediction alone count.`;

  const once = claim("One pass over a text has the losses of all its beginnings' own passes", {
    id: "one-pass-all-losses",
    kind: "identity",
    on: causal,
    needs: needs.mask,
    measure: measured.lossesOfPrefixes,
    bounds: { apart: { below: ROUNDING, what: "relative to the largest loss" } },
    mustFailOn: { "no causal mask": { on: [unmasked] } },
    units: { apart: PERCENT },
    show: drawn.beginnings,
  });

  say`A text has nearly as many training examples as tokens. Cut it after any token and run the
    model on this beginning: its last prediction is the one made at that token when the whole text
    is run, since the mask hides what comes later ${once}. So one pass trains on all of them.`;

  aside`Why does training follow from that? The losses of the one pass and those of a pass over each
    beginning agree whatever the weights are, so they also change alike when the weights do. A step
    of training on the one pass is a step on the mean loss of all beginnings ${once}.`;

  const work = claim("All predictions cost a few times the last one, at two layers and at twelve", {
    id: "the-work-is-shared",
    kind: "identity",
    on: [gpt2Sizes, smallSizes],
    measure: measured.work,
    bounds: {
      together: { below: 2.5, what: "the one pass, of what the last position's prediction needs" },
    },
    check: ({ separately, positions }) => {
      assertGreater(separately, positions / 3, "times the one pass");
      assertLess(separately, (positions + 1) / 2, "times the one pass");
    },
    mustFailOn: {
      "passes that keep what was worked out": { on: [smallSizes], measure: measured.keptWork },
      [SINGLE_LAYER]: { on: [subjects.shallow] },
    },
    units: { separately: { digits: 0 }, together: { digits: 1 } },
  });

  say`One pass is cheap. Running each beginning of a text of ${work.value(smallSizes, "positions")}
    tokens separately would take ${work.value(smallSizes, "separately")} times as many
    multiplications. Even the last prediction needs much of that work: the last layer looks at keys
    and values of all positions, so all layers below must run there. In our two-layer model all
    predictions cost ${work.value(smallSizes, "together")} times as much as the last alone
    ${work}.`;

  aside`At the ${gpt2Sizes}, which has twelve layers, all cost ${work.value(gpt2Sizes, "together")}
    times as much as the last one. The fewer the layers and the larger the vocabulary, the more
    could be saved: with a single layer at these sizes, they cost
    ${work.value(subjects.shallow, "together", { control: SINGLE_LAYER })} times as much ${work}.`;

  const better = claim("A model taught at every position is better at the last one, too", {
    id: "more-signal",
    kind: "empirical",
    on: lessons,
    measure: measured.compare,
    check: ({ gain }) =>
      assertGreater(gain.nats, 3 * gain.error, "gained at the last position, by what texts differ"),
    mustFailOn: {
      "shuffled targets": { on: subjects.shuffled },
      "two seeds of one recipe": { on: subjects.alike },
    },
    units: { "gain.nats": { digits: 1, unit: "nats" }, hardlyMore: NATS, fewer: { digits: 0 } },
    show: drawn.learning,
  });

  say`What do the other predictions bring? Two models saw the same texts for as many steps, one
    taught at every position (${better.max("fewer")} times as many predictions), one at the last.
    Even at the last, on new texts, the first is better by at least ${better.min("gain.nats")}. A
    third model had shuffled answers (each text's, in random order), and learned little but how
    common words are. The one taught at the last is at most ${better.max("hardlyMore")} better than
    this model ${better}.`;

  aside`The comparison is at equal steps, not equal predictions ${better}. Both had the same
    learning rate, not tuned for the one taught at the last. With more steps, larger batches or
    another rate it might come further; how far was not tried. For encoders that fill in gaps,
    ${papers.electra} report that learning from all tokens, not only the hidden few, makes training
    more efficient.`;

  const honest = claim("At the last position, a model trained without the mask lies in between", {
    id: "honest-predictions",
    kind: "empirical",
    on: subjects.threes,
    measure: measured.honest,
    check: ({ more, rest }) => {
      assertGreater(more.nats, 3 * more.error, "lost without the mask, at the last position");
      assertGreater(rest.nats, 3 * rest.error, "lost by leaving out all other predictions, too");
    },
    mustFailOn: { "two seeds without the mask": { on: subjects.twoUnmasked } },
    units: { "more.nats": NATS, "rest.nats": NATS },
    show: drawn.three,
  });

  aside`Does a prediction teach anything where its answer can be copied? A model taught at every
    position without the causal mask can copy the answer at all but the last. In each text it has to
    guess once, as the model taught at the last does. Asked there, it is worse than the model taught
    at every position with the mask, by at least ${honest.min("more.nats")}, and better than the
    model taught at the last, by at least ${honest.min("rest.nats")} ${honest}. So it lies about
    halfway between them. How much of that is due to teaching where answers can be copied is open:
    no model here was taught at the last without the mask.`;

  const prompts = claim("Taught at every position, a model can be asked after any prompt", {
    id: "every-prompt-length",
    kind: "empirical",
    on: lessons,
    measure: measured.shortPrompts,
    bounds: {
      clear: { above: 0, what: "ahead of word frequencies after each length, less three errors" },
    },
    check: ({ lost, lostByFirst }) => {
      // Over lengths that were chosen after a look at them: see there.
      assertGreater(lost.nats, 3 * lost.error, "lost by the other where prompts are cut");
      assertLess(lostByFirst, lost.nats / 3, "lost by both, had what is cut away said something");
    },
    mustFailOn: {
      "shuffled targets": { on: subjects.shuffled },
      "two seeds of one recipe": { on: subjects.alike },
      [WHERE_TAUGHT]: { on: lessons.slice(0, 1), measure: measured.shortPromptsAtTheEnd },
    },
    units: { "lost.nats": NATS, ahead: { digits: 1, unit: "nats" } },
    show: drawn.prompts,
  });

  say`The model taught at every position can also be asked after any prompt tried, from one token
    on: it is at least ${prompts.min("ahead")} better than the one with shuffled answers. The one
    taught at the last does worse after shorter prompts, which end at places where it was never
    taught: on average its loss is at least ${prompts.min("lost.nats")} higher than at the window's
    end ${prompts}.`;

  aside`That is a mean over prompts of four to thirty tokens, lengths that were chosen after a first
    look. On average over them, the model taught at every position does no worse than after the
    whole window. What is new to the model taught at the last: that a prompt is short, or that it
    stands at the window's beginning? In the first seed, put the same prompts at the end of the
    window: there they cost it at most ${prompts.max("lost.nats", { control: WHERE_TAUGHT })}
    ${prompts}. So in that seed it is mostly the place; the second was not asked. Positions are
    learned in these models; other encodings were not tried.`;

  const likelihood = claim("Texts of one length and first token have probabilities of sum one", {
    id: "a-likelihood",
    kind: "identity",
    on: subjects.some,
    needs: subjects.fewWords,
    measure: measured.sumOverTexts,
    // Each softmax is worked out in 64 bits, and beginnings that are alike get the same bits: what
    // is left are sums of some hundred thousand numbers, each rounded at 1e-16 of one.
    bounds: { sum: { above: 1 - 1e-10, below: 1 + 1e-10, what: "the sum of them all" } },
    mustFailOn: {
      "no causal mask": { on: [unmasked] },
      "trained without the mask": { on: [models.trainedModel("gpt-unmasked/1")], needs: false },
    },
  });

  const perplexity = claim("Perplexity is the exponential of the mean loss over positions", {
    id: "perplexity",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.bothSeeds("learned"), subjects.ignorant],
    measure: measured.perplexities,
    // Products and sums of up to 120 numbers in 64 bits.
    bounds: { apart: { below: 1e-12, what: "against the product of probabilities" } },
    check: ({ byLosses, allAlike, d_vocab }) => {
      const uniform = allAlike ? byLosses / d_vocab : 1;
      assertLess(Math.abs(uniform - 1), 1e-12, "where all words are alike, against d_vocab");
    },
    mustFailOn: {
      "the mean of the perplexities": { on: [small], measure: measured.meanOfPerplexities },
    },
  });

  say`So the notes are nearly right about the loss. The first token is never predicted, so take it
    as given. Multiply the probabilities of all later tokens, each given those before it, for the
    text's probability. The mean loss is minus the logarithm of a text's probability, divided by the
    number of predictions, and perplexity is e to that mean ${perplexity}.`;

  aside`That is a true probability: over all texts of one length with that first token, these
    products add up to one ${likelihood}. So of two models, the one with the lower loss on a text
    finds the whole text likelier.`;

  const decoding = claim("Writing needs the last position alone, and earlier keys and values", {
    id: "decoding",
    kind: "identity",
    on: causal,
    needs: needs.mask,
    measure: measured.write,
    bounds: { apart: { below: ROUNDING, what: "relative to the largest logit" } },
    check: ({ agreed, written }) =>
      assertEquals(agreed, written, "tokens that recomputing everything would choose as well"),
    mustFailOn: {
      "positions that restart at zero": { sabotage: sabotages.restartedPositions, on: [rotary] },
      "nothing kept": { on: [small], measure: measured.writeForgetting },
    },
  });

  const slides = claim("Once a full window slides, keys that were kept are out of date", {
    id: "a-window-that-slides",
    kind: "empirical",
    on: subjects.ofTwoLayers,
    needs: subjects.layersBelow,
    measure: measured.slide,
    bounds: {
      // Rounding would leave 1e-7.
      deeper: { above: 0.01, what: "how far keys move above the first layer, of the largest" },
    },
    check: ({ first, added }) =>
      assertEquals(first > 0.01, added, "the first layer's move where positions are added"),
    mustFailOn: {
      "a window that stays": { on: [small], measure: measured.stay },
      "heads that look at their own token": { sabotage: sabotages.selfOnlyHeads, on: [rotary] },
    },
    units: { deeper: PERCENT },
  });

  caveat`A model that writes needs the last prediction only, and earlier positions' keys and values.
    If these are kept (a KV cache), it writes the same as if all were computed anew ${decoding}.`;

  aside`This is exact until the window is full and its first token has to go. Where positions are
    added to the tokens, every token then stands at another one, and even the first layer's keys are
    others. With any positions, deeper keys were made when the lost token could still be read: some
    move by at least ${slides.min("deeper")} of the largest key ${slides}. To go on with the old
    ones is an approximation, and large models fail at it once their first few tokens are gone
    (${papers.attentionSinks}).`;

  wouldChange`A causal model whose losses in one pass are not those of its beginnings: as without
    the mask, where the two differ by up to ${once.max("apart", { control: "no causal mask" })} of
    the largest loss ${once}. Or a model taught at the last position alone that, after as many steps
    on the same texts, is as good there as one taught at every position ${better}.`;

  breaks({ tryBreaking }, { once, likelihood, perplexity, decoding });
});
