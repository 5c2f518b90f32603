import { releaseSessions } from "../runtime/pool.ts";
import { CheckpointFolder } from "../training/checkpoint_folder.ts";
import { finish, type TrainedFiles } from "../training/finish.ts";
import { train, type TrainingState } from "../training/loop.ts";
import type { Recipe, TrainingData } from "../training/recipe.ts";
import { fixtureDifferences } from "./fixture_differences.ts";
import { cardIn, fixtureFolder, readFixture, writeFixture } from "./fixture_folder.ts";
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

/** How it went with a model: it was stopped before the end, or is not what was to be checked. */
export type Outcome = "done" | "stopped" | "different";

/** Trains one model, or goes on with it; then keeps it, or compares it with what is kept. */
export async function trainModel(
  planned: Recipe,
  { resume, check, steps, saveEvery }: TrainOptions,
  place: TrainPlace,
  signal: AbortSignal,
): Promise<Outcome> {
  const fixture = fixtureFolder(planned, place.root);
  const committed = check ? await toCheck(planned, fixture) : undefined;
  const recipe = steps === undefined ? planned : { ...planned, steps };
  const kind = check ? "-check" : steps === undefined ? "" : "-trial";
  const folder = new URL(`.training/${recipe.name}${kind}/`, place.root);
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
    return "stopped";
  }
  const files = await sumUp(recipe, data, state, place);
  const outcome = committed ? compare(recipe, files, committed, place) : "done";
  if (!committed && steps === undefined) {
    await writeFixture(fixture, files);
    say(place, `  written to fixtures/${recipe.name}`);
  }
  await checkpoints.remove();
  return outcome;
}

/** What a fixture has before a check of it: an hour's training should not end in "not there". */
async function toCheck({ name }: Recipe, fixture: URL): Promise<TrainedFiles> {
  try {
    return await readFixture(fixture);
  } catch (cause) {
    throw new Error(`Cannot check fixtures/${name}: ${(cause as Error).message}`, { cause });
  }
}

/** Says whether a model is the committed one, or how far off it is. */
function compare(
  { name }: Recipe,
  files: TrainedFiles,
  committed: TrainedFiles,
  place: TrainPlace,
): Outcome {
  const lines = fixtureDifferences(files, committed);
  const same = lines.length === 0;
  say(place, `  fixtures/${name} is ${same ? "the same, bit for bit" : "different"}`);
  for (const line of lines) say(place, `    ${line}`);
  return same ? "done" : "different";
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
  const before = await cardIn(fixtureFolder(recipe, place.root));
  for (const line of trainSummary(card, before)) say(place, line);
  return files;
}
