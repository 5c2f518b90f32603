import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { Decoder, type Model, needs, question } from "../mod.ts";
import { mean } from "../lib/tensor/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as measured from "./09_every_position/mod.ts";
import * as drawn from "./09_every_position/pictures.ts";
import * as subjects from "./09_every_position/subjects.ts";

const { causal, small, rotary, smallSizes, gpt2Sizes, lessons, unmasked } = subjects;

/** The control that the answer quotes. */
const WHERE_TAUGHT = "prompts put where it was taught";

/** Sums of some hundred products in another order, rounded at 6e-8 each: 1e-6 of the whole. */
const ROUNDING = 1e-5;

const NATS = { digits: 2, unit: "nats" };

question("Why predict at every position, and not only at the last?", {
  notes: "Tentatively: because the loss, perplexity, is defined over every token.",
  standing: "confirmed with a caveat",
  lit: ["predictions"],
  sources: [papers.attentionIsAllYouNeed, papers.gpt2, papers.electra, papers.efficientlyScaling],
}, ({ short, say, aside, caveat, claim, wouldChange }) => {
  short`Because every position is a training example: one pass over a text trains a prediction
    at each of its tokens, after prompts of every length, for the price of one pass. The notes are
    right that the loss is their mean, and perplexity its exponential. Only when the model is used
    does the last one alone count.`;

  const once = claim("One pass over a text has the losses of all its beginnings' own passes", {
    id: "one-pass-all-losses",
    kind: "identity",
    on: causal,
    needs: needs.mask,
    measure: measured.lossesOfPrefixes,
    check: ({ apart }) => assertLess(apart, ROUNDING, "relative to the largest loss"),
    mustFailOn: { "no causal mask": { on: [unmasked] } },
    units: { apart: { percent: true, digits: 0 } },
    show: drawn.beginnings,
  });

  say`A text is not one example to learn from but as many as it has tokens. The causal mask lets
    every position see what it would see if the text ended there. So one pass gives the loss after
    each beginning, as separate passes would, and training on it is training after prompts of every
    length at once ${once}.`;

  aside`Why does training follow from that? The losses agree whatever the weights are, so they also
    change alike when the weights do: a step of training on one pass is a step on the mean of all
    its beginnings. Its loss is that mean ${once}.`;

  // What grows with a text's length adds up to half as many times as there are prompts, what grows
  // with its square to a third as many. And the last prediction needs each layer but the last: of
  // two layers and little else that is half, and a little more is for what else there is.
  const work = claim(
    "All predictions cost at most a few times what the last alone does, and apart far more",
    {
      id: "the-work-is-shared",
      kind: "identity",
      on: [gpt2Sizes, smallSizes],
      measure: (sizes: models.WithoutWeights) => measured.workOf(sizes),
      check: ({ separately, together, positions }) => {
        assertGreater(separately, positions / 3, "times the one pass");
        assertLess(separately, (positions + 1) / 2, "times the one pass");
        assertLess(together, 2.5, "the one pass, of what the last position's prediction needs");
      },
      mustFailOn: {
        "passes that keep what the one before them worked out": {
          on: [smallSizes],
          measure: (sizes) => measured.workOf(sizes, (pass, before) => pass - before),
        },
        "a model of a single layer": { on: [subjects.shallow] },
      },
      units: { separately: { digits: 0 }, together: { digits: 1 } },
    },
  );

  say`It costs one pass. In a window of ${work.value(smallSizes, "positions")} tokens, separate
    passes would take ${work.value(smallSizes, "separately")} times as many multiplications. And the
    last prediction alone costs far more than its share: it needs the keys and values of all
    positions, and so every layer but the last in full. All together cost our model of two layers
    ${work.value(smallSizes, "together")} times as much; at the ${gpt2Sizes} it is
    ${work.value(gpt2Sizes, "together")} times ${work}.`;

  const better = claim("Taught at every position, the same recipe gives a better last one, too", {
    id: "more-signal",
    kind: "empirical",
    on: lessons,
    measure: measured.compare,
    check: ({ gain }) =>
      assertGreater(gain.nats, 3 * gain.error, "gained at the last position, by what texts differ"),
    mustFailOn: {
      "shuffled targets": { on: subjects.shuffled },
      "the two in each other's place": { on: [subjects.swapped] },
    },
    units: {
      "gain.nats": { digits: 1, unit: "nats" },
      hardlyMore: NATS,
      fewer: { digits: 0 },
      "asMany.every": { digits: 1 },
      "asMany.last": { digits: 1 },
    },
    show: drawn.learning,
  });

  say`What do they bring? Of two models trained for as many steps on the same texts, one was taught
    at every position, the other at the last alone. Even there the first is better by at least
    ${better.min("gain.nats")}. The other is a weak opponent, which is the point: taught a single
    prediction of each text, it is at most ${better.max("hardlyMore")} ahead of a model that could
    learn little but how common words are, since its answers were shuffled ${better}.`;

  const prompts = claim("Taught at every position, it can be asked after a prompt of any length", {
    id: "every-prompt-length",
    kind: "empirical",
    on: lessons,
    measure: (lesson: subjects.Lesson) => measured.shortPrompts(lesson),
    check: ({ clear, lost, lostByFirst }) => {
      assertGreater(clear, 0, "ahead of word frequencies after each length, less three errors");
      assertGreater(lost.nats, 3 * lost.error, "lost by the other where prompts are cut");
      // Where what is cut away had said something, both would lose by it.
      assertLess(lostByFirst, lost.nats / 3, "lost by the first where prompts are cut");
    },
    mustFailOn: {
      "shuffled targets": { on: subjects.shuffled },
      "the two in each other's place": { on: [subjects.swapped] },
      [WHERE_TAUGHT]: { measure: (lesson) => measured.shortPrompts(lesson, "end") },
    },
    units: { "lost.nats": NATS, ahead: { digits: 1, unit: "nats" } },
    show: drawn.prompts,
  });

  say`And the first can be asked after a prompt of any length: it is at least
    ${prompts.min("ahead")} better than knowing how common words are, and a few tokens serve it as
    well as a whole window. The other loses at least ${prompts.min("lost.nats")} where prompts are
    cut: it was never asked there ${prompts}.`;

  aside`It loses ${prompts.min("lost.nats")} in one pair of models and ${
    prompts.max("lost.nats")
  } in
    the other, over prompts of four to thirty tokens. What it does not know is the place rather than
    the length, since positions are learned here: put the same short prompts at the end of the
    window, where it was taught, and it loses
    ${prompts.max("lost.nats", { control: WHERE_TAUGHT })} at most ${prompts}. Positions that are
    not rows of a table were not tried.`;

  aside`Is it the number of predictions, then? The first was taught
    ${better.max("fewer")} times as many. Early on, when it had been taught as many as the other
    was in all, its loss in training was ${better.max("asMany.every")}; the other ended between
    ${better.min("asMany.last")} and ${better.max("asMany.last")}: about as far ${better}. With more
    steps or larger batches the other would come further; how far was not tried. For encoders that
    fill in gaps, ${papers.electra} report that learning from all tokens, and not only from the few
    that are hidden, makes training more efficient.`;

  // Without the mask all answers but the last stand in the text, one place on, and are copied.
  const honest = claim(
    "One honest prediction in each text teaches little, with copies or without",
    {
      id: "honest-predictions",
      kind: "empirical",
      on: [
        subjects.three("learned/1", "gpt-unmasked/1", "last-only/1"),
        subjects.three("learned/2", "gpt-unmasked/2", "last-only/2"),
      ],
      measure: measured.honest,
      check: ({ more, rest }) => {
        assertGreater(more.nats, 3 * more.error, "lost without the mask, at the last position");
        assertGreater(
          rest.nats,
          3 * rest.error,
          "lost by leaving all other predictions out as well",
        );
      },
      mustFailOn: {
        "two seeds without the mask, one in another's place": {
          on: [
            subjects.three("learned/1", "gpt-unmasked/1", "gpt-unmasked/2"),
            subjects.three("gpt-unmasked/2", "gpt-unmasked/1", "last-only/1"),
          ],
        },
      },
      units: { "more.nats": NATS, "rest.nats": NATS },
    },
  );

  aside`A model trained without the mask has one honest prediction in each text, too: at all other
    positions it can copy the answer. At the end it is worse than with the mask, by at least
    ${honest.min("more.nats")}, and yet better than the one taught there alone, by at least
    ${
    honest.min("rest.nats")
  } ${honest}. So honest predictions are what it lacks; that it learned to
    copy has, all in all, done it no harm here.`;

  // Given its first token, a text's probability is the product of the predictions at its positions.
  const likelihood = claim("The probabilities of all texts of one length sum to one", {
    id: "a-likelihood",
    kind: "identity",
    on: causal,
    needs: needs.mask,
    // Eleven to twenty-three words allow all texts of four, four hundred and eighty all of three.
    measure: (model: Model) => probes.totalProbability(model, model.config.d_vocab < 30 ? 4 : 3),
    // Each softmax is worked out in 64 bits, and beginnings that are alike get the same bits: what
    // is left are sums of some hundred thousand numbers, each rounded at 1e-16 of one.
    check: ({ sum }) => assertLess(Math.abs(sum - 1), 1e-10, "the sum, less one"),
    mustFailOn: {
      "no causal mask": { on: [unmasked] },
      "trained without the mask": { on: [models.trainedModel("gpt-unmasked/1")], needs: false },
    },
  });

  const perplexity = claim("Perplexity is the exponential of the mean loss over positions", {
    id: "perplexity",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.bothSeeds("learned"), subjects.ignorant],
    measure: (model: Model) => measured.perplexities(model),
    check: ({ byProduct, byLosses, allAlike, d_vocab }) => {
      // Products and sums of up to 120 numbers in 64 bits.
      assertLess(Math.abs(byLosses / byProduct - 1), 1e-12, "against the product of probabilities");
      const uniform = allAlike ? byLosses / d_vocab : 1;
      assertLess(Math.abs(uniform - 1), 1e-12, "where all words are alike, against d_vocab");
    },
    mustFailOn: {
      "the mean of the perplexities": {
        on: [small],
        measure: (model) => measured.perplexities(model, (each) => mean(each.map(Math.exp))),
      },
    },
    units: { byLosses: { digits: 0 } },
  });

  say`So the notes are right about the loss. The probabilities that a model gives to a text's tokens
    multiply to that of the text, and over all texts of a length these sum to one ${likelihood}. The
    mean loss tells this for each token, and perplexity is its exponential ${perplexity}. The loss
    at the last position alone would teach less.`;

  const decoding = claim("Writing needs the last position alone, and earlier keys and values", {
    id: "decoding",
    kind: "identity",
    on: causal,
    needs: needs.mask,
    measure: (model: Model) => measured.write(model, new Decoder(model)),
    check: ({ apart, agreed, written }) => {
      assertLess(apart, ROUNDING, "relative to the largest logit");
      assertEquals(agreed, written, "tokens that recomputing everything would choose as well");
    },
    mustFailOn: {
      "positions that restart at zero": { sabotage: sabotages.restartedPositions, on: [rotary] },
      "nothing kept": { on: [small], measure: (model) => measured.write(model) },
    },
  });

  const slides = claim("Once a window of learned positions slides, what was kept is out of date", {
    id: "a-window-that-slides",
    kind: "identity",
    on: [...models.randomFamilies({ positions: ["learned"], size: 1 }), small],
    measure: measured.slide,
    check: ({ moved, refused }) => {
      // Rounding would leave 1e-7.
      assertGreater(moved, 0.01, "how far a token's first key moves, relative to the largest");
      assert(refused, "decoding must refuse a token past the window");
    },
    mustFailOn: {
      "no positions, or rotary ones": { on: [models.trainedModel("nope/1"), rotary] },
    },
  });

  caveat`A model that writes needs the last prediction only, and of earlier positions their keys and
    values: kept from step to step, as a KV cache, they give the same tokens as computing everything
    anew ${decoding}.`;

  aside`This ends where a window of learned positions is full and has to slide: every token then
    stands at another position, and its keys are others ${slides}.`;

  wouldChange`A causal model whose losses in one pass are not those of its beginnings: without the
    mask ours were off by ${once.value(unmasked, "apart", { control: "no causal mask" })} of the
    largest ${once}. Or a model taught at the last position alone that, after as many steps on the
    same texts, is as good there as one taught at all of them ${better}.`;
});
