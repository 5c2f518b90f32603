/** Over how many heads the work is spread. */
import memoize from "memoize";
import type { Model, Subject } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import { untrained } from "../../lib/model/sabotages/mod.ts";
import { mean, range, standardError } from "../../lib/tensor/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { heldOutRows } from "../../fixtures/texts/held_out.ts";
import { shuffles } from "./paths.ts";

/** On texts of 32 tokens what two claims here compare is not told apart any more in every model. */
const LENGTH = 40;

/** Held-out texts; random ones for a model that never learned any. */
export async function textsFor({ config }: Model): Promise<number[][]> {
  if (config.n_ctx < LENGTH) return probes.drawTokens({ config }, { rows: 2 });
  return await heldOutRows({ rows: 2, length: LENGTH, seed: "paths" });
}

type Effects = Partial<Record<probes.Ablation, probes.HeadEffect[]>>;

const known = new WeakMap<Model, Effects>();

/**
 * What becomes of a model without each head, for each way to take it out. Those that are asked for
 * together share a run of the model as it is; none is run twice.
 */
export async function withoutHeads<How extends probes.Ablation>(
  model: Model,
  ways: readonly How[],
): Promise<Record<How, probes.HeadEffect[]>> {
  const found = known.get(model) ?? {};
  const missing = ways.filter((how) => !found[how]);
  if (missing.length > 0) {
    Object.assign(found, await probes.ablateHeads(model, await textsFor(model), missing));
  }
  known.set(model, found);
  return found as Record<How, probes.HeadEffect[]>;
}

/** How many shuffles heads are counted beside: with eight heads each, two say enough. */
const SHUFFLES = 2;

/** Over how many heads it is spread, at a token, how far the predictions move without each. */
function headsAtToken(heads: readonly probes.HeadEffect[]) {
  const byToken = probes.effectiveByToken(heads.map(({ klByToken }) => klByToken.flat()));
  return { effective: mean(byToken), error: standardError(byToken) };
}

/** The same, beside the heads' own numbers in other orders. */
export const headsBesideShuffled = memoize(async (model: Model) => {
  const effects = await withoutHeads(model, ["mean"]);
  const [trained, shuffled] = [headsAtToken(effects.mean), [] as number[]];
  for (const shuffle of shuffles.slice(0, SHUFFLES)) {
    const moved = await probes.ablateHeads(shuffle.apply(model), await textsFor(model), ["mean"]);
    shuffled.push(headsAtToken(moved.mean).effective);
  }
  const fewer = mean(shuffled) - trained.effective;
  return {
    ...{ kind: kindOf(model), trained, shuffled, fewer },
    ...{ apart: Math.abs(fewer), differ: range(shuffled) },
  };
}, { cache: new WeakMap() });

/** What a model is, in a word or two: for a picture. */
function kindOf({ config: { d_model, attn_only, positions } }: Model): string {
  if (attn_only) return "no MLP";
  return d_model === 64 ? SCHEMES[positions] : `${d_model} wide`;
}

const SCHEMES = {
  learned: "learned",
  sinusoidal: "sine waves",
  rotary: "rotary",
  alibi: "ALiBi",
  none: "no positions",
};

/** Several models as one subject. */
export function inARow(name: string, each: readonly Subject<Model>[]): Subject<Model[]> {
  const about = each.map((model) => model.name).join(", ");
  return { name, about, origin: "trained", load: () => Promise.all(each.map((m) => m.load())) };
}

/** Every model with MLPs and eight heads: three other widths, and each scheme at sixty-four. */
export const withMlps: Subject<Model>[] =
  (["width-16", "width-32", ...models.schemeRecipes, "width-128"] as const)
    .flatMap((name) => models.bothSeeds(name));

export const ofMlps = {
  on: withMlps,
  needs: transformer.allOf(transformer.needs.mlp, transformer.atLeast({ n_heads: 2 })),
};

/** Both seeds of one recipe at some widths, from the narrowest to the widest, as one subject. */
export const atWidths = (...names: ("width-16" | "width-32" | "learned" | "width-128")[]) =>
  inARow(`both seeds of ${names.join(", ")}`, names.flatMap((name) => models.bothSeeds(name)));

/** The same for two models of each width; the shuffled in the place of the trained if so told. */
export const byWidth = (instead?: "shuffled") => async (each: readonly Model[]) => {
  const found: Awaited<ReturnType<typeof headsBesideShuffled>>[] = [];
  for (const model of each) found.push(await headsBesideShuffled(model));
  const shuffled = found.map((one) => mean(one.shuffled));
  const trained = instead ? shuffled : found.map((one) => one.trained.effective);
  const pairs = trained.flatMap((one, i) => i % 2 === 0 ? [[one, trained[i + 1]]] : []);
  const [narrowest, widest] = [pairs[0], pairs.at(-1)!];
  return {
    widths: each.map(({ config }) => config.d_model),
    ...{ trained, narrowest, widest },
    /** How far the widest lie below the narrowest, and their shuffles on average. */
    fall: Math.min(...narrowest) - Math.max(...widest),
    shuffledFall: mean(shuffled.slice(0, 2)) - mean(shuffled.slice(-2)),
    /**
     * How far the two seeds of a width are apart at most; the error of a difference, over tokens.
     */
    seeds: Math.max(...pairs.map(([one, other]) => Math.abs(one - other))),
    error: Math.SQRT2 * Math.max(...found.map((one) => one.trained.error)),
  };
};

/** Controls: widths that are close, and heads that have learned nothing. */
export const otherWidths = {
  "neighbouring widths": { on: [atWidths("width-32", "learned")] },
  "the same models with their heads shuffled": { measure: byWidth("shuffled") },
};

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
    standIn: (yours) => {
      const { n_layers, n_heads } = yours.config!;
      if (n_layers * n_heads < 2) return "it has fewer than two heads";
      const name = instead ? `${yours.name}, ${instead}` : yours.name;
      const load = async () => besideFresh(await yours.load(), name, instead);
      return { ...yours, name, standIn: undefined, load };
    },
  };
}

/** How a reader's own model began is not known: fresh weights of its config stand for that. */
function besideFresh(model: Model, name: string, instead?: "drawn afresh"): BeforeAndAfter {
  const before = [1, 2, 3].map((seed) => untrained(seed).apply(model));
  return { name, before, after: [instead ? DRAWN[0].apply(model) : model] };
}

const DRAWN = [6, 7].map((seed) => untrained(seed));

/**
 * The same before a recipe and after it, with weights that never learned in the place of its own.
 */
export const drawnAfresh = beforeAndAfter("learned", "drawn afresh");

/** Over how many heads the divergence is effectively spread, for each model and way to ablate. */
export async function concentration({ name, before, after }: BeforeAndAfter) {
  const [untaught, taught] = [await inEachWay(before), await inEachWay(after)];
  return {
    ...{ name, before: untaught, after: taught },
    began: untaught.mean[Math.max(0, namesOf.indexOf(name))],
    /**
     * In each way, how far the most after lies below the least before, beside what models differ
     * by.
     */
    below: WAYS.map((how) =>
      (Math.min(...untaught[how]) - Math.max(...taught[how])) /
      Math.max(range(untaught[how]), range(taught[how]))
    ),
  };
}

const WAYS = ["mean", "zero", "resample"] as const;

const namesOf: readonly string[] = recipes;

async function inEachWay(each: readonly Model[]) {
  const found: Record<probes.Ablation, number[]> = { mean: [], zero: [], resample: [] };
  for (const model of each) {
    const effects = await withoutHeads(model, WAYS);
    for (const how of WAYS) {
      found[how].push(probes.effectiveNumber(effects[how].map(({ kl }) => kl)));
    }
  }
  return found;
}
