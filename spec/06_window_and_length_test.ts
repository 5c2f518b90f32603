import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question, run, sabotaged } from "../mod.ts";
import { maxAbs, maxDifference } from "../lib/tensor/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";

const learned = models.trainedModel("learned/1");
const rotary = models.trainedModel("rotary/1");

/** Places that a head with a sliding window sees, its own among them. */
const NEAR = 3;

/** Layers deep enough to see reach pile up. */
const deep = models.randomFamilies({ n_layers: [4], size: 1 });

/** A model whose layers see everything. */
const WHOLE = { control: "layers that see everything" };

/** One with a sliding window in every second layer. */
const ALTERNATING = { control: "a sliding window in every second layer" };

/** Which lengths of text were tried on a model of that window, and ran. */
type Lengths = {
  readonly window: number;
  readonly positions: string;
  readonly tried: readonly { readonly length: number; readonly refusal: string }[];
};

/** Trained, with layers enough to see that too, as it is and with heads that see little. */
const tall = models.trainedModel("depth-4/1");
const [NARROW] = sabotaged([tall], sabotages.slidingWindow(NEAR));

/** Where a table of positions never runs out. */
const CLAMPED = { control: "positions clamped to the last row" };

/** Where later tokens are seen from the middle of the window on. */
const HALFWAY = { control: "a mask that opens halfway", digits: 2 };

/** Where one length is all that there is. */
const FIXED = { control: "a fixed sequence axis" };

question("Is the context window the same thing as the sequence length?", {
  notes: "Yes.",
  standing: "corrected",
  sources: [
    papers.gpt2,
    papers.attentionIsAllYouNeed,
    papers.roformer,
    papers.alibi,
    papers.longformer,
    papers.mistral,
  ],
  draft: true,
}, ({ claim, refuted, say, wouldChange }) => {
  // Texts of different lengths are computed in different shapes, which round differently. Two
  // texts of one length that begin alike are not, and there zero means zero.
  const anyLength = claim(
    "A text of any length up to the window runs, and adding tokens changes nothing before them",
    {
      id: "any-length",
      kind: "identity",
      on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
      needs: needs.mask,
      measure: everyLength,
      check: ({ ran, tried, apart, before, after }) => {
        assertEquals(ran, tried, "every length must give as many predictions as there are tokens");
        // Sums of up to a few hundred products, rounded at 2^-24 = 6e-8 each, in another order: a
        // random walk of such steps stays near 1e-6 of the largest logit.
        assertLess(apart, 1e-5, "logits of the shorter text, less those inside the whole window");
        assertEquals(before, 0, "what the text is filled up with must move nothing before it");
        assertGreater(after, 0, "and must be different tokens");
      },
      mustFailOn: {
        "no causal mask": { sabotage: sabotages.noCausalMask, on: [models.tiny, learned] },
        [HALFWAY.control]: { sabotage: sabotages.maskOpensHalfway, on: [models.tiny, learned] },
      },
    },
  );

  // Only a refusal that is about the length counts as a text that does not fit; any other error,
  // and any at all for a whole window, ends the measurement.
  const same = refuted("The sequence length is the window: no other text fits", {
    id: "one-number",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    measure: async (model: Model) => {
      const { n_ctx: window, positions } = model.config;
      const tried = [{
        length: window,
        refusal: "",
        predictions: await predictionsFor(model, window),
      }];
      for (const length of [...lengthsBelow(window), window + 1, window + 2]) {
        tried.push({ length, ...await attempt(model, length) });
      }
      return { window, positions, tried };
    },
    check: ({ window, tried }) => {
      const ran = tried.filter(({ refusal }) => refusal === "").map(({ length }) => length);
      assertEquals(ran, [window], "the lengths that run");
    },
    mustHoldOn: {
      [FIXED.control]: { sabotage: sabotages.fixedLength, on: [models.tiny, rotary] },
    },
    show: (runs) =>
      charts.heatmap({
        title: "Which lengths run",
        caption: `Models with a window of ${learned.config!.n_ctx}, all given texts of the same ` +
          "lengths: blue ran, orange was refused. With learned positions the lengths end at the " +
          "window; with rotary ones they go on past it. Only where the sequence axis is fixed is " +
          "there just one length.",
        x: { label: "tokens in the text" },
        y: { label: "positions" },
        value: { label: "1: ran, -1: refused" },
        rows: lengthCells(runs),
      }),
  });

  const tooMany = claim(
    "One token too many is refused where positions are a learned table, and runs elsewhere",
    {
      id: "one-too-many",
      kind: "identity",
      on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
      measure: async (model: Model) => {
        const window = model.config.n_ctx;
        const rows = model.weights["pos_embed.W_pos"]?.shape[0] ?? 0;
        return { rows, tokens: window + 1, ...await attempt(model, window + 1) };
      },
      check: ({ rows, tokens, refusal, predictions }) => {
        const required =
          `Cannot run ${tokens} tokens: the model has n_ctx = ${rows} learned positions`;
        assertEquals(
          refusal,
          rows > 0 ? required : "",
          "what the model says to one token too many",
        );
        assertEquals(predictions, rows > 0 ? 0 : tokens, "predictions made");
      },
      mustFailOn: {
        [CLAMPED.control]: { sabotage: sabotages.clampedPositions, on: [models.tiny, learned] },
        [FIXED.control]: {
          sabotage: sabotages.fixedLength,
          on: models.randomFamilies({ positions: ["rotary"] }),
        },
      },
    },
  );

  // Nothing can come from farther than a layer sees, so beyond it zero means zero.
  const near = claim(
    "With a sliding window, each layer carries a token on by the window less one",
    {
      id: "sliding-window",
      kind: "identity",
      on: [...sabotaged([...deep, rotary], sabotages.slidingWindow(NEAR)), NARROW],
      measure: reachByLayer,
      check: ({ reach, end }) => {
        const expected = reach.map((_, layer) => Math.min((layer + 1) * (NEAR - 1), end));
        assertEquals(reach, expected, "places, layer by layer");
      },
      mustFailOn: {
        [WHOLE.control]: { on: [...deep.slice(0, 1), tall] },
        [ALTERNATING.control]: {
          sabotage: sabotages.slidingWindow(NEAR, false),
          on: [...deep.slice(0, 1), tall],
        },
        "a window one place wider": {
          sabotage: sabotages.slidingWindow(NEAR + 1),
          on: deep.slice(0, 2),
        },
      },
      show: (runs) =>
        charts.lines({
          title: "How far an edited token is felt",
          caption: "A token of a short text is edited, and its effect on the stream is followed. " +
            "Where heads see three places, each layer carries it two places on.",
          x: { label: "layers" },
          y: { label: "places" },
          rows: runs.filter(({ model }) => model.startsWith(tall.name)).flatMap(reachLine),
        }),
    },
  );

  say`
      No: the context window is the longest text that a model is built to take, and the sequence
      length is how long the text at hand is ${same}. The words are used for each other, but one is
      a maximum and the other a number that changes with every text: from a single token to the
      whole window, each length ran, in ${anyLength.count()} models, and gave one
      prediction for each token ${anyLength}.

      A short text does not even have to be filled up ${anyLength}. When half a window of text was
      filled up in two different ways, the predictions inside that half differed by
      ${anyLength.max((e) => e.before)}, and a text that was cut short predicted what it had
      predicted inside the longer one, to within ${anyLength.max((e) => e.apart)} of the largest
      logit (score of a word), which is rounding. That is the causal mask's doing: nothing looks
      ahead, so nothing can tell where the text ends ${anyLength}.

      Why there is a maximum at all depends on how a model knows where a token stands ${tooMany}. A
      learned table has one row for each place: ${learned} has
      ${tooMany.value(learned, (e) => e.rows)} rows, so a text of
      ${tooMany.value(learned, (e) => e.tokens)} tokens was refused, for that reason. Sinusoidal,
      rotary and ALiBi positions are computed, and models without positions need nothing, so there
      one token too many simply ran: ${rotary} gave ${tooMany.value(rotary, (e) => e.predictions)}
      predictions for ${tooMany.value(rotary, (e) => e.tokens)} tokens. For these the window is no
      more than the length that they were trained on, and that they run past it does not say that
      they do well there ${tooMany}.

      The two are one number only where the sequence axis was fixed when the model was built, as it
      is in some exported ones: ${same.count(FIXED)} models that we fixed so took texts of one
      length and refused all others.

      One caveat: how far a layer looks is a third length, and may be shorter than both ${near}.
      With a sliding window, in which a head sees a token and only the
      ${near.value(NARROW, (e) => e.reach[0])} before it, an edited token of ${tall} was felt
      ${near.value(NARROW, (e) => e.reach[0])} places on after the first layer, and
      ${near.value(NARROW, (e) => e.reach.at(-1)!)} places on after all
      ${near.value(NARROW, (e) => e.reach.length)}: layers stack it up. As it was trained,
      without such a window, its first layer took it to the end of the text,
      ${near.value(tall, (e) => e.reach[0], WHOLE)} places on.
    `;
  wouldChange`
      A text no longer than the window that does not run, or one whose predictions change when
      tokens are added after it ${anyLength}. We broke the mask so that it opens halfway, which
      leaves the first half of a text as it should be: cutting the text short then moved some
      prediction by at least ${anyLength.min((e) => e.apart, HALFWAY)} of the largest logit, where
      sound models moved none by more than ${anyLength.max((e) => e.apart)}. A model with a learned
      table that takes one token more would speak against the maximum ${tooMany}. We built that too,
      by letting the last row serve every place past the end: where ${learned} has to refuse, and
      give ${tooMany.value(learned, (e) => e.predictions)} predictions, it then gave
      ${tooMany.max((e) => e.predictions, CLAMPED)} without a word.
    `;
});

/** What becomes of the logits of a text that is cut short, or half filled up in two ways. */
async function everyLength(model: Model) {
  const n = model.config.n_ctx;
  const [text, other] = probes.drawTokens(model, { length: n, rows: 2 });
  const half = Math.floor(n / 2);
  const { logits } = await run(model, [text, [...text.slice(0, half), ...other.slice(half)]]);
  const moved = text.map((_, p) => maxDifference(logits.get(0, p), logits.get(1, p)));
  const tried = text.slice(1).map((_, i) => i + 1);
  const ran: number[] = [];
  let apart = 0;
  for (const length of tried) {
    const short = (await run(model, [text.slice(0, length)])).logits; // [1, length, d_vocab]
    ran.push(short.shape[1]);
    for (let p = 0; p < length; p++) {
      apart = Math.max(apart, maxDifference(short.get(0, p), logits.get(0, p)));
    }
  }
  const [before, after] = [Math.max(...moved.slice(0, half)), Math.max(...moved.slice(half))];
  const all = { tried: [...tried, n], ran: [...ran, logits.shape[1]] };
  return { ...all, apart: apart / maxAbs(logits), before, after };
}

/** Every length where the window is short; where it is long, some, and the longest. */
function lengthsBelow(window: number): number[] {
  const all = Array.from({ length: window - 1 }, (_, i) => i + 1);
  return window < 16 ? all : all.filter((n) => [1, 2, 5, 13, 34, window - 1].includes(n));
}

/** A row of the picture for each trained model: those share one window. */
function lengthCells(runs: readonly charts.ShownRun<Lengths>[]) {
  return runs.filter(({ model }) => [learned, rotary].some(({ name }) => model.startsWith(name)))
    .flatMap(({ control, evidence: { positions, tried } }) =>
      tried.toSorted((a, b) => a.length - b.length).map(({ length, refusal }) => ({
        x: length,
        y: control ? `${positions}, fixed axis` : positions,
        value: refusal === "" ? 1 : -1,
      }))
    );
}

/** A line of the picture of reach, from the edited token itself on. */
function reachLine({ control, evidence }: charts.ShownRun<{ readonly reach: readonly number[] }>) {
  const series = control ?? "a sliding window in every layer";
  return [0, ...evidence.reach].map((y, x) => ({ x, y, series }));
}

/** How models say that a text has the wrong length: our own words, and the runtime's. */
const REFUSALS = /^Cannot run \d+ tokens: |Reshape|reshape/;

/** How many predictions a text of that length gets, past the window too. */
async function predictionsFor(model: Model, length: number): Promise<number> {
  const [text] = probes.drawTokens({ config: { ...model.config, n_ctx: length } }, { length });
  return (await run(model, [text])).logits.shape[1];
}

/** The same, or in which words the length was refused. */
async function attempt(model: Model, length: number) {
  try {
    return { refusal: "", predictions: await predictionsFor(model, length) };
  } catch (error) {
    const refusal = (error as Error).message;
    if (!REFUSALS.test(refusal)) throw error;
    return { refusal, predictions: 0 };
  }
}

/** The farthest place after an edited token whose stream moved, after each layer. */
async function reachByLayer(model: Model) {
  const [text] = probes.drawTokens(model);
  const pairs = Array.from({ length: model.config.n_layers }, (_, layer) => ({
    from: "tokens",
    to: `blocks.${layer}.hook_resid_post`,
  }));
  const matrices = await probes.influences(model, text, pairs); // [edited, read] for each layer
  const reach = matrices.map((moved) =>
    Math.max(...text.flatMap((_, i) => text.map((_, j) => moved.at(i, j) > 0 ? j - i : 0)))
  );
  return { reach, end: text.length - 1 };
}
