import { assertGreater, assertLess } from "@std/assert";
import {
  ablateHeads,
  type Ablation,
  attribute,
  bars,
  dots,
  drawSaidTwice,
  drawTokens,
  effectiveNumber,
  type HeadEffect,
  heatmap,
  holdPatterns,
  logitsOf,
  makeConfig,
  maxAbs,
  maxDifference,
  md,
  type Model,
  multiplyingStream,
  type Path,
  pathsOf,
  type PathSummary,
  question,
  run,
  sabotaged,
  splitHeads,
  type Subject,
  summarizePaths,
  untrained,
  writtenAndLost,
} from "../mod.ts";
import {
  beforeTraining,
  bothSeeds,
  heldOutRows,
  randomModel,
  spread,
  trained,
} from "../fixtures/mod.ts";
import {
  hydraEffect,
  interpretabilityInTheWild,
  mathematicalFramework,
  sixteenHeads,
} from "../fixtures/papers.ts";

/** How many parts each head is split in. */
const PARTS = 3;

const SCHEMES = ["learned", "rotary", "sinusoidal", "alibi", "nope"] as const;

const WAYS = ["mean", "zero", "resample"] as const;

const SMALL = { d_model: 12, n_heads: 3, d_vocab: 17, n_ctx: 9, attn_only: true } as const;
const twoLayers = randomModel(makeConfig({ ...SMALL, n_layers: 2 }), 1, "two random layers");
const plainLayer = randomModel(
  makeConfig({ ...SMALL, n_layers: 1, normalization: "none" }),
  1,
  "a random layer without LayerNorm",
);

const attn2l = bothSeeds("attn-2l");
const [learned, learnedAgain] = bothSeeds("learned");
const untaught = beforeTraining(attn2l[0]);
const inThree = inParts(learned, "equal shares");

/** Drawn afresh: two for each recipe, and two more to compare those with. */
const DRAWN = [1, 2, 3, 4].map((seed) => untrained(seed));

question("Why expect a few paths through the model to carry most of the behaviour?", (ask) => {
  const { claim, refuted } = ask;

  // Sums of up to a few hundred products, each rounded at 6e-8, stayed below 1e-6 of the largest
  // logit. The least of the paths adds thousands of times as much.
  const summed = claim("Without MLPs the logits are the sum over all paths, patterns held", {
    id: "paths-sum-to-logits",
    kind: "identity",
    on: [...spread({ mlp: false, n_layers: [2], size: 1 }), twoLayers, ...trained],
    needs: ({ attn_only }) => attn_only ? undefined : "it has MLPs",
    measure: (model: Model) => sumOfPaths(model),
    check: ({ apart }) => assertLess(apart, 5e-6, "relative to the largest logit"),
    mustFailOn: {
      "a stream that multiplies": { on: sabotaged([twoLayers], multiplyingStream(0.01)) },
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
      on: [...spread({ size: 1 }), ...trained],
      measure: (model: Model) => sumOfParts(model),
      check: ({ apart }) => assertLess(apart, 1e-5, "relative to the largest logit"),
      mustFailOn: {
        "a stream that multiplies": { on: sabotaged([twoLayers], multiplyingStream(0.01)) },
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
      bars({
        title: "How far each order of path gets",
        caption:
          "Patterns held. The biases' paths alone; with the direct path; with single heads; " +
          "with pairs; and with all but single heads. On text, pairs without single heads make " +
          "things worse; on the second saying of a random block they are almost enough.",
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
        heatmap({
          title: kind === "text"
            ? "What paths write on text"
            : "What paths write where a block is said again",
          caption:
            "Each cell is a path, by the head that it takes in either layer. Colour is how " +
            "far it moves the next token's logit above or below the mean, on average.",
          x: { label: "head in the second layer" },
          y: { label: "head in the first layer" },
          value: { label: "size", unit: "logits" },
          rows: runs.flatMap(({ model, control, evidence }) =>
            evidence[kind].paths.map(({ through, lift }) => ({
              x: through.find((head) => head.startsWith("1.")) ?? "none",
              y: through.find((head) => head.startsWith("0.")) ?? "none",
              value: Math.abs(lift),
              series: control ?? model,
            }))
          ),
        })
      ),
  });

  // By divergence from what the model predicts with all its heads: differences of loss would be
  // noise in untrained models. Clear means apart by more than two seeds are from each other.
  const concentrated = claim("After training, fewer heads matter than before", {
    id: "training-concentrates",
    kind: "empirical",
    on: SCHEMES.map((name) => beforeAndAfter(name)),
    measure: concentration,
    check: ({ before, after }) => {
      for (const numbers of [after.mean, after.zero, after.resample]) {
        const apart = Math.max(range(before), range(numbers));
        assertLess(Math.max(...numbers) + apart, Math.min(...before), "effective number of heads");
      }
    },
    mustFailOn: { "untrained weights": { on: [beforeAndAfter("rotary", "never trained")] } },
    show: (runs) => [
      dots({
        title: "How many heads matter",
        caption:
          "The effective number of heads, by how far the predictions move when each is put " +
          "to its mean. Two dots of a colour are two seeds.",
        x: { label: "positions" },
        y: { label: "effective number of heads" },
        rows: runs.filter(({ control }) => !control).flatMap(({ evidence: e }) => [
          ...e.before.map((y) => ({ x: e.name, y, series: "before training" })),
          ...e.after.mean.map((y) => ({ x: e.name, y, series: "after training" })),
        ]),
        reference: [{ y: 8, label: "all alike" }],
      }),
      heatmap({
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

  // Heads differ by factors of a hundred: less than ten leaves those that matter in their order.
  const alike = refuted("How a head is taken out makes little difference", {
    id: "ways-to-ablate",
    kind: "empirical",
    on: attn2l,
    measure: compareWays,
    check: ({ ratio }) => assertLess(ratio, 10, "divergence one way over the other, for any head"),
    mustHoldOn: {
      "small models with MLPs": { on: [...bothSeeds("learned"), ...bothSeeds("rotary")] },
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
      dots({
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

  // A miss as large as what is written is no likeness at all. (With sinusoidal positions or none
  // the two came out closer, too near this bound to be called either way.)
  const necessary = refuted("What a head writes towards the answer is what is lost without it", {
    id: "attribution-is-necessity",
    kind: "empirical",
    on: [...bothSeeds("learned"), ...bothSeeds("alibi")],
    measure: async (model: Model) =>
      writtenAndLost(model, await twoTexts(model), (await effectsOf(model)).zero),
    check: ({ apart }) => assertLess(apart, 1, "the mean difference over what is written"),
    mustHoldOn: {
      "one layer without an MLP": { on: [...bothSeeds("attn-1l"), plainLayer] },
    },
    show: (runs) =>
      dots({
        title: "What a head writes, and what is lost without it",
        caption:
          "Each dot is a head: how far it lifts the next token's logit itself, and how far " +
          "that logit falls when it is silenced. Were they the same, all would lie on a diagonal.",
        x: { label: "written", unit: "logits" },
        y: { label: "lost", unit: "logits" },
        rows: runs.filter(({ model }) => model !== plainLayer.name).flatMap(({ model, evidence }) =>
          evidence.written.map((x, i) => ({ x, y: evidence.lost[i], series: model }))
        ),
      }),
  });

  const after = (name: string, seed: number) =>
    concentrated.value(name, (e) => e.after.mean[seed], { digits: 1 });
  const nats = { digits: 2, unit: "nats" } as const;
  const ofLargest = { percent: true, digits: 0 } as const;

  return {
    notes: "Nothing forces it; training finds specialised heads.",
    standing: "confirmed with a caveat",
    answer: md`
      Because training tends to leave it so; nothing in the architecture forces it
      ${concentrated} ${split}. A path is one way from the embedding to the logits (the scores of
      the vocabulary): past all heads, through one, or through one and then
      another ${few}. Hold each
      head's pattern (where it looks) and LayerNorm's scale as they came out, and without MLPs the
      logits are the sum over all paths, to within ${summed.max((e) => e.apart)} of the largest
      ${summed}. Some paths begin in biases, and must be counted: in models that have them they
      made up ${summed.min((e) => e.biases > 0 ? e.biases : [], ofLargest)} to
      ${summed.max((e) => e.biases, ofLargest)} of the largest logit. In any model, MLPs or not,
      what each part wrote summed to the logit in the same way ${attributed}.

      Taken apart like that, the two models ${attn2l[0]} and ${attn2l[1]} used few of their paths:
      what spoke for the next token came effectively from
      ${few.min((e) => e.text.effective, { digits: 1 })} and
      ${few.max((e) => e.text.effective, { digits: 1 })} of the
      ${few.max((e) => e.text.paths.length - 1)} paths through heads on text, against
      ${few.min((e) => e.text.effective, { control: "untrained weights", digits: 1 })} before
      training. (The effective number is how many equal parts would be spread as evenly ${few}.)
      Which paths these are depends on the text ${single} ${paired}. On prose, the direct path left
      a loss of
      ${single.value(attn2l[0], (e) => e.direct, nats)} and
      ${single.value(attn2l[1], (e) => e.direct, nats)}, single heads brought it to
      ${single.value(attn2l[0], (e) => e.single, nats)} and
      ${single.value(attn2l[1], (e) => e.single, nats)}, and pairs to
      ${single.value(attn2l[0], (e) => e.all, nats)} and
      ${single.value(attn2l[1], (e) => e.all, nats)}. Where a random block was said again, pairs
      alone brought it from ${paired.min((e) => e.direct, nats)} to
      ${paired.value(attn2l[0], (e) => e.noSingle, nats)} and
      ${paired.value(attn2l[1], (e) => e.noSingle, nats)}; but the two seeds did not agree on how
      much single heads can do there without them:
      ${paired.value(attn2l[0], (e) => e.single, nats)} and
      ${paired.value(attn2l[1], (e) => e.single, nats)} were left.

      In small models with MLPs, take out one of the eight heads at a time and see how far the
      predictions move ${concentrated}. Before training all mattered about alike: effectively
      ${concentrated.min((e) => e.before, { digits: 1 })} to
      ${concentrated.max((e) => e.before, { digits: 1 })} of them. After it, effectively
      ${after("learned", 0)} and ${after("learned", 1)} did with learned positions (two seeds),
      ${after("rotary", 0)} and ${after("rotary", 1)} with rotary, ${after("sinusoidal", 0)} and
      ${after("sinusoidal", 1)} with sinusoidal, ${after("alibi", 0)} and ${after("alibi", 1)} with
      ALiBi, and ${after("nope", 0)} and ${after("nope", 1)} with no positions. Part of that is one
      layer mattering more than the other: within the first layer it was
      ${concentrated.min((e) => e.layersAfter[0], { digits: 1 })} to
      ${concentrated.max((e) => e.layersAfter[0], { digits: 1 })} of four, and within the second
      ${concentrated.min((e) => e.layersAfter[1], { digits: 1 })} to
      ${concentrated.max((e) => e.layersAfter[1], { digits: 1 })}, where before training no layer
      had less than ${
      concentrated.min((e) => [...e.layersBefore[0], ...e.layersBefore[1]], {
        digits: 1,
      })
    }.

      That this is found, and not forced, a construction shows: split each head of ${learned} in
      three that share what it writes, and the function stays the same, while
      ${split.value(inThree, (e) => e.growth, { digits: 1 })} times as many
      heads matter, and the most that is lost without any one falls from
      ${split.value(inThree, (e) => e.head, nats)} to
      ${split.value(inThree, (e) => e.part, { digits: 3, unit: "nats" })}.

      Two cautions about what "carry" means ${necessary} ${alike}. What a head writes towards the
      answer is not what is
      lost without it, and later layers may build on it
      or make up for it, as ${hydraEffect} found: with learned positions and
      with ALiBi the two differed by ${necessary.min((e) => e.apart, { digits: 1 })} to
      ${necessary.max((e) => e.apart, { digits: 1 })} times the size of what was written. And how a
      head is taken out can matter: in ${attn2l[0]}, putting one head to zero moved the predictions
      ${alike.value(attn2l[0], (e) => e.ratio, { digits: 0 })} times as far as putting it to its
      mean, so that the rest must rely on what it writes in any text.
    `,
    wouldChange: md`
      Trained models whose heads matter as evenly as those of untrained ones. Fresh untrained
      weights in the place of trained ones came closest: effectively
      ${
      concentrated.min((e) => e.after.mean, { control: "untrained weights", digits: 1 })
    } heads at the least, against
      ${concentrated.max((e) => e.after.mean, { digits: 1 })} at the most after training. The sum
      over paths would be overturned by one model without MLPs whose logits it misses by more than
      rounding: a stream that multiplies by a hundredth of itself was missed by
      ${summed.max((e) => e.apart, { control: "a stream that multiplies", digits: 4 })} of the
      largest logit.
    `,
    sources: [mathematicalFramework, sixteenHeads, interpretabilityInTheWild, hydraEffect],
  };
});

const fromBiases = ({ from }: Path) => from === "biases";

/** How far a model's paths, or all but some of them, are from summing to its logits. */
async function sumOfPaths(model: Model, without?: "least" | "biases") {
  const held = await holdPatterns(model, drawTokens(model));
  const [paths, largest] = [pathsOf(held), maxAbs(held.logits)];
  const size = (path: Path) => maxAbs(logitsOf(held, [path]));
  const least = without === "least" && paths.reduce((a, b) => size(b) < size(a) ? b : a);
  const summed = paths.filter((p) => p !== least && !(without === "biases" && fromBiases(p)));
  const sum = logitsOf(held, summed);
  return {
    apart: maxDifference(sum, held.logits) / largest,
    biases: maxAbs(logitsOf(held, paths.filter(fromBiases))) / largest,
    paths: paths.length,
  };
}

/** How far the parts that write to a logit, or all but one, are from summing to it. */
async function sumOfParts(model: Model, without?: string) {
  const [tokens, targets] = [drawTokens(model), drawTokens(model, { seed: "targets" })];
  const { parts, logits: [logits] } = await attribute(model, tokens, targets);
  const summed = parts.filter(({ part }) => part !== without);
  const missing = logits.map((logit, p) =>
    Math.abs(summed.reduce((sum, { toward }) => sum + toward[0][p], -logit))
  );
  return { apart: Math.max(...missing) / Math.max(...logits.map(Math.abs)), parts: parts.length };
}

/** The same, made once for each model: several claims are about the same runs. */
function once<T>(measure: (model: Model) => Promise<T>): (model: Model) => Promise<T> {
  const made = new WeakMap<Model, Promise<T>>();
  return (model) => {
    const found = made.get(model) ?? measure(model);
    made.set(model, found);
    return found;
  };
}

const pathsThrough = once(async (model) => {
  const text = await heldOutRows({ rows: 2, length: 60, seed: "paths" });
  const again = drawSaidTwice(model, 30, { rows: 2 });
  return {
    text: await summarizePaths(model, text),
    again: await summarizePaths(model, again, { from: 30 }),
  };
});

function orders({ biases, upTo: [direct, single, all], without }: PathSummary) {
  return { biases, direct, single, all, noSingle: without[1] };
}

/** Two texts that a model can read: held out, or random where it never learned any. */
async function twoTexts({ config }: Model): Promise<number[][]> {
  const [rows, length] = [2, 40];
  if (config.n_ctx < length) return drawTokens({ config }, { rows });
  return await heldOutRows({ rows, length, seed: "paths" });
}

const effectsOf = once(async (model) => ablateHeads(model, await twoTexts(model), WAYS));

const meanEffectsOf = once(async (model) =>
  (await ablateHeads(model, await twoTexts(model), ["mean"])).mean
);

type BeforeAndAfter = { name: string; before: Model[]; after: Model[] };

/** Both seeds of a recipe, with weights as they were before training and as they are. */
function beforeAndAfter(recipe: typeof SCHEMES[number], changed?: string): Subject<BeforeAndAfter> {
  const name = changed ? `${recipe}, ${changed}` : recipe;
  const about = `both seeds of ${recipe}, ${
    changed ? "before training, drawn twice" : "each before training and after"
  }`;
  const load = async () => {
    const after = await Promise.all(bothSeeds(recipe).map((seed) => seed.load()));
    const drawn = (first: number) => after.map((model, i) => DRAWN[first + i].apply(model));
    return { name: recipe, before: drawn(0), after: changed ? drawn(2) : after };
  };
  return { name, about, origin: changed ? "built" : "trained", load };
}

async function concentration({ name, before, after }: BeforeAndAfter) {
  const trained = await Promise.all(after.map(effectsOf));
  const untrained = await Promise.all(before.map(meanEffectsOf));
  const count = (effects: HeadEffect[]) => effectiveNumber(effects.map(({ kl }) => kl));
  const layers = (models: HeadEffect[][]) =>
    [0, 1].map((layer) => models.map((heads) => count(heads.filter((h) => h.layer === layer))));
  const by = (how: Ablation) => trained.map((effects) => count(effects[how]));
  const heads = trained.flatMap((effects, i) =>
    WAYS.flatMap((how) =>
      effects[how].map(({ layer, head, kl }) => (
        { model: after[i].name, head: `${layer}.${head}`, how, kl }
      ))
    )
  );
  return {
    name,
    before: untrained.map(count),
    after: { mean: by("mean"), zero: by("zero"), resample: by("resample") },
    layersBefore: layers(untrained),
    layersAfter: layers(trained.map(({ mean }) => mean)),
    heads,
  };
}

function range(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers);
}

/** How far zeros and means come apart, for the head where they do most. */
async function compareWays(model: Model) {
  const { mean, zero } = await effectsOf(model);
  const ratios = mean.map(({ kl }, i) => Math.max(kl / zero[i].kl, zero[i].kl / kl));
  const most = ratios.indexOf(Math.max(...ratios));
  return { ratio: ratios[most], mean: mean[most].kl, zero: zero[most].kl };
}

const SHARES = {
  "equal shares": Array(PARTS).fill(1 / PARTS),
  "one part has it all": [1, ...Array(PARTS - 1).fill(0)],
  "every part has it all": Array(PARTS).fill(1),
};

type Split = { whole: Model; split: Model };

/** A model, and the same with each head split. */
function inParts(model: Subject<Model>, how: keyof typeof SHARES): Subject<Split> {
  const about = `${model.name}, changed: each head is split in ${PARTS}, ${how}`;
  const load = async () => {
    const whole = await model.load();
    return { whole, split: splitHeads(whole, SHARES[how]) };
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
  const [text] = await twoTexts(whole);
  const [a, b] = [(await run(whole, [text])).logits, (await run(split, [text])).logits];
  const heads = (await effectsOf(whole)).mean.map(({ kl }) => kl);
  const parts = (await meanEffectsOf(split)).map(({ kl }) => kl);
  return {
    apart: maxDifference(a, b) / maxAbs(a),
    growth: effectiveNumber(parts) / effectiveNumber(heads),
    head: Math.max(...heads),
    part: Math.max(...parts),
    heads,
    parts,
  };
}
