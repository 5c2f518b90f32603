/** What question 03 measures, and on which texts. */
import memoize from "memoize";
import { type Model, run, type Subject } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import { shuffledWeights, untrained } from "../../lib/model/sabotages/mod.ts";
import { maxAbs, maxDifference, mean, standardError } from "../../lib/tensor/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { heldOutRows } from "../../fixtures/texts/held_out.ts";

const SMALL = { d_model: 12, n_heads: 3, d_vocab: 17, n_ctx: 9, attn_only: true } as const;

/** Small random models of attention alone, for identities. */
export const twoLayers: Subject<Model> = models.randomModel(
  transformer.makeConfig({ ...SMALL, n_layers: 2 }),
  1,
  "two random layers",
);
export const plainLayer: Subject<Model> = models.randomModel(
  transformer.makeConfig({ ...SMALL, n_layers: 1, normalization: "none" }),
  1,
  "a random layer without LayerNorm",
);

/** The same numbers in another order; and in yet another, to stand in for a trained model. */
export const [shuffled, shuffledAgain] = [1, 2].map((seed) => shuffledWeights(seed));

/** A mean over tokens, and its standard error. */
export type Spread = { readonly effective: number; readonly error: number };

/** How much more of them the second is spread over, in standard errors. */
export function errorsAbove(one: Spread, other: Spread): number {
  return (other.effective - one.effective) / Math.hypot(one.error, other.error);
}

/** Random tokens, no more of them than an identity must be tried on. */
function shortText(model: Model, seed = "text"): number[][] {
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
export const sumOfParts = (without?: string) => async (model: Model) => {
  const [tokens, targets] = [shortText(model), shortText(model, "targets")];
  const { parts, logits: [logits] } = await probes.logitAttribution(model, tokens, targets);
  const summed = parts.filter(({ part }) => part !== without);
  const missing = logits.map((logit, p) =>
    Math.abs(summed.reduce((sum, { toward }) => sum + toward[0][p], -logit))
  );
  return { apart: Math.max(...missing) / Math.max(...logits.map(Math.abs)), parts: parts.length };
};

/** What the paths of a model without MLPs do on prose, and where a random block is said again. */
export const pathsThrough = memoize(async (model: Model) => {
  const text = await heldOutRows({ rows: 2, length: 32, seed: "paths" });
  const again = probes.drawRepeatedTokens(model, 16, { rows: 2 });
  return {
    text: await probes.summarizePaths(model, text),
    again: await probes.summarizePaths(model, again, { from: 16 }),
  };
}, { cache: new WeakMap() });

/** The same, or that of another in its place, beside the model's own numbers in another order. */
export async function besideShuffled(model: Model, instead = model) {
  const [trained, other] = [await pathsThrough(instead), await pathsThrough(shuffled.apply(model))];
  return { paths: trained.text.paths.length, trained, shuffled: other };
}

/** The loss on prose, or where a random block is said again, by which paths are left. */
export const lossOn = (kind: "text" | "again") => async (model: Model) => {
  const { upTo: [direct, single, all], without } = (await pathsThrough(model))[kind];
  return { direct, single, all, noSingle: without[1] };
};

/** The loss on prose with pairs of heads where single ones are asked for. */
export async function pairsForSingle(model: Model) {
  const found = await lossOn("text")(model);
  return { ...found, single: found.noSingle };
}

const LENGTH = 40;

/** Held-out texts; random ones for a model that never learned any. */
async function textsFor({ config }: Model): Promise<number[][]> {
  if (config.n_ctx < LENGTH) return probes.drawTokens({ config }, { rows: 2 });
  return await heldOutRows({ rows: 2, length: LENGTH, seed: "paths" });
}

/** What becomes of a model without each head, in each way to take it out. */
const withoutHeads = memoize(
  async (model: Model) =>
    await probes.ablateHeads(model, await textsFor(model), ["mean", "zero", "resample"]),
  { cache: new WeakMap() },
);

/** Over how many heads it is spread, at a token, how far the predictions move without each. */
function headsAtToken(heads: readonly probes.HeadEffect[]): Spread {
  const byToken = probes.effectiveByToken(heads.map(({ klByToken }) => klByToken.flat()));
  return { effective: mean(byToken), error: standardError(byToken) };
}

/** The same, beside the model's own numbers in another order. */
export const headsBesideShuffled = memoize(async (model: Model) => {
  const rows = await textsFor(model);
  const { d_model, attn_only } = model.config;
  return {
    kind: `${d_model} wide${attn_only ? ", no MLP" : ""}`,
    trained: headsAtToken((await withoutHeads(model)).mean),
    shuffled: headsAtToken((await probes.ablateHeads(shuffled.apply(model), rows, ["mean"])).mean),
  };
}, { cache: new WeakMap() });

/** Several models as one subject. */
function inARow(name: string, each: readonly Subject<Model>[]): Subject<Model[]> {
  const about = each.map((model) => model.name).join(", ");
  return { name, about, origin: "trained", load: () => Promise.all(each.map((m) => m.load())) };
}

/** Every model that is up to 64 wide and has eight heads: two narrower ones, and each scheme. */
export const narrow: Subject<Model>[] = (["width-16", "width-32", ...models.schemeRecipes] as const)
  .flatMap((name) => models.bothSeeds(name));

/** One recipe at four widths, under either seed; and, to tell apart, both seeds of one width. */
const narrowToWide = (["width-16", "width-32", "learned", "width-128"] as const)
  .map((name) => models.bothSeeds(name));
export const widths: Subject<Model[]>[] = [0, 1].map((i) =>
  inARow(`four widths, seed ${i + 1}`, narrowToWide.map((seeds) => seeds[i]))
);
export const oneWidth: Subject<Model[]>[] = narrowToWide.map((seeds) =>
  inARow(`seeds of ${seeds[0].name}`, seeds)
);

/** The same for several models, from the narrowest to the widest. */
export async function byWidth(each: readonly Model[]) {
  const found: Awaited<ReturnType<typeof headsBesideShuffled>>[] = [];
  for (const model of each) found.push(await headsBesideShuffled(model));
  const beyond = found.map(({ trained, shuffled }) => trained.effective - shuffled.effective);
  const errors = found.map(({ trained, shuffled }) => Math.hypot(trained.error, shuffled.error));
  return {
    widths: each.map(({ config }) => config.d_model),
    trained: found.map(({ trained }) => trained.effective),
    shuffled: found.map(({ shuffled }) => shuffled.effective),
    narrowest: found[0].trained.effective,
    widest: found.at(-1)!.trained.effective,
    /** How much more the narrowest is spread than the widest, each beside its own, in errors. */
    errors: (beyond[0] - beyond.at(-1)!) / Math.hypot(errors[0], errors.at(-1)!),
  };
}

/** The recipes whose heads are counted: each positional scheme, and attention alone. */
export const recipes = [...models.schemeRecipes, "attn-2l"] as const;

/** Both seeds of a recipe, and what they are compared with. */
export type BeforeAndAfter = {
  readonly name: string;
  /** The first seed of every recipe, as its training began. */
  readonly before: readonly Model[];
  /** Both seeds of this recipe, as training left them. */
  readonly after: readonly Model[];
};

/** Both seeds of a recipe after training, or with weights drawn afresh, beside models before it. */
export function beforeAndAfter(
  name: typeof recipes[number],
  instead?: "drawn afresh",
): Subject<BeforeAndAfter> {
  const load = async () => {
    const trained = await Promise.all(models.bothSeeds(name).map((seed) => seed.load()));
    const firsts = recipes.map((recipe) => models.beforeTraining(models.bothSeeds(recipe)[0]));
    return {
      name,
      before: await Promise.all(firsts.map((first) => first.load())),
      after: instead ? trained.map((model, i) => DRAWN[i].apply(model)) : trained,
    };
  };
  return {
    name: instead ? `${name}, ${instead}` : name,
    about: `both seeds of ${name}, ${instead ?? "trained"}, and every recipe before its training`,
    origin: instead ? "built" : "trained",
    load,
  };
}

const DRAWN = [6, 7].map((seed) => untrained(seed));

/** Over how many heads the divergence is effectively spread, for each model and way to ablate. */
export async function concentration({ name, before, after }: BeforeAndAfter) {
  const [untaught, taught] = [await inEachWay(before), await inEachWay(after)];
  return { name, before: untaught, after: taught, began: untaught.mean[namesOf.indexOf(name)] };
}

const namesOf: readonly string[] = recipes;

async function inEachWay(each: readonly Model[]) {
  const found: Awaited<ReturnType<typeof withoutHeads>>[] = [];
  for (const model of each) found.push(await withoutHeads(model));
  const count = (how: probes.Ablation) =>
    found.map((effects) => probes.effectiveNumber(effects[how].map(({ kl }) => kl)));
  return { mean: count("mean"), zero: count("zero"), resample: count("resample") };
}

/** How many parts each head is split in. */
export const PARTS = 3;

const SHARES = {
  "equal shares": Array(PARTS).fill(1 / PARTS),
  "one part has it all": [1, ...Array(PARTS - 1).fill(0)],
  "every part has it all": Array(PARTS).fill(1),
};

/** A model, and the same with each head split. */
export type Split = { readonly whole: Model; readonly split: Model };

/** A model, and the same with each head split in parts that share what it writes. */
export function inParts(model: Subject<Model>, how: keyof typeof SHARES): Subject<Split> {
  const load = async () => {
    const whole = await model.load();
    return { whole, split: transformer.splitHeads(whole, SHARES[how]) };
  };
  return {
    name: `${model.name}, heads split, ${how}`,
    about: `${model.name}, changed: each head is split in ${PARTS}, ${how}`,
    from: model.name,
    origin: "built",
    load,
  };
}

/** Whether the two do the same, and how much is lost without any head, or any part of one. */
export async function splitting({ whole, split }: Split) {
  const rows = (await textsFor(whole)).slice(0, 1);
  const [a, b] = [(await run(whole, rows)).logits, (await run(split, rows)).logits];
  const missed = async (model: Model) =>
    (await probes.ablateHeads(model, rows, ["mean"])).mean.map(({ kl }) => kl);
  const [heads, parts] = [await missed(whole), await missed(split)];
  return {
    apart: maxDifference(a, b) / maxAbs(a),
    growth: probes.effectiveNumber(parts) / probes.effectiveNumber(heads),
    head: Math.max(...heads),
    part: Math.max(...parts),
    heads,
    parts,
  };
}

/** What heads of a layer write beside what is lost without them, the last LayerNorm held or not. */
export const lostIn = (layer: "first" | "last", { held = true } = {}) => async (model: Model) => {
  const rows = shortText(model);
  const norm = model.config.normalization === "none" ? [] : ["ln_final.hook_scale"];
  const { zero } = await probes.ablateHeads(model, rows, ["zero"], { hold: held ? norm : [] });
  const wanted = layer === "first" ? 0 : model.config.n_layers - 1;
  const heads = (await probes.directAndTotal(model, rows, zero))
    .filter((head) => head.layer === wanted);
  return { apart: mean(heads.map((h) => h.apart)) / mean(heads.map((h) => h.size)) };
};

/** What each head writes towards the next token, and what is lost without it. */
export async function writtenAndLost(model: Model) {
  const rows = await textsFor(model);
  const heads = await probes.directAndTotal(model, rows, (await withoutHeads(model)).zero);
  return { heads, apart: mean(heads.map((h) => h.apart)) / mean(heads.map((h) => h.size)) };
}
