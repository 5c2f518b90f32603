/** What the paths through models without MLPs do, and what parts write: question 03. */
import memoize from "memoize";
import type { Model, Subject } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import { multiplyingStream, shuffledHeads } from "../../lib/model/sabotages/mod.ts";
import { maxAbs, maxDifference, mean } from "../../lib/tensor/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { heldOutRows } from "../../fixtures/texts/held_out.ts";

const SMALL = { d_model: 12, n_heads: 3, d_vocab: 17, n_ctx: 9, attn_only: true } as const;

/** Small random models of attention alone, for identities. */
export const plainLayer: Subject<Model> = models.randomModel(
  transformer.makeConfig({ ...SMALL, n_layers: 1, normalization: "none" }),
  1,
  "a random layer without LayerNorm",
);
/** Two layers without MLPs, whose paths can be told apart. */
const twoWithoutMlps = transformer.like({ n_layers: [2], attn_only: [true], causal: [true] });
export const ofTwo = { on: models.bothSeeds("attn-2l"), needs: twoWithoutMlps };
export const twoLayers: Subject<Model> = models.randomModel(
  transformer.makeConfig({ ...SMALL, n_layers: 2 }),
  1,
  "two random layers",
);

/** Whose logits are sums over paths. */
export const summed = {
  on: [
    ...models.randomFamilies({ mlp: false, n_layers: [2], size: 1 }),
    twoLayers,
    ...models.bothSeeds("attn-2l"),
  ],
  needs: twoWithoutMlps,
};

/** The same heads with their numbers in other orders; one more stands in for trained ones. */
export const shuffles = [1, 2, 3].map((seed) => shuffledHeads(seed));
export const anotherShuffle = shuffledHeads(4);

/** Random tokens, no more of them than an identity must be tried on. */
export function shortText(model: Model, seed = "text"): number[][] {
  return probes.drawTokens(model, { seed, length: Math.min(24, model.config.n_ctx) });
}

/** How far a model's paths, or all but some of them, are from summing to its logits. */
export const sumOfPaths = (without?: "least" | "biases") => async (model: Model) => {
  const held = await probes.holdPatterns(model, shortText(model));
  const [paths, largest] = [probes.pathsOf(held), maxAbs(held.logits)];
  const size = (path: probes.Path) => maxAbs(probes.pathLogits(held, [path]));
  const least = without === "least" && paths.reduce((a, b) => size(b) < size(a) ? b : a);
  const summed = paths.filter((path) =>
    path !== least && !(without === "biases" && path.from === "biases")
  );
  return {
    apart: maxDifference(probes.pathLogits(held, summed), held.logits) / largest,
    paths: paths.length,
  };
};

/** How far the parts that write to a logit, or all but one, are from summing to it. */
export const sumOfParts = (without?: "last head" | "last biases") => async (model: Model) => {
  const [tokens, targets] = [shortText(model), shortText(model, "targets")];
  const { parts, logits: [logits] } = await probes.logitAttribution(model, tokens, targets);
  const left = without === "last head" ? `head ${model.config.n_layers - 1}.0` : without;
  const summed = parts.filter(({ part }) => part !== left);
  const nothing = parts.every(({ part, toward }) =>
    part !== left || toward[0].every((x) => x === 0)
  );
  if (left && nothing) throw new transformer.Unfit(`it has no ${left}`);
  const missing = logits.map((logit, p) =>
    Math.abs(summed.reduce((sum, { toward }) => sum + toward[0][p], -logit))
  );
  return { apart: Math.max(...missing) / Math.max(...logits.map(Math.abs)), parts: parts.length };
};

const multiplied = { sabotage: multiplyingStream(0.01), on: [twoLayers] };

/** Controls: sums that must not come out. */
export const otherSumsOfPaths = {
  "a stream that multiplies": multiplied,
  "the least of the paths left out": { on: [twoLayers], measure: sumOfPaths("least") },
  "paths from biases left out": { on: [twoLayers], measure: sumOfPaths("biases") },
};
export const otherSumsOfParts = {
  "a stream that multiplies": multiplied,
  "one head left out": { on: [twoLayers], measure: sumOfParts("last head") },
  "last biases left out": { on: [twoLayers], measure: sumOfParts("last biases") },
};

/** English that no model has learned from, or a random block of tokens that is said again. */
export type Task = "prose" | "again";

const BLOCK = 16;

/** Texts of a task, and the first position whose prediction counts. */
async function textsOf(model: Model, task: Task): Promise<{ rows: number[][]; from: number }> {
  return task === "prose"
    ? { rows: await heldOutRows({ rows: 2, length: 2 * BLOCK, seed: "paths" }), from: 0 }
    : { rows: probes.drawRepeatedTokens(model, BLOCK, { rows: 2 }), from: BLOCK };
}

/** What the paths of a model write in both tasks. */
const written = memoize(async (model: Model) => {
  const inTask = async (task: Task) => {
    const { rows, from } = await textsOf(model, task);
    return await probes.summarizePaths(model, rows, { from });
  };
  return { prose: await inTask("prose"), again: await inTask("again") };
}, { cache: new WeakMap() });

/** The same, or that of another in its place, beside the heads' own numbers in other orders. */
export const besideShuffled = (instead?: "shuffled") => async (model: Model) => {
  const trained = await written(instead ? anotherShuffle.apply(model) : model);
  const shuffled: (typeof trained)[] = [];
  for (const shuffle of shuffles) shuffled.push(await written(shuffle.apply(model)));
  const spread = (task: Task) => ({
    trained: trained[task].effective,
    shuffled: shuffled.map((each) => each[task].effective),
  });
  const [prose, again] = [spread("prose"), spread("again")];
  return {
    paths: trained.prose.paths.length,
    /** Over how many paths the writing is spread, and how far below all shuffles that is. */
    ...{ prose, again, below: [prose, again].map(belowShuffles) },
    /** On prose: the share of the three largest, and what three have in shuffled heads. */
    ...{ largest: trained.prose.largest, left: shuffled.map(({ prose }) => prose.largest) },
    direct: trained.prose.direct,
    /** The loss of the shuffled models on prose, and of one who knows nothing. */
    shuffledLoss: shuffled.map(({ prose }) => prose.loss),
    evenly: Math.log(model.config.d_vocab),
    fans: { trained: trained.prose.paths, shuffled: shuffled[0].prose.paths },
  };
};

/** A control, for which one seed is enough: a shuffle in the place of the trained heads. */
export const shuffledAnotherWay = {
  on: [models.bothSeeds("attn-2l")[0]],
  measure: besideShuffled("shuffled"),
};

/** How far something lies below the least of some shuffles, beside what they differ by. */
export function belowShuffles(
  { trained, shuffled }: { readonly trained: number; readonly shuffled: readonly number[] },
): number {
  const least = Math.min(...shuffled);
  return (least - trained) / (Math.max(...shuffled) - least);
}

/** Whether a path through these heads is left; the one past all heads always is. */
type Chosen = (through: probes.Path["through"]) => boolean;

/**
 * A model on a task: its loss with some paths alone, and where the heads of its first layer look.
 */
const onTask = memoize((model: Model) =>
  memoize(async (task: Task) => {
    const { rows, from } = await textsOf(model, task);
    const held = await probes.holdPatterns(model, rows);
    const paths = probes.pathsOf(held);
    const loss = (chosen: Chosen) => {
      const left = paths.filter((path) =>
        path.from === "biases" || path.through.length === 0 || chosen(path.through)
      );
      const byRow = probes.losses(probes.pathLogits(held, left), rows);
      return mean(byRow.flatMap((row) => row.slice(from)));
    };
    const looking = (keysOf: probes.KeysOf) => {
      const [first] = probes.scoreHeads(held.patterns, rows, keysOf).scores;
      return probes.rankHeads([first])[0];
    };
    const looks = { itself: looking(ownPlace), before: looking(probes.previousTokenKeys) };
    return { looks, past: loss(() => false), all: loss(() => true), loss };
  }), { cache: new WeakMap() });

/** The place that a head stands at. */
const ownPlace: probes.KeysOf = (row) => row.map((_, place) => [place]);

/** The loss on prose of both models without a layer, which know what follows which token. */
const withoutLayers = memoize(async () => {
  const each = await Promise.all(models.bothSeeds("attn-0l").map((seed) => seed.load()));
  const { rows } = await textsOf(each[0], "prose");
  return await Promise.all(
    each.map(async (model) => mean(await probes.lossByPosition(model, rows))),
  );
});

/** The path through the head that looks most at its own place, or those through all other heads. */
export const onProse = (instead?: "others") => async (model: Model) => {
  const { looks: { itself }, past, all, loss } = await onTask(model)("prose");
  const isIt = ([[layer, head]]: probes.Path["through"]) => layer === 0 && head === itself.head;
  const one = loss((through) => through.length === 1 && isIt(through));
  const others = loss((through) => through.length === 1 && !isIt(through));
  const shareOf = (left: number) => (past - left) / (past - all);
  return {
    ...{ past, one, others, all, atItself: itself.score, noLayer: await withoutLayers() },
    share: shareOf(instead ? others : one),
    shareOfOthers: shareOf(others),
  };
};

/**
 * The paths that end in a head of the second layer, and go there straight or through one head of
 * the first: that which looks most at its own place, or at the place before.
 */
export const lookingUp =
  (by: "itself" | "before" = "itself", task: Task = "again") => async (model: Model) => {
    const { looks, past, all, loss } = await onTask(model)(task);
    const through = (wanted: number) =>
      loss((heads) => heads.at(-1)![0] === 1 && (heads.length === 1 || heads[0][1] === wanted));
    const [itself, before] = [through(looks.itself.head), through(looks.before.head)];
    const left = by === "itself" ? itself : before;
    return { past, itself, before, all, share: (past - left) / (past - all) };
  };

const untaught = { on: [models.beforeTraining(models.bothSeeds("attn-2l")[0])] };

/** Controls: where one path does not do most. */
export const otherPathsOnProse = {
  "untrained weights": untaught,
  "all single heads that look elsewhere": { measure: onProse("others") },
};

/** What a control is called that answers speak of. */
export const BEFORE = "pairs through the previous-token head";

/** Controls: where those paths do not do nearly all. */
export const otherLookups = {
  "untrained weights": untaught,
  "ordinary text": { measure: lookingUp("itself", "prose") },
  [BEFORE]: { measure: lookingUp("before") },
};
