import { assertEquals, assertGreater, assertLess } from "@std/assert";
import memoize from "memoize";
import { type Model, needs, question, run } from "../mod.ts";
import type { Tensor } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";

/** How figures of the answer are written. */
const [NATS, WHOLE, TWO] = [{ unit: "nats", digits: 1 }, { percent: true, digits: 0 }, {
  digits: 2,
}];

/** One of each size, for controls that any model would do for. */
const two = [models.tiny, models.trainedModel("learned/1")];

/** The sabotage that all of this must be told apart from. */
const FIXED = "a constant pattern";

/** Where attention is asked with only part of it held. */
const NO_PATTERN = { ...TWO, control: "only the scale held" };
const NO_SCALE = { ...TWO, control: "only the pattern held" };

/** Where the scores are other ones than the formula's. */
const UNSCALED = { control: "scores without 1/sqrt(d_head)" };

/** How much of its weight a head moves, which can be little; and where nothing is learned yet. */
const TENTH = { percent: true, digits: 1 };
const UNTRAINED = { ...TENTH, control: "untrained weights" };

/** Where a head was looked for that is needed and may be frozen, and none was found. */
const PROSE = { control: "trained on prose", percent: true, digits: 0 };

question("Is the attention pattern an activation, not a parameter?", {
  notes: "Yes: it is the softmax of a form x^T W x, and what is learned is W.",
  standing: "confirmed with a caveat",
  sources: [papers.attentionIsAllYouNeed, papers.mathematicalFramework, papers.synthesizer],
  draft: true,
}, ({ short, claim, say, wouldChange }) => {
  short`Yes. The matrices that it is computed from are learned and stay; the pattern itself is
    computed anew from every text. Some trained heads behave almost as if theirs were fixed.`;

  const changes = claim("The same weights give every head another pattern on another text", {
    id: "the-text-changes-it",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    needs: needs.attention,
    measure: (model: Model) => twoTexts(model),
    check: ({ another, again }) => {
      assertEquals(again, 0, "the same text must give the same pattern, to the last bit");
      // A thousand times what rounding could do.
      assertGreater(another, 1e-4, "the most that a weight moved, in the head that moved least");
    },
    mustFailOn: {
      [FIXED]: { sabotage: sabotages.constantPattern, on: two },
      "the same text twice": { on: two, measure: (model) => twoTexts(model, { seed: "one" }) },
    },
    show: (runs) =>
      charts.heatmap({
        title: "One head, two texts",
        caption: "The first head of a trained model, the same weights on both sides, and of one " +
          "whose pattern is a table of parameters: that table does not know what it is looking at.",
        x: { label: "looked at" },
        y: { label: "position that asks" },
        value: { label: "weight" },
        rows: runs.filter(({ model, control }) =>
          model.startsWith("learned/1") && control !== "the same text twice"
        ).flatMap(({ control, evidence }) =>
          evidence.patterns.flatMap((pattern, text) =>
            pattern.flatMap((row, y) =>
              row.map((value, x) => ({
                x,
                y,
                value,
                series: `${control ?? "attention"}, ${text === 0 ? "one text" : "another"}`,
              }))
            )
          )
        ),
      }),
  });

  // Nothing else goes into it: the formula, in plain loops and 64 bits, of the stream and of W_Q,
  // W_K, their biases and LayerNorm's, and of what the positional scheme does to queries, keys and
  // scores, gives the pattern that the model has.
  const formula = claim("Stream, weights and positional scheme give the pattern, by a formula", {
    id: "the-formula-gives-it",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    needs: needs.attention,
    measure: offFormula,
    // Scores of up to a hundred or so, sums of products rounded at 6e-8: an error of 1e-5 in a
    // score is one of 1e-5 times the weight in that weight.
    check: ({ apart }) => assertLess(apart, 1e-5, "the most by which a weight is off"),
    mustFailOn: {
      [UNSCALED.control]: { sabotage: sabotages.unscaledScores, on: two },
      "a constant pattern": { sabotage: sabotages.constantPattern, on: two },
      "the stream of another text": {
        on: two,
        measure: (model) => offFormula(model, { stream: "another text" }),
      },
    },
  });

  const sizes = claim("A longer window adds no parameter to attention and reshapes none", {
    id: "no-parameter-of-the-window",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    needs: needs.attention,
    measure: longerWindow,
    check: ({ attention, stored }) => {
      assertEquals(attention, [], "what changes in attention when n_ctx does");
      assertGreater(stored, 0, "parameters of attention that were compared");
    },
    mustFailOn: { "a constant pattern": { sabotage: sabotages.constantPattern, on: two } },
  });

  // What is then left of attention is a sum with fixed weights. Half of the statement is its
  // controls: with any part of it free again, the layer is no longer affine. What makes a pattern
  // does not matter once it is held, so that not every way to be wired is asked of trained ones.
  const affine = claim("With its pattern and LayerNorm's scale held, attention is affine", {
    id: "affine-once-held",
    kind: "identity",
    on: [
      ...models.randomFamilies({ size: 1 }),
      ...(["learned/1", "rotary/1", "attn-2l/1"] as const).map(models.trainedModel),
    ],
    needs: needs.attention,
    measure: (model: Model) => holding(model, [PATTERN, SCALE]),
    // Sums of some hundred products in 32 bits, relative to the largest.
    check: ({ fromAffine }) => assertLess(fromAffine, 1e-5, "the most by which sums are not kept"),
    mustFailOn: {
      "nothing held": { on: two, measure: (model) => holding(model, []) },
      [NO_PATTERN.control]: { on: two, measure: (model) => holding(model, [SCALE]) },
      [NO_SCALE.control]: { on: two, measure: (model) => holding(model, [PATTERN]) },
      "values that go through a ReLU": { sabotage: sabotages.reluValues, on: two },
    },
  });

  const varies = claim("Every head that was trained follows the text far more than before", {
    id: "training-makes-it-vary",
    kind: "empirical",
    on: models.schemeRecipes.map((scheme) => models.seedPair(scheme)),
    measure: variation,
    // By more than the heads that vary least are apart in two seeds of the scheme.
    check: ({ least, before }) => {
      const apart = Math.max(...least) - Math.min(...least);
      assertGreater(Math.min(...least) - apart, before, "the least varied, against any untrained");
    },
    mustFailOn: {
      "untrained weights": { on: [models.seedPair("rotary", sabotages.untrained(2))] },
      "a constant pattern": { on: [models.seedPair("learned", sabotages.constantPattern)] },
    },
    show: (runs) =>
      charts.dots({
        title: "How much of a head's attention goes elsewhere in another text",
        caption:
          "A dot for each head: the share of a position's weight that lies on other places " +
          "in another text, a mean over positions and pairs of texts. 0 is a fixed pattern, 1 one " +
          "that never looks at the same place twice.",
        x: { label: "model" },
        y: { label: "share of weight that moves" },
        rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) => [
          { x: model, y: evidence.before, series: "before training, the most of any head" },
          ...evidence.heads.map((y) => ({ x: model, y, series: "trained" })),
        ]),
      }),
  });

  const fixed = claim("A trained head can behave as if its pattern were fixed, and be needed", {
    id: "some-are-as-if-fixed",
    kind: "empirical",
    on: models.bothSeeds("attn-2l"),
    measure: (model: Model) =>
      freezing(
        model,
        probes.drawRepeatedBlocks(model, { block: [12, 36], rows: 9, length: 64 }).tokens,
      ),
    // Freezing costs that head next to nothing, and others of the same model a good part of what
    // flattening does.
    check: ({ fixed, free }) => {
      assertGreater(fixed.flattened, 0.5, "nats that the head is worth: lost when it is flattened");
      assertLess(fixed.frozen / fixed.flattened, 0.05, "share of that lost when it is frozen");
      assertGreater(free.frozen, 0.1, "nats lost when the head that minds it most is frozen");
    },
    mustFailOn: {
      [UNTRAINED.control]: {
        on: [models.beforeTraining(models.trainedModel("attn-2l/1"))],
      },
      [PROSE.control]: {
        on: models.twoOfEachScheme,
        measure: async (model) =>
          freezing(model, await models.texts.heldOutRows({ rows: 9, length: 40 })),
      },
    },
    show: (runs) => [
      charts.dots({
        title: "What it costs to freeze a head, and to flatten it",
        caption:
          "Each dot is a head. Frozen, it has its mean pattern over other texts; flattened, " +
          "it looks at everything alike. Far right and low: a head that is needed, and whose " +
          "pattern may as well be a table.",
        x: { label: "flattened: predictions move by", unit: "nats" },
        y: { label: "frozen: predictions move by", unit: "nats" },
        rows: runs.filter(({ control }) => control !== UNTRAINED.control).flatMap((run) =>
          run.evidence.heads.map(({ flattened, frozen }) => ({
            x: flattened,
            y: frozen,
            series: run.model,
          }))
        ),
      }),
      charts.dots({
        title: "How much of a head's attention goes elsewhere in another repeated block",
        caption: "A dot for each head of the models that have a head as if fixed: the share of a " +
          "position's weight that lies on other places in another text, a mean over positions " +
          "and pairs of the texts that heads were frozen to the mean of.",
        x: { label: "model" },
        y: { label: "share of weight that moves" },
        rows: runs.filter(({ control }) => control !== PROSE.control).flatMap((run) =>
          run.evidence.heads.map((each) => ({
            x: run.model,
            y: each.varies,
            series: run.control ? "before training" : roleOf(each, run.evidence),
          }))
        ),
      }),
    ],
  });

  say`
      Yes: a pattern is worked out anew for every text, and what is learned are the weights that it
      is worked out with ${changes}${formula}. On a second text every head of
      ${changes.count({ origin: "random" })} random and ${changes.count({ origin: "trained" })}
      trained models had another pattern, with some weight moved by at least
      ${changes.min((e) => e.another)}; on the first text again it moved by
      ${changes.max((e) => e.again)} ${changes}.

      The notes' form is right if it takes two vectors ${formula}. The score that position i gives
      to position j is the product of a query and a key: \`x_i^T W x_j\`, where each x is a position's
      vector in the stream after LayerNorm (with a one appended where there are biases), and W is
      made of the weights of queries and keys ${formula}. ALiBi takes off more the farther j is, and with rotary positions W is another one
      for each distance (question thirteen); softmax turns scores into a pattern ${formula}. Worked
      out by that formula alone, in plain loops, every weight was the model's own to within
      ${formula.max((e) => e.apart)}; leave out the division of the scores by the root of
      \`d_head\`, and some are off by ${formula.min((e) => e.apart, UNSCALED)} or more ${formula}.

      No table of places is among the parameters: in a longer window attention had none that was
      new and none of another shape ${sizes}. A pattern that is a parameter can be built, as in
      ${papers.synthesizer}, and is easily told apart: it moved by
      ${changes.max((e) => e.another, { control: FIXED })} between texts, and it grew with the
      window ${changes}${sizes}.

      Attention is nonlinear only through its pattern and LayerNorm's scale ${affine}. Hold both,
      and the layer is linear but for a constant: with that taken off, the output for a sum of two
      streams is the sum of the outputs, to ${
    affine.max((e) => e.fromAffine)
  } of the largest number that
      came out. Free the scale alone, and it misses by ${
    affine.min((e) => e.fromAffine, NO_SCALE)
  } or
      more. Free the pattern alone, by ${affine.min((e) => e.fromAffine, NO_PATTERN)} or more.

      How much a pattern follows the text is learned ${varies}. Between two held-out texts the heads
      of untrained models moved at most
      ${varies.max((e) => e.before, { percent: true, digits: 1 })} of their weight to other places,
      and those of trained ones between ${varies.min((e) => e.least, WHOLE)} and
      ${varies.max((e) => e.most, WHOLE)}, in two seeds of each positional scheme ${varies}.

      The caveat is that a pattern can be an activation in principle and a constant in practice
      ${fixed}. Two models that were trained to continue repeated blocks each have a head that they
      need, since the predictions move by at least ${fixed.min((e) => e.fixed.flattened, NATS)} (of
      KL divergence) when it is made to look at everything alike; but frozen to its mean pattern over
      other texts, it moved them by no more than ${fixed.max((e) => e.fixed.frozen, NATS)} ${fixed}.
      Quite fixed it is not: between those texts it moved ${fixed.min((e) => e.fixed.varies, TENTH)}
      and ${fixed.max((e) => e.fixed.varies, TENTH)} of its weight to other places, and the other
      heads of these models ${fixed.min(otherHeads, TENTH)} to ${fixed.max(otherHeads, TENTH)};
      before training no head of the first model moved more than ${fixed.max(moved, UNTRAINED)}
      ${fixed}. So it follows the text more than an untrained head does, and the predictions hardly
      depend on that ${fixed}. Freezing the head of the same models that minds it most cost at least
      ${fixed.min((e) => e.free.frozen, NATS)}; in both, another head moved more of its weight than
      that one, by ${fixed.min(movedBeyondFree, TENTH)} of the whole or more ${fixed}. Of the ${
    fixed.count({ control: PROSE.control })
  } small
      models of prose, none has such a head ${fixed}. In ${
    fixed.mean((e) => e.needed > 0 ? 1 : 0, PROSE)
  } of them a head cost half a nat or more to
      flatten, never more than ${fixed.max((e) => e.needed, { control: PROSE.control })} in a model,
      and freezing it cost ${fixed.min((e) => e.needed > 0 ? share(e.fixed) : [], PROSE)} of that or
      more.
    `;
  wouldChange`
      A sound model with a head whose pattern no text can move, a weight that the formula does not
      give, or a parameter of attention that grows with the window. The formula has little room:
      scores of another scale would put weights off by at least
      ${formula.min((e) => e.apart, UNSCALED)}, and it was off by ${formula.max((e) => e.apart)}.
      Closest to a pattern that is a parameter comes the trained head that behaves as if it had one,
      and lost ${fixed.max((e) => share(e.fixed), { percent: true, digits: 2 })} of its worth by
      having one at most.
    `;
});

/** How large a piece of a pattern the picture shows. */
const SHOWN = 8;

/** How far every head's pattern moves between texts of other tokens, and when one is run again. */
async function twoTexts(model: Model, { seed = "two" }: { seed?: string } = {}) {
  const [one, two] = ["one", seed].map((seed) => probes.drawTokens(model, { seed })[0]);
  const layers = await probes.patternsOf(model, [one, two, one]);
  const heads = layers.flatMap((pattern) =>
    Array.from({ length: model.config.n_heads }, (_, head) => ({
      another: most(pattern.get(0, head), pattern.get(1, head)),
      again: most(pattern.get(0, head), pattern.get(2, head)),
    }))
  );
  return {
    another: Math.min(...heads.map(({ another }) => another)),
    again: Math.max(...heads.map(({ again }) => again)),
    patterns: [0, 1].map((text) => corner(layers[0].get(text, 0))),
  };
}

function most(a: Tensor, b: Tensor): number {
  return a.data.reduce((most, weight, i) => Math.max(most, Math.abs(weight - b.data[i])), 0);
}

/** The first rows and columns of a matrix, as many as the picture shows. */
function corner(matrix: Tensor): number[][] {
  const rows = Math.min(SHOWN, matrix.shape[0]);
  return Array.from({ length: rows }, (_, row) => [...matrix.get(row).data.slice(0, rows)]);
}

/** How far the formula's pattern is from the model's own, in any layer. */
async function offFormula(model: Model, { stream = "the same" }: { stream?: string } = {}) {
  const [text, other] = ["text", stream].map((seed) => probes.drawTokens(model, { seed })[0]);
  const rows = [text, stream === "the same" ? text : other];
  const patterns = transformer.inEachBlock(model.config, "attn.hook_pattern");
  const streams = transformer.inEachBlock(model.config, "hook_resid_pre");
  const kept = await run(model, rows, { hooks: [...patterns, ...streams] });
  let apart = 0;
  patterns.forEach((hook, layer) => {
    const weights = probes.patternFromStream(model, layer, kept.get(streams[layer]).get(1));
    const own = kept.get(hook).get(0).data;
    apart = weights.reduce((far, weight, i) => Math.max(far, Math.abs(weight - own[i])), apart);
  });
  return { apart };
}

/** Which named values of the graph have another shape, or are new, when the window is longer. */
function longerWindow({ config, rewrites }: Model) {
  const shapes = (n_ctx: number) => {
    const g = transformer.buildGraph({ config: { ...config, n_ctx }, rewrites });
    return Object.fromEntries(g.names.map((name) => [name, `${g.find(name)!.shape}`]));
  };
  const [before, after] = [shapes(config.n_ctx), shapes(config.n_ctx + 3)];
  const changed = Object.keys(after).filter((name) => before[name] !== after[name]);
  const attention = Object.keys(after).filter((name) => /\.attn\.[Wb]_/.test(name));
  return {
    stored: attention.length,
    attention: changed.filter((name) => attention.includes(name)),
    elsewhere: changed.filter((name) => !attention.includes(name)),
  };
}

const [PATTERN, SCALE] = ["attn.hook_pattern", "ln1.hook_scale"];

/** How far attention is from affine with some of it held; a scale only where there is LayerNorm. */
function holding(model: Model, held: readonly string[]) {
  const there = held.filter((hook) => hook !== SCALE || model.config.normalization === "LN");
  return probes.attentionLinearity(model, probes.drawTokens(model)[0], there);
}

const fresh = sabotages.untrained();

/** How much each head varies between a few held-out texts. */
const variationsOf = memoize(async (model: Model) => {
  const rows = await models.texts.heldOutRows({
    rows: 4,
    length: Math.min(60, model.config.n_ctx),
  });
  return (await probes.patternsOf(model, rows)).flatMap(probes.headVariations);
}, { cache: new WeakMap() });

/** Of two seeds, and the most that any head did before training. */
async function variation(models: Model[]) {
  const seeds = await Promise.all(models.map(variationsOf));
  // One draw for both: untrained heads all vary as little.
  const untrained = await variationsOf(fresh.apply(models[0]));
  return {
    least: seeds.map((heads) => Math.min(...heads)),
    most: Math.max(...seeds.flat()),
    before: Math.max(...untrained),
    heads: seeds.flat(),
  };
}

/**
 * All heads of a model, and which of those that are needed minds freezing least, and which of all
 * minds it most.
 */
async function freezing(model: Model, texts: readonly number[][]) {
  const heads = await freezeAndFlatten(model, texts);
  const needed = heads.filter(({ flattened }) => flattened > 0.5);
  const most = heads.reduce((a, b) => b.frozen > a.frozen ? b : a);
  const fixed = needed.reduce((a, b) => share(b) < share(a) ? b : a, most);
  return { needed: needed.length, fixed, free: most, heads };
}

/**
 * What freezing each head to its mean pattern over other texts costs, what flattening it costs, and
 * how much it varies between those others. The first text is the one that is asked, and the rest
 * are the others.
 */
async function freezeAndFlatten(model: Model, texts: readonly number[][]) {
  const [rows, others] = [texts.slice(0, 1), await probes.patternsOf(model, texts.slice(1))];
  const varies = others.flatMap(probes.headVariations);
  const flats = others.map(() => probes.uniformPattern(rows[0].length));
  const frozen = await probes.patchPatterns(model, rows, others.map(probes.meanPattern));
  const flat = await probes.patchPatterns(model, rows, flats);
  return frozen.map(({ layer, head, cost }, i) => ({
    layer,
    head,
    frozen: cost,
    flattened: flat[i].cost,
    varies: varies[i],
  }));
}

type Head = { layer: number; head: number; varies: number };

function same(a: Head, b: Head): boolean {
  return a.layer === b.layer && a.head === b.head;
}

/** What the picture calls a head. */
function roleOf(head: Head, { fixed, free }: { fixed: Head; free: Head }): string {
  if (same(head, fixed)) return "the head that is as if fixed";
  return same(head, free) ? "the head that freezing costs most" : "other heads";
}

/** How much every head varies. */
function moved({ heads }: { heads: readonly Head[] }): number[] {
  return heads.map(({ varies }) => varies);
}

/** By how much the head that varies most does so more than the one that minds freezing most. */
function movedBeyondFree({ heads, free }: { heads: readonly Head[]; free: Head }): number {
  return Math.max(...moved({ heads })) - free.varies;
}

/** How much every head but the one that is as if fixed varies. */
function otherHeads({ heads, fixed }: { heads: readonly Head[]; fixed: Head }): number[] {
  return moved({ heads: heads.filter((head) => !same(head, fixed)) });
}

/** How much of what flattening a head costs freezing it costs already. */
function share({ frozen, flattened }: { frozen: number; flattened: number }): number {
  return frozen / flattened;
}
