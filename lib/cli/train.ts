import "../runtime/testing/start.ts";
import type { AnyRecipe } from "./fixtures/any_recipe.ts";
import { chooseRecipes, findRecipes } from "./fixtures/find_recipes.ts";
import { cardIn } from "./fixtures/folder.ts";
import { here, type Place } from "./place.ts";
import { trainList } from "./train/list.ts";
import { say, trainModel } from "./train/train_model.ts";
import { readTrainOptions, TRAIN_USAGE, type TrainOptions } from "./train/options.ts";

/** What the command exits with; its usage explains them. */
const DONE = 0, FAILED = 1, WRONG_CALL = 2, STOPPED = 130;

/** The command: what it exits with. */
export async function trainCommand(args: readonly string[], place: Place): Promise<number> {
  try {
    const recipes = await findRecipes(new URL("fixtures/models/", place.root));
    const call = understand(args, recipes, place);
    if (!call) return WRONG_CALL;
    const { options, chosen } = call;
    if (!options.help && !options.list) return await trainAll(chosen, options, place);
    say(place, ...options.help ? [TRAIN_USAGE] : await list(chosen, place));
    return DONE;
  } catch (error) {
    place.complain((error as Error).message);
    return FAILED;
  }
}

/** What was asked for, or nothing where it cannot be done. */
function understand(
  args: readonly string[],
  recipes: ReadonlyMap<string, AnyRecipe>,
  place: Place,
): { options: TrainOptions; chosen: AnyRecipe[] } | undefined {
  try {
    const options = readTrainOptions(args);
    return { options, chosen: chooseRecipes(recipes, options.names) };
  } catch (error) {
    place.complain((error as Error).message);
  }
}

async function list(recipes: readonly AnyRecipe[], { root }: Place): Promise<string[]> {
  const cards = await Promise.all(recipes.map((recipe) => cardIn(recipe, root)));
  return trainList(recipes.map((recipe, i) => ({ recipe, card: cards[i] })));
}

/** Trains one after the other, until all are done or it is stopped: what the command exits with. */
async function trainAll(
  recipes: readonly AnyRecipe[],
  options: TrainOptions,
  place: Place,
): Promise<number> {
  const stop = new AbortController();
  const forget = onStop(() => {
    say(place, "\nStopping once this step is saved; again to stop at once");
    stop.abort();
  });
  const different: string[] = [];
  try {
    for (const [i, recipe] of recipes.entries()) {
      const outcome = stop.signal.aborted
        ? "stopped"
        : await trainModel(recipe, options, place, stop.signal);
      if (outcome === "stopped") {
        say(place, goOn(recipes.slice(i), options));
        return STOPPED;
      }
      if (outcome === "different") different.push(recipe.name);
    }
  } finally {
    forget();
  }
  if (options.check) say(place, checked(recipes.length, different));
  return different.length === 0 ? DONE : FAILED;
}

/** The call that does the rest, without what is done. */
function goOn(rest: readonly AnyRecipe[], { check, steps }: TrainOptions): string {
  const names = rest.map(({ name }) => name).join(" ");
  const trial = steps === undefined ? "" : ` --steps=${steps}`;
  return `Go on with: deno task train ${names}${check ? " --check" : ""}${trial} --resume`;
}

function checked(all: number, different: readonly string[]): string {
  const same = `${all - different.length} of ${all} fixtures are the same, bit for bit`;
  return different.length === 0 ? same : `${same}; different: ${different.join(", ")}`;
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

if (import.meta.main) Deno.exit(await trainCommand(Deno.args, here()));
