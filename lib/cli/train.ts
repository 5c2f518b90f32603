import "../../fixtures/runtime.ts";
import { type Card, parseCard } from "../model/card.ts";
import { releaseSessions } from "../runtime/pool.ts";
import { CheckpointFolder } from "../training/checkpoint_folder.ts";
import { finish } from "../training/finish.ts";
import { train, type TrainingState } from "../training/loop.ts";
import { type Recipe, tokensIn, type TrainingData } from "../training/recipe.ts";
import { writeWhole } from "../training/whole_file.ts";
import { chooseRecipes, findRecipes } from "./find_recipes.ts";
import type { Screen } from "./progress.ts";
import { readTrainOptions, TRAIN_USAGE, type TrainOptions } from "./train_options.ts";
import { showTraining } from "./train_progress.ts";
import { trainSummary } from "./train_summary.ts";

/** What the command exits with; its usage explains them. */
const DONE = 0, FAILED = 1, WRONG_CALL = 2, STOPPED = 130;

/** Where the command works. */
export interface TrainPlace {
  /** The folder of `fixtures/`, where models go, and of `.training/`, where checkpoints are kept. */
  readonly root: URL;
  /** Where progress is shown. */
  readonly screen: Screen;
}

/** The command: what it exits with. */
export async function trainCommand(args: readonly string[], place: TrainPlace): Promise<number> {
  try {
    const recipes = await findRecipes(new URL("fixtures/", place.root));
    const call = understand(args, recipes);
    if (!call) return WRONG_CALL;
    const { options, chosen } = call;
    if (options.help) console.log(TRAIN_USAGE);
    else if (options.list) chosen.forEach((recipe) => console.log(describe(recipe)));
    else return await trainAll(chosen, options, place) ? DONE : STOPPED;
    return DONE;
  } catch (error) {
    console.error((error as Error).message);
    return FAILED;
  }
}

/** What was asked for, or nothing where it cannot be done. */
function understand(
  args: readonly string[],
  recipes: ReadonlyMap<string, Recipe>,
): { options: TrainOptions; chosen: Recipe[] } | undefined {
  try {
    const options = readTrainOptions(args);
    return { options, chosen: chooseRecipes(recipes, options.names) };
  } catch (error) {
    console.error((error as Error).message);
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
  const forget = onStop(() => stop.abort());
  try {
    for (const recipe of recipes) {
      if (stop.signal.aborted) return false;
      if (!await trainOne(recipe, options, place, stop.signal)) return false;
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
    console.log("\nStopping once this step is saved; again to stop at once");
    stop();
  };
  const forget = () => signals.forEach((signal) => Deno.removeSignalListener(signal, heard));
  for (const signal of signals) Deno.addSignalListener(signal, heard);
  return forget;
}

/** Trains one model, or goes on with it; false where it was stopped before the end. */
async function trainOne(
  recipe: Recipe,
  { resume, steps, saveEvery }: TrainOptions,
  place: TrainPlace,
  signal: AbortSignal,
): Promise<boolean> {
  const trial = steps !== undefined;
  const run = trial ? { ...recipe, steps } : recipe;
  const folder = new URL(`.training/${recipe.name}${trial ? "-trial" : ""}/`, place.root);
  const checkpoints = new CheckpointFolder(run, folder);
  const from = resume ? await checkpoints.load() : undefined;
  console.log(`${recipe.name}: from ${from ? `step ${from.optimizer.step}` : "the beginning"}`);
  const data = await run.data(run);
  const state = await train(run, data.batches, {
    from,
    onStep: showTraining(run, place.screen),
    save: (state) => checkpoints.save(state),
    saveEvery,
    signal,
  }).finally(() => place.screen.write(place.screen.terminal ? "\n" : ""));
  const { step } = state.optimizer;
  if (step < run.steps) {
    const how = step === 0 ? "before the first step" : `at step ${step}; go on with --resume`;
    console.log(`${recipe.name}: stopped ${how}`);
    return false;
  }
  await keep(run, data, state, { fixture: new URL(`fixtures/${recipe.name}/`, place.root), trial });
  await checkpoints.remove();
  return true;
}

/** Scores a finished model, sums up, and puts it into its fixture unless it was a trial. */
async function keep(
  recipe: Recipe,
  data: TrainingData,
  state: TrainingState,
  { fixture, trial }: { fixture: URL; trial: boolean },
): Promise<void> {
  const before = await cardIn(fixture);
  const { card, files } = await finish(recipe, data, state).finally(releaseSessions);
  for (const line of trainSummary(card, before)) console.log(line);
  if (trial) return;
  // The card comes last: it vouches for the other files.
  for (const [file, content] of Object.entries(files)) {
    await writeWhole(new URL(file, fixture), content);
  }
  console.log(`  written to fixtures/${recipe.name}`);
}

/** The card that is there; none where it is missing or damaged, which training it anew repairs. */
async function cardIn(fixture: URL): Promise<Card | undefined> {
  try {
    return parseCard(JSON.parse(await Deno.readTextFile(new URL("card.json", fixture))));
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const screen: Screen = {
    terminal: Deno.stdout.isTerminal(),
    write: (text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)),
  };
  Deno.exit(await trainCommand(Deno.args, { root: new URL("../../", import.meta.url), screen }));
}
