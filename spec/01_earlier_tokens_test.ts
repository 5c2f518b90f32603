import { assertEquals, assertGreater } from "@std/assert";
import { type Model, needs, question } from "../mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./01_earlier_tokens/breaks.ts";
import * as drawn from "./01_earlier_tokens/pictures.ts";
import { copiers, masked, pairs, unmasked, victims } from "./01_earlier_tokens/subjects.ts";
import * as measure from "./01_earlier_tokens/mod.ts";

/** Controls that the answer quotes. */
const PROSE = "prose said twice";
const PROSE_ALONE = "prose said twice, to a model trained on prose alone";

question("Are the predictions for earlier tokens trivial?", {
  notes: "No; a chatbot said yes. The causal mask keeps every position from using anything later.",
  standing: "confirmed with a caveat",
  lit: ["predictions", "attention"],
  sources: [papers.attentionIsAllYouNeed, papers.gpt2, papers.bert, papers.inductionHeads],
}, ({ short, say, aside, caveat, claim, refuted, wouldChange, tryBreaking }) => {
  short`No. The prediction at a token is of the token after it, and the causal mask hides all that
    comes after, so the model has to guess there just as it does at the end. Only what was said
    before can be copied.`;

  // Zero means zero: where nothing came in, the same arithmetic runs on the same bits.
  const blind = claim("Editing a token changes no logit before it, and does change those at it", {
    id: "the-future-is-hidden",
    kind: "identity",
    on: [...models.randomFamilies(), ...models.oneOfEachWiring],
    needs: needs.mask,
    measure: (model: Model) => probes.probeInfluence(model, [{ from: "tokens", to: "logits" }]),
    bounds: {
      earlier: { equals: 0, what: "no logit before the edited token may move" },
      self: { above: 0, what: "the logits at the edited token must move" },
    },
    mustFailOn: {
      "no causal mask": { sabotage: sabotages.noCausalMask, on: victims },
      "a mask wrong by one": { sabotage: sabotages.maskOffByOne, on: victims },
      "a mask that opens halfway": { sabotage: sabotages.maskOpensHalfway, on: [models.tiny] },
      "an edit that edits nothing": {
        on: [models.tiny],
        measure: (m) => probes.probeInfluence(m, [{ from: "tokens", to: "logits" }], { size: 0 }),
      },
    },
    show: drawn.hidden,
  });

  say`What a transformer puts out at a token is its prediction of the next one. While it is trained,
    the next token is right there in the text, one place on; but the causal mask lets no position
    look ahead. Edit a token, and no prediction before it moves at all ${blind}. So each position
    has to guess what comes next from what it has seen so far.`;

  // The two computations have different shapes and round differently, hence no exact zero.
  const prefix = claim("Cutting the text after a position leaves the logits there as they were", {
    id: "every-position-is-a-last-one",
    kind: "identity",
    on: [...models.randomFamilies(), ...models.oneOfEachWiring],
    needs: needs.mask,
    measure: measure.movedByCutting,
    // Sums of up to a few hundred products, rounded at 2^-24 = 6e-8 each, in another order: a
    // random walk of such steps stays near 1e-6 of the largest logit.
    bounds: { apart: { below: 1e-5, what: "relative to the largest logit" } },
    mustFailOn: {
      "no causal mask": { sabotage: sabotages.noCausalMask, on: victims },
      "a mask that opens halfway": { sabotage: sabotages.maskOpensHalfway, on: [models.tiny] },
    },
  });

  const shape = claim(
    "The output is a vector over the vocabulary for each position, each its own",
    {
      id: "a-prediction-for-each-position",
      kind: "identity",
      on: [
        ...models.randomFamilies(),
        ...models.randomFamilies({ n_layers: [0], positions: ["rotary"] }),
        ...models.oneOfEachWiring,
      ],
      measure: measure.onePerPosition,
      bounds: {
        apart: { above: 0, what: "positions side by side must differ in their predictions" },
      },
      check: ({ shapes, expected }) =>
        assertEquals(shapes, expected, "logits must be [batch, pos, d_vocab]"),
      mustFailOn: {
        "one prediction for the whole window": {
          sabotage: sabotages.onePredictionForTheWindow,
          on: [models.tiny],
        },
        "one logit for each place in the window": {
          sabotage: sabotages.oneLogitForEachPosition,
          on: [models.tiny],
        },
      },
    },
  );

  say`The guess at a position is the one that the model would make if the text ended there: cut the
    text after the position, and its logits, the scores of all tokens of the vocabulary, stay as
    they were ${prefix}. Every position of the context window has such scores, not the last one
    alone ${shape}. So a text is as many exercises as it has tokens, as question nine tells.`;

  const certain = refuted(
    "Each earlier token is predicted with near certainty, because it is already there",
    {
      id: "near-certainty",
      kind: "empirical",
      on: [models.gpt, ...masked, models.beforeTraining(masked[0])],
      measure: measure.guessesOnHeldOutText,
      // Nine in ten: a model that copies does better, and no text is as foreseeable as that.
      bounds: { next: { above: 0.9, what: "mean probability of the next token" } },
      mustHoldOn: { "trained without the mask": { on: unmasked } },
      units: { next: { digits: 2 }, insideWords: { digits: 2 }, elsewhere: { digits: 2 } },
      show: (runs) => [drawn.sentence, drawn.guessed].flatMap((show) => show(runs)),
    },
  );

  const own = refuted("Each position names the token that it holds, which it has just been told", {
    id: "own-token",
    kind: "empirical",
    on: [models.gpt, ...masked, models.beforeTraining(masked[0])],
    measure: measure.guessesOnHeldOutText,
    bounds: { own: { above: 0.9, what: "mean probability of the position's own token" } },
    mustHoldOn: { "a model built to say back what it reads": { on: [models.echo] } },
    units: { own: { digits: 3 } },
  });

  say`Were the predictions trivial, the model would be nearly certain of them. The largest GPT here
    was given texts that it had never seen. On average it gave the next token a probability of
    ${certain.value(models.gpt, "next")}, where one is certainty:
    ${certain.value(models.gpt, "insideWords")} where a word goes on, and
    ${certain.value(models.gpt, "elsewhere")} elsewhere ${certain}.`;

  aside`Nor do these models, trained with the mask, say again what they have just been told; the
    mask itself does not forbid that. To the token that stands at a position, the largest GPT gave a
    probability of ${own.value(models.gpt, "own")} of coming next ${own}.`;

  const learned = claim(
    "Of two twins the one without the mask learns to copy, and is worse at the end",
    {
      id: "the-mask-teaches",
      kind: "empirical",
      on: pairs,
      measure: measure.compareTwins,
      units: { gainLast: { digits: 1, unit: "nats" }, asLikely: { percent: true, digits: 0 } },
      // Same texts for both, so the error is that of the differences. A tenth of a nat is a tenth
      // more or less in probability: less than that would not be worth a sentence.
      check: ({ gainLast, gainInside, error }) => {
        const clear = Math.max(0.1, 3 * error);
        assertGreater(gainInside, clear, "nats gained inside the window by doing without the mask");
        assertGreater(gainLast, clear, "nats gained at the last position by having it");
      },
      mustFailOn: {
        "the twins in each other's place": {
          on: masked.map((model, i) =>
            models.maskPair(`${model.name} swapped`, unmasked[i], model)
          ),
        },
        "an unmasked twin that has learned nothing": {
          on: [models.maskPair("half trained", masked[0], models.beforeTraining(unmasked[0]))],
          measure: measure.compareTwinsInFew,
        },
      },
    },
  );

  say`Without the mask the predictions do become trivial. Of two small GPTs trained alike but for
    the mask, the one without it learned to copy the token ahead, and is nearly certain of it
    ${certain}. But a model that writes is used at the last position, where nothing stands ahead.
    There the copying model has a higher loss than its twin, by at least ${learned.min("gainLast")}:
    it typically (in the geometric mean) gave the right token at most ${learned.max("asLikely")} of
    its twin's probability ${learned}. In training it saw the answer everywhere else: it had to
    guess at the last position alone.`;

  // Where the answer stops being true: a block said twice holds its own answers, further back.
  const repeated = claim(
    "Models trained on repeats are almost sure of a random block that is said again",
    {
      id: "repeats-are-copied",
      kind: "empirical",
      on: copiers,
      measure: (model: Model) => measure.saidTwice(model),
      // Knowing which tokens are in the block, but not what follows what, leaves the logarithm of
      // its length, 3.7 nats. One nat is far below that, and far above zero, which is copying.
      bounds: { again: { below: 1, what: "nats, where the block is said again" } },
      mustFailOn: {
        "untrained weights": { on: [models.beforeTraining(copiers[0])] },
        [PROSE]: { on: copiers, measure: (model) => measure.saidTwice(model, "prose") },
        [PROSE_ALONE]: {
          on: [models.gpt],
          measure: (model) => measure.saidTwice(model, "prose"),
        },
        "the same tokens in another order": {
          on: copiers.slice(0, 1),
          measure: (model) => measure.saidTwice(model, "shuffled"),
        },
        "a second block of other tokens": {
          on: copiers.slice(0, 1),
          measure: (model) => measure.saidTwice(model, "others"),
        },
      },
      units: { again: { digits: 2, unit: "nats" }, first: { digits: 2, unit: "nats" } },
      show: drawn.repeats,
    },
  );

  caveat`One kind of prediction can become nearly trivial: of random tokens that were said before,
    by a model trained on such repeats. Two attention-only layers were trained on text and on
    repeated random blocks. Where a new block is said again, their loss is ${repeated.max("again")}
    at most, where zero is certainty. They copy: not from the place ahead, which is hidden, but from
    the first time ${repeated}.`;

  aside`Prose is copied far less. Where prose is said twice, the loss of the same models is at least
    ${repeated.min("again", { control: PROSE })} the second time, after at most
    ${repeated.max("first", { control: PROSE })} the first time. And the largest GPT, which was
    trained on prose alone, gains next to nothing when prose is said twice: its loss is
    ${repeated.value(models.gpt, "first", { control: PROSE_ALONE })} the first time and
    ${repeated.value(models.gpt, "again", { control: PROSE_ALONE })} the second ${repeated}.`;

  wouldChange`A masked model whose logits feel a later token at all ${blind}, or one that names the
    next token of a text that it has never seen with near certainty ${certain}.`;

  breaks({ tryBreaking }, { blind, prefix, shape });
});
