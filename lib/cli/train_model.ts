import { type Card, parseCard } from "../model/card.ts";
import { releaseSessions } from "../runtime/pool.ts";
import { CheckpointFolder } from "../training/checkpoint_folder.ts";
import { finish, type TrainedFiles } from "../training/finish.ts";
import { train, type TrainingState } from "../training/loop.ts";
import type { Recipe, TrainingData } from "../training/recipe.ts";
import { writeWhole } from "../training/whole_file.ts";
import type { Screen } from "./progress.ts";
import type { TrainOptions } from "./train_options.ts";
import { showTraining } from "./train_progress.ts";
import { trainSummary } from "./train_summary.ts";

/** Where the command works. */
export interface TrainPlace {
  /** The folder of `fixtures/`, where models go, and of `.training/`, where checkpoints are kept. */
  readonly root: URL;
  /** Where progress and results are shown. */
  readonly screen: Screen;
  /** Says what went wrong. */
  readonly complain: (line: string) => void;
}

/** Shows one line. */
export function say({ screen }: TrainPlace, line: string): void {
  screen.write(`${line}\n`);
}

/** Trains one model, or goes on with it; false where it was stopped before the end. */
export async function trainModel(
  planned: Recipe,
  { resume, steps, saveEvery }: TrainOptions,
  place: TrainPlace,
  signal: AbortSignal,
): Promise<boolean> {
  const trial = steps !== undefined;
  const recipe = trial ? { ...planned, steps } : planned;
  const folder = new URL(`.training/${recipe.name}${trial ? "-trial" : ""}/`, place.root);
  const checkpoints = new CheckpointFolder(recipe, folder);
  const from = resume ? await checkpoints.load() : undefined;
  say(place, `${recipe.name}: from ${from ? `step ${from.optimizer.step}` : "the beginning"}`);
  const data = await recipe.data(recipe);
  const state = await train(recipe, data.batches, {
    from,
    onStep: showTraining(recipe, place.screen),
    save: (state) => checkpoints.save(state),
    saveEvery,
    signal,
  }).finally(() => place.screen.terminal && say(place, "")); // leaves the line of progress
  if (state.optimizer.step < recipe.steps) {
    say(place, stopped(recipe, state));
    return false;
  }
  const files = await sumUp(recipe, data, state, place);
  if (!trial) await keep(recipe, files, place);
  await checkpoints.remove();
  return true;
}

function stopped({ name }: Recipe, { optimizer: { step } }: TrainingState): string {
  const where = step === 0 ? "before the first step" : `at step ${step}; go on with --resume`;
  return `${name}: stopped ${where}`;
}

/** Scores a finished model, says how it compares with its card, and makes its files. */
async function sumUp(
  recipe: Recipe,
  data: TrainingData,
  state: TrainingState,
  place: TrainPlace,
): Promise<TrainedFiles> {
  const { card, files } = await finish(recipe, data, state).finally(releaseSessions);
  for (const line of trainSummary(card, await cardIn(fixtureOf(recipe, place)))) say(place, line);
  return files;
}

/** Puts a finished model into its fixture. */
async function keep(recipe: Recipe, files: TrainedFiles, place: TrainPlace): Promise<void> {
  await Deno.mkdir(fixtureOf(recipe, place), { recursive: true });
  // The card comes last: it vouches for the other files.
  for (const [file, content] of Object.entries(files)) {
    await writeWhole(new URL(file, fixtureOf(recipe, place)), content);
  }
  say(place, `  written to fixtures/${recipe.name}`);
}

function fixtureOf({ name }: Recipe, { root }: TrainPlace): URL {
  return new URL(`fixtures/${name}/`, root);
}

/** The card that is there; none where it is missing or damaged, which training it anew repairs. */
async function cardIn(fixture: URL): Promise<Card | undefined> {
  try {
    return parseCard(JSON.parse(await Deno.readTextFile(new URL("card.json", fixture))));
  } catch {
    return undefined;
  }
}
