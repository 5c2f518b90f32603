import { assertEquals, assertGreater, assertLess } from "@std/assert";
import {
  bars,
  blankQueries,
  buildGraph,
  constantPattern,
  drawTokens,
  excessOver,
  type Figure,
  lines,
  lossInText,
  lossInWindows,
  makeConfig,
  maxDifference,
  md,
  mean,
  meanByPosition,
  type Model,
  perModel,
  question,
  reach,
  run,
  sabotaged,
  type ShownRun,
  standardError,
  type Stretch,
  stretched,
} from "../mod.ts";
import { bothSeeds, heldOutRows, spread, tiny, trained, trainedModel } from "../fixtures/mod.ts";
import {
  COST,
  leftAlone,
  LONG,
  type Pair,
  type Rotaries,
  rotaries,
  SEEDS,
  type Tables,
  tables,
  tuned,
  untuned,
  WINDOW,
} from "../fixtures/longer.ts";
import {
  alibi,
  nopeLength,
  noPositions,
  ntkAware,
  positionInterpolation,
  roformer,
  synthesizer,
  yarn,
} from "../fixtures/papers.ts";

/** Ways to make a rotary model serve a longer window. */
const WAYS: readonly Stretch[] = ["run on", "interpolated", "base changed"];

/** Held-out texts that losses are compared on, and further ones for what differs by hundredths. */
const ROWS = 5;
const MORE_ROWS = 3;

/** How far back edits are made, in tokens; those that count as near, and as far. */
const DISTANCES = [1, 4, WINDOW, 2 * WINDOW, 3 * WINDOW];
const NEAR = 4;
const FAR = 2 * WINDOW;

/** How some figures are asked for. */
const NATS = { digits: 2, unit: "nats" };
const MILLI = { digits: 3, unit: "nats" };
const PERCENT = { percent: true, digits: 0 };
const LEFT = { control: "left as they are" };
const WAVES = { control: "sinusoidal positions, treated the same" };

const asTheyAre = SEEDS.flatMap((seed) => [leftAlone("alibi", seed), leftAlone("nope", seed)]);
const adjusted = SEEDS.flatMap((seed) => [
  tuned("learned", seed),
  tuned("rotary", seed),
]);

question("Is the context size fixed up front?", ({ claim, refuted }) => {
  // What a graph stores is all that training could have made: its parameters, and constants.
  const table = claim("Only a table of learned positions changes its shape with the context size", {
    id: "only-the-table",
    kind: "identity",
    on: [...spread(), ...trained],
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
        on: sabotaged([tiny, trainedModel("nope/1")], constantPattern),
      },
    },
  });

  const inside = claim("In a larger window the same weights compute the same as in their own", {
    id: "same-inside",
    kind: "identity",
    on: [...spread({ size: 1 }), trainedModel("learned/1"), trainedModel("rotary/1")],
    measure: (model: Model) => apart(model, "run on"),
    // The same arithmetic on the same numbers.
    check: ({ apart }) => assertEquals(apart, 0, "logits on a text as long as the old window"),
    mustFailOn: {
      "positions squeezed into the old window": {
        on: spread({ positions: ["learned", "sinusoidal", "rotary"], size: 1 }),
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
          untuned("learned", 1, "run on"),
          untuned("sinusoidal", 1, "run on"),
          ...SEEDS.map((seed) => untuned("rotary", seed, "run on")),
        ],
      },
    },
    show: (runs) =>
      lines({
        title: "Loss past the window that a model was trained with",
        caption:
          "The same predictions on held-out texts, with all of the text to go by, less the " +
          "loss of the model as it was trained with a window of its own length. At zero nothing " +
          "is lost. Where two seeds were asked, a line is their mean.",
        x: { label: "up to this many windows of text" },
        y: { label: "lost", unit: "nats" },
        rows: [...Map.groupBy(runs, ({ model }) => model.replace(/\/\d/, ""))].flatMap((
          [series, seeds],
        ) =>
          seeds[0].evidence.excess.map((_, k) => ({
            x: k + 1,
            y: mean(seeds.map(({ evidence }) => evidence.excess[k])),
            series,
          }))
        ),
      }),
  });

  // What is to be shown must be so by two standard errors, over texts. Fresh rows are to be worse
  // by as much again as the stretched ones may be off.
  const stretching = claim(
    "A learned table, stretched and tuned for a tenth of the steps, serves it",
    {
      id: "stretched-table",
      kind: "empirical",
      on: SEEDS.map(tables),
      measure: compareTables,
      check: ({ tuned, gap }) => {
        assertLess(tuned.past + 2 * tuned.error, 0.15, "nats above the loss in the old window");
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
        bars({
          title: "A learned table made to serve four times its window",
          caption:
            "Loss above that of the old model in its old window, on the same predictions: in " +
            "the first window of the text, and past it.",
          x: { label: "table" },
          y: { label: "above the old window's loss", unit: "nats" },
          rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) =>
            Object.entries({
              "stretched": evidence.untuned,
              "stretched, tuned": evidence.tuned,
              "new rows, tuned": evidence.fresh,
            }).flatMap(([x, { inside, past }]) => [
              { x, y: inside, series: `${model}, inside` },
              { x, y: past, series: `${model}, past` },
            ])
          ),
        }),
    },
  );

  // Untuned, each way fails in its own place, by several times what the seeds differ by.
  const rough = claim("Untuned, a rotary model does best past its window with its base changed", {
    id: "rotary-untuned",
    kind: "empirical",
    on: SEEDS.map((seed) => rotaries(seed)),
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
        on: [rotaries(1, { name: "sinusoidal" })],
      },
      "the same ways, tuned": { on: SEEDS.map((seed) => rotaries(seed, { tuned: true })) },
    },
    show: (runs) => byWindow(runs, "A rotary model taken to four windows, untuned"),
  });

  const tuning = claim("After equal tuning all three ways serve four windows about equally well", {
    id: "rotary-tuned",
    kind: "empirical",
    on: SEEDS.map((seed) => rotaries(seed, { tuned: true })),
    measure: compareWays,
    // The worst of the untuned ones is several times as far off, the seeds differ by hundredths.
    check: (ways) => assertLess(farthest(ways), 0.2, "nats from the loss in the old window"),
    mustFailOn: { "the same ways, untuned": { on: SEEDS.map((seed) => rotaries(seed)) } },
    show: (runs) => byWindow(runs, "The same after equal tuning"),
  });

  // The same texts on both sides, so that differences of hundredths can be told from chance.
  const finest = claim("After equal tuning squeezing stays behind a changed base, by hundredths", {
    id: "rotary-tuned-apart",
    kind: "empirical",
    on: SEEDS.map((seed) => rotaries(seed, { tuned: true })),
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
      lines({
        title: "How far two ways stay above a changed base, after equal tuning",
        caption: "The same predictions, with all of the text to go by: the loss after squeezing " +
          "(interpolated) and running on, less the loss with the base changed.",
        x: { label: "up to this many windows of text" },
        y: { label: "above a changed base", unit: "nats" },
        rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) =>
          Object.entries(evidence).flatMap(([way, { byWindow }]) =>
            byWindow.map((y, k) => ({
              x: k + 1,
              y,
              series: `${model.split(",")[0]}, ${way}`,
            }))
          )
        ),
      }),
  });

  // An edit far away is to move a prediction by less than a hundredth of what one near by does; a
  // model that reads everything alike would be moved as far.
  const used = claim("A low loss past the window is no proof that anything there is used", {
    id: "low-loss-is-no-proof",
    kind: "empirical",
    on: [
      ...bothSeeds("alibi"),
      ...SEEDS.map((seed) => trainedModel(`learned-x4/${seed}`)),
      ...SEEDS.map((seed) => trainedModel(`rotary-x4/${seed}`)),
    ],
    measure: howFarBack,
    check: ({ near, far, gain, error }) => {
      assertLess(far, near / 100, "nats by which an edit far back moves the end");
      assertLess(gain + 2 * error, 0.1, "nats gained by seeing more than a window");
    },
    mustFailOn: {
      "no positions": { on: [trainedModel("nope/1")] },
      "heads that ask nothing, and read all alike": {
        on: sabotaged([trainedModel("rotary-x4/1")], blankQueries),
      },
    },
    show: (runs) =>
      lines({
        title: "How far back an edit still changes the last prediction",
        caption: "One token is swapped, so many places before the end of a text of some windows. " +
          "Nearly all of the effect comes from the last few tokens.",
        x: { label: "edited so many tokens back" },
        y: { label: "prediction moved by", unit: "nats" },
        log: true,
        rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) =>
          evidence.moved.map((y, i) => ({ x: `${DISTANCES[i]}`, y: Math.max(0, y), series: model }))
        ),
      }),
  });

  return {
    notes: "No: a chatbot said that it cannot be changed, and that models of longer contexts are " +
      "new models; the notes report that this is wrong, without seeing why.",
    standing: "corrected",
    answer: md`
      No: at most one table in a model is ${table}. When ${table.count()} models were built for two
      context sizes, the table of learned positions, which has a row for each place, was all that
      changed its shape, and where positions are not learned nothing did ${table}. Masks and waves
      are computed when they are needed, and attention has no weight that belongs to a place
      ${table}. (A design whose pattern is itself a table of weights, as in ${synthesizer}, is fixed
      up front ${table}.) Put into a larger window, the same weights gave the same logits on texts
      of the old length, to the last bit ${inside}.

      So nothing keeps a model from running on a longer text; the question is what it then predicts
      ${fixed}. Small models were given texts of ${fixed.max((e) => e.times)} times the window that
      they were trained with, and compared on the same predictions with the old model in its old
      window ${fixed}. Left as they are, models with learned, sinusoidal or rotary positions lost
      ${fixed.min((e) => e.worst, { ...NATS, ...LEFT })} or more where it was worst ${fixed}. Models
      with ALiBi or no positions, as they are, and with a stretched table or squeezed rotary
      positions after a little tuning, lost at most ${fixed.max((e) => e.worst, NATS)}, under both
      seeds ${fixed}. So the chatbot was wrong, and models of longer contexts can be made from those
      of shorter ones ${fixed}.

      A learned table can be stretched: its old rows are spread out and the new ones are read in
      between ${stretching}. That alone left the loss
      ${stretching.mean((e) => e.untuned.past, NATS)} above that in the old window ${stretching}.
      Tuned for ${stretching.mean((e) => e.steps, PERCENT)} of the steps of training, which is
      ${stretching.mean((e) => e.tokens, PERCENT)} of its tokens, since the texts are longer, it was
      back: above that loss by ${stretching.max((e) => e.tuned.past + 2 * e.tuned.error, NATS)} at
      most, two standard errors allowed for ${stretching}. A table that got new rows instead of
      stretched ones, and the same tuning, was still ${stretching.min((e) => e.fresh.past, NATS)} or
      more above ${stretching}.

      For rotary positions there are several ways, and untuned they fail in different places
      ${rough}. Running on costs nothing inside the old window and
      ${rough.min((e) => e["run on"].excess[3], NATS)} or more in the last one ${rough}. Squeezing
      all angles into the old range (${positionInterpolation}) costs about the same everywhere, no
      less than ${rough.min((e) => e.interpolated.excess, NATS)}, and more than the other ways do
      in the old window and the next ${rough}. Slowing the slow waves alone, by a larger base
      (${ntkAware}), costs ${rough.max((e) => e["base changed"].excess[0], NATS)} at most in the old
      window and ${rough.max((e) => e["base changed"].excess[3], NATS)} in the last, and is the
      best in every window past the old one ${rough}. Sinusoidal positions, treated the same, do
      best squeezed, at ${rough.max((e) => e.interpolated.excess, { ...NATS, ...WAVES })} at most
      ${rough}. After the same short tuning the choice hardly matters: with any of them, in any
      window, the loss was within ${tuning.max(farthest, NATS)} of that in the old window ${tuning}.
      (Where it is below, that is because tuning is also training: the old model had none of it
      ${tuning}.) But a difference remains: on the same predictions squeezing was above a changed
      base by ${finest.min((e) => e.interpolated.mean, MILLI)} or more, with a standard error of
      ${finest.max((e) => e.interpolated.error, MILLI)} at most ${finest}. Running on was above it
      too, by ${finest.min((e) => e["run on"].mean, MILLI)} or more, which is less sure, at a
      standard error of up to ${finest.max((e) => e["run on"].error, MILLI)} ${finest}. So past
      the old window a changed base is the one to choose, and plainly so untuned; inside it,
      untuned, it is running on, which changes nothing there ${rough} ${finest}.

      But a low loss past the window is no proof that what lies back there is used ${used}. An edit
      within the last ${used.max((e) => e.within)} tokens moved the last prediction by
      ${used.min((e) => e.near, NATS)} or more on average, and one ${used.max((e) => e.beyond)}
      tokens back or more by at most ${used.max((e) => e.far, { unit: "nats" })} ${used}. Nor did
      any of these models gain more than ${used.max((e) => e.gain, NATS)} from seeing all of the
      text instead of one window: they were taken to longer texts without loss, and without anything
      to gain there ${used}.
    `,
    wouldChange: md`
      A parameter other than a table of positions whose shape depends on the context size, or models
      that stay lost past their window whatever is done. What came closest is a table with new rows,
      which was tuned as much as the others and still lost
      ${stretching.max((e) => e.fresh.past, NATS)} past the window.
    `,
    sources: [
      alibi,
      roformer,
      positionInterpolation,
      ntkAware,
      yarn,
      nopeLength,
      noPositions,
      synthesizer,
    ],
  };
});

/** The shapes of all that the graph of such a model stores when its window is `n_ctx`. */
function stored({ config, rewrites }: Model, n_ctx: number): Record<string, string> {
  const g = buildGraph({ config: makeConfig({ ...config, n_ctx }), rewrites });
  const parameters = g.inputs.filter(({ name }) => name !== "tokens");
  const values = [...parameters, ...g.initializers.map(({ value }) => value)];
  return Object.fromEntries(values.map(({ name, shape }) => [name, `[${shape}]`]));
}

/** How far the logits of a text that fills the old window move in one twice as long. */
async function apart(model: Model, how: Stretch) {
  const tokens = drawTokens(model, { length: model.config.n_ctx });
  const longer = stretched(model, 2 * model.config.n_ctx, how);
  const [before, after] = [await run(model, tokens), await run(longer, tokens)];
  return { apart: maxDifference(before.logits, after.logits) };
}

/** What a pair's longer one loses on predictions past the old window, and inside it. */
async function beyond({ base, longer }: Pair) {
  const compared = excessOver(await inText(longer), await inWindows(base));
  const past = [1, 2, 3];
  return {
    ...compared,
    times: LONG / WINDOW,
    worst: Math.max(...past.map((k) => compared.excess[k])),
    atMost: Math.max(...past.map((k) => compared.excess[k] + 3 * compared.error[k])),
  };
}

/** The loss with all of the text to go by, and with windows of the old length: [row][window]. */
const inText = perModel(async (model) => lossInText(model, await longRows(), WINDOW));
const inMoreText = perModel(async (model) => lossInText(model, await longRows(MORE_ROWS), WINDOW));
const inWindows = perModel(async (model) => lossInWindows(model, await longRows(), WINDOW));

/** Held-out texts of some windows, or as many `more` than those. */
async function longRows(more = 0): Promise<number[][]> {
  const rows = await heldOutRows({ rows: ROWS + more, length: LONG + 1, seed: "long" });
  return more > 0 ? rows.slice(ROWS) : rows;
}

/** A mean over texts with its standard error. */
function estimate(byText: readonly number[]) {
  return { mean: mean(byText), error: standardError(byText) };
}

/** Mean losses past the old window above those inside it, and inside it. */
async function compareTables({ base, tuned, fresh, untuned }: Tables) {
  const old = await inWindows(base);
  const above = async (model: Model) => {
    const apart = (await inText(model)).map((row, r) => row.map((loss, k) => loss - old[r][k]));
    return { inside: apart.map(([first]) => first), past: apart.map((row) => mean(row.slice(1))) };
  };
  const [stretched, added, rough] = [await above(tuned), await above(fresh), await above(untuned)];
  const summary = ({ inside, past }: typeof stretched) => {
    return { inside: mean(inside), past: mean(past), error: standardError(past) };
  };
  return {
    tuned: summary(stretched),
    fresh: summary(added),
    untuned: summary(rough),
    gap: estimate(added.past.map((loss, r) => loss - stretched.past[r])),
    ...COST,
  };
}

/** Excess by way and window. */
async function compareWays({ base, ...ways }: Rotaries) {
  const found = WAYS.map(async (way) => {
    const { excess, error } = await beyond({ base, longer: ways[way] });
    return [way, { excess, error }] as const;
  });
  return Object.fromEntries(await Promise.all(found)) as Record<
    Stretch,
    { readonly excess: readonly number[]; readonly error: readonly number[] }
  >;
}

/** How far two ways are above a changed base on the same predictions, of more texts. */
async function aboveChangedBase(ways: Rotaries, { otherTexts = false } = {}) {
  const losses = async (way: Stretch) => [
    ...await inText(ways[way]),
    ...await inMoreText(ways[way]),
  ];
  const [first, ...rest] = await losses("base changed");
  const changed = otherTexts ? [...rest, first] : [first, ...rest];
  const above = async (way: Stretch) => {
    const apart = (await losses(way)).map((row, r) => row.map((loss, k) => loss - changed[r][k]));
    return { ...estimate(apart.map(mean)), byWindow: meanByPosition(apart) };
  };
  return { "run on": await above("run on"), interpolated: await above("interpolated") };
}

/** How far back a last prediction reaches, and what a model gains by more than a window of text. */
async function howFarBack(model: Model) {
  const rows = (await longRows()).slice(0, 2).map((row) =>
    row.slice(0, Math.max(...DISTANCES) + 1)
  );
  const moved = await reach(model, rows, { distances: DISTANCES });
  const [text, windows] = [await inText(model), await inWindows(model)];
  const gained = text.map((row, r) =>
    mean(row.slice(1).map((loss, k) => windows[r][k + 1] - loss))
  );
  const { mean: gain, error } = estimate(gained);
  const near = mean(moved.filter((_, i) => DISTANCES[i] <= NEAR));
  const far = mean(moved.filter((_, i) => DISTANCES[i] >= FAR));
  return { moved, near, far, within: NEAR, beyond: FAR, gain, error };
}

/** How far the loss is from that in the old window, by any way and in any window. */
function farthest(ways: Awaited<ReturnType<typeof compareWays>>): number {
  return Math.max(...WAYS.flatMap((way) => ways[way].excess.map(Math.abs)));
}

/** Lines of the excess in each window, one for each way. */
function byWindow(
  runs: readonly ShownRun<Awaited<ReturnType<typeof compareWays>>>[],
  title: string,
): Figure {
  return lines({
    title,
    caption: "Loss on the same predictions, less that of the model as it was trained with a " +
      "window of its own: squeezing (interpolated), changing the base, and running on.",
    x: { label: "up to this many windows of text" },
    y: { label: "lost", unit: "nats" },
    rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) =>
      WAYS.flatMap((way) =>
        evidence[way].excess.map((y, k) => ({
          x: k + 1,
          y,
          series: `${model.split(",")[0]}, ${way}`,
        }))
      )
    ),
  });
}
