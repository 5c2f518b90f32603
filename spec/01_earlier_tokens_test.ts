import { assertEquals, assertGreater, assertLess } from "@std/assert";
import memoize from "memoize";
import { type Model, needs, question, run } from "../mod.ts";
import { maxAbs, maxDifference, mean, Random, standardError } from "../lib/tensor/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as texts from "../fixtures/texts/held_out.ts";
import * as papers from "../fixtures/papers.ts";

/** Tokens in a block that is said twice. */
const BLOCK = 40;

/** Where the model trained without the mask is asked. */
const UNMASKED = { control: "trained without the mask" };

const masked = models.bothSeeds("learned");
const unmasked = models.bothSeeds("gpt-unmasked");
const copiers = models.bothSeeds("attn-2l");

/** Two models of each seed: the same recipe with the mask and without. */
const pairs = masked.map((model, i) =>
  models.maskPair(`${model.name} and its twin`, model, unmasked[i])
);

/** Who is broken on purpose; more of them would show no more. */
const victims = [models.tiny, masked[0]];

/** What a model guessed on text that it has never seen; two beliefs are about the same run. */
const guessesOnHeldOutText = memoize(
  async (model: Model): Promise<probes.TokenProbabilities> =>
    probes.tokenProbabilities(
      model,
      await texts.heldOutRows({ rows: 8, length: model.config.n_ctx }),
    ),
  { cache: new WeakMap() },
);

/** It takes many windows to know the loss at the last position to a tenth of a nat; few do inside. */
const lossesInWindows = memoize(async (model: Model) => {
  const rows = await texts.heldOutRows({ rows: 128, length: model.config.n_ctx + 1 });
  const inside = await probes.lossByPosition(
    model,
    rows.slice(0, 8).map((row) => row.slice(0, -1)),
  );
  return { last: await probes.lastLosses(model, rows), inside: mean(inside) };
}, { cache: new WeakMap() });

question("Are the predictions for earlier tokens trivial?", {
  notes: "No; a chatbot said yes. The causal mask keeps every position from using anything later.",
  standing: "confirmed with a caveat",
  sources: [papers.attentionIsAllYouNeed, papers.gpt2, papers.bert, papers.inductionHeads],
  draft: true,
}, ({ claim, refuted, say, wouldChange }) => {
  // What a position cannot see, it has to predict. Its logits must not move by anything at all:
  // where nothing came in, the same arithmetic runs on the same bits.
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
    show: (runs) =>
      charts.heatmap({
        title: "Which logits feel an edited token",
        caption: "Each row is one experiment: one token is edited, and colour shows how far the " +
          "logits moved, position by position. Left of the diagonal lies the past of the edit: " +
          "with the mask nothing moves there; with one place too many, the answer leaks in.",
        x: { label: "position read" },
        y: { label: "position edited" },
        value: { label: "moved by" },
        rows: charts.panels(
          runs.filter(({ model, control }) =>
            model.startsWith(masked[0].name) && control !== "a mask that opens halfway"
          ),
          (e) => e.moved,
        ),
      }),
  });

  // So each position answers the question that it would answer if the text ended there. The two
  // computations have different shapes and round differently, hence no exact zero.
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
        const expected = [[1, 1], [2, 3], [3, 7]].map((rows) => [...rows, model.config.d_vocab]);
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

  // The belief itself. A model that had its answer in front of it would name it with near
  // certainty - and there is one: trained without the mask, it has learned to read it off.
  const certain = refuted(
    "Each earlier token is predicted with near certainty, because it is already there",
    {
      id: "near-certainty",
      kind: "empirical",
      on: [models.gpt, ...masked, models.beforeTraining(masked[0])],
      measure: guessesOnHeldOutText,
      // Nine in ten: a model that copies does better, and no text is as foreseeable as that.
      check: ({ next }) => assertGreater(next, 0.9, "mean probability of the next token"),
      mustHoldOn: { [UNMASKED.control]: { on: unmasked } },
      show: (runs) =>
        charts.lines({
          title: "How sure is each position of the token that comes next?",
          caption:
            "A mean over a few held-out texts; each line is as long as its model's window. " +
            "With the mask the next token is a guess everywhere; without it, it is copied.",
          x: { label: "position" },
          y: { label: "probability of the next token" },
          rows: runs.flatMap(({ model, evidence }) =>
            evidence.nextByPosition.map((y, x) => ({ x, y, series: model }))
          ),
        }),
    },
  );

  const own = refuted("Each position names the token that it holds, which it has just been told", {
    id: "own-token",
    kind: "empirical",
    on: [models.gpt, ...masked, models.beforeTraining(masked[0])],
    measure: guessesOnHeldOutText,
    check: ({ own }) => assertGreater(own, 0.9, "mean probability of the position's own token"),
    mustHoldOn: { "a model built to say back what it reads": { on: [models.echo] } },
  });

  const learned = claim(
    "Of two twins the one without the mask learns to copy, and is worse at the end",
    {
      id: "the-mask-teaches",
      kind: "empirical",
      on: pairs,
      measure: compareTwins,
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

  // Where the answer stops being true. A block said twice holds its own answers: not where the
  // prediction is made, but further back, where the mask lets every position look.
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
    show: (runs) =>
      charts.lines({
        title: "Loss on a random block that is said twice",
        caption:
          "Nothing in a random block can be foreseen, until it is said again. Controls: before " +
          "training nothing is known; where the same tokens come in another order, copying what " +
          "followed last time is surely wrong.",
        x: { label: "position" },
        y: { label: "loss", unit: "nats" },
        rows: runs.filter(({ control }) => control !== "trained on prose alone").flatMap((run) =>
          run.evidence.byPosition.map((y, x) => ({ x: x + 1, y, series: run.control ?? run.model }))
        ),
      }),
  });

  say`
      No: at each place the model has to guess the next token without seeing it, because the causal
      mask hides all that comes later ${blind}. When a token was edited, the logits (the scores of
      the vocabulary) at it moved, and those before it moved by ${blind.max((e) => e.earlier)}. So
      what a position puts out inside a text is what it would put out if the text ended there, to
      within ${prefix.max((e) => e.apart)} of the largest logit, which is rounding. And each
      position puts out a whole vector over the vocabulary, not one logit for each place in the
      window ${shape}.

      On text that they had never seen, the models did not act as if the answer were there either:
      ${models.gpt} gave the next token a probability of
      ${
    certain.value(models.gpt, (e) => e.next, { digits: 2 })
  } on average, and the token that a position
      already holds one of ${
    own.value(models.gpt, (e) => e.own, { digits: 3 })
  }, where chance would be
      ${
    own.value(models.gpt, (e) => e.chance, { digits: 3 })
  }. Models trained without the mask do learn to
      read the next token off, and gave it at least
      ${certain.min((e) => e.next, { ...UNMASKED, digits: 4 })}. They pay for that at the last
      position, the one that is used when text is generated, where there is nothing to read off:
      there their loss was higher than that of their twins, which differ in nothing but the mask, by
      ${learned.min((e) => e.gainLast, { digits: 2 })} to
      ${learned.max((e) => e.gainLast, { digits: 2, unit: "nats" })} in
      ${learned.count()} pairs, with standard errors of up to
      ${learned.max((e) => e.error, { digits: 2 })} ${learned}.

      There is one caveat, since what has been said before can be copied: on a random block of
      tokens the ${repeated.count()} models that were trained on repeated blocks had a loss of at
      least ${repeated.min((e) => e.first, { digits: 2, unit: "nats" })} the first time, about the
      ${repeated.max((e) => e.chance, { digits: 2 })} of blind guessing, and of at most
      ${repeated.max((e) => e.again, { digits: 2, unit: "nats" })} the second time. The same network
      before its training stayed at
      ${repeated.max((e) => e.again, { control: "untrained weights", digits: 2 })}, so it has to be
      learned; but once it is, a prediction inside a repetition can be nearly trivial ${repeated}.
    `;
  wouldChange`
      A masked model whose logits feel a later token at all, or one that names the next token of a
      text it has never seen with near certainty. What came closest to going unnoticed is a mask
      that is sound in the first half of a text and opens in the second: the logits before the
      edited token, which must not move at all, then moved by
      ${blind.max((e) => e.earlier, { control: "a mask that opens halfway", digits: 2 })}.
      A mask wrong by a single place moved them by at least
      ${blind.min((e) => e.earlier, { control: "a mask wrong by one", digits: 2 })}.
    `;
});

async function compareTwins({ masked, unmasked }: models.MaskPair) {
  const [a, b] = [await lossesInWindows(masked), await lossesInWindows(unmasked)];
  return {
    maskedLast: mean(a.last),
    unmaskedLast: mean(b.last),
    gainLast: mean(b.last) - mean(a.last),
    gainInside: a.inside - b.inside,
    error: standardError(a.last.map((loss, row) => b.last[row] - loss)),
  };
}
