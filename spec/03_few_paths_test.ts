import { assertGreater, assertLess } from "@std/assert";
import memoize from "memoize";
import { type Model, question, run } from "../mod.ts";
import { maxAbs, maxDifference, mean } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as texts from "../fixtures/texts/held_out.ts";
import * as papers from "../fixtures/papers.ts";

/** Where how a head is taken out matters, but not tenfold. */
const ONE_LAYER = { control: "one layer without an MLP", digits: 1 };
const WITH_MLPS = { control: "small models with MLPs", digits: 1 };

/** Where texts cannot tell what is written from what is lost. */
const UNTOLD = { control: "no positions", digits: 1 };
const HARDLY = { control: "learned or sinusoidal positions", digits: 1 };

/** What rounding may leave of a sum over paths, relative to the largest logit. */
const ROUNDING = 5e-6;

/** How many parts each head is split in. */
const PARTS = 3;

/** The controls that come closest, for what would change our mind. */
const FRESH = { control: "untrained weights", digits: 1 };
const MULTIPLIED = { control: "a stream that multiplies", digits: 4 };

const WAYS = ["mean", "zero", "resample"] as const;

const SMALL = { d_model: 12, n_heads: 3, d_vocab: 17, n_ctx: 9, attn_only: true } as const;
const twoLayers = models.randomModel(
  transformer.makeConfig({ ...SMALL, n_layers: 2 }),
  1,
  "two random layers",
);
const plainLayer = models.randomModel(
  transformer.makeConfig({ ...SMALL, n_layers: 1, normalization: "none" }),
  1,
  "a random layer without LayerNorm",
);

const attn2l = models.bothSeeds("attn-2l");
const [learned, learnedAgain] = models.bothSeeds("learned");
const untaught = models.beforeTraining(attn2l[0]);
const inThree = inParts(learned, "equal shares");

/** Weights drawn afresh, for each positional scheme once; and two draws to compare those with. */
const DRAWN = models.schemeRecipes.map((_, i) => sabotages.untrained(i + 1));
const MORE = [6, 7].map((seed) => sabotages.untrained(seed));

/** Before and after training, with each positional scheme. */
const trainings = models.schemeRecipes.map((name) => beforeAndAfter(name));
const withAlibi = trainings[models.schemeRecipes.indexOf("alibi")];

question("Why expect a few paths through the model to carry most of the behaviour?", {
  notes: "Nothing forces it; training finds specialised heads.",
  standing: "confirmed with a caveat",
  sources: [
    papers.mathematicalFramework,
    papers.sixteenHeads,
    papers.interpretabilityInTheWild,
    papers.hydraEffect,
  ],
  draft: true,
}, ({ claim, refuted, say, wouldChange }) => {
  // Sums of up to a few hundred products, each rounded at 6e-8, stayed below 1e-6 of the largest
  // logit. The least of the paths adds thousands of times as much.
  const summed = claim("Without MLPs the logits are the sum over all paths, patterns held", {
    id: "paths-sum-to-logits",
    kind: "identity",
    on: [
      ...models.randomFamilies({ mlp: false, n_layers: [2], size: 1 }),
      twoLayers,
      ...models.oneOfEachWiring,
    ],
    needs: ({ attn_only }) => attn_only ? undefined : "it has MLPs",
    measure: (model: Model) => sumOfPaths(model),
    check: ({ apart }) => assertLess(apart, ROUNDING, "relative to the largest logit"),
    mustFailOn: {
      "a stream that multiplies": { sabotage: sabotages.multiplyingStream(0.01), on: [twoLayers] },
      "the least of the paths left out": {
        on: [twoLayers],
        measure: (model) => sumOfPaths(model, "least"),
      },
      "paths from biases left out": {
        on: [twoLayers],
        measure: (model) => sumOfPaths(model, "biases"),
      },
    },
  });

  const attributed = claim(
    "With LayerNorm's scale held and its bias counted, what each part writes sums to the logit",
    {
      id: "attribution-sums-to-logits",
      kind: "identity",
      on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
      measure: (model: Model) => sumOfParts(model),
      check: ({ apart }) => assertLess(apart, 1e-5, "relative to the largest logit"),
      mustFailOn: {
        "a stream that multiplies": {
          sabotage: sabotages.multiplyingStream(0.01),
          on: [twoLayers],
        },
        "one head left out": { on: [twoLayers], measure: (model) => sumOfParts(model, "head 1.0") },
        "the last biases left out": {
          on: [twoLayers, learned],
          measure: (model) => sumOfParts(model, "last biases"),
        },
      },
    },
  );

  const single = claim("On text, paths through single heads bring most of what two layers bring", {
    id: "single-heads-on-text",
    kind: "empirical",
    on: attn2l,
    measure: async (model: Model) => orders((await pathsThrough(model)).text),
    // Most is more than half, and only of something worth having.
    check: ({ direct, single, all }) => {
      assertGreater(direct - all, 0.5, "nats that the heads bring at all");
      assertGreater(direct - single, (direct - all) / 2, "nats that single heads bring");
    },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "pairs in the place of single heads": {
        measure: async (model) => {
          const found = orders((await pathsThrough(model)).text);
          return { ...found, single: found.noSingle };
        },
      },
    },
  });

  const paired = claim("Where a block is said again, pairs of heads bring most of it alone", {
    id: "pairs-on-repeats",
    kind: "empirical",
    on: attn2l,
    measure: async (model: Model) => orders((await pathsThrough(model)).again),
    check: ({ direct, noSingle, all }) => {
      assertGreater(direct - all, 0.5, "nats that the heads bring at all");
      assertGreater(direct - noSingle, (direct - all) / 2, "nats that pairs bring alone");
    },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "ordinary text": { measure: async (model) => orders((await pathsThrough(model)).text) },
    },
    show: (runs) =>
      charts.bars({
        title: "How far each order of path gets",
        caption:
          "Patterns held. The biases' paths alone; with the direct path; with single heads; " +
          "with pairs; and with all but single heads. On text, pairs without single heads make " +
          "things worse. On the second saying of a random block they bring most of it; in " +
          `${attn2l[1].name} single heads alone bring about as much.`,
        x: { label: "paths" },
        y: { label: "loss", unit: "nats" },
        rows: runs.flatMap(({ model, control, evidence: e }) =>
          [
            ["biases", e.biases] as const,
            ["+ direct", e.direct] as const,
            ["+ single heads", e.single] as const,
            ["+ pairs", e.all] as const,
            ["no single heads", e.noSingle] as const,
          ].map(([x, y]) => ({
            x,
            y,
            series: control === "ordinary text" ? `${model}, on text` : model,
          }))
        ),
      }),
  });

  // Numbers drawn at random, half of them negative, count effectively for 2/pi of how many there
  // are. A half is well below, and not much is left of "few" above it.
  const few = claim("Few of the paths write most of what speaks for the next token", {
    id: "few-paths",
    kind: "empirical",
    on: attn2l,
    measure: (model: Model) => pathsThrough(model),
    check: ({ text, again }) => {
      for (const { effective, paths } of [text, again]) {
        assertLess(effective, (paths.length - 1) / 2, "effective number of paths through heads");
      }
    },
    mustFailOn: { "untrained weights": { on: [untaught] } },
    show: (runs) =>
      (["text", "again"] as const).map((kind) =>
        charts.heatmap({
          title: kind === "text"
            ? "What paths write on text"
            : "What paths write where a block is said again",
          caption:
            "Each cell is a path, by the head that it takes in either layer. Colour is how far, " +
            "on average, it moves the next token's logit above the mean (blue) or below (orange).",
          x: { label: "head in the second layer" },
          y: { label: "head in the first layer" },
          value: { label: "above the mean", unit: "logits" },
          rows: runs.flatMap(({ model, control, evidence }) =>
            evidence[kind].paths.map(({ through, lift }) => ({
              x: through.find((head) => head.startsWith("1.")) ?? "none",
              y: through.find((head) => head.startsWith("0.")) ?? "none",
              value: lift,
              series: control ?? model,
            }))
          ),
        })
      ),
  });

  // By divergence from what the model predicts with all its heads: differences of loss would be
  // noise in untrained models. Fewer means lower by more than seeds, and draws, differ by.
  const concentrated = claim("After training, fewer heads matter than before", {
    id: "training-concentrates",
    kind: "empirical",
    on: trainings,
    measure: concentration,
    check: ({ before, after }) => {
      for (const how of WAYS) assertFewer(after[how], before[how]);
    },
    mustFailOn: { "untrained weights": { on: [beforeAndAfter("rotary", "never trained")] } },
    show: (runs) => [
      charts.dots({
        title: "How many heads matter",
        caption:
          "The effective number of heads, by how far the predictions move when each is put " +
          "to its mean. Before training: one model for each scheme. After it: both seeds.",
        x: { label: "positions" },
        y: { label: "effective number of heads" },
        rows: runs.filter(({ control }) => !control).flatMap(({ evidence: e }, i) => [
          { x: e.name, y: e.before.mean[i], series: "before training" },
          ...e.after.mean.map((y) => ({ x: e.name, y, series: "after training" })),
        ]),
        reference: [{ y: 8, label: "all alike" }],
      }),
      charts.heatmap({
        title: "How far the predictions move without each head",
        caption: "Each head is put to its mean, to zero, or to what it read in another text. " +
          "The colour is logarithmic: some heads matter hundreds of times as much as others.",
        x: { label: "layer and head" },
        y: { label: "model" },
        value: { label: "KL", unit: "nats" },
        log: true,
        rows: runs.filter(({ control }) => !control).flatMap(({ evidence }) => evidence.heads)
          .map(({ model, head, how, kl }) => ({ x: head, y: model, value: kl, series: how })),
      }),
    ],
  });

  // Of a layer's four heads, one: what two texts or two seeds change is about half of that.
  const withinLayers = refuted("Within each layer, too, a head fewer matters at the least", {
    id: "within-each-layer",
    kind: "empirical",
    on: trainings.filter((training) => training !== withAlibi),
    measure: concentration,
    check: ({ layersBefore, layersAfter }) =>
      layersAfter.forEach((numbers, layer) =>
        assertLess(mean(numbers), mean(layersBefore[layer]) - 1, "heads, one less than before")
      ),
    mustHoldOn: { "trained with ALiBi": { on: [withAlibi] } },
    show: (runs) =>
      charts.dots({
        title: "How many heads of a layer matter",
        caption: "The same within each layer alone. With ALiBi both layers come to rest on few " +
          "heads; elsewhere a layer can stay as even as it was.",
        x: { label: "positions" },
        y: { label: "effective number of heads of the layer" },
        rows: runs.flatMap(({ evidence: e }) =>
          e.layersAfter.flatMap((numbers, layer) =>
            numbers.map((y) => ({ x: e.name, y, series: `layer ${layer}` }))
          )
        ),
        reference: [{ y: 4, label: "all alike" }],
      }),
  });

  // Heads differ by factors of a hundred: less than ten leaves those that matter in their order.
  const alike = refuted("Even without MLPs, how a head is taken out makes little difference", {
    id: "ways-to-ablate",
    kind: "empirical",
    on: attn2l,
    measure: compareWays,
    check: ({ ratio, resampled }) =>
      assertLess(Math.max(ratio, resampled), 10, "divergence one way over another, for any head"),
    mustHoldOn: {
      [WITH_MLPS.control]: { on: models.twoOfEachScheme },
      [ONE_LAYER.control]: { on: models.bothSeeds("attn-1l") },
    },
  });

  // Small divergences grow as the square of what is changed, and so shrink alike when heads are
  // split; large ones do not quite, which makes the growth something near the number of parts.
  const split = claim("Heads split in parts do the same together, and none matters as much", {
    id: "heads-split",
    kind: "construction",
    on: [inThree, inParts(learnedAgain, "equal shares")],
    measure: splitting,
    check: ({ apart, growth, part, head }) => {
      assertLess(apart, 1e-5, "the logits, relative to the largest");
      assertLess(Math.abs(growth / PARTS - 1), 0.2, "effective number against the parts of a head");
      assertLess(part, head / PARTS, "the most that is lost without one");
    },
    mustFailOn: {
      "one part has it all": { on: [inParts(learned, "one part has it all")] },
      "every part has it all": { on: [inParts(learned, "every part has it all")] },
    },
    show: (runs) =>
      charts.dots({
        title: "The same function, with heads that matter less",
        caption: "Each dot is a head, put to its mean: the heads as they were trained, and the " +
          "parts that do the same together.",
        x: { label: "heads" },
        y: { label: "KL", unit: "nats" },
        log: true,
        rows: runs.filter(({ control }) => !control).flatMap(({ model, evidence }) => [
          ...evidence.heads.map((y) => ({ x: "as trained", y, series: model })),
          ...evidence.parts.map((y) => ({ x: "in parts", y, series: model })),
        ]),
      }),
  });

  // Where the two are the same, the mean size of a difference is its error, on average. With
  // learned and sinusoidal positions it is little more: too little for these texts to decide.
  const necessary = refuted("What a head writes towards the answer is what is lost without it", {
    id: "attribution-is-necessity",
    kind: "empirical",
    on: [...attn2l, ...models.bothSeeds("rotary"), ...models.bothSeeds("alibi")],
    measure: async (model: Model) => {
      const rows = await moreTexts(model);
      return probes.directAndTotal(
        model,
        rows,
        (await probes.ablateHeads(model, rows, ["zero"])).zero,
      );
    },
    check: ({ apart, error }) => assertLess(apart, 2 * error + 1e-6, "logits, beside the error"),
    mustHoldOn: {
      [UNTOLD.control]: { on: models.bothSeeds("nope") },
      [HARDLY.control]: { on: [...models.bothSeeds("learned"), ...models.bothSeeds("sinusoidal")] },
      "one layer without an MLP or LayerNorm": { on: [plainLayer] },
    },
    show: (runs) => [
      charts.dots({
        title: "What a head writes, and what is lost without it",
        caption:
          "Each dot is a head. Along: how far it lifts the next token's logit itself. Up: how " +
          "much further that logit falls when it is silenced, in units of the error with which " +
          "the texts show it. A model counts as the same where its heads lie within two units " +
          "of the line on average: none of these does.",
        ...WRITTEN_AND_LOST,
        rows: runs.filter(({ control }) => !control).flatMap(lostBeyondWritten),
      }),
      charts.dots({
        title: "The same where positions are added or missing: too little for texts to tell",
        caption: "These count as the same: on average they lie within two units. Exactly on the " +
          "line they need not lie, since later layers read what a head writes. The random layer " +
          "without LayerNorm, where the two are equal but for rounding, is not drawn.",
        ...WRITTEN_AND_LOST,
        rows: runs.filter(({ control }) => control === UNTOLD.control || control === HARDLY.control)
          .flatMap(lostBeyondWritten),
      }),
    ],
  });

  const after = (name: string, seed: number) =>
    concentrated.value(name, (e) => e.after.mean[seed], { digits: 1 });
  const within = (layer: number) =>
    withinLayers.max((e) => e.layersAfter[layer], { control: "trained with ALiBi", digits: 1 });
  const nats = { digits: 2, unit: "nats" } as const;
  const ofLargest = { percent: true, digits: 0 } as const;

  say`
      Because training tends to leave it so; nothing in the architecture forces it
      ${concentrated} ${split}. A path is one way from the embedding to the logits (the scores of
      the vocabulary): past all heads, through one, or through one and then
      another ${few}. Hold each
      head's pattern (where it looks) and LayerNorm's scale as they came out, and without MLPs the
      logits are the sum over all paths, to within ${summed.max((e) => e.apart)} of the largest
      logit ${summed}. Paths that begin in biases must be counted: where there are any, they
      made up ${summed.min((e) => e.biases > 0 ? e.biases : [], ofLargest)} to
      ${summed.max((e) => e.biases, ofLargest)} of the largest logit, less than in earlier trials
      with other models, which had found more than half. In any model, MLPs or not,
      what each part wrote summed to the logit in the same way ${attributed}.

      Taken apart like that, the two models ${attn2l[0]} and ${attn2l[1]} used few of their paths:
      what spoke for the next token came effectively from
      ${few.min((e) => e.text.effective, { digits: 1 })} and
      ${few.max((e) => e.text.effective, { digits: 1 })} of the
      ${few.max((e) => e.text.paths.length - 1)} paths through heads on text, against
      ${few.min((e) => e.text.effective, { control: "untrained weights", digits: 1 })} before
      training. (That many equal shares, with nothing for the rest, would be as concentrated
      ${few}.) Which paths these are depends on the text ${single} ${paired}. On prose,
      the direct path left a loss of
      ${single.value(attn2l[0], (e) => e.direct, nats)} and
      ${single.value(attn2l[1], (e) => e.direct, nats)}, single heads brought it to
      ${single.value(attn2l[0], (e) => e.single, nats)} and
      ${single.value(attn2l[1], (e) => e.single, nats)}, and pairs to
      ${single.value(attn2l[0], (e) => e.all, nats)} and
      ${single.value(attn2l[1], (e) => e.all, nats)}. Where a random block was said again, pairs
      alone brought it from ${paired.min((e) => e.direct, nats)} or more to
      ${paired.value(attn2l[0], (e) => e.noSingle, nats)} and
      ${paired.value(attn2l[1], (e) => e.noSingle, nats)}. Single heads alone left
      ${paired.value(attn2l[0], (e) => e.single, nats)} and
      ${paired.value(attn2l[1], (e) => e.single, nats)}: in the second model they did about as well
      as pairs. Since patterns are held, telling a later head where to look is not counted
      ${paired}; the two heads of question twelve, of which one does that, are another kind of pair.

      In small models with MLPs, take out one of the
      ${concentrated.max((e) => e.counted)} heads at a time and see how far the
      predictions move ${concentrated}. Before training all mattered about alike: effectively
      ${concentrated.min((e) => e.before.mean, { digits: 1 })} to
      ${concentrated.max((e) => e.before.mean, { digits: 1 })} of them. After it, effectively
      ${after("learned", 0)} and ${after("learned", 1)} did with learned positions (two seeds),
      ${after("rotary", 0)} and ${after("rotary", 1)} with rotary, ${after("sinusoidal", 0)} and
      ${after("sinusoidal", 1)} with sinusoidal, ${after("alibi", 0)} and ${after("alibi", 1)} with
      ALiBi, and ${after("nope", 0)} and ${after("nope", 1)} with no positions. Here each head
      was put to its mean ${concentrated}. Put to zero, effectively
      ${concentrated.min((e) => e.before.zero, { digits: 1 })} or more mattered before training and
      ${concentrated.max((e) => e.after.zero, { digits: 1 })} or fewer after it; with what each read
      in another text, ${concentrated.min((e) => e.before.resample, { digits: 1 })} or more and
      ${concentrated.max((e) => e.after.resample, { digits: 1 })} or fewer ${concentrated}.

      Much of that is one layer coming to outweigh the other, and not few heads within a layer
      ${withinLayers}. Of the
      ${concentrated.max((e) => e.perLayer)} heads of a layer, effectively one fewer in each layer
      mattered only with ALiBi: at most ${within(0)} of the first and ${within(1)} of the second
      ${withinLayers}. With the other schemes a layer could stay
      nearly as even as it was: up to
      ${withinLayers.max((e) => e.layersAfter.flat(), { digits: 1 })} heads of it mattered after
      training, where before it no layer had less than
      ${withinLayers.min((e) => e.layersBefore.flat(), { digits: 1 })}.

      That this is found, and not forced, a construction shows ${split}: split each head of
      ${learned} in ${split.max((e) => e.into)} that share what it writes, and the function stays
      the same, while ${split.value(inThree, (e) => e.growth, { digits: 1 })} times as many
      heads matter, and the most that is lost without any one falls from
      ${split.value(inThree, (e) => e.head, nats)} to
      ${split.value(inThree, (e) => e.part, { digits: 3, unit: "nats" })}. So how many heads matter
      depends also on where the border of a head is drawn ${split}.

      Two cautions ${necessary} ${alike}. What a head writes towards the
      answer is not what is lost without it: later layers may build on it or make up for it, as
      ${papers.hydraEffect} found ${necessary}. In the two models without MLPs, and in those with rotary
      positions or
      ALiBi, the two differed, on average over heads, by
      ${necessary.min(beyondError, { digits: 1 })} to
      ${necessary.max(beyondError, { digits: 1 })} times the error with which a few texts show it.
      In the small models without positions they differed by no more than
      ${necessary.max(beyondError, UNTOLD)} times that: these texts show no difference. With learned
      and sinusoidal ones it was ${necessary.min(beyondError, HARDLY)} to
      ${necessary.max(beyondError, HARDLY)} times, which is too little to decide ${necessary}. How a
      head is taken out can matter, too: in ${
    attn2l[0]
  }, putting one head to zero moved the predictions
      ${alike.value(attn2l[0], (e) => e.ratio, { digits: 0 })} times as far as putting it to its
      mean, so that the rest must rely on what it writes in any text. What it read in another text,
      put in its place, and its mean were in either of those two models never more than
      ${alike.max((e) => e.resampled, { digits: 0 })} times apart. With one
      layer in the place of two the most was ${alike.max((e) => e.ratio, ONE_LAYER)} times. In the
      small models with MLPs it made little difference:
      zero and the mean were ${alike.max((e) => e.ratio, WITH_MLPS)} times apart at most, another
      text and the mean ${alike.max((e) => e.resampled, WITH_MLPS)} times.
    `;
  wouldChange`
      Trained models whose heads matter as evenly as those of untrained ones. Put fresh untrained
      weights in the place of trained ones, and effectively
      ${concentrated.min((e) => e.after.mean, FRESH)} heads or more mattered, where fewer than
      ${
    concentrated.max((e) => fewerThan(e.after.mean, e.before.mean), FRESH)
  } would have passed; of
      the trained models' heads ${concentrated.max((e) => e.after.mean, { digits: 1 })} mattered at
      the most. One model without MLPs whose logits are not the sum over paths would overturn that
      sum ${summed}. Multiply each coordinate that attention writes by one plus a hundredth of what
      stands there already, and the sum misses by
      ${summed.max((e) => e.apart, MULTIPLIED)} of the largest logit:
      ${summed.max((e) => e.apart / ROUNDING, { ...MULTIPLIED, digits: 0 })} times as far as
      may pass.
    `;
});

const fromBiases = ({ from }: probes.Path) => from === "biases";

/** Random tokens, no more of them than an identity must be tried on. */
function shortText(model: Model, seed = "text"): number[][] {
  return probes.drawTokens(model, { seed, length: Math.min(24, model.config.n_ctx) });
}

/** How far a model's paths, or all but some of them, are from summing to its logits. */
async function sumOfPaths(model: Model, without?: "least" | "biases") {
  const held = await probes.holdPatterns(model, shortText(model));
  const [paths, largest] = [probes.pathsOf(held), maxAbs(held.logits)];
  const size = (path: probes.Path) => maxAbs(probes.pathLogits(held, [path]));
  const least = without === "least" && paths.reduce((a, b) => size(b) < size(a) ? b : a);
  const summed = paths.filter((p) => p !== least && !(without === "biases" && fromBiases(p)));
  const sum = probes.pathLogits(held, summed);
  return {
    apart: maxDifference(sum, held.logits) / largest,
    biases: maxAbs(probes.pathLogits(held, paths.filter(fromBiases))) / largest,
    paths: paths.length,
  };
}

/** How far the parts that write to a logit, or all but one, are from summing to it. */
async function sumOfParts(model: Model, without?: string) {
  const [tokens, targets] = [shortText(model), shortText(model, "targets")];
  const { parts, logits: [logits] } = await probes.logitAttribution(model, tokens, targets);
  const summed = parts.filter(({ part }) => part !== without);
  const missing = logits.map((logit, p) =>
    Math.abs(summed.reduce((sum, { toward }) => sum + toward[0][p], -logit))
  );
  return { apart: Math.max(...missing) / Math.max(...logits.map(Math.abs)), parts: parts.length };
}

const pathsThrough = memoize(async (model: Model) => {
  const text = await texts.heldOutRows({ rows: 2, length: 44, seed: "paths" });
  const again = probes.drawRepeatedTokens(model, 22, { rows: 2 });
  return {
    text: await probes.summarizePaths(model, text),
    again: await probes.summarizePaths(model, again, { from: 22 }),
  };
}, { cache: new WeakMap() });

function orders({ biases, upTo: [direct, single, all], without }: probes.PathSummary) {
  return { biases, direct, single, all, noSingle: without[1] };
}

/** Texts that a model can read: held out, or random where it never learned any. */
async function textsFor({ config }: Model, rows: number, length: number): Promise<number[][]> {
  if (config.n_ctx < length) return probes.drawTokens({ config }, { rows });
  return await texts.heldOutRows({ rows, length, seed: "paths" });
}

const twoTexts = (model: Model) => textsFor(model, 2, 28);
const moreTexts = (model: Model) => textsFor(model, 4, 32);

/** What becomes of a model without each head, in one way. */
const effects = (how: probes.Ablation) =>
  memoize(
    async (model: Model) => (await probes.ablateHeads(model, await twoTexts(model), [how]))[how],
    { cache: new WeakMap() },
  );

const EFFECTS = { mean: effects("mean"), zero: effects("zero"), resample: effects("resample") };

type BeforeAndAfter = { name: string; before: Model[]; after: Model[] };

/** Both seeds of a recipe, with weights as they were before training and as they are. */
function beforeAndAfter(
  recipe: typeof models.schemeRecipes[number],
  changed?: string,
): models.Subject<BeforeAndAfter> {
  const name = changed ? `${recipe}, ${changed}` : recipe;
  const about = `one untrained model for each positional scheme, each drawn anew, and ${
    changed ? "two more" : "both seeds"
  } of ${recipe}`;
  const load = async () => {
    const firsts = await Promise.all(
      models.schemeRecipes.map((scheme) => models.bothSeeds(scheme)[0].load()),
    );
    const before = firsts.map((model, i) => DRAWN[i].apply(model));
    const seeds = await Promise.all(models.bothSeeds(recipe).map((seed) => seed.load()));
    const after = changed ? MORE.map((draw) => draw.apply(seeds[0])) : seeds;
    return { name: recipe, before, after };
  };
  return { name, about, origin: changed ? "built" : "trained", load };
}

async function concentration({ name, before, after }: BeforeAndAfter) {
  const [untrained, trained] = [await inEachWay(before), await inEachWay(after)];
  return {
    name,
    counted: untrained.mean[0].length,
    perLayer: after[0].config.n_heads,
    before: counts(untrained),
    after: counts(trained),
    layersBefore: byLayer(untrained.mean),
    layersAfter: byLayer(trained.mean),
    heads: eachHead(after, trained),
  };
}

type InEachWay = Record<probes.Ablation, probes.HeadEffect[][]>;

/** What becomes of models without each head; before training in the same ways as after it. */
async function inEachWay(models: readonly Model[]): Promise<InEachWay> {
  const of = (how: probes.Ablation) => Promise.all(models.map(EFFECTS[how]));
  return { mean: await of("mean"), zero: await of("zero"), resample: await of("resample") };
}

function counts({ mean, zero, resample }: InEachWay) {
  return { mean: mean.map(count), zero: zero.map(count), resample: resample.map(count) };
}

/** The same count within each layer alone: [layer][model]. */
function byLayer(models: readonly probes.HeadEffect[][]): number[][] {
  return [0, 1].map((layer) =>
    models.map((heads) => count(heads.filter((h) => h.layer === layer)))
  );
}

/** How far the predictions move without each head, in each way. */
function eachHead(models: readonly Model[], effects: InEachWay) {
  return WAYS.flatMap((how) =>
    effects[how].flatMap((heads, i) =>
      heads.map(({ layer, head, kl }) => (
        { model: models[i].name, head: `${layer}.${head}`, how, kl }
      ))
    )
  );
}

/** Over how many heads the divergence is effectively spread. */
function count(effects: readonly probes.HeadEffect[]): number {
  return probes.effectiveNumber(effects.map(({ kl }) => kl));
}

/** Below all of those before by more than either lie apart. */
function assertFewer(numbers: readonly number[], before: readonly number[]) {
  assertLess(Math.max(...numbers), fewerThan(numbers, before), "effective number of heads");
}

/** What numbers must stay below to be fewer than those before. */
function fewerThan(numbers: readonly number[], before: readonly number[]): number {
  return Math.min(...before) - Math.max(range(before), range(numbers));
}

function range(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers);
}

/** How far zeros, and resamples, come apart from means: each for the head where they do most. */
async function compareWays(model: Model) {
  const [mean, zero] = [await EFFECTS.mean(model), await EFFECTS.zero(model)];
  const ratios = timesApart(mean, zero);
  const most = ratios.indexOf(Math.max(...ratios));
  const resampled = Math.max(...timesApart(mean, await EFFECTS.resample(model)));
  return { ratio: ratios[most], mean: mean[most].kl, zero: zero[most].kl, resampled };
}

/** How many times as much one of two ways moves the predictions as the other, head by head. */
function timesApart(
  one: readonly probes.HeadEffect[],
  other: readonly probes.HeadEffect[],
): number[] {
  return one.map(({ kl }, i) => Math.max(kl / other[i].kl, other[i].kl / kl));
}

const SHARES = {
  "equal shares": Array(PARTS).fill(1 / PARTS),
  "one part has it all": [1, ...Array(PARTS - 1).fill(0)],
  "every part has it all": Array(PARTS).fill(1),
};

type Split = { whole: Model; split: Model };

/** A model, and the same with each head split. */
function inParts(model: models.Subject<Model>, how: keyof typeof SHARES): models.Subject<Split> {
  const about = `${model.name}, changed: each head is split in ${PARTS}, ${how}`;
  const load = async () => {
    const whole = await model.load();
    return { whole, split: transformer.splitHeads(whole, SHARES[how]) };
  };
  return {
    name: `${model.name}, heads split, ${how}`,
    about,
    from: model.name,
    origin: "built",
    load,
  };
}

async function splitting({ whole, split }: Split) {
  const text = (await twoTexts(whole)).slice(0, 1);
  const [a, b] = [await unchanged(whole, text), await unchanged(split, text)];
  const mean = async (model: Model) =>
    (await probes.ablateHeads(model, text, ["mean"])).mean.map(({ kl }) => kl);
  const [heads, parts] = [await mean(whole), await mean(split)];
  return {
    into: PARTS,
    apart: maxDifference(a, b) / maxAbs(a),
    growth: probes.effectiveNumber(parts) / probes.effectiveNumber(heads),
    head: Math.max(...heads),
    part: Math.max(...parts),
    heads,
    parts,
  };
}

/** The logits, by the session in which heads are ablated: with none of them ablated. */
async function unchanged(model: Model, text: number[][]) {
  const hooks = [0, 1].map((layer) => `blocks.${layer}.attn.hook_z`);
  const interventions = hooks.map((hook) => ({ hook, to: "zero" as const, rows: [] }));
  return (await run(model, text, { interventions })).logits;
}

/** Where heads lie in a figure of what they write and what is lost without them. */
const WRITTEN_AND_LOST = {
  x: { label: "written", unit: "logits" },
  y: { label: "lost less written", unit: "errors" },
  reference: [{ y: 0, label: "the same" }],
};

type OfHeads = { model: string; evidence: probes.DirectAndTotal };

/** For each head how much more is lost than it writes, in errors, beside what it writes. */
function lostBeyondWritten({ model, evidence: { direct, total, error } }: OfHeads) {
  return direct.map((x, i) => ({ x, y: (total[i] - x) / error, series: model }));
}

/** By how many times their error what is written and what is lost are apart. */
function beyondError({ apart, error }: probes.DirectAndTotal): number {
  return apart / error;
}
