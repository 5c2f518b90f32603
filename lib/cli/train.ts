import "../../fixtures/runtime.ts";
import { type Recipe, tokensIn } from "../training/recipe.ts";
import { chooseRecipes, findRecipes } from "./find_recipes.ts";
import type { Screen } from "./progress.ts";
import { say, trainModel, type TrainPlace } from "./train_model.ts";
import { readTrainOptions, TRAIN_USAGE, type TrainOptions } from "./train_options.ts";

/** What the command exits with; its usage explains them. */
const DONE = 0, FAILED = 1, WRONG_CALL = 2, STOPPED = 130;

/** The command: what it exits with. */
export async function trainCommand(args: readonly string[], place: TrainPlace): Promise<number> {
  try {
    const recipes = await findRecipes(new URL("fixtures/", place.root));
    const call = understand(args, recipes, place);
    if (!call) return WRONG_CALL;
    const { options, chosen } = call;
    if (!options.help && !options.list) {
      return await trainAll(chosen, options, place) ? DONE : STOPPED;
    }
    for (const line of options.help ? [TRAIN_USAGE] : chosen.map(describe)) say(place, line);
    return DONE;
  } catch (error) {
    place.complain((error as Error).message);
    return FAILED;
  }
}

/** What was asked for, or nothing where it cannot be done. */
function understand(
  args: readonly string[],
  recipes: ReadonlyMap<string, Recipe>,
  place: TrainPlace,
): { options: TrainOptions; chosen: Recipe[] } | undefined {
  try {
    const options = readTrainOptions(args);
    return { options, chosen: chooseRecipes(recipes, options.names) };
  } catch (error) {
    place.complain((error as Error).message);
  }
}

/** One line on what a recipe makes. */
function describe(recipe: Recipe): string {
  const { n_layers, d_model } = recipe.config;
  const size = `${n_layers} layers, d_model ${d_model}`;
  const tokens = `${(tokensIn(recipe) / 1e6).toFixed(1)}M tokens`;
  return `${recipe.name.padEnd(16)} ${size.padEnd(22)} ${tokens.padEnd(14)} ${recipe.purpose}`;
}

/** Trains one after the other; false where it was stopped before the end. */
async function trainAll(
  recipes: readonly Recipe[],
  options: TrainOptions,
  place: TrainPlace,
): Promise<boolean> {
  const stop = new AbortController();
  const forget = onStop(() => {
    say(place, "\nStopping once this step is saved; again to stop at once");
    stop.abort();
  });
  try {
    for (const recipe of recipes) {
      if (stop.signal.aborted) return false;
      if (!await trainModel(recipe, options, place, stop.signal)) return false;
    }
    return true;
  } finally {
    forget();
  }
}

/** Ctrl-C and a polite kill. Only the first is heard: a second one ends the process. */
function onStop(stop: () => void): () => void {
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  const heard = () => {
    forget();
    stop();
  };
  const forget = () => signals.forEach((signal) => Deno.removeSignalListener(signal, heard));
  for (const signal of signals) Deno.addSignalListener(signal, heard);
  return forget;
}

if (import.meta.main) {
  const screen: Screen = {
    terminal: Deno.stdout.isTerminal(),
    write: (text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)),
  };
  const root = new URL("../../", import.meta.url);
  Deno.exit(await trainCommand(Deno.args, { root, screen, complain: console.error }));
}
