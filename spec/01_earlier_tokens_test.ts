import { assertEquals, assertGreater, assertLess } from "@std/assert";
import {
  drawSaidTwice,
  drawTokens,
  heatmap,
  influence,
  lines,
  logProbabilities,
  lossByPosition,
  maskOffByOne,
  maxAbs,
  maxDifference,
  md,
  mean,
  meanByPosition,
  type Model,
  needs,
  noCausalMask,
  oneAnswerForTheWindow,
  oneLogitForEachPlace,
  question,
  run,
  sabotaged,
  standardError,
  type Subject,
  summarize,
  tokenLogProbabilities,
  untrained,
} from "../mod.ts";
import { attn2l, gpt, gptMasked, gptUnmasked, heldOutRows, spread } from "../fixtures/mod.ts";
import { attentionIsAllYouNeed, bert, gpt2, inductionHeads } from "../fixtures/papers.ts";

/** Tokens in a block that is said twice. */
const BLOCK = 40;

/** Where the model trained without the mask is asked. */
const UNMASKED = { control: "trained without the mask" };

question("Are the predictions for earlier tokens trivial?", ({ claim, refuted }) => {
  // What a position cannot see, it has to predict. Its logits must not move by anything at all:
  // where nothing came in, the same arithmetic runs on the same bits.
  const blind = claim("Editing a token changes no logit before it, and does change those at it", {
    id: "the-future-is-hidden",
    kind: "identity",
    on: [...spread(), gpt, attn2l],
    needs: needs.mask,
    measure: async (model: Model) => {
      const [text] = drawTokens(model);
      const matrix = await influence(model, text, { from: "tokens", to: "logits" });
      return { ...summarize(matrix), moved: matrix.toNested() as number[][] };
    },
    check: ({ earlier, self }) => {
      assertEquals(earlier, 0, "no logit before the edited token may move");
      assertGreater(self, 0, "the logits at the edited token must move");
    },
    mustFailOn: { "no causal mask": noCausalMask, "a mask wrong by one": maskOffByOne },
    show: (runs) =>
      heatmap({
        title: "Which logits feel an edited token",
        caption: "Each row is one experiment: one token is edited, and colour shows how far the " +
          "logits moved, position by position. Above the diagonal lies the past of the edit. " +
          "With the mask nothing moves there; one place too many, and the answer leaks in.",
        x: { label: "position read" },
        y: { label: "position edited" },
        value: { label: "moved by" },
        rows: runs.filter(({ model }) => model === gpt.name).flatMap(({ evidence, control }) =>
          evidence.moved.flatMap((row, y) =>
            row.map((value, x) => ({ x, y, value, series: control ?? gpt.name }))
          )
        ),
      }),
  });

  // So each position answers the question that it would answer if the text ended there. The two
  // computations have different shapes and round differently, hence no exact zero.
  const prefix = claim("The logits inside a text are the last logits of the text up to there", {
    id: "every-position-is-a-last-one",
    kind: "identity",
    on: [...spread(), gpt, attn2l],
    needs: needs.mask,
    measure: async (model: Model) => {
      const [text] = drawTokens(model);
      const { logits } = await run(model, [text]);
      let apart = 0;
      for (let end = 1; end <= text.length; end++) {
        const alone = (await run(model, [text.slice(0, end)])).logits.get(0, end - 1);
        apart = Math.max(apart, maxDifference(alone, logits.get(0, end - 1)));
      }
      return { apart: apart / maxAbs(logits) };
    },
    // Sums of up to a few hundred products, rounded at 2^-24 = 6e-8 each, in another order: a
    // random walk of such steps stays near 1e-6 of the largest logit.
    check: ({ apart }) => assertLess(apart, 1e-5, "relative to the largest logit"),
    mustFailOn: { "no causal mask": noCausalMask },
  });

  const shape = claim("The output is one vector over the vocabulary for each position", {
    id: "a-prediction-for-each-position",
    kind: "identity",
    on: [...spread(), gpt, attn2l],
    measure: async (model: Model) => {
      const given = [[1, 1], [2, 3], [3, Math.min(7, model.config.n_ctx)]];
      const shapes: number[][] = [];
      for (const [rows, length] of given) {
        shapes.push([...(await run(model, drawTokens(model, { rows, length }))).logits.shape]);
      }
      return { shapes, expected: given.map((rows) => [...rows, model.config.d_vocab]) };
    },
    check: ({ shapes, expected }) =>
      assertEquals(shapes, expected, "logits must be [batch, pos, d_vocab]"),
    mustFailOn: {
      "one prediction for the whole window": oneAnswerForTheWindow,
      "one logit for each place in the window": oneLogitForEachPlace,
    },
  });

  // The belief itself. A model that had its answer in front of it would name it with near
  // certainty - and there is one: trained without the mask, it has learned to read it off.
  const certain = refuted(
    "Each earlier token is predicted with near certainty, because it is already there",
    {
      id: "near-certainty",
      kind: "empirical",
      on: [gpt, gptMasked],
      measure: certainty,
      check: ({ next, own }) =>
        assertGreater(Math.max(next, own), 0.9, "one of the two must be all but certain"),
      mustHoldOn: { [UNMASKED.control]: { on: [gptUnmasked] } },
      show: (runs) =>
        lines({
          title: "How sure is each position of the token that comes next?",
          caption: "Mean probability of the next token on held-out text. With the mask it is a " +
            "guess everywhere; without it, it is copied from where it stands.",
          x: { label: "position" },
          y: { label: "probability of the next token" },
          rows: runs.flatMap(({ model, evidence }) =>
            evidence.nextByPosition.map((y, x) => ({ x, y, series: model }))
          ),
        }),
    },
  );

  const learned = claim("The model that could not look ahead predicts better where nobody can", {
    id: "the-mask-teaches",
    kind: "empirical",
    on: [twins("the same recipe with the mask and without", gptMasked, gptUnmasked)],
    measure: async ({ masked, unmasked }: Twins) => {
      const rows = await heldOutRows({ rows: 128, length: masked.config.n_ctx + 1 });
      const [a, b] = [await lastLosses(masked, rows), await lastLosses(unmasked, rows)];
      const error = standardError(a.map((loss, i) => b[i] - loss));
      return { masked: mean(a), unmasked: mean(b), gain: mean(b) - mean(a), error };
    },
    // Same texts for both, so the error is that of the differences. A tenth of a nat is a tenth
    // more or less in probability: less than that would not be worth a sentence.
    check: ({ gain, error }) =>
      assertGreater(gain, Math.max(0.1, 3 * error), "nats gained at the last position"),
    mustFailOn: {
      "the twins in each other's place": { on: [twins("swapped", gptUnmasked, gptMasked)] },
      "the twins before training": {
        on: [twins("untrained", before(gptMasked), before(gptUnmasked))],
      },
    },
  });

  // Where the answer stops being true. A block said twice holds its own answers: not where the
  // prediction is made, but further back, where the mask lets every position look.
  const repeated = claim("On a text that repeats itself, predictions become nearly trivial", {
    id: "repeats-are-copied",
    kind: "empirical",
    on: [attn2l],
    measure: (model: Model) => repetition(model, drawSaidTwice(model, BLOCK, { rows: 32 })),
    // Knowing which tokens are in the block, but not what follows what, leaves ln(BLOCK) nats.
    // One nat is far below that, and far above what copying without a slip would leave: zero.
    check: ({ again }) => assertLess(again, 1, "nats, where the block is said again"),
    mustFailOn: {
      "untrained weights": untrained(),
      "two blocks that have nothing in common": {
        measure: (model: Model) =>
          repetition(model, drawTokens(model, { rows: 32, length: 2 * BLOCK })),
      },
    },
    show: (runs) =>
      lines({
        title: "Loss on a random block that is said twice",
        caption: "Nothing in a random block can be foreseen, until it is said again.",
        x: { label: "position" },
        y: { label: "loss", unit: "nats" },
        rows: runs.flatMap(({ model, evidence, control }) =>
          evidence.byPosition.map((y, x) => ({ x: x + 1, y, series: control ?? model }))
        ),
      }),
  });

  return {
    notes:
      "No; a chatbot said yes. The causal mask keeps every position from using anything later.",
    standing: "confirmed with a caveat",
    answer: md`
      No, because the causal mask hides the future: when a token was edited, the logits before it
      moved by ${blind.max((e) => e.earlier)}, and those at it did move ${blind}. What a position
      puts out inside a text is therefore what it would put out if the text ended there, to within
      ${prefix.max((e) => e.apart)} of the largest logit, which is rounding. And it is a whole
      vector over the vocabulary for each position, not one logit for each place in the window
      ${shape}.

      On text that they had never seen, the models did not act as if the answer were there either:
      ${gpt} gave the next token a probability of
      ${certain.value(gpt, (e) => e.next, { digits: 2 })} on average, and the token that a position
      already holds one of ${certain.value(gpt, (e) => e.own, { digits: 3 })}. A model trained
      without the mask does learn to read the next token off, and gave it
      ${certain.value(gptUnmasked, (e) => e.next, { ...UNMASKED, digits: 3 })}. It pays for that at
      the last position, where there is nothing to read off: its loss there is
      ${learned.mean((e) => e.unmasked, { digits: 2, unit: "nats" })}, that of its masked twin
      ${learned.mean((e) => e.masked, { digits: 2, unit: "nats" })}. Hiding the future is what makes
      a model learn the case in which it will be used ${learned}.

      There is one caveat: predictions do become nearly trivial where a text repeats itself, by
      copying from the past, and on a random block of tokens ${attn2l} had a loss of
      ${repeated.value(attn2l, (e) => e.first, { digits: 2, unit: "nats" })} the first time and of
      ${repeated.value(attn2l, (e) => e.again, { digits: 2, unit: "nats" })} the second time.
    `,
    wouldChange: md`
      A masked model whose logits feel a later token at all, or one that names the next token of a
      text it has never seen with near certainty. The sabotage that comes closest is a mask wrong
      by one: it moved the logits just before the edited token, and only those, by
      ${blind.value(gpt, (e) => e.earlier, { control: "a mask wrong by one", digits: 2 })} in
      ${gpt}.
    `,
    sources: [attentionIsAllYouNeed, gpt2, bert, inductionHeads],
  };
});

/** How likely a model thought each next token, and each token that it was looking at. */
async function certainty(model: Model) {
  const rows = await heldOutRows({ rows: 16, length: model.config.n_ctx });
  const { logits } = await run(model, rows);
  const likely = (ahead: number) =>
    meanByPosition(
      tokenLogProbabilities(logits, rows, ahead).map((row) => row.map(Math.exp)),
    );
  const nextByPosition = likely(1);
  return { next: mean(nextByPosition), own: mean(likely(0)), nextByPosition };
}

/** A model before its training. */
function before(trained: Subject<Model>): Subject<Model> {
  return sabotaged([trained], untrained())[0];
}

type Twins = { readonly masked: Model; readonly unmasked: Model };

/** Two models as one subject. */
function twins(name: string, masked: Subject<Model>, unmasked: Subject<Model>): Subject<Twins> {
  const load = async () => ({ masked: await masked.load(), unmasked: await unmasked.load() });
  return { name, origin: "trained", load };
}

/** The loss of each row's last token, which nothing in the model's window gives away, in nats. */
async function lastLosses(model: Model, rows: number[][]): Promise<number[]> {
  const { logits } = await run(model, rows.map((row) => row.slice(0, -1)));
  const last = logits.shape[1] - 1;
  return rows.map((row, r) => -logProbabilities(logits.get(r, last).data)[row[last + 1]]);
}

/** The loss by position, and its mean in the first and in the second block. */
async function repetition(model: Model, rows: number[][]) {
  const byPosition = await lossByPosition(model, rows);
  // The first token of the second block cannot be foreseen: that it begins again is news.
  return {
    byPosition,
    first: mean(byPosition.slice(0, BLOCK - 1)),
    again: mean(byPosition.slice(BLOCK)),
  };
}
