import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, question, run } from "../mod.ts";
import { maxDifference, mean, meanOverRows, standardError } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { inMoreText, inText, inWindows, longRows } from "./07_context_size/losses.ts";

/** Ways to make a rotary model serve a longer window. */
const WAYS: readonly transformer.Stretch[] = ["run on", "interpolated", "base changed"];

/** What they are called. */
const NAMES = { "run on": "run on", interpolated: "squeezed", "base changed": "base changed" };

/** How far back edits are made, in tokens; those that count as near, and as far. */
const DISTANCES = [
  1,
  4,
  models.stretched.WINDOW,
  2 * models.stretched.WINDOW,
  3 * models.stretched.WINDOW,
];
const NEAR = 4;
const FAR = 2 * models.stretched.WINDOW;

/** How some figures are asked for. */
const NATS = { digits: 2, unit: "nats" };
const MILLI = { digits: 3, unit: "nats" };
const PERCENT = { percent: true, digits: 0 };
const LEFT = { control: "left as they are" };
const WAVES = { control: "sinusoidal positions, treated the same" };

const asTheyAre = (["alibi", "nope"] as const).flatMap((name) =>
  models.stretched.SEEDS.map((seed) => models.stretched.unchanged(name, seed))
);
const adjusted = (["learned", "rotary"] as const).flatMap((name) =>
  models.stretched.SEEDS.map((seed) => models.stretched.tuned(name, seed))
);

question("Is the context size fixed up front?", {
  notes: "No: a chatbot said that it cannot be changed, and that models of longer contexts are " +
    "new models; the notes report that this is wrong, without seeing why.",
  standing: "confirmed with a caveat",
  sources: [
    papers.alibi,
    papers.roformer,
    papers.positionInterpolation,
    papers.ntkAware,
    papers.yarn,
    papers.nopeLength,
    papers.noPositions,
    papers.synthesizer,
  ],
  draft: true,
}, ({ short, claim, refuted, say, wouldChange }) => {
  short`No. The weights of attention act on one vector at a time, so none of them belongs to a
    place or to a length; only a learned table of positions has a size. Stretch the positions
    and train a little more, and the window is larger; whether the model makes use of it is
    another matter.`;

  // What a graph stores is all that training could have made: its parameters, and constants.
  const table = claim("Only a table of learned positions changes its shape with the context size", {
    id: "only-the-table",
    kind: "identity",
    on: [...models.randomFamilies(), ...models.oneOfEachWiring],
    measure: (model: Model) => {
      const [once, twice] = [1, 2].map((times) => stored(model, times * model.config.n_ctx));
      const changed = Object.keys({ ...once, ...twice })
        .filter((name) => once[name] !== twice[name]);
      const allowed = model.config.positions === "learned" ? ["pos_embed.W_pos"] : [];
      return { changed, allowed, parts: Object.keys(once).length };
    },
    check: ({ changed, allowed }) => assertEquals(changed, allowed, "what has another shape"),
    mustFailOn: {
      "a table of weights in the place of attention": {
        sabotage: sabotages.constantPattern,
        on: [models.tiny, models.trainedModel("nope/1")],
      },
    },
  });

  const inside = claim("In a larger window the same weights compute the same as in their own", {
    id: "same-inside",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    measure: (model: Model) => apart(model, "run on"),
    // The same arithmetic on the same numbers.
    check: ({ apart }) => assertEquals(apart, 0, "logits on a text as long as the old window"),
    mustFailOn: {
      "positions squeezed into the old window": {
        on: models.randomFamilies({ positions: ["learned", "sinusoidal", "rotary"], size: 1 }),
        measure: (model) => apart(model, "interpolated"),
      },
    },
  });

  // The belief itself: whoever is taken past the window is lost. Being lost is set at half a nat,
  // which takes two fifths off the probability of the right token. The belief is given the benefit
  // of the doubt: whatever three standard errors allow counts as lost.
  const fixed = refuted("The context size cannot be adjusted", {
    id: "cannot-be-adjusted",
    kind: "empirical",
    on: [...asTheyAre, ...adjusted],
    measure: beyond,
    check: ({ atMost }) => assertGreater(atMost, 0.5, "nats lost past the window, at its worst"),
    mustHoldOn: {
      "left as they are": {
        on: [
          models.stretched.untuned("learned", 1, "run on"),
          models.stretched.untuned("sinusoidal", 1, "run on"),
          ...models.stretched.SEEDS.map((seed) =>
            models.stretched.untuned("rotary", seed, "run on")
          ),
        ],
      },
    },
    show: (runs) =>
      charts.bars({
        title: "Loss past the window that a model was trained with",
        caption:
          "What is lost past the window where it is worst: the loss with all of the text to go " +
          "by, less that of the old model in its old window, on the same predictions of " +
          "held-out texts. Run on: left as they are. The table of learned-x4 was stretched, the " +
          "positions of rotary-x4 were squeezed, and both were trained on a little.",
        x: { label: "model" },
        y: { label: "lost past the window", unit: "nats" },
        rows: runs.map(({ model, evidence }) => ({ x: model, y: evidence.worst })),
      }),
  });

  // What is to be shown must be so by two standard errors, over texts. Fresh rows are to be worse
  // by as much again as the stretched ones may be off.
  const stretching = claim(
    "A learned table serves, stretched and tuned for a tenth of the steps, more of the tokens",
    {
      id: "stretched-table",
      kind: "empirical",
      on: models.stretched.SEEDS.map(models.stretched.learnedTables),
      measure: compareTables,
      check: ({ tuned, gap }) => {
        assertLess(tuned.past + 2 * tuned.error, 0.15, "nats above the loss in the old window");
        assertLess(tuned.inside + 2 * tuned.errorInside, 0.15, "nats above it inside that window");
        assertGreater(gap.mean - 2 * gap.error, 0.15, "nats below untrained rows, tuned equally");
      },
      mustFailOn: {
        "stretched and not tuned": {
          measure: (tables) => compareTables({ ...tables, tuned: tables.untuned }),
        },
        "new rows and stretched ones, tuned equally, exchanged": {
          measure: ({ tuned, fresh, ...others }) =>
            compareTables({ ...others, tuned: fresh, fresh: tuned }),
        },
      },
      show: (runs) =>
        charts.bars({
          title: "A learned table made to serve four times its window",
          caption:
            "Loss past the old window, with all of the text to go by, above that of the old " +
            "model in windows of its own, on the same predictions. Tuned: trained on a little " +
            "in the new window.",
          x: { label: "table" },
          y: { label: "above the old window's loss", unit: "nats" },
          rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) =>
            Object.entries({
              "stretched": evidence.untuned,
              "stretched, tuned": evidence.tuned,
              "new rows, tuned": evidence.fresh,
            }).map(([x, { past }]) => ({ x, y: past, series: model }))
          ),
        }),
    },
  );

  // Untuned, each way fails in its own place, by several times what the seeds differ by.
  const rough = claim("Untuned, a rotary model does best past its window with its base changed", {
    id: "rotary-untuned",
    kind: "empirical",
    on: models.stretched.SEEDS.map((seed) => models.stretched.eachWay(seed)),
    measure: compareWays,
    check: (ways) => {
      const [runOn, squeezed, slowed] = WAYS.map((way) => ways[way].excess);
      assertEquals(runOn[0], 0, "run on, it is the same model inside the old window");
      for (const k of [0, 1]) {
        const others = Math.max(runOn[k], slowed[k]);
        assertGreater(squeezed[k], others + 0.3, "nats lost by squeezing, where it is worst");
      }
      for (const k of [1, 2, 3]) {
        const others = Math.min(runOn[k], squeezed[k]);
        assertLess(slowed[k], others, "nats lost past the old window with the base changed");
      }
      assertLess(slowed[3], 0.5, "nats lost at the far end with the base changed");
      assertGreater(squeezed[3], slowed[3] + 0.3, "nats lost at the far end by squeezing");
      assertGreater(runOn[3], squeezed[3] + 0.3, "nats lost at the far end by running on");
    },
    mustFailOn: {
      [WAVES.control]: {
        on: [models.stretched.eachWay(1, { name: "sinusoidal" })],
      },
      "the same ways, tuned": {
        on: models.stretched.SEEDS.map((seed) => models.stretched.eachWay(seed, { tuned: true })),
      },
    },
    show: (runs) =>
      charts.lines({
        title: "A rotary model taken to four windows, untuned",
        caption: "Loss on the same predictions, less that of the old model in its old window; " +
          "means of two seeds. Running on fails far out, squeezing everywhere; changing the " +
          "base costs little.",
        x: { label: "up to this many windows of text" },
        y: { label: "above the old window's loss", unit: "nats" },
        rows: byWindow(runs),
      }),
  });

  const tuning = claim("After equal tuning all three ways serve four windows about equally well", {
    id: "rotary-tuned",
    kind: "empirical",
    on: models.stretched.SEEDS.map((seed) => models.stretched.eachWay(seed, { tuned: true })),
    measure: compareWays,
    // The worst of the untuned ones is several times as far off, the seeds differ by hundredths.
    check: (ways) => assertLess(farthest(ways), 0.2, "nats from the loss in the old window"),
    mustFailOn: {
      "the same ways, untuned": {
        on: models.stretched.SEEDS.map((seed) => models.stretched.eachWay(seed)),
      },
    },
    show: (runs) =>
      charts.bars({
        title: "How far each way is from the old window's loss, untuned and after equal tuning",
        caption: "The largest distance, above it or below, in any window under either seed. " +
          "It can be below, since tuning is also training.",
        x: { label: "way" },
        y: { label: "away from the old window's loss", unit: "nats" },
        rows: [...Map.groupBy(runs, ({ control }) => control ? "untuned" : "tuned")].flatMap((
          [series, runs],
        ) =>
          WAYS.map((way) => ({
            x: NAMES[way],
            y: Math.max(...runs.map(({ evidence }) => farthest(evidence, [way]))),
            series,
          }))
        ),
      }),
  });

  // The same texts on both sides, so that differences of hundredths can be told from chance.
  const finest = claim("After equal tuning squeezing stays behind a changed base, by hundredths", {
    id: "rotary-tuned-apart",
    kind: "empirical",
    on: models.stretched.SEEDS.map((seed) => models.stretched.eachWay(seed, { tuned: true })),
    measure: aboveChangedBase,
    check: ({ interpolated: { mean, error } }) => {
      assertGreater(mean, 2 * error, "nats by which squeezing is above a changed base");
    },
    mustFailOn: {
      "compared on other texts": {
        measure: (ways) => aboveChangedBase(ways, { otherTexts: true }),
      },
      "the two exchanged": {
        measure: ({ interpolated, "base changed": changed, ...others }) =>
          aboveChangedBase({ ...others, interpolated: changed, "base changed": interpolated }),
      },
    },
    show: (runs) =>
      charts.bars({
        title: "How far two ways stay above a changed base, after equal tuning",
        caption: "The same predictions, with all of the text to go by: the mean loss over all " +
          "windows, less that with the base changed.",
        x: { label: "way" },
        y: { label: "above a changed base", unit: "nats" },
        rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) =>
          (["run on", "interpolated"] as const).map((way) => ({
            x: NAMES[way],
            y: evidence[way].mean,
            series: model.split(",")[0],
          }))
        ),
      }),
  });

  // An edit far away is to move a prediction by less than a hundredth of what one near by does; a
  // model that reads everything alike would be moved as far.
  const used = claim("A low loss past the window is no proof that anything there is used", {
    id: "low-loss-is-no-proof",
    kind: "empirical",
    on: [
      ...models.bothSeeds("alibi"),
      ...models.stretched.SEEDS.map((seed) => models.trainedModel(`learned-x4/${seed}`)),
      ...models.stretched.SEEDS.map((seed) => models.trainedModel(`rotary-x4/${seed}`)),
    ],
    measure: howFarBack,
    check: ({ near, far, gain, error }) => {
      assertLess(far, near / 100, "nats by which an edit far back moves the end");
      assertLess(gain + 2 * error, 0.1, "nats gained by seeing more than a window");
    },
    mustFailOn: {
      "no positions": { on: [models.trainedModel("nope/1")] },
      "heads that ask nothing, and read all alike": {
        sabotage: sabotages.zeroQueries,
        on: [models.trainedModel("rotary-x4/1")],
      },
    },
    show: (runs) =>
      charts.lines({
        title: "How far back an edit still changes the last prediction",
        caption:
          "One token is swapped, so many places before the end of a text of some windows; means " +
          "of two seeds. Next to the end, an edit moves the prediction by some tenths of a nat; " +
          "a window back or more, by next to nothing. Only the distances with a dot were tried.",
        x: { label: "edited so many tokens back" },
        y: { label: "prediction moved by", unit: "nats" },
        log: true,
        rows: meanOverSeeds(runs.filter(({ control }) => !control), ({ moved }) => moved).flatMap((
          [series, moved],
        ) => moved.map((y, i) => ({ x: `${DISTANCES[i]}`, y: Math.max(0, y), series }))),
      }),
  });

  say`
      No: the only part of a model that is tied to a context size is a learned table of positions,
      if it has one ${table}. When ${table.count()} models were built for two context sizes, the
      table of learned positions, which has a row for each place, was all that changed its shape,
      and where positions are not learned nothing did ${table}. Masks are computed when they are
      needed, and so are waves: the sines and cosines, of many speeds, that sinusoidal and rotary
      positions are made of ${table}. Attention has no weight that belongs to a place ${table}. (A
      design whose pattern is itself a table of weights, as in ${papers.synthesizer}, is fixed up front
      ${table}.) Put into a larger window, the same weights gave the same logits on texts of the old
      length, to the last bit ${inside}.

      So nothing keeps a model from running on a longer text; the question is what it then predicts
      ${fixed}. Small models were given texts of ${fixed.max((e) => e.times)} times the window that
      they were trained with, and compared on the same predictions with the old model in its old
      window ${fixed}. Left as they are, models with learned, sinusoidal or rotary positions lost
      ${fixed.min((e) => e.worst, { ...NATS, ...LEFT })} or more where it was worst ${fixed}. Models
      with ALiBi or no positions, as they are, and with a stretched table or squeezed rotary
      positions after a little tuning (further training on longer texts), lost at most
      ${fixed.max((e) => e.worst, NATS)}, under both seeds ${fixed}. So the notes are right: a
      model can be taken to longer contexts ${fixed}. But here that means only that it runs there
      without getting worse: none that was asked gained more than a trace from the longer text
      ${used}.

      A learned table can be stretched: its old rows are spread out and the new ones are read in
      between ${stretching}. That alone left the loss
      ${stretching.mean((e) => e.untuned.past, NATS)} above that in the old window ${stretching}.
      Tuned for ${stretching.mean((e) => e.steps, PERCENT)} of the steps of training, which is
      ${stretching.mean((e) => e.tokens, PERCENT)} of its tokens, since the texts are longer, it was
      back: above that loss by ${stretching.max((e) => e.tuned.past + 2 * e.tuned.error, NATS)} at
      most, two standard errors allowed for, and inside the old window by
      ${stretching.max((e) => e.tuned.inside + 2 * e.tuned.errorInside, NATS)} ${stretching}.
      A table that got new rows instead of stretched ones, and the same tuning, was still ${
    stretching.min((e) => e.fresh.past, NATS)
  } or
      more above ${stretching}.

      Rotary positions turn queries and keys by angles, as many as there are waves, which grow with
      the position ${rough}. There are several ways to go on, and untuned they fail in different
      places ${rough}. Running on lets the angles grow past those of training: it costs nothing
      inside the old window and ${rough.min((e) => e["run on"].excess[3], NATS)} or more in the last
      one ${rough}. Squeezing brings all angles into the old range (${papers.positionInterpolation}): it
      costs no less than ${rough.min((e) => e.interpolated.excess, NATS)} in any window, and more
      than the other ways do in the old window and the next ${rough}. Changing the base, the number
      that sets how much slower each wave is than the one before, slows the slow waves most and the
      fastest not at all (${papers.ntkAware}): it costs
      ${rough.max((e) => e["base changed"].excess[0], NATS)} at most in the old window and
      ${rough.max((e) => e["base changed"].excess[3], NATS)} in the last, and is the best in every
      window past the old one ${rough}. Sinusoidal positions, treated the same, do best squeezed, at
      ${rough.max((e) => e.interpolated.excess, { ...NATS, ...WAVES })} at most ${rough}. After the
      same short tuning the choice hardly matters: with any way, in any window, the loss was within
      ${tuning.max((e) => farthest(e), NATS)} of that in the old window ${tuning}. (Tuning is also
      training, so it may be below ${tuning}.) But on the same predictions squeezing stayed above a
      changed base by ${finest.min((e) => e.interpolated.mean, MILLI)} or more, with a standard
      error of ${finest.max((e) => e.interpolated.error, MILLI)} at most ${finest}. Running on was
      above it too, by ${finest.min((e) => e["run on"].mean, MILLI)} or more, which is less sure, at
      a standard error of up to ${finest.max((e) => e["run on"].error, MILLI)} ${finest}. So past
      the old window a changed base is the one to choose, and plainly so untuned; inside it,
      untuned, it is running on, which changes nothing there ${rough} ${finest}.

      But a low loss past the window is no proof that what lies back there is used ${used}. An edit
      moved the last prediction by ${used.min((e) => e.near, NATS)} or more near by (averaged over
      the distances of ${used.min((e) => e.nearAt[0])} and ${used.max((e) => e.nearAt.at(-1)!)}
      tokens), and by at most ${used.max((e) => e.far, { unit: "nats" })} far back (averaged over
      ${used.min((e) => e.farAt[0])} and ${used.max((e) => e.farAt.at(-1)!)}) ${used}. At
      ${used.max((e) => e.nearAt.at(-1)!)} tokens back it could still move it by
      ${used.max((e) => e.moved[DISTANCES.indexOf(NEAR)], NATS)}, and a window back by
      ${
    used.max((e) => e.moved[DISTANCES.indexOf(models.stretched.WINDOW)], { unit: "nats" })
  } at most ${used}. Nor
      did any of these models gain more than ${used.max((e) => e.gain, NATS)} from seeing all of the
      text instead of one window ${used}.
    `;
  wouldChange`
      A parameter other than a table of positions whose shape depends on the context size, or models
      that stay lost past their window whatever is done. To be seen, the first takes a change like a
      pattern that is itself a parameter ${table}; what came closest to the second is a table
      with new rows, which was tuned as much as the others and still lost
      ${stretching.max((e) => e.fresh.past, NATS)} past the window.
    `;
});

/** The shapes of all that the graph of such a model stores when its window is `n_ctx`. */
function stored({ config, rewrites }: Model, n_ctx: number): Record<string, string> {
  const g = transformer.buildGraph({
    config: transformer.makeConfig({ ...config, n_ctx }),
    rewrites,
  });
  const parameters = g.inputs.filter(({ name }) => name !== "tokens");
  const values = [...parameters, ...g.initializers.map(({ value }) => value)];
  return Object.fromEntries(values.map(({ name, shape }) => [name, `[${shape}]`]));
}

/** How far the logits of a text that fills the old window move in one twice as long. */
async function apart(model: Model, how: transformer.Stretch) {
  const tokens = probes.drawTokens(model, { length: model.config.n_ctx });
  const longer = transformer.stretched(model, 2 * model.config.n_ctx, how);
  const [before, after] = [await run(model, tokens), await run(longer, tokens)];
  return { apart: maxDifference(before.logits, after.logits) };
}

/** What a pair's longer one loses on predictions past the old window, and inside it. */
async function beyond(pair: models.stretched.Stretched) {
  const compared = probes.excessLoss(await inText(pair.longer), await inWindows(pair.base));
  const past = [1, 2, 3];
  return {
    ...compared,
    times: models.stretched.LONG_WINDOW / models.stretched.WINDOW,
    worst: Math.max(...past.map((k) => compared.excess[k])),
    atMost: Math.max(...past.map((k) => compared.excess[k] + 3 * compared.error[k])),
  };
}

/** A mean over texts with its standard error. */
function estimate(byText: readonly number[]) {
  return { mean: mean(byText), error: standardError(byText) };
}

/** Mean losses past the old window above those inside it, and inside it. */
async function compareTables({ base, tuned, fresh, untuned }: models.stretched.LearnedTables) {
  const old = await inWindows(base);
  const above = async (model: Model) => {
    const apart = (await inText(model)).map((row, r) => row.map((loss, k) => loss - old[r][k]));
    return { inside: apart.map(([first]) => first), past: apart.map((row) => mean(row.slice(1))) };
  };
  const [stretched, added, rough] = [await above(tuned), await above(fresh), await above(untuned)];
  const summary = ({ inside, past }: typeof stretched) => {
    const errors = { error: standardError(past), errorInside: standardError(inside) };
    return { inside: mean(inside), past: mean(past), ...errors };
  };
  return {
    tuned: summary(stretched),
    fresh: summary(added),
    untuned: summary(rough),
    gap: estimate(added.past.map((loss, r) => loss - stretched.past[r])),
    ...models.stretched.TUNING_COST,
  };
}

/** Excess by way and window. */
async function compareWays({ base, ...ways }: models.stretched.EachWay) {
  const found = WAYS.map(async (way) => {
    const { excess, error } = await beyond({ base, longer: ways[way] });
    return [way, { excess, error }] as const;
  });
  return Object.fromEntries(await Promise.all(found)) as Record<
    transformer.Stretch,
    { readonly excess: readonly number[]; readonly error: readonly number[] }
  >;
}

/** How far two ways are above a changed base on the same predictions, of more texts. */
async function aboveChangedBase(ways: models.stretched.EachWay, { otherTexts = false } = {}) {
  const losses = async (way: transformer.Stretch) => [
    ...await inText(ways[way]),
    ...await inMoreText(ways[way]),
  ];
  const [first, ...rest] = await losses("base changed");
  const changed = otherTexts ? [...rest, first] : [first, ...rest];
  const above = async (way: transformer.Stretch) => {
    const apart = (await losses(way)).map((row, r) => row.map((loss, k) => loss - changed[r][k]));
    return { ...estimate(apart.map(mean)), byWindow: meanOverRows(apart) };
  };
  return { "run on": await above("run on"), interpolated: await above("interpolated") };
}

/** How far back a last prediction reaches, and what a model gains by more than a window of text. */
async function howFarBack(model: Model) {
  const rows = (await longRows()).slice(0, 2).map((row) =>
    row.slice(0, Math.max(...DISTANCES) + 1)
  );
  const moved = await probes.effectByDistance(model, rows, DISTANCES);
  const [text, windows] = [await inText(model), await inWindows(model)];
  const gained = text.map((row, r) =>
    mean(row.slice(1).map((loss, k) => windows[r][k + 1] - loss))
  );
  const { mean: gain, error } = estimate(gained);
  const [nearAt, farAt] = [
    DISTANCES.filter((back) => back <= NEAR),
    DISTANCES.filter((back) => back >= FAR),
  ];
  const over = (distances: number[]) => mean(distances.map((d) => moved[DISTANCES.indexOf(d)]));
  return { moved, near: over(nearAt), far: over(farAt), nearAt, farAt, gain, error };
}

/** How far the loss is from that in the old window, by any way and in any window. */
function farthest(
  ways: Awaited<ReturnType<typeof compareWays>>,
  some: readonly transformer.Stretch[] = WAYS,
): number {
  return Math.max(...some.flatMap((way) => ways[way].excess.map(Math.abs)));
}

/** Rows of the excess in each window, one series for each way, the mean of the seeds. */
function byWindow(
  runs: readonly charts.ShownRun<Awaited<ReturnType<typeof compareWays>>>[],
): charts.Row[] {
  const sound = runs.filter(({ control }) => !control);
  return WAYS.flatMap((way) =>
    meanOverRows(sound.map(({ evidence }) => [...evidence[way].excess])).map((y, k) => ({
      x: k + 1,
      y,
      series: NAMES[way],
    }))
  );
}

/** The mean over the seeds of what was read off each of their runs, by model. */
function meanOverSeeds<E>(
  runs: readonly charts.ShownRun<E>[],
  read: (evidence: E) => number[],
): [string, number[]][] {
  return [...Map.groupBy(runs, ({ model }) => model.replace(/\/\d/, ""))].map(([name, seeds]) => [
    name,
    meanOverRows(seeds.map(({ evidence }) => read(evidence))),
  ]);
}
