import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, needs, question, run, sabotaged } from "../mod.ts";
import { maxAbs, maxDifference } from "../lib/tensor/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as pictures from "../lib/claims/pictures/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";

const learned = models.trainedModel("learned/1");
const rotary = models.trainedModel("rotary/1");

/** Places that a head with a sliding window sees, its own among them. */
const NEAR = 3;

/** Layers deep enough to see reach pile up. */
const deep = models.randomFamilies({ n_layers: [4], size: 1 });

/** Trained, with layers enough to see that too, as it is and with heads that see little. */
const tall = models.trainedModel("depth-4/1");
const [NARROW] = sabotaged([tall], sabotages.slidingWindow(NEAR));

question("Is the context window the same thing as the sequence length?", {
  notes: "Yes.",
  standing: "corrected",
  lit: ["tokens", "positions"],
  sources: [
    papers.gpt2,
    papers.attentionIsAllYouNeed,
    papers.roformer,
    papers.alibi,
    papers.longformer,
    papers.mistral,
  ],
}, ({ short, say, aside, caveat, claim, refuted, wouldChange }) => {
  short`Not quite: the context window is the most that a model can take, the sequence length is how
    much it was given. Any length up to the window works, and nothing needs to be filled up. Why
    there is a limit at all is a matter of how positions are encoded, and of memory.`;

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
        "a mask that opens halfway": {
          sabotage: sabotages.maskOpensHalfway,
          on: [models.tiny, learned],
        },
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
      "a fixed sequence axis": { sabotage: sabotages.fixedLength, on: [models.tiny, rotary] },
    },
    show: pictures.dots({
      title: "Every length up to the window gives as many predictions as it has tokens",
      caption:
        `Two models with a window of ${learned.config!.n_ctx} tokens. Past it the one with a ` +
        "table of positions refuses the text, and gives none; the one whose positions are rotary " +
        "runs on. Only with an axis fixed on purpose is there just one length.",
      on: ({ model }) => [learned, rotary].some(({ name }) => model.startsWith(name)),
      x: { label: "tokens given", of: "tried.length" },
      y: { label: "predictions made", of: "tried.predictions" },
      series: ({ control, evidence: { positions } }) => control ?? positions,
    }),
  });

  say`The two words are used for each other, but one is a maximum and the other changes with every
    text. Give a model a text of one token, of two, of as many as its window has: each of them runs
    and gets one prediction for each token ${same}.`;

  say`A shorter text does not even have to be filled up to the window. The causal mask lets no token
    look ahead, so no prediction can depend on what comes later, or on whether anything does.
    Complete half a text in two different ways, and the predictions within that half differ by
    ${anyLength.max("before")}; cut a text short, and what is left is predicted as it was
    ${anyLength}.`;

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
        "positions clamped to the last row": {
          sabotage: sabotages.clampedPositions,
          on: [models.tiny, learned],
        },
        "a fixed sequence axis": {
          sabotage: sabotages.fixedLength,
          on: models.randomFamilies({ positions: ["rotary"] }),
        },
      },
    },
  );

  say`Why is there a largest number? In some models because of how they know where a token stands.
    A learned table of positions has one row for each place: that of a small GPT here has
    ${tooMany.value(learned, "rows")} rows, and one token more is refused. Where positions are
    computed, as rotary ones are, or where there are none, nothing runs out: there the window is no
    more than the length of the texts that the model was trained on, and one token too many simply
    runs ${tooMany}. Whether such a model is any good beyond that is another question.`;

  aside`Memory and time are the other limit, whatever the positions are: attention compares every
    token with every earlier one, so a text twice as long takes about four times the comparisons.
    No such limit is built into a model: without a table of positions, a text longer than the window
    runs as long as the machine bears it ${tooMany}.`;

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
        "layers that see everything": { on: [...deep.slice(0, 1), tall] },
        "a sliding window in every second layer": {
          sabotage: sabotages.slidingWindow(NEAR, false),
          on: [...deep.slice(0, 1), tall],
        },
        "a window one place wider": {
          sabotage: sabotages.slidingWindow(NEAR + 1),
          on: deep.slice(0, 2),
        },
      },
      show: pictures.lines({
        title: "With a sliding window, each layer carries a token two places on",
        caption: "A token of a short text is edited, and its effect on the residual stream is " +
          "followed. Where heads see three places, it spreads by two with each layer; where they " +
          "see everything, the first layer takes it to the end.",
        on: ({ model }) => model.startsWith(tall.name),
        x: { label: "layers", of: ({ evidence }) => evidence.reach.map((_, layer) => layer + 1) },
        y: { label: "places that it is felt on", of: "reach" },
        series: ({ control }) => control ?? "a sliding window in every layer",
      }),
    },
  );

  caveat`How far a single layer looks is a third length, and may be shorter than both. Some models
    let each head see only the last few tokens, a sliding window; what is farther back then arrives
    through several layers, each carrying it a little further along the residual stream ${near}.`;

  wouldChange`A text no longer than the window that does not run, or one whose predictions change
    when tokens are added after it ${anyLength}; or a learned table of positions that serves one
    token more than it has rows ${tooMany}.`;
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
