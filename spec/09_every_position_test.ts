import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import memoize from "memoize";
import { Decoder, type Model, needs, question, run, sabotaged } from "../mod.ts";
import { maxAbs, maxDifference, mean, standardError, type Tensor } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";

const small = models.trainedModel("learned/1");
const rotary = models.trainedModel("rotary/1");
/** Each positional scheme at random, and what training makes: with and without MLPs. */
const causal = [
  ...models.randomFamilies({ size: 1 }),
  ...models.oneOfEachWiring.filter(({ config }) => config!.causal),
];
const smallSizes = models.withoutWeights(small.name, small.config!);
const gpt2Sizes = models.withoutWeights("GPT-2 small", transformer.gpt2Small);
const ignorant = zeroed(small);
const [unmasked] = sabotaged([small], sabotages.noCausalMask);

/** Two models trained alike, but for which of their predictions counted. */
type Lesson = {
  readonly every: Model;
  readonly last: Model;
  /** How many predictions each was taught, repeats counted. */
  readonly taught: readonly number[];
  readonly curves: readonly models.LossCurve[];
};

/** What a lesson is made of: `last` is taught at the last position only. */
const lesson = (every: TrainedName, last: TrainedName): models.Subject<Lesson> => ({
  name: `${every} and ${last}`,
  about: `${every} and ${last}, compared`,
  origin: "trained",
  load: async () => ({
    every: await models.trainedModel(every).load(),
    last: await models.trainedModel(last).load(),
    taught: [every, last].map(models.predictionsTaught),
    curves: [await models.lossCurve(every), await models.lossCurve(last)],
  }),
});
type TrainedName = Parameters<typeof models.trainedModel>[0];

const lessons = [lesson("learned/1", "last-only/1"), lesson("learned/2", "last-only/2")];

/** Controls that the answer quotes. */
const SHUFFLED = "shuffled targets";
const shuffled = lesson("shuffled-targets/1", "last-only/1");
const UNMASKED = "trained without the mask";

/** Sums of some hundred products in another order, rounded at 6e-8 each: 1e-6 of the whole. */
const ROUNDING = 1e-5;

question("Why predict at every position, and not only at the last?", {
  notes: "Tentatively: because the loss, perplexity, is defined over every token.",
  standing: "confirmed with a caveat",
  sources: [papers.attentionIsAllYouNeed, papers.gpt2, papers.efficientlyScaling],
  draft: true,
}, ({ short, claim, say, wouldChange }) => {
  short`Because every position is a training example: one pass over a text trains a prediction
    at each of its tokens, after prompts of every length, for the price of one pass. The loss is
    their mean, and perplexity its exponential. Only when the model is used does the last one
    alone count.`;

  const once = claim("One pass over a text has the losses of all its prefixes' own passes", {
    id: "one-pass-all-losses",
    kind: "identity",
    on: causal,
    needs: needs.mask,
    measure: lossesOfPrefixes,
    check: ({ apart }) => assertLess(apart, ROUNDING, "relative to the largest loss"),
    mustFailOn: { "no causal mask": { on: [unmasked] } },
  });

  const work = claim("Passes over all prefixes cost many times as much as the one pass", {
    id: "the-work-is-shared",
    kind: "identity",
    on: [gpt2Sizes, smallSizes],
    measure: ({ config }: models.WithoutWeights) => workOf(config, (pass) => pass),
    // What grows with a text's length adds up to half as many times as there are prefixes, what
    // grows with its square to a third as many.
    check: ({ ratio, positions }) => {
      assertGreater(ratio, positions / 3, "times the one pass");
      assertLess(ratio, (positions + 1) / 2, "times the one pass");
    },
    mustFailOn: {
      "passes that keep what the one before them worked out": {
        on: [smallSizes],
        measure: ({ config }) => workOf(config, (pass, before) => pass - before),
      },
    },
  });

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
      [UNMASKED]: { on: [models.trainedModel("gpt-unmasked/1")], needs: false },
    },
    show: (runs) =>
      charts.bars({
        title: "The probabilities of all texts, added up",
        caption: "Of texts of a few tokens with a given first one. With the mask the sum is one. " +
          "Without it each prediction has seen its answer, and the numbers are no probabilities " +
          "of anything.",
        x: { label: "model" },
        y: { label: "sum over all texts" },
        log: true,
        reference: [{ y: 1, label: "one" }],
        rows: runs.filter(({ family }) => !family)
          .map(({ model, evidence }) => ({ x: model, y: evidence.sum })),
      }),
  });

  const perplexity = claim("Perplexity is the exponential of the mean loss over positions", {
    id: "perplexity",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.bothSeeds("learned"), ignorant],
    measure: (model: Model) => perplexities(model, (each) => Math.exp(mean(each))),
    check: ({ byProduct, byLosses, allAlike, d_vocab }) => {
      // Products and sums of up to 120 numbers in 64 bits.
      assertLess(Math.abs(byLosses / byProduct - 1), 1e-12, "against the product of probabilities");
      const uniform = allAlike ? byLosses / d_vocab : 1;
      assertLess(Math.abs(uniform - 1), 1e-12, "where all words are alike, against d_vocab");
    },
    mustFailOn: {
      "the mean of the perplexities": {
        on: [small],
        measure: (model) => perplexities(model, (each) => mean(each.map(Math.exp))),
      },
    },
  });

  const better = claim("Taught at every position, the same recipe gives a better last one, too", {
    id: "more-signal",
    kind: "empirical",
    on: lessons,
    measure: compare,
    check: ({ gain, error }) =>
      assertGreater(gain, 3 * error, "nats gained at the last position, against what texts differ"),
    mustFailOn: {
      [SHUFFLED]: { on: [shuffled] },
      "the two in each other's place": { on: [lesson("last-only/1", "learned/1")] },
    },
    show: (runs) => [
      charts.lines({
        title: "The loss as training goes on",
        caption:
          "On texts of the training, of the predictions that counted: at every position, or " +
          "at the last one alone. Each point is the mean over the steps since the one before. " +
          "All saw the same texts in the same order. Where the targets are shuffled, there are " +
          "as many predictions, but nothing to be learned from what comes before them.",
        x: { label: "step" },
        y: { label: "loss", unit: "nats" },
        rows: runs.filter(({ control }) => !control || control === SHUFFLED).flatMap(curvesOf),
      }),
      charts.bars({
        title: "The loss at the last position, on held-out text",
        caption: "The last position is the one that is used when text is written. All were given " +
          "the same few rows, and one position of each counts: these are not the means over all " +
          "positions that stand elsewhere. Untrained is the small GPT before its training.",
        x: { label: "pair" },
        y: { label: "loss at the last position", unit: "nats" },
        rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) =>
          Object.entries({
            "every position": evidence.lastOfEvery,
            "last position alone": evidence.lastOfLast,
            "untrained": evidence.untrained,
          }).map(([series, y]) => ({ x: model, y, series }))
        ),
      }),
    ],
  });

  const decoding = claim(
    "Writing needs the last position alone: earlier keys and values are kept",
    {
      id: "decoding",
      kind: "identity",
      on: causal,
      needs: needs.mask,
      measure: (model: Model) => write(model, new Decoder(model)),
      check: ({ apart, agreed, written }) => {
        assertLess(apart, ROUNDING, "relative to the largest logit");
        assertEquals(agreed, written, "tokens that recomputing everything would choose as well");
      },
      mustFailOn: {
        "positions that restart at zero": {
          sabotage: sabotages.restartedPositions,
          on: [rotary],
        },
        "nothing kept": { on: [small], measure: (model) => write(model) },
      },
    },
  );

  const slides = claim("Once a window of learned positions slides, what was kept is out of date", {
    id: "a-window-that-slides",
    kind: "identity",
    on: [...models.randomFamilies({ positions: ["learned"], size: 1 }), small],
    measure: slide,
    check: ({ moved, refused }) => {
      // Rounding would leave 1e-7.
      assertGreater(moved, 0.01, "how far a token's first key moves, relative to the largest");
      assert(refused, "decoding must refuse a token past the window");
    },
    mustFailOn: {
      "no positions, or rotary ones": { on: [models.trainedModel("nope/1"), rotary] },
    },
  });

  say`
      Because the pass that predicts the last token has already done much of the work for all the
      other predictions ${decoding}, and with the recipe used here they are worth a lot ${better}.
      It has worked out the keys and values of all earlier positions, which attention reads; left
      for the others are the rest of the last layer and the unembedding, which gives every word its
      score ${decoding}. The mask makes every position see just what it would see if the text ended
      there, so that one pass over a text gave the losses of separate passes over all its
      beginnings, to within
      ${once.max((e) => e.apart)} of the largest, in ${once.count()} models. For the window of
      ${small}, ${work.value(smallSizes, (e) => e.positions)} tokens, separate passes would take
      ${work.value(smallSizes, (e) => e.ratio, { digits: 0 })} times as many multiplications, and at
      the sizes of GPT-2 small ${work.value(gpt2Sizes, (e) => e.ratio, { digits: 0 })} times.
      That is against running every beginning anew: a model that is taught at the last position
      alone takes one pass over a text, too ${better}.

      The notes are right about the loss: the predictions at all positions together say how likely
      the model holds the whole text to be, since their probabilities multiply to one distribution
      over texts ${likelihood}. In ${likelihood.count()} models the probabilities of all texts of a
      few tokens with a given first one (for ${small}, ${likelihood.value(small, (e) => e.texts)}
      texts) summed to one within ${likelihood.max((e) => Math.abs(e.sum - 1))} or less; in a model
      that was trained without the mask, to
      ${likelihood.max((e) => e.sum, { control: UNMASKED, digits: 0 })}. Perplexity is the same
      thing told as a number of words: the exponential of the mean loss over positions, and so, for
      a model that holds all words equally likely, exactly as many as there are ${perplexity}. That
      of ${small}, over all ${perplexity.value(small, (e) => e.predictions)} predictions in a few
      held-out rows, was ${perplexity.value(small, (e) => e.byLosses, { digits: 1 })}, of
      ${perplexity.value(small, (e) => e.d_vocab)} words.

      Yet the loss could be defined at the last position alone, and with the recipe used here a
      model is then the worse for it there, too ${better}. In each of two pairs, trained for as many
      steps on the same texts, one model was taught at every position and the other at the last only
      ${better}. On ${better.value(lessons[0], (e) => e.rows)} held-out
      rows the first had a mean loss at the last position of
      ${better.mean((e) => e.lastOfEvery, { digits: 2, unit: "nats" })}, the second of
      ${better.mean((e) => e.lastOfLast, { digits: 2 })}, and the small GPT before any training of
      ${better.mean((e) => e.untrained, { digits: 2 })}. The gain was
      ${better.value(lessons[0], (e) => e.gain, { digits: 2 })} with one seed and
      ${better.value(lessons[1], (e) => e.gain, { digits: 2 })} with the other, with a standard
      error of at most ${
    better.max((e) => e.error, { digits: 2 })
  }. These losses are of one position
      in each row, so they do not compare with means over all positions, such as the perplexity
      above ${better}.

      It is a weak opponent that was beaten: the first was taught
      ${better.value(lessons[0], (e) => e.taught[0])} predictions, and the second, which was taught
      ${better.value(lessons[0], (e) => e.taught[1])}, had hardly begun to learn from what stands
      before a token ${better}. This is seen from a third model, taught at every position with the
      targets shuffled within each text, so that all there was to learn is which tokens a text
      contains ${better}. It ended with a loss at the last position of
      ${better.value(shuffled, (e) => e.lastOfEvery, { control: SHUFFLED, digits: 2 })}, and the
      model taught at the last position alone, from the same seed, had come only
      ${better.value(shuffled, (e) => -e.gain, { control: SHUFFLED, digits: 2, unit: "nats" })}
      lower, with a standard error of
      ${better.value(shuffled, (e) => e.error, { control: SHUFFLED, digits: 2 })}. The recipe was
      chosen for teaching at every position, and how far more steps or larger batches would bring a
      model that is taught at the last alone was not tried ${better}.

      In use it is otherwise: a model that writes needs the last position's prediction only, and
      nothing of earlier positions but their keys and values ${decoding}. Kept from step to step,
      they gave the same logits as computing everything anew, to within
      ${decoding.max((e) => e.apart)} of the largest, and the same tokens. This ends where a window
      of learned positions is full and has to slide, for then every token stands at another
      position, and its keys are others ${slides}.
    `;
  wouldChange`
      A causal model whose losses in one pass are not those of its beginnings: without the mask,
      those of ${small} were off by
      ${
    once.value(unmasked, (e) => e.apart, {
      control: "no causal mask",
      percent: true,
      digits: 0,
    })
  } of the
      largest. Or a model taught at the last position alone, by a recipe of its own, that
      after as many steps is as good there as one taught at all of them; the nearest here was
      ${better.min((e) => e.gain, { digits: 2, unit: "nats" })} away.
    `;
});

/** The losses of one pass, against those of a pass over each prefix. */
async function lossesOfPrefixes(model: Model) {
  const [text] = probes.drawTokens(model, { length: 6 });
  const [together] = probes.losses((await run(model, [text])).logits, [text]);
  const alone: number[] = [];
  for (const end of together.keys()) {
    const { logits } = await run(model, [text.slice(0, end + 1)]);
    alone.push(-probes.logProbability(logits.get(0, end).data, text[end + 1]));
  }
  const apart = Math.max(...together.map((loss, p) => Math.abs(loss - alone[p])));
  return { apart: apart / Math.max(...together) };
}

/** Multiplications of one pass over a window, and of a step for each of its positions. */
function workOf(config: transformer.Config, step: (pass: number, passBefore: number) => number) {
  // A pass over n tokens takes an + bn^2 of them: two counts tell both, and one layer all layers.
  const one = (n: number, n_layers: number) =>
    transformer.multiplications({ ...config, n_layers }, n).total;
  const count = (n: number) => one(n, 0) + config.n_layers * (one(n, 1) - one(n, 0));
  const b = (count(2) - 2 * count(1)) / 2;
  const a = count(1) - b;
  const pass = (n: number) => a * n + b * n * n;
  const positions = config.n_ctx;
  let prefixes = 0;
  for (let n = 1; n <= positions; n++) prefixes += step(pass(n), pass(n - 1));
  return { positions, once: pass(positions), ratio: prefixes / pass(positions) };
}

/** Perplexity from the losses, and from the product of what softmax makes of the logits. */
async function perplexities(model: Model, byLosses: (each: readonly number[]) => number) {
  const { d_vocab, n_ctx } = model.config;
  const rows = d_vocab === small.config!.d_vocab
    ? await models.texts.heldOutRows({ rows: 2, length: n_ctx })
    : probes.drawTokens(model, { length: n_ctx });
  const { logits } = await run(model, rows);
  const each = probes.losses(logits, rows).flat();
  // Softmax is written out once more, so that the losses are compared with something else.
  const product = rows.flatMap((row, r) =>
    row.slice(1).map((token, p) => probability(logits.get(r, p), token))
  ).reduce((all, p) => all * p ** (1 / each.length), 1);
  const allAlike = Object.values(model.weights).every((x) => maxAbs(x) === 0);
  return {
    byProduct: 1 / product,
    byLosses: byLosses(each),
    predictions: each.length,
    allAlike,
    d_vocab,
  };
}

/** A model whose weights are all zero: it holds all words equally likely. */
function zeroed(of: models.Subject<Model>): models.Subject<Model> {
  const about = `${of.name} with all of its weights zero`;
  const name = `${of.name}, all zero`;
  const load = async () => {
    const model = await of.load();
    const zeros = Object.entries(model.weights).map(([key, x]) => [key, x.map(() => 0)]);
    return { ...model, name, weights: Object.fromEntries(zeros) };
  };
  return { name, about, config: of.config, from: of.name, origin: "built", load };
}

/** Softmax as the textbook has it, in 64 bits. */
function probability({ data }: Tensor, token: number): number {
  return Math.exp(data[token]) / data.reduce((sum, logit) => sum + Math.exp(logit), 0);
}

/** The loss at the last position of each of some held-out rows; two controls ask the same models. */
const atTheEnd = memoize(
  async (model: Model) =>
    probes.lastLosses(
      model,
      await models.texts.heldOutRows({ rows: 48, length: model.config.n_ctx + 1 }),
    ),
  { cache: new WeakMap() },
);

/** Both models at the last position of held-out rows, beside the small GPT before its training. */
async function compare({ every, last, taught, curves }: Lesson) {
  const [a, b] = [await atTheEnd(every), await atTheEnd(last)];
  const nothing = await atTheEnd(await models.beforeTraining(small).load()); // one for all
  return {
    lastOfEvery: mean(a),
    lastOfLast: mean(b),
    untrained: mean(nothing),
    rows: a.length,
    gain: mean(b) - mean(a),
    error: standardError(a.map((loss, row) => b[row] - loss)),
    taught,
    names: [every.name, last.name],
    curves: curves.map(thinned),
  };
}

/** Means of five points each, for a picture. */
function thinned(curve: models.LossCurve): number[][] {
  return Array.from({ length: curve.length / 5 }, (_, i) => {
    const part = curve.slice(5 * i, 5 * i + 5);
    return [part.at(-1)![0], mean(part.map(([, loss]) => loss))];
  });
}

/** The curves of a lesson; of a control's only the first, since the second is shown already. */
function curvesOf(
  { control, evidence }: charts.ShownRun<Awaited<ReturnType<typeof compare>>>,
): charts.Row[] {
  return evidence.curves.slice(0, control ? 1 : 2).flatMap((curve, i) =>
    curve.map(([x, y]) => ({ x, y, series: evidence.names[i] }))
  );
}

/**
 * Writes on from three tokens, each time the likeliest, and then recomputes everything at once.
 *
 * @param decoder Keeps keys and values; without one each step knows its own tokens alone.
 */
async function write(model: Model, decoder?: Decoder) {
  const [text] = probes.drawTokens(model, { length: 3 });
  const length = Math.min(12, model.config.n_ctx);
  const steps: Tensor[] = [];
  for (let fed = [...text]; text.length < length; fed = text.slice(-1)) {
    const logits = await (decoder ?? new Decoder(model)).step([fed]);
    steps.push(logits.get(0, fed.length - 1));
    text.push(likeliest(steps.at(-1)!));
  }
  const { logits } = await run(model, [text]);
  const again = steps.map((_, i) => logits.get(0, i + 2));
  const apart = Math.max(...steps.map((step, i) => maxDifference(step, again[i])));
  return {
    apart: apart / maxAbs(logits),
    written: steps.length,
    agreed: again.filter((at, i) => likeliest(at) === text[i + 3]).length,
  };
}

function likeliest({ data }: Tensor): number {
  return data.indexOf(data.reduce((most, x) => Math.max(most, x)));
}

/** A whole window and the same one token on: what its tokens' first keys are in both. */
async function slide(model: Model) {
  const [window] = probes.drawTokens(model, { length: model.config.n_ctx });
  const text = [...window, window[0]];
  const hook = "blocks.0.attn.hook_k";
  const keys = (await run(model, [window, text.slice(1)], { hooks: [hook] })).get(hook);
  // Each token but the first is at p + 1 in the one and at p in the other.
  const moves = window.slice(1).map((_, p) => maxDifference(keys.get(0, p + 1), keys.get(1, p)));
  const decoder = new Decoder(model);
  await decoder.step([window]);
  const refused = await decoder.step([[window[0]]]).then(() => false, () => true);
  return { moved: Math.max(...moves) / maxAbs(keys), refused };
}
