import { assertEquals, assertGreater, assertLess } from "@std/assert";
import memoize from "memoize";
import { type Model, question, run } from "../mod.ts";
import { maxDifference, mean, Random, standardError } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";

const [none, one, two] = (["attn-0l", "attn-1l", "attn-2l"] as const).map(models.bothSeeds);

const [untaughtOne, untaught] = [one[0], two[0]].map(models.beforeTraining);

/** Trained models that have MLPs; others differ in their positions alone. */
const withMlps = models.oneOfEachWiring.filter(({ config }) => !config!.attn_only);

/** Blocks as in training: no distance is right for all. */
const VARIED = { block: [12, 48], rows: 8 } as const;

/** What an attention-only model consists of. */
const PARTS = ["embed", "pos_embed", "attn", "ln1", "ln_final", "unembed"];

/** The label of what a model without layers is compared with. */
const BIGRAM = "held-out loss, bigram of its own batches, add-one";
/** The label of its own loss on the same text. */
const RECORDED = "held-out loss, model";

/** What a head reads by, and how a figure says so. */
const INPUTS = { Q: "by queries", K: "by keys", V: "by values" } as const;
const KINDS = ["Q", "K", "V"] as const;

/** How a loss is written, and the runs of some controls. */
const NATS = { digits: 2, unit: "nats" };
const UNTRAINED = { control: "untrained weights", digits: 2 };
const AT_FIRST = { control: "untrained weights" };
const MILLINATS = { digits: 3 };
const ONE_LEFT = { control: "one MLP left in" };
const ONE_LENGTH = { control: "blocks of one length that suits its distances" };
const BY_QUERIES = "by their queries instead";
const BYSTANDER = "the head of its layer that looks least one back or at itself";

const silent = sabotages.zeroedMlps();
const oneLeft = sabotages.zeroedMlps(0);

// What several claims ask of a model is worked out once.
const goesOn = memoize(
  (model: Model) => probes.continuation(model, probes.drawRepeatedBlocks(model, VARIED)),
  { cache: new WeakMap() },
);
const compositionOf = memoize((model: Model) => probes.composition(model), {
  cache: new WeakMap(),
});
const anatomyOf = memoize((model: Model) => anatomy(model), { cache: new WeakMap() });

question("Does an attention-only model have no MLP layers at all?", {
  notes: "open",
  standing: "answered here",
  sources: [
    papers.mathematicalFramework,
    papers.inductionHeads,
    papers.interpretabilityInTheWild,
  ],
  draft: true,
}, ({ short, claim, refuted, say, wouldChange }) => {
  short`Yes: embedding, attention, unembedding and usually LayerNorm, and no MLP anywhere. They
    are studied because they can be taken apart, and because two layers are enough to learn to
    continue a repetition.`;

  const absent = claim("It has no parameter, no hook and no operation of an MLP", {
    id: "no-mlp-anywhere",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: false }), ...none, ...one, ...two],
    measure: (model: Model) => {
      const graph = transformer.buildGraph(model);
      return {
        parts: [...new Set(Object.keys(model.weights).map(partOf))],
        hooks: graph.names.filter((name) => /mlp/.test(name)),
        bends: probes.nonlinearOperations(graph),
        due: bendsDue(model.config),
      };
    },
    check: ({ parts, hooks, bends, due }) => {
      assertEquals(parts.filter((part) => !PARTS.includes(part)), [], "parameters of other parts");
      assertEquals(hooks, [], "names of an MLP's parts in the graph");
      assertEquals(bends, due, "operations that are not linear; the others' own are due");
    },
    mustFailOn: {
      "transformers with MLPs": { on: [models.tiny, withMlps[0]] },
      "MLPs that are there and write zeros": { sabotage: silent, on: [models.tiny] },
      "an MLP hidden in the graph": sabotages.hiddenMlp,
      // It multiplies, as LayerNorm does too: only how often that is done tells.
      "a bilinear MLP hidden in the graph": sabotages.hiddenBilinearMlp,
    },
  });

  // A sum with zero added is the same sum: not one bit may differ.
  const zeroed = claim(
    "A transformer whose MLPs write zeros is an attention-only one, bit for bit",
    {
      id: "mlps-of-zero",
      kind: "identity",
      on: [...models.randomFamilies({ mlp: true, size: 1 }), ...withMlps],
      measure: (model: Model) => compareSilenced(model, silent),
      check: ({ apart }) => assertEquals(apart, 0, "the most by which any logit differs"),
      mustFailOn: {
        "one MLP left in": {
          on: [models.tiny, withMlps[1]],
          measure: (model) => compareSilenced(model, oneLeft),
        },
      },
    },
  );

  const alone = claim("Without any layer, the logits depend on a position's own token alone", {
    id: "no-layers-no-context",
    kind: "identity",
    on: [...models.randomFamilies({ n_layers: [0], size: 1 }), ...none],
    measure: (model: Model) => probes.probeInfluence(model, [{ from: "tokens", to: "logits" }]),
    check: ({ self, earlier, later }) => {
      assertEquals(Math.max(earlier, later), 0, "no other position's logits may move");
      assertGreater(self, 0, "the edited position's own must");
    },
    mustFailOn: {
      "one layer": {
        on: [
          one[0],
          ...models.randomFamilies({ n_layers: [1], mlp: false, positions: ["rotary"], size: 1 }),
        ],
      },
    },
  });

  const continued = claim("Two layers without an MLP go on with a block that is said again", {
    id: "two-layers-continue",
    kind: "empirical",
    on: two,
    measure: goesOn,
    // Half a nat is a right guess three times in five; knowing only which tokens the block has
    // leaves more than three nats.
    check: ({ loss }) => assertLess(loss, 0.5, "nats where a block is said again"),
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "one layer": { on: one },
      "no layer": { on: none },
      "the same tokens in another order": {
        on: [two[0]],
        measure: (model) =>
          probes.continuation(model, reshuffled(probes.drawRepeatedBlocks(model, VARIED))),
      },
    },
    show: (runs) =>
      charts.lines({
        title: "Loss on a random block as it is said again",
        caption: "From zero on the block is said again; that it begins again is still news. Only " +
          "two layers know what comes next. One layer knows somewhat which tokens to expect. A " +
          "model without layers learns nothing from the repeat.",
        x: { label: "tokens since the block began again" },
        y: { label: "loss", unit: "nats" },
        reference: [{ y: Math.log(480), label: "every token equally likely" }],
        rows: runs.filter(({ control }) => control !== "the same tokens in another order")
          .filter(({ model }) => !model.includes("untrained"))
          .flatMap(({ model, evidence }) =>
            evidence.around.map(({ place, nats }) => ({ x: place, y: nats, series: model }))
          ),
      }),
  });

  // A single layer can look at any distance, and for any token, but not for what stood beside a
  // token. Where lengths vary no distance is right for all; so every length has its row.
  const bag = claim("One layer knows somewhat which tokens the block had, not which comes next", {
    id: "one-layer-knows-the-bag",
    kind: "empirical",
    on: one,
    measure: (model: Model) => probes.continuation(model, everyLength(model)),
    check: ({ inBlock, inBlockByChance, within, evenly, rows }) => {
      // Somewhat: at least twice as likely as if it did not know.
      assertGreater(inBlock, 2 * inBlockByChance, "probability of the block's tokens");
      assertGreater(within, evenly, "nats among them; ln of their number is an even guess");
      const least = Math.min(...rows.map(({ loss, block }) => loss - Math.log(block)));
      assertGreater(least, 0, "nats in all, over that guess, at the length that suits it best");
    },
    mustFailOn: {
      "untrained weights": { on: [untaughtOne], measure: goesOn },
      "no layer": { on: none, measure: goesOn },
      "two layers": { on: two, measure: goesOn },
      [ONE_LENGTH.control]: {
        measure: (model) =>
          probes.continuation(
            model,
            probes.drawRepeatedBlocks(model, { ...VARIED, block: [36, 36] }),
          ),
      },
    },
    show: (runs) =>
      charts.dots({
        title: "Told which tokens the block had, how does one layer guess?",
        caption: "The loss among the block's own tokens, less that of an even guess (zero). Each " +
          "length has a dot for each seed. One layer bets on distances, and a distance suits " +
          "every length that divides it: multiples of twelve lie below zero, primes above.",
        x: { label: "tokens in the block" },
        y: { label: "worse than an even guess by", unit: "nats" },
        rows: runs.filter(({ control }) => !control).flatMap(({ evidence }) =>
          evidence.rows.map((row) => ({
            x: row.block,
            y: overEven(row),
            series: kindOfLength(row.block),
          }))
        ),
      }),
  });

  const distance = claim("Where all blocks have one length, a single layer can go on by distance", {
    id: "one-length-one-layer",
    kind: "construction",
    on: [models.fixedDistance(12)],
    measure: (model: Model) =>
      probes.continuation(model, probes.drawRepeatedBlocks(model, { block: [12, 12], rows: 4 })),
    // The right token stands 30 above the 39 others: 39 exp(-30) is 4e-12.
    check: ({ loss }) => assertLess(loss, 1e-9, "nats where a block is said again"),
    mustFailOn: {
      "blocks of other lengths": {
        measure: (model) =>
          probes.continuation(
            model,
            probes.drawRepeatedBlocks(model, { block: [13, 17], rows: 4 }),
          ),
      },
    },
  });

  const byHand = claim(
    "Two heads in two layers, and nothing else, go on with blocks of any length",
    {
      id: "two-heads-suffice",
      kind: "construction",
      on: [models.inductionByHand],
      measure: (model: Model) =>
        probes.continuation(model, probes.drawRepeatedBlocks(model, { block: [5, 17], rows: 8 })),
      check: ({ loss }) => assertLess(loss, 1e-9, "nats where a block is said again"),
      mustFailOn: {
        "without its first head": sabotages.withoutHeads([{ layer: 0, head: 0 }]),
        "a single layer that goes by distance": { on: [models.fixedDistance(12)] },
      },
    },
  );
  const heads = claim(
    "In the first layer a head looks one place back; in the second, behind copies",
    {
      id: "who-looks-where",
      kind: "empirical",
      on: two,
      measure: anatomy,
      check: ({ previous, induction, uniform }) => {
        assertGreater(Math.max(...previous[0]), 5 * uniform.previous, "weight on the token before");
        // More than on everything else together; what is left is for what it does not know.
        assertGreater(Math.max(...(induction[1] ?? [0])), 0.5, "weight behind earlier copies");
      },
      mustFailOn: {
        "untrained weights": { on: [untaught] },
        "one layer": { on: [one[0]] },
        "asked for copies themselves, not for what follows them": {
          on: [two[0]],
          measure: (model) => anatomy(model, (row) => probes.inductionKeys(row).map(back)),
        },
      },
      show: (runs) =>
        two.flatMap(({ name }) => {
          const [run] = runs.filter(({ model, control }) => model === name && !control);
          return run ? [scoresOfHeads(name, run.evidence), stripes(name, run.evidence)] : [];
        }),
    },
  );

  // What one head writes another can only use where it reads. The two may meet by chance, so the
  // same two heads are turned against each other at random: as strong, but with no regard.
  const composed = claim(
    "By their keys, these heads read what the one that looks back has written",
    {
      id: "read-by-keys",
      kind: "empirical",
      on: two,
      measure: (model: Model) => meetings(model, "K"),
      check: ({ met, chance }) =>
        assertGreater(Math.min(...met), Math.max(...chance), "above every pair turned at random"),
      mustFailOn: {
        "untrained weights": { on: [untaught] },
        [BY_QUERIES]: { measure: (model) => meetings(model, "Q") },
        "what the head wrote that looks back least": {
          measure: (model) => meetings(model, "K", 3),
        },
      },
      show: (runs) => {
        const sound = runs.filter(({ control }) => !control);
        return [
          meetingsOfOne(sound),
          ...sound.map(({ model, evidence }) => meetingsOfAll(model, evidence)),
        ];
      },
    },
  );

  const ablated = claim("Without the head that looks one place back, the copying ends", {
    id: "ablation-ends-it",
    kind: "empirical",
    on: two,
    measure: (model: Model) => takenOut(model, "previous"),
    check: ({ before, after, evenly }) => {
      assertLess(before, 0.5, "nats with all heads");
      assertGreater(after, evenly, "nats without it; evenly is a guess among the block's tokens");
    },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      [BYSTANDER]: { measure: (model) => takenOut(model, "bystander") },
    },
    show: (runs) =>
      charts.bars({
        title: "Going on with a block, without one head of the first layer",
        caption: "Each head's reading is replaced by its mean over the run. Heads are named by " +
          "layer and number. Before training there is nothing to lose.",
        x: { label: "head taken out" },
        y: { label: "loss where the block is said again", unit: "nats" },
        reference: [{ y: Math.log(480), label: "every token equally likely" }],
        rows: runs.filter(({ control }) => control !== BYSTANDER).flatMap(({ model, evidence }) => [
          { x: "none", y: evidence.before, series: model },
          ...evidence.each.map((y, head) => ({ x: `0.${head}`, y, series: model })),
        ]),
      }),
  });

  // The control of the claim above was to be the head that looks least one place back. That one is
  // needed too.
  const least = refuted("The head that looks least at the token before can go without much loss", {
    id: "least-back-can-go",
    kind: "empirical",
    on: two,
    measure: (model: Model) => besideUntrained(model, "leastBack"),
    // As much as two layers may lose that go on with a block at all.
    check: ({ after }) => assertLess(after, 0.5, "nats without it"),
    mustHoldOn: { [BYSTANDER]: { measure: (model) => besideUntrained(model, "bystander") } },
  });

  const pairs = claim(
    "Without layers, a model does about as well as a table of which token follows which",
    {
      id: "close-to-the-bigram",
      kind: "empirical",
      on: [models.modelWithCard("attn-0l/1"), models.modelWithCard("attn-0l/2")],
      measure: (carded: models.ModelWithCard) => besideTable(carded),
      // The table's loss was recorded when the model was trained, on all held-out text; of that a
      // few rows are read here. What is close is counted in what the table itself gains on
      // knowing nothing, more than two nats: a tenth of it, which those rows must be enough to see.
      check: ({ loss, error, table, chance }) => {
        const close = 0.1 * (chance - table);
        assertLess(3 * error, close, "three standard errors of the measured loss");
        assertLess(Math.abs(loss - table), close, "nats from the table");
      },
      mustFailOn: {
        "untrained weights": {
          on: [models.modelWithCard("attn-0l/1", models.beforeTraining(none[0]))],
        },
        // One layer would be no control: it looks back for repeats, and is no better on text.
        "two layers": { on: [models.modelWithCard("attn-0l/1", two[0])] },
        "the tokens in another order": {
          on: [models.modelWithCard("attn-0l/1")],
          measure: (carded) => besideTable(carded, new Random("another order")),
        },
      },
    },
  );

  say`
      Yes: it has none, neither a parameter of one nor an operation, and what is left is embedding,
      attention, unembedding and, as a rule, LayerNorm ${absent}. In ${absent.count()} models every
      operation that is not linear belonged to one of these ${absent}. It is what remains of an
      ordinary transformer when every MLP writes zeros: in ${zeroed.count()} models the logits (the
      scores of the next token) of the two differed by ${zeroed.max((e) => e.apart)} ${zeroed}.

      Without any layer, such a model knows nothing but the token that it has just read, and where
      it stands: editing a token moved the logits elsewhere by
      ${alone.max((e) => Math.max(e.earlier, e.later))} ${alone}. It can still learn which token
      tends to follow which: on a few rows of text that they had never seen the two seeds lost
      ${pairs.min((e) => e.loss, { digits: 2 })} and ${pairs.max((e) => e.loss, NATS)} a token,
      give or take ${pairs.max((e) => e.error, { digits: 2 })}; knowing nothing costs
      ${pairs.mean((e) => e.chance, { digits: 2 })} ${pairs}. On all such text, their cards say,
      they lost ${pairs.mean((e) => e.recorded, { digits: 2 })}, and a table of all pairs that they
      were trained on ${pairs.mean((e) => e.table, { digits: 2 })}. The table is no limit: it adds
      one to every count, even of pairs that never came ${pairs}.

      A single layer can look back for tokens, but not for what stood beside one ${bag}. Where a
      random block of tokens was said again, the one-layer models gave its tokens between them a
      probability of
      ${bag.min((e) => e.inBlock, { digits: 2 })} to ${bag.max((e) => e.inBlock, { digits: 2 })},
      chance being ${bag.mean((e) => e.inBlockByChance, { digits: 2 })}; but which of them came
      next they guessed no better than evenly in the mean over all lengths, at
      ${bag.min((e) => e.within, { digits: 2 })} to ${bag.max((e) => e.within, NATS)} against
      ${bag.mean((e) => e.evenly, { digits: 2 })}, the mean logarithm of the lengths (below, with
      other lengths, it is another number) ${bag}. One layer does not guess blindly among them: it
      bets on distances, and at the length that suits it best it beat the even guess by
      ${bag.min((e) => -Math.min(...e.rows.map(overEven)), NATS)} or more, while at the worst it
      fell behind by ${bag.min((e) => Math.max(...e.rows.map(overEven)), NATS)} or more ${bag}. So
      lengths must vary, as they did in training, for the task to need more: a layer built by hand
      to look at a fixed distance goes on with blocks of its length without a slip, and fails on
      others ${distance}.

      Two layers go on with any block: where it was said again the two seeds lost
      ${continued.min((e) => e.loss, MILLINATS)} and ${continued.max((e) => e.loss, MILLINATS)}
      nats, with a standard error of at most ${continued.max((e) => e.error, MILLINATS)}, and before
      training ${continued.mean((e) => e.loss, UNTRAINED)} ${continued}. Two heads are enough for
      that, as a model built by hand shows: a head in the first layer notes at each position which
      token stood before it, and one in the second looks for the position whose note is the present
      token, and says what stands there ${byHand}. Such a pair is called induction, and training
      found it by itself: in the first layers of the two seeds the head that looks most at the token
      before gave it ${heads.min((e) => most(e.previous[0]), { digits: 2 })} and
      ${heads.max((e) => most(e.previous[0]), { digits: 2 })} of its attention, and in the second
      the foremost gave ${heads.min((e) => most(e.induction[1]), { digits: 2 })} and
      ${heads.max((e) => most(e.induction[1]), { digits: 2 })} to what had followed earlier copies;
      a head that looks at everything alike has ${
    heads.mean((e) => e.uniform.previous, { digits: 2 })
  }
      and ${
    heads.mean((e) => e.uniform.induction, { digits: 2 })
  } ${heads}. It is not one head alone:
      ${heads.value(two[0], behindCopies)} of the second layer's heads in ${two[0]} and
      ${heads.value(two[1], behindCopies)} in ${two[1]}, of
      ${heads.max((e) => e.induction[1].length)}, gave more than half of their attention there
      ${heads}.

      Such a head reads the first one's notes by its keys, which are what positions offer to be
      found by: on a scale from zero, nothing in common, to one, the composition of the foremost two was
      ${composed.min((e) => e.met, { digits: 2 })} to ${composed.max((e) => e.met, { digits: 2 })},
      and at most ${composed.max((e) => e.chance, { digits: 2 })} when heads were turned against
      each other at random; by its queries, which are what it looks for, it was at most
      ${composed.max((e) => e.met, { control: BY_QUERIES, digits: 2 })} ${composed}. By values,
      which are what it carries over, one seed is above chance and one is not: at most
      ${composed.value(two[0], byValues, { digits: 2 })} in ${two[0]} and
      ${composed.value(two[1], byValues, { digits: 2 })} in ${two[1]}, turned at random
      ${composed.max((e) => e.turned.V, { digits: 2 })} ${composed}. Nor are these the only heads
      that meet: of the ${composed.max((e) => e.pairs.K.flat().length)} pairs of a head in the first
      layer and one in the second, ${composed.value(two[0], aboveChance("K"))} in ${two[0]} and
      ${composed.value(two[1], aboveChance("K"))} in ${two[1]} were by keys above every pair turned
      at random, by queries ${composed.value(two[0], aboveChance("Q"))} and
      ${composed.value(two[1], aboveChance("Q"))}, by values
      ${composed.value(two[0], aboveChance("V"))} and ${composed.value(two[1], aboveChance("V"))};
      before training, in the same order, ${composed.max(aboveChance("K"), AT_FIRST)},
      ${composed.max(aboveChance("Q"), AT_FIRST)} and
      ${composed.max(aboveChance("V"), AT_FIRST)}. What the others are for was not asked
      ${composed}. And the notes are needed: with that one head taken out, the loss rose to
      ${ablated.min((e) => e.after, { digits: 2 })} and ${ablated.max((e) => e.after, NATS)}, an
      even guess among the tokens of these blocks being
      ${ablated.mean((e) => e.evenly, { digits: 2 })};
      with the head of its layer taken out that does least of this kind, it was
      ${ablated.max((e) => e.after, { control: BYSTANDER, digits: 2 })} at most ${ablated}.

      There is more to it than these two, though ${least}. The head of that layer that looks least
      at the token before was meant for this comparison, as one that should have been free to go
      ${least}. It was not: it gave ${least.min((e) => e.onItself, { digits: 2 })} and
      ${least.max((e) => e.onItself, { digits: 2 })} of its attention to its own token instead, and
      without it the loss was ${least.value(two[0], (e) => e.after, NATS)} in ${two[0]} and
      ${least.value(two[1], (e) => e.after, NATS)} in ${two[1]}; before training, taking
      the same head out moved the loss of ${least.mean((e) => e.untrained.before, { digits: 2 })} by
      ${least.max((e) => Math.abs(e.untrained.after - e.untrained.before), { digits: 4 })} at most
      ${least}. So the head compared with
      above was chosen after this was known ${ablated} ${least}. And these are small models and one
      task: that a single layer did not learn it here, with ${bag.count()} seeds, does not prove
      that none could ${bag}.
    `;
  wouldChange`
      A model called attention-only whose logits differ in any bit from those of a transformer with
      its MLPs silenced, or a single layer that goes on with blocks of any length. One MLP left in
      moved a logit by at least ${zeroed.min((e) => e.apart, { ...ONE_LEFT, digits: 2 })}. What
      comes closest to fooling the second is a length that suits the distances on which a layer
      bets: told which tokens the block has, the one-layer models then needed
      ${
    bag.min((e) => e.within, { ...ONE_LENGTH, digits: 2 })
  } nats, where an even guess at that one length has
      ${bag.mean((e) => e.evenly, { ...ONE_LENGTH, digits: 2 })}.
    `;
});

/** What a parameter belongs to: "attn" for `blocks.0.attn.W_Q`. */
function partOf(parameter: string): string {
  return parameter.replace(/^blocks\.\d+\./, "").split(".")[0];
}

/** What is not linear in embedding, attention and LayerNorm, by operation and how often. */
function bendsDue({ n_layers, normalization }: Model["config"]): Record<string, number> {
  const norms = normalization === "LN" ? n_layers + 1 : 0; // before each layer, and at the end
  const due = {
    Gather: 1, // the embedding looks a token up
    MatMul: 2 * n_layers, // scores, and the mean of the values
    Softmax: n_layers,
    Mul: norms, // squares, for the variance
    Sqrt: norms,
    Div: norms,
  };
  return Object.fromEntries(Object.entries(due).filter(([, times]) => times > 0));
}

/** How far a model with silenced MLPs is from one that never had any, in its logits. */
async function compareSilenced(model: Model, silenced: typeof silent) {
  const text = probes.drawTokens(model);
  const quiet = await run(silenced.apply(model), text);
  const absent = await run(sabotages.withoutMlps.apply(model), text);
  return { apart: maxDifference(quiet.logits, absent.logits) };
}

/** A row for each length of a block that the models were trained on. */
function everyLength(model: Model): probes.RepeatedBlocks {
  const [shortest, longest] = VARIED.block;
  const lengths = Array.from({ length: longest - shortest + 1 }, (_, i) => shortest + i);
  const each = lengths.map((block) =>
    probes.drawRepeatedBlocks(model, { block: [block, block], seed: block })
  );
  return { tokens: each.flatMap(({ tokens }) => tokens), blocks: lengths };
}

/** How much a row's loss within its block is above that of an even guess. */
function overEven({ within, block }: probes.Continuation["rows"][number]): number {
  return within - Math.log(block);
}

/** What a length has to do with the distances that suit it. */
function kindOfLength(block: number): string {
  if (block % 12 === 0) return "a multiple of twelve";
  const divisors = Array.from({ length: block }, (_, i) => i + 1).filter((d) => block % d === 0);
  return divisors.length === 2 ? "a prime" : "another length";
}

/** The same tokens in another order, but for the first time that they are said. */
function reshuffled({ tokens, blocks }: probes.RepeatedBlocks): probes.RepeatedBlocks {
  const random = new Random("another order");
  const again = (row: number[], block: number) => random.shuffle(row.slice(block));
  return {
    blocks,
    tokens: tokens.map((row, r) => [...row.slice(0, blocks[r]), ...again(row, blocks[r])]),
  };
}

/** The largest of some shares. */
function most(shares: readonly number[]): number {
  return Math.max(...shares);
}

/** How many heads of the second layer give more than half of their attention behind copies. */
function behindCopies({ induction }: Anatomy): number {
  return induction[1].filter((share) => share > 0.5).length;
}

/** The larger composition by values of the two heads that look most behind copies. */
function byValues({ readers, all }: Meetings): number {
  return most(readers.map((head) => all.V[head]));
}

/** Where a head would look that looks one place before others. */
function back(keys: readonly number[]): number[] {
  return keys.map((key) => key - 1);
}

/** A short text to look at: a block of twelve, said twice. */
const LOOK = { block: [12, 12], length: 24 } as const;

type Anatomy = Awaited<ReturnType<typeof anatomy>>;

/** What each head looks at on repeated blocks, and two patterns to see it. */
async function anatomy(model: Model, copies = probes.inductionKeys) {
  const looks = await probes.detectHeads(
    model,
    probes.drawRepeatedBlocks(model, VARIED).tokens,
    copies,
  );
  const patterns = await probes.patternsOf(model, probes.drawRepeatedBlocks(model, LOOK).tokens);
  const last = patterns.length - 1;
  const matrix = (layer: number, scores: readonly number[]) =>
    patterns[layer].get(0, probes.rankHeads([scores])[0].head).toNested() as number[][];
  return {
    ...looks,
    looksBack: matrix(0, looks.previous[0]),
    looksForCopies: matrix(last, looks.induction[last]),
  };
}

function scoresOfHeads(
  name: string,
  { previous, own, induction, uniform }: Anatomy,
): charts.Figure {
  const kinds = {
    "one place back": { scores: previous, alike: uniform.previous },
    "its own token": { scores: own, alike: uniform.own },
    "behind copies": { scores: induction, alike: uniform.induction },
  };
  return charts.bars({
    title: `What the heads of ${name} look at`,
    caption: "The share of a head's attention that goes to the token before, to its own token " +
      "(itself and earlier copies), and to what followed earlier copies. Heads are named by " +
      "layer and number. The bars named alike are the shares of a head that looks at everything " +
      "alike; the line is the largest of the three, that of its own token.",
    x: { label: "head" },
    y: { label: "share of attention" },
    reference: [{ y: uniform.own, label: "all alike" }],
    rows: Object.entries(kinds).flatMap(([series, { scores, alike }]) => [
      ...scores.flatMap((heads, layer) =>
        heads.map((y, head) => ({ x: `${layer}.${head}`, y, series }))
      ),
      // Bars, not lines: on this scale three lines would lie too close for their labels.
      { x: "alike", y: alike, series },
    ]),
  });
}

type Meetings = Awaited<ReturnType<typeof meetings>>;

/** The head that looks one place back with each of the second layer, beside chance. */
function meetingsOfOne(runs: readonly { model: string; evidence: Meetings }[]): charts.Figure {
  return charts.dots({
    title: "How far a head reads what the one that looks one place back has written",
    caption: "Composition of that head with each head of the second layer, by queries (Q), keys " +
      "(K) and values (V): zero if they have nothing in common, one if one reads nothing " +
      "but the other. The foremost two look most behind copies; the text is about them. " +
      "Turned at random is what chance gives.",
    x: { label: "model and input" },
    y: { label: "composition" },
    rows: runs.flatMap(({ model, evidence: { all, turned, readers } }) =>
      KINDS.flatMap((kind) => [
        ...all[kind].map((y, head) => ({
          x: `${model} ${kind}`,
          y,
          series: readers.includes(head) ? "the foremost two" : "other heads",
        })),
        ...turned[kind].map((y) => ({ x: `${model} ${kind}`, y, series: "turned at random" })),
      ])
    ),
  });
}

/** Every head of the first layer with each of the second. */
function meetingsOfAll(name: string, { pairs, pairsTurned }: Meetings): charts.Figure {
  const byChance = KINDS.map((kind) => pairsTurned[kind].flat(2));
  const ends = byChance.map((each) =>
    `${Math.min(...each).toFixed(2)} to ${most(each).toFixed(2)}`
  );
  return charts.heatmap({
    title: `How far each head of ${name} reads what each head before it has written`,
    caption: "Composition of every pair of heads, named by layer and number. What chance gives, " +
      `all pairs turned at random: ${ends[0]} by queries, ${ends[1]} by keys and ${ends[2]} by ` +
      "values.",
    x: { label: "head of the second layer" },
    y: { label: "head of the first" },
    value: { label: "composition" },
    rows: KINDS.flatMap((kind) =>
      pairs[kind].flatMap((readers, writer) =>
        readers.map((value, reader) => ({
          x: `1.${reader}`,
          y: `0.${writer}`,
          value,
          series: INPUTS[kind],
        }))
      )
    ),
  });
}

/** How many pairs of heads meet by one input more than any pair that was turned at random. */
function aboveChance(kind: probes.CompositionKind): (found: Meetings) => number {
  return ({ pairs, pairsTurned }) => {
    const chance = most(pairsTurned[kind].flat(2));
    return pairs[kind].flat().filter((score) => score > chance).length;
  };
}

function stripes(name: string, { looksBack, looksForCopies }: Anatomy): charts.Figure {
  const panel = (series: string, pattern: readonly (readonly number[])[]) =>
    pattern.flatMap((row, y) => row.map((value, x) => ({ x, y, value, series })));
  return charts.heatmap({
    title: `Two heads of ${name} on a block of twelve said twice`,
    caption: "Each row is a position that looks, each column one that it looks at. Beside the " +
      "diagonal: the token before. The stripe below: where the token stood the first time, and " +
      "one further.",
    x: { label: "looked at" },
    y: { label: "position that looks" },
    value: { label: "weight" },
    rows: [
      ...panel("first layer, looks one place back", looksBack),
      ...panel("second layer, looks behind copies", looksForCopies),
    ],
  });
}

/**
 * How the two heads of the second layer that look most behind copies compose with one of the first.
 *
 * @param place Which of the first: its place by how much it looks one back.
 */
async function meetings(model: Model, kind: probes.CompositionKind, place = 0) {
  const { previous, induction } = await anatomyOf(model);
  const writer = probes.rankHeads([previous[0]])[place].head;
  const readers = probes.rankHeads([induction[1]]).slice(0, 2).map(({ head }) => head);
  const found = compositionOf(model);
  const each = <T>(read: (by: probes.Compositions) => T) => {
    return { Q: read(found.Q), K: read(found.K), V: read(found.V) };
  };
  const all = each(({ scores }) => scores[writer]);
  const turned = each((by) => by.turned.flatMap((draw) => draw[writer]));
  const met = readers.map((head) => all[kind][head]);
  // The check is about one writer. The others are kept to be seen: they have all been worked out.
  const pairs = each(({ scores }) => scores);
  const pairsTurned = each((by) => by.turned);
  return { met, chance: turned[kind], readers, all, turned, pairs, pairsTurned };
}

const outs = [0, 1, 2, 3].map((head) => sabotages.withoutHeads([{ layer: 0, head }]));

/** What is left of going on with blocks when a head of the first layer is taken out. */
const takenOutOf = memoize(async (model: Model) => {
  const { previous: [looksBack], own: [looksAtItself] } = await anatomyOf(model);
  const { loss: before, evenly } = await goesOn(model);
  const each: number[] = [];
  for (const out of outs) each.push((await goesOn(out.apply(model))).loss);
  const order = probes.rankHeads([looksBack]);
  const busy = looksBack.map((share, head) => Math.max(share, looksAtItself[head]));
  const bystander = probes.rankHeads([busy]).at(-1)!.head;
  const heads = { previous: order[0].head, leastBack: order.at(-1)!.head, bystander };
  return { before, evenly, each, looksAtItself, heads };
}, { cache: new WeakMap() });

type Role = "previous" | "leastBack" | "bystander";

async function takenOut(model: Model, which: Role) {
  const { heads, looksAtItself, ...found } = await takenOutOf(model);
  return { ...found, after: found.each[heads[which]], onItself: looksAtItself[heads[which]] };
}

/** The same beside what taking the same head out did before the model was trained. */
async function besideUntrained(model: Model, which: Role) {
  const { heads } = await takenOutOf(model);
  const begun = await models.beforeTraining(two.find(({ name }) => name === model.name)!).load();
  const { loss: before } = await goesOn(begun);
  const { loss: after } = await goesOn(outs[heads[which]].apply(begun));
  return { ...await takenOut(model, which), untrained: { before, after } };
}

/** The loss on held-out text beside that of a table of pairs, in nats per token. */
async function besideTable({ model, perToken }: models.ModelWithCard, order?: Random) {
  const rows = await models.texts.heldOutRows({ rows: 16, length: model.config.n_ctx });
  const read = rows.map((row) => order ? order.shuffle(row) : row);
  const each = probes.losses((await run(model, read)).logits, read).map(mean);
  return {
    loss: mean(each),
    error: standardError(each),
    table: perToken[BIGRAM],
    recorded: perToken[RECORDED],
    chance: Math.log(model.config.d_vocab),
  };
}
