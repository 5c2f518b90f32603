import type { CardData, CardFigure, Config, Weights } from "../model/mod.ts";
import type { AdamWSettings } from "./adamw.ts";
import type { Batches } from "./data/batches.ts";
import type { Losses } from "./evaluate.ts";

/** What every recipe says, whatever it trains. */
export interface Plan {
  /** The model's name, and its folder's. */
  readonly name: string;
  /** What the model is for, in one line. */
  readonly purpose: string;
  /** Its shape; the length of a row of text is in `n_ctx`. */
  readonly config: { readonly n_ctx?: number };
  /** Seeds the weights and the order of the data. */
  readonly seed: number;
  /** Optimizer steps. */
  readonly steps: number;
  /** Rows in a batch. */
  readonly batch: number;
  readonly optimizer: Optimizer;
}

/** All that decides what a trained model becomes: the same recipe gives the same weights. */
export interface Recipe extends Plan {
  readonly config: Config;
  /** What the weights are at first; drawn afresh from the seed where left out. */
  readonly start?: Start;
  /** Which predictions count, and in what order; all of them as they come unless told. */
  readonly taught?: Taught;
  /** Reads or prepares the data, when it is needed. */
  readonly data: (recipe: Recipe) => Promise<TrainingData>;
}

/** Where a model that is trained further comes from. */
export interface Start {
  /** The model that it was. */
  readonly name: string;
  /** Reads its weights, changed to fit. */
  readonly weights: () => Promise<Weights>;
}

/**
 * What is taught of a row: its last prediction alone, or all of them with the row's targets in
 * another order, from which only how often each token occurs can be learned.
 */
export type Taught = "last position" | "shuffled targets";

/** AdamW with warm-up, decay to a tenth, and clipping. */
export interface Optimizer extends AdamWSettings {
  /** The highest learning rate. */
  readonly rate: number;
  /** Steps over which the rate rises. */
  readonly warmup: number;
  /** The most that the gradients' global norm may be. */
  readonly clip: number;
}

/** What a model learns from, and how what it has learned is measured. */
export interface TrainingData {
  readonly batches: Batches;
  /** Where the data came from, for the card. */
  readonly sources: readonly CardData[];
  /** What the finished model reached, and what it is compared with. */
  readonly score: (losses: Losses) => Promise<readonly CardFigure[]>;
}

/** Any recipe, as far as its fingerprint goes. */
export type Fingerprinted = Plan & Partial<Pick<Recipe, "start" | "taught">>;

/** What must be the same for a snapshot to be continued: all of the recipe but its functions. */
export function fingerprint(
  { name, config, start, taught, seed, steps, batch, optimizer }: Fingerprinted,
): string {
  const from = start?.name;
  return JSON.stringify({ name, config, from, taught, seed, steps, batch, optimizer });
}

/**
 * The same recipe under several seeds: `NAME/1`, `NAME/2`, each a folder in that of the recipe. One
 * of another kind than a transformer's is to be named: `seeds<AutoencoderRecipe>`.
 */
export function seeds<P extends Plan = Recipe>(
  numbers: readonly number[],
  recipe: (seed: number) => Omit<P, "seed">,
): P[] {
  return numbers.map((seed) => {
    const each = recipe(seed);
    return { ...each, name: `${each.name}/${seed}`, seed } as P;
  });
}

/** What the seeds of a recipe have in common: `learned` for `learned/1`. Its folder has theirs. */
export function nameWithoutSeed({ name }: Pick<Plan, "name">): string {
  return name.replace(/\/\d+$/, "");
}

/** The file that a recipe is in, from the project's root; the seeds of one recipe share a file. */
export function recipeFile(recipe: Pick<Plan, "name">): string {
  return `${modelFolder({ name: nameWithoutSeed(recipe) })}recipe.ts`;
}

/** The folder of a recipe's model, from the project's root. */
export function modelFolder({ name }: Pick<Plan, "name">): string {
  return `fixtures/models/${name}/`;
}

/** In what a recipe differs from the one that a fingerprint is of, in words; nothing if in nothing. */
export function changes(recipe: Fingerprinted, given: string | undefined): string[] {
  if (given === undefined) return ["it must name its recipe, got nothing"];
  const required = leaves(JSON.parse(fingerprint(recipe)));
  const found = leaves(JSON.parse(given));
  return [...new Set([...required.keys(), ...found.keys()])]
    .filter((field) => required.get(field) !== found.get(field))
    .map((field) =>
      `${field} must be ${required.get(field) ?? "left out"}, got ${found.get(field) ?? "nothing"}`
    );
}

/** Every value of nested objects as text, under its path: `optimizer.rate`. */
function leaves(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return new Map([[path, typeof value === "string" ? value : JSON.stringify(value)]]);
  }
  const fields = Object.entries(value);
  return new Map(
    fields.flatMap(([name, part]) => [...leaves(part, path === "" ? name : `${path}.${name}`)]),
  );
}

/** How many tokens are predicted in all, repeats counted; rows that are no text count as one. */
export function tokensIn(
  { steps, batch, config }: Pick<Plan, "steps" | "batch" | "config">,
): number {
  return steps * batch * (config.n_ctx ?? 1);
}
