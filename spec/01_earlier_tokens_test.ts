import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question, run } from "../mod.ts";
import { maxAbs, maxDifference, Random } from "../lib/tensor/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as pictures from "../lib/claims/pictures/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { type Guesses, guessesOnHeldOutText } from "./01_earlier_tokens/guesses.ts";
import { compareTwins } from "./01_earlier_tokens/twins.ts";

/** Tokens in a block that is said twice. */
const BLOCK = 40;

const masked = models.bothSeeds("learned");
const unmasked = models.bothSeeds("gpt-unmasked");
const copiers = models.bothSeeds("attn-2l");

/** Two models of each seed: the same recipe with the mask and without. */
const pairs = masked.map((model, i) =>
  models.maskPair(`${model.name} and its twin`, model, unmasked[i])
);

/** Who is broken on purpose; more of them would show no more. */
const victims = [models.tiny, masked[0]];

question("Are the predictions for earlier tokens trivial?", {
  notes: "No; a chatbot said yes. The causal mask keeps every position from using anything later.",
  standing: "confirmed with a caveat",
  lit: ["predictions", "attention"],
  sources: [papers.attentionIsAllYouNeed, papers.gpt2, papers.bert, papers.inductionHeads],
}, ({ short, say, caveat, claim, refuted, wouldChange }) => {
  short`No. The prediction at a token is of the token after it, and the causal mask hides all that comes
    after, so the model has to guess there just as it does at the end. Only what was said before can
    be copied.`;

  // Zero means zero: where nothing came in, the same arithmetic runs on the same bits.
  const blind = claim("Editing a token changes no logit before it, and does change those at it", {
    id: "the-future-is-hidden",
    kind: "identity",
    on: [...models.randomFamilies(), ...models.oneOfEachWiring],
    needs: needs.mask,
    measure: (model: Model) => probes.probeInfluence(model, [{ from: "tokens", to: "logits" }]),
    check: ({ earlier, self }) => {
      assertEquals(earlier, 0, "no logit before the edited token may move");
      assertGreater(self, 0, "the logits at the edited token must move");
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
    show: pictures.heatmap({
      title: "With the mask, an edited token is felt from its own place on",
      caption:
        "Each row is one experiment: one token is edited, and colour shows how far the logits " +
        "moved at each position. Left of the diagonal lies what came before the edit: nothing moves " +
        "there. Below, no mask, and one that opens a place too far: the answer leaks in.",
      on: ({ model, control }) =>
        model.startsWith(masked[0].name) && control !== "a mask that opens halfway",
      x: { label: "position read" },
      y: { label: "position edited" },
      value: { label: "moved by", of: "moved" },
    }),
  });

  say`What a transformer puts out at a token is its prediction of the next one. While it is trained,
    the next token is right there in the text, one place on; but the causal mask lets no position
    look ahead. Edit a token, and no prediction before it moves, by anything at all ${blind}. So
    each position has to guess what comes next from what it has seen so far.`;

  // The two computations have different shapes and round differently, hence no exact zero.
  const prefix = claim("Cutting the text after a position leaves the logits there as they were", {
    id: "every-position-is-a-last-one",
    kind: "identity",
    on: [...models.randomFamilies(), ...models.oneOfEachWiring],
    needs: needs.mask,
    measure: async (model: Model) => {
      const [text] = probes.drawTokens(model, { length: model.config.n_ctx });
      const { logits } = await run(model, [text]);
      let apart = 0;
      for (const end of [1, 2, 7, Math.ceil(text.length / 2), text.length - 1]) {
        const alone = (await run(model, [text.slice(0, end)])).logits.get(0, end - 1);
        apart = Math.max(apart, maxDifference(alone, logits.get(0, end - 1)));
      }
      return { apart: apart / maxAbs(logits) };
    },
    // Sums of up to a few hundred products, rounded at 2^-24 = 6e-8 each, in another order: a
    // random walk of such steps stays near 1e-6 of the largest logit.
    check: ({ apart }) => assertLess(apart, 1e-5, "relative to the largest logit"),
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
      measure: async (model: Model) => {
        const { d_vocab, n_ctx } = model.config;
        const expected = [[1, 1], [2, 3], [3, 7]]
          .map(([rows, length]) => [rows, Math.min(length, d_vocab, n_ctx), d_vocab]);
        const texts = expected.map(([rows, length]) =>
          probes.drawTokens(model, { rows, length, distinct: true })
        );
        const shapes: number[][] = [];
        let apart = Infinity;
        for (const text of texts) {
          const { logits } = await run(model, text);
          shapes.push([...logits.shape]);
          for (let p = 1; p < text[0].length; p++) {
            apart = Math.min(apart, maxDifference(logits.get(0, p - 1), logits.get(0, p)));
          }
        }
        return { shapes, expected, apart };
      },
      check: ({ shapes, expected, apart }) => {
        assertEquals(shapes, expected, "logits must be [batch, pos, d_vocab]");
        assertGreater(apart, 0, "positions side by side must differ in their predictions");
      },
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

  say`It is the same guess that the model would make if the text ended there: cut the text after a
    position, and its logits, the scores that it gives to every word of its vocabulary, are what they
    were ${prefix}. Each position has a whole list of such scores, wherever it stands in the context
    window ${shape}.`;

  const certain = refuted(
    "Each earlier token is predicted with near certainty, because it is already there",
    {
      id: "near-certainty",
      kind: "empirical",
      on: [models.gpt, ...masked, models.beforeTraining(masked[0])],
      measure: guessesOnHeldOutText,
      // Nine in ten: a model that copies does better, and no text is as foreseeable as that.
      check: ({ next }) => assertGreater(next, 0.9, "mean probability of the next token"),
      mustHoldOn: { "trained without the mask": { on: unmasked } },
      units: { next: { digits: 2 } },
      show: (runs) =>
        [
          pictures.sentence<Guesses>({
            title: "What a model expects after each word of a sentence that it has never seen",
            caption: "Under each word piece stands the model's best guess of the next one; the " +
              "darker, the surer. Inside a word it is often right.",
            on: { model: models.gpt },
            value: { label: "probability of the guess" },
            of: ({ evidence: e }) => ({ tokens: e.pieces, under: e.best, shade: e.sure }),
          }),
          pictures.lines<Guesses>({
            title: "With the mask the next token is a guess; without it, it is copied",
            caption: "Means over a few held-out texts, from the first position of the window to " +
              "its last, where even a model without the mask has nothing to copy from.",
            on: ({ model }) => model !== masked[1].name && model !== unmasked[1].name,
            x: { label: "position", of: "index" },
            y: { label: "probability of the next token", of: "nextByPosition" },
            series: ({ model, control }) => control ?? model,
          }),
        ].flatMap((show) => show(runs)),
    },
  );

  const own = refuted("Each position names the token that it holds, which it has just been told", {
    id: "own-token",
    kind: "empirical",
    on: [models.gpt, ...masked, models.beforeTraining(masked[0])],
    measure: guessesOnHeldOutText,
    check: ({ own }) => assertGreater(own, 0.9, "mean probability of the position's own token"),
    mustHoldOn: { "a model built to say back what it reads": { on: [models.echo] } },
    units: { own: { digits: 3 } },
  });

  say`Were the predictions trivial, the model would be nearly certain of them. On texts that it had
    never seen, the largest GPT here gave the next token a probability of
    ${certain.value(models.gpt, "next")} on average ${certain}. To the token that a position holds
    already it gave ${own.value(models.gpt, "own")}: it does not name what it has just been
    told ${own}. There is a model for
    which the belief is true. Trained without the mask, it learns to look one place ahead and copy.`;

  const learned = claim(
    "Of two twins the one without the mask learns to copy, and is worse at the end",
    {
      id: "the-mask-teaches",
      kind: "empirical",
      on: pairs,
      measure: compareTwins,
      units: { gainLast: { digits: 1, unit: "nats" } },
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
        },
      },
    },
  );

  say`What does the mask teach, then? Compare that model with its twin, trained in every way alike
    but with the mask. At the last position nothing stands ahead to be copied; that is where a model
    is used when it writes. There the one that learned to copy is worse, by
    ${learned.min("gainLast")} at least ${learned}. At all places but that one its answer had been
    in plain sight, so that it had hardly an honest guess to learn from.`;

  // Where the answer stops being true: a block said twice holds its own answers, further back.
  const repeated = claim("Models trained on repeats predict a repeated block almost surely", {
    id: "repeats-are-copied",
    kind: "empirical",
    on: copiers,
    measure: (model: Model) =>
      probes.lossOnRepeatedTokens(model, probes.drawRepeatedTokens(model, BLOCK, { rows: 16 })),
    // Knowing which tokens are in the block, but not what follows what, leaves ln(BLOCK) nats.
    // One nat is far below that, and far above what copying without a slip would leave: zero.
    check: ({ again }) => assertLess(again, 1, "nats, where the block is said again"),
    mustFailOn: {
      "untrained weights": { on: [models.beforeTraining(copiers[0])] },
      "trained on prose alone": { on: [models.gpt] },
      "the same tokens in another order": {
        on: copiers.slice(0, 1),
        measure: (model) => {
          const random = new Random("another order");
          const rows = probes.drawRepeatedTokens(model, BLOCK, { rows: 16 })
            .map((row) => [...row.slice(0, BLOCK), ...random.shuffle(row.slice(BLOCK))]);
          return probes.lossOnRepeatedTokens(model, rows);
        },
      },
      "a second block of other tokens": {
        on: copiers.slice(0, 1),
        measure: (model) =>
          probes.lossOnRepeatedTokens(
            model,
            probes.drawTokens(model, { rows: 16, length: 2 * BLOCK, distinct: true }),
          ),
      },
    },
    units: { again: { digits: 2, unit: "nats" } },
    show: pictures.lines({
      title: "A random block cannot be foreseen until it is said again",
      caption:
        "The loss at each position of a random block that is said twice. Where the same tokens " +
        "come again in another order, copying what followed last time is surely wrong.",
      on: ({ control }) => control !== "trained on prose alone",
      x: { label: "position", of: "index" },
      y: { label: "loss", unit: "nats", of: "byPosition" },
      series: ({ control, model }) => control ?? model,
    }),
  });

  caveat`One kind of prediction does become nearly trivial: of what has been said before. A model that
    was trained on repeated blocks has a loss of at most ${repeated.max("again")} where a random
    block is said again. It copies, not from the place ahead, which is hidden, but from the first
    time ${repeated}.`;

  wouldChange`A masked model whose logits feel a later token at all ${blind}, or one that names the
    next token of a text that it has never seen with near certainty ${certain}.`;
});
