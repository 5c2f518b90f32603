import { parseArgs } from "@std/cli/parse-args";
import "../../fixtures/runtime.ts";
import { releaseSessions } from "../runtime/pool.ts";
import { CheckpointFolder } from "../training/checkpoint_folder.ts";
import { finish } from "../training/finish.ts";
import { train } from "../training/loop.ts";
import { duration, showProgress } from "../training/progress.ts";
import { type Recipe, tokensIn } from "../training/recipe.ts";
import { writeWhole } from "../training/whole_file.ts";

const USAGE = `usage: deno task train NAME... | --all | --list   [--resume] [--steps=N]
  --resume   go on from the last checkpoint instead of from the beginning
  --steps=N  a trial of N steps; its model is not kept`;

const ROOT = new URL("../../", import.meta.url);
const FIXTURES = new URL("fixtures/", ROOT);

/** Every recipe by name. They are found by their files, so that a new one needs no registration. */
async function findRecipes(): Promise<Map<string, Recipe>> {
  const recipes: Recipe[] = [];
  for await (const { name, isDirectory } of Deno.readDir(FIXTURES)) {
    if (!isDirectory) continue;
    const file = new URL(`${name}/recipe.ts`, FIXTURES);
    const there = await Deno.stat(file).then(() => true, () => false);
    const recipe = there ? (await import(file.href)).default : undefined;
    if (recipe?.config) recipes.push(recipe); // the tokenizer has a recipe of another kind
  }
  recipes.sort((a, b) => a.name < b.name ? -1 : 1);
  return new Map(recipes.map((recipe) => [recipe.name, recipe]));
}

/** One line for each recipe. */
function describe(recipe: Recipe): string {
  const { n_layers, d_model } = recipe.config;
  const size = `${n_layers} layers, d_model ${d_model}`;
  const tokens = `${(tokensIn(recipe) / 1e6).toFixed(1)}M tokens`;
  return `${recipe.name.padEnd(16)} ${size.padEnd(22)} ${tokens.padEnd(14)} ${recipe.purpose}`;
}

/** Trains one model, or goes on with it; false where it was stopped before the end. */
async function trainOne(
  recipe: Recipe,
  { resume, trial, signal }: { resume: boolean; trial: boolean; signal: AbortSignal },
): Promise<boolean> {
  const folder = new URL(`.training/${recipe.name}${trial ? "-trial" : ""}`, ROOT).pathname;
  const checkpoints = new CheckpointFolder(recipe, folder);
  const data = await recipe.data(recipe);
  const state = await train(recipe, data.batches, {
    from: resume ? await checkpoints.load() : undefined,
    onStep: showProgress(recipe),
    save: (state) => checkpoints.save(state),
    signal,
  });
  if (state.optimizer.step < recipe.steps) {
    console.log(`\n${recipe.name}: stopped and saved; go on with --resume`);
    return false;
  }
  const { card, files } = await finish(recipe, data, state);
  await releaseSessions();
  for (const { label, value, unit } of card.figures) {
    console.log(`  ${label}: ${value.toFixed(3)} ${unit}`);
  }
  console.log(`  ${card.tokens} tokens in ${duration(state.seconds)}`);
  if (!trial) await keep(recipe, files);
  await checkpoints.remove();
  return true;
}

/** Puts a finished model into its fixture, the card last: it vouches for the other files. */
async function keep({ name }: Recipe, files: Readonly<Record<string, Uint8Array | string>>) {
  for (const [file, content] of Object.entries(files)) {
    await writeWhole(new URL(`${name}/${file}`, FIXTURES).pathname, content);
  }
  console.log(`  written to fixtures/${name}`);
}

/** Ctrl-C and a polite kill let the step under way finish and save it. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => controller.abort());
  }
  return controller.signal;
}

/** The recipes that the arguments ask for. */
function choose(recipes: ReadonlyMap<string, Recipe>, names: string[], steps?: string): Recipe[] {
  return names.map((name) => {
    const recipe = recipes.get(name);
    if (!recipe) {
      throw new Error(`No recipe "${name}"; there are ${[...recipes.keys()].join(", ")}\n${USAGE}`);
    }
    return steps ? { ...recipe, steps: Number(steps) } : recipe;
  });
}

async function main(args: string[]): Promise<number> {
  const given = parseArgs(args, { boolean: ["all", "list", "resume"], string: ["steps"] });
  const recipes = await findRecipes();
  if (given.list) {
    for (const recipe of recipes.values()) console.log(describe(recipe));
    return 0;
  }
  const names = given.all ? [...recipes.keys()] : given._.map(String);
  if (names.length === 0) throw new Error(USAGE);
  const options = { resume: given.resume, trial: Boolean(given.steps), signal: stopSignal() };
  for (const recipe of choose(recipes, names, given.steps)) {
    if (!await trainOne(recipe, options)) return 130;
  }
  return 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
